#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# In place of x13as: reads NAME.spc and leaves the files that x13as leaves, as read in those of
# Version 1.1 Build 59. Its parts are of no use to anybody but known: the trend is the figure, the
# remainder 2. What it does wrong is in the name it is called by: x13as-hang.

fault=${0##*-}
name=$1
how=$2

[ "$how" = -q ] && [ -t 0 ] && exit 64
[ "$fault" = exit ] && exit 3
[ "$fault" = crash ] && kill -SEGV $$
if [ "$fault" = hang ]; then
    sleep 600 &
    sleep 600
fi
[ "$fault" = huge ] && exec yes >"$name.d11"

cat >"$name.log" <<END
    Log for X-13ARIMA-SEATS program (Version 1.1 Build 59)  Nov 22, 2026  12.00.00 
END
printf '     Error messages generated from processing the X-13ARIMA-SEATS spec file\n' >"$name.err"
case $fault in
    error)
        printf '     %s.spc:\n\n\n  \n ERROR: Differencing has\n        annihilated the series.\n\n More.\n' \
            "$name" >>"$name.err"
        exit 0
        ;;
    html)
        printf '<p class="e"><strong>ERROR:</strong>&nbsp; Differencing has\n annihilated it.</p>\n' \
            >"${name}_err.html"
        rm "$name.err"
        exit 0
        ;;
    *) printf ' WARNING: Visually significant seasonal peaks.\n' >>"$name.err" ;;
esac

awk -v name="$name" -v fault="$fault" '
    function number(x) { return sprintf("%+.14E", x) }
    function put(ending, date, x) { printf "%s\t%s\n", date, x > (name "." ending) }
    length($0) > 132 { exit }
    /^series/ {
        match($0, /start=[0-9]+\.[0-9]+/)
        split(substr($0, RSTART + 6, RLENGTH - 6), start, ".")
        match($0, /period=[0-9]+/)
        period = substr($0, RSTART + 7, RLENGTH - 7)
        next
    }
    /^\)/ { over = 1 }
    !over { value[count++] = $0 }
    /^transform/ { product = /function=log/ }
    /^(x11|seats)/ { letter = /^x11/ ? "d" : "s" }
    END {
        for (i = 11; i <= 12; i++) {
            if (fault == "lacking" && i == 12) continue
            put(letter i, "date", name "." letter i)
            put(letter i, "------", "-----------------------")
        }
        last = fault == "short" ? count - 1 : fault == "long" ? count + 1 : count
        for (i = 0; i < last; i++) {
            month = start[1] * period + start[2] - 1 + i + (fault == "later")
            date = sprintf("%04d%02d", int(month / period), month % period + 1)
            whole = product ? value[i] * 2 : value[i] + 2
            bad = fault == "nan" ? "NaN" : fault == "stars" ? "***********************" : number(whole)
            put(letter 11, date, i == 7 ? bad : number(whole))
            if (fault != "lacking") put(letter 12, date, number(fault == "zero" ? 0 : value[i]))
        }
    }' "$name.spc"
