#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One configuration with a table of PxWeb, one of PxWeb 2 and a data set of Eurostat, against three
# servers with the limits that the services really have. A server counts the calls of each window and
# refuses what is above it with a 429: none is ever refused, and none too large is ever sent.

. "$(dirname "$0")/lib.sh"

others=()

end() {
    stop_serving
    [ "${#others[@]}" -eq 0 ] || kill "${others[@]}" 2>/dev/null || true
    wait
    rm -rf "$work"
}

# serve_as NAME SERVICE OPTION...: one more server; its port in $work/NAME.port, its calls in
# $work/NAME.calls.
serve_as() {
    local name=$1 service=$2
    shift 2
    "$server_program" --service "$service" --port-file "$work/$name.port" \
        --log "$work/$name.calls" --config "$root/config" "$@" >"$work/$name.words" 2>&1 &
    others+=($!)
    local tries=1200
    while [ ! -s "$work/$name.port" ]; do
        [ $((tries -= 1)) -gt 0 ] || fail "the server $name: $(cat "$work/$name.words")"
        sleep 0.05
    done
}

# The sample's occupations, of a service of PxWeb 2.
add_pxweb2() {
    sed -e 's/"pxweb"/"pxweb2"/; s/12ti-modelled/12ti-v2/; s#tyonv/12ti.px#12ti#' \
        -e 's#https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin#https://statistikdatabasen.scb.se/api/v2#' \
        "$work/config/sample/sources/12ti.json" >"$work/config/sample/sources/v2.json"
}

# Unemployment of Finland, of Eurostat, whose figures are of one summer whatever the day is.
add_eurostat() {
    sed -e 's/"ages": {[^}]*}/"ages": {"warn_days": 9000, "error_days": 10000}/' \
        -e 's/\["EU27_2020", "FI", "SE"\], "total": "EU27_2020"/["FI"], "total": "FI"/' \
        "$root/tests/fixtures/fetch/une_rt_m.json" >"$work/config/sample/sources/une_rt_m.json"
}

own_config
add_pxweb2
add_eurostat
for name in v2 une_rt_m; do
    sed -i "s#\"../../config/sample/sources/12ti.json\"#&, \"../../config/sample/sources/$name.json\"#" "$config"
done

all_three() {
    kohtaanto run \
        --redirect "https://pxdata.stat.fi=http://127.0.0.1:$(cat "$work/v1.port")" \
        --redirect "https://statistikdatabasen.scb.se=http://127.0.0.1:$(cat "$work/v2.port")" \
        --redirect "https://ec.europa.eu=http://127.0.0.1:$(cat "$work/eurostat.port")"
}

# within NAME CELLS: no call was refused, and none asked for more.
within() {
    check "$1 refused no call" test "$(grep -c refused "$work/$1.calls")" -eq 0
    check "$1 gave no 429" test "$(awk '$3 == 429' "$work/$1.calls" | wc -l)" -eq 0
    check "$1 was asked for no more than $2 cells at once" \
        test "$(awk -v most="$2" '$4 > most' "$work/$1.calls" | wc -l)" -eq 0
}

# cells_of NAME: how many figures its good calls for data gave.
cells_of() {
    awk '$1 == "data" && $3 == 200 { sum += $4 } END { print sum + 0 }' "$work/$1.calls"
}

row_of_source() {
    grep "^$1," "$(published)/csv/sources/sources.csv"
}

serve_as v1 statfin
serve_as v2 scb
serve_as eurostat eurostat --max-calls 30 --table "$root/tests/fixtures/server/une_rt_m.json"
all_three
expect_code 0
within v1 120000
within v2 150000
within eurostat 5000000
check "what is published verifies" sums_verify "$(published)"
check "the service of PxWeb 2 was asked for all the other has of it" \
    test "$(cells_of v2)" -eq "$(awk '$1 == "data" && $2 == "12ti" { sum += $4 } END { print sum }' "$work/v1.calls")"
check "and its figures are published" test "$(rows_of "$(published)" 12ti-v2 | wc -l)" -gt 1000
check "they are those of PxWeb" diff \
    <(rows_of "$(published)" 12ti-modelled | sed 's/12ti-modelled/x/' | sort) \
    <(rows_of "$(published)" 12ti-v2 | sed 's/12ti-v2/x/' | sort)
check "it was asked in no language" grep -q '/api/v2/tables/12ti/metadata"' "$workspace"/archive/receipts/*.jsonl
check "the table of PxWeb 2 is among the sources" row_of_source 12ti-v2
check "so is the data set of Eurostat" row_of_source une_rt_m
check "which ends with its last month" grep -q ',2026M0[89],2026M07,' <<<"$(row_of_source une_rt_m)"

# The same night from a service that gives ten thousand cells at once.
kill "${others[1]}"
rm "$work/v2.port" "$work/v2.calls"
serve_as v2 latvia
workspace=$work/second
all_three
expect_code 0
within v1 120000
within v2 10000
within eurostat 5000000
check "it took several calls" test "$(grep -c '^data ' "$work/v2.calls")" -ge 8
check "which gave as much" test "$(cells_of v2)" -gt 70000
