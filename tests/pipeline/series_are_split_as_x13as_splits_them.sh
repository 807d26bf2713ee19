#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# With the real x13as (Debian: the package x13as of non-free): what is published is what the program
# saves for a specification that this test writes in another form, from the
# published figures of Statistics Finland.

. "$(dirname "$0")/lib.sh"

command -v x13as >/dev/null || skip "no x13as on the PATH"

serve_real --first 2016M01
own_config
config=$work/config/kohtaanto.json
cp "$work/config/series.json" "$work/series.json"

# compare METHOD LETTER SPECIFICATION
compare() {
    sed "s|^  \"stl\"|  \"x13\": {\"program\": \"x13as\", \"use\": \"always\", \"method\": \"$1\"},\n&|" \
        "$work/series.json" >"$work/config/series.json"
    night --tables 12r5
    expect_code 100 # the figures are older than their limit
    cat "$(published)"/csv/series/series_20*.csv |
        awk -F, '$4 == "country" && $8 == "_T" && $10 == "vacancies"' | sort >"$work/rows"
    check "there are seven years of figures" test "$(wc -l <"$work/rows")" -ge 84
    rm -rf "$work/own"
    mkdir "$work/own"
    awk -F, '{ print substr($1, 1, 4), substr($1, 6), $11 }' "$work/rows" >"$work/own/figures.txt"
    cat >"$work/own/own.spc" <<END
Series { Title = "figures of the country"  File = "figures.txt"  Format = "datevalue"  Period = 12 }
Transform { Function = log }
Automdl { }
Outlier { }
$3
END
    (cd "$work/own" && x13as own >said 2>&1)
    [ -f "$work/own/own.${2}11" ] || fail "x13as: $(cat "$work/own/own.err" "$work/own/said")"
    paste <(tail -n +3 "$work/own/own.${2}11") <(tail -n +3 "$work/own/own.${2}12") |
        awk '{ printf "%s %.15g %.15g\n", $1, $2, $4 }' >"$work/saved"
    check "$1: as many rows as the program saves" test "$(wc -l <"$work/saved")" -eq "$(wc -l <"$work/rows")"
    check "$1: published is what the program saves" diff "$work/saved" <(
        awk -F, '{ printf "%s%s %.15g %.15g\n", substr($1, 1, 4), substr($1, 6), $12, $13 }' \
            "$work/rows")
    check "$1: the rows name version and bytes" grep -qE \
        ",x13as [0-9.]+ Build [0-9]+ $1 model=automatic sha256=$(sha256sum "$(command -v x13as)" | cut -c1-16) of=logarithms,,A" \
        "$work/rows"
    check "$1: the season is in it" awk -F, '$12 == $11 { same++ } END { exit same * 2 > NR }' "$work/rows"
    printf '%s: %s\n' "$1" "$(grep '^x13_split' "$(published)/csv/checks/checks.csv")"
}

# The irregular component, where nothing else is left beside the trend.
remainders() {
    paste -d, <(cut -d, -f14 "$work/rows") <(tail -n +3 "$work/own/own.d13" | cut -f2) |
        awk -F, '{ d = $1 - $2 } d * d > 1e-24 { print; bad = 1 } END { exit bad }'
}

compare x11 d 'X11 { Save = (d11 d12 d13) }'
check "x11: the remainder is the irregular component that it saves" remainders
compare seats s 'Seats { Noadmiss = yes  Save = (s11 s12) }'
