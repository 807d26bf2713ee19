#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The tables of config/kohtaanto.json at their real sizes, on two services with their limits: every
# one is found, each publication costs one call for all but the largest, and a dry run says how many
# calls, cells and seconds that is before it is done.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
config=$root/config/kohtaanto.json
eurostat=

stop_eurostat() {
    [ -z "$eurostat" ] || kill "$eurostat" 2>/dev/null || true
    eurostat=
}
trap 'stop_eurostat; end' EXIT

# publish N OPTION...: serves the tables as they are at their Nth publication, Eurostat's beside them.
publish() {
    local at=$1 files=() eurostat_files=() file
    shift
    rm -rf "$work/tables"
    python3 "$root/tests/pipeline/plan/tables.py" "$root/config/classifications" \
        "$work/tables" "$at"
    for file in "$work"/tables/*.json; do files+=(--table "$file"); done
    for file in "$work"/tables/eurostat/*.json; do eurostat_files+=(--table "$file"); done
    stop_eurostat
    rm -f "$work/eurostat_port"
    "$server_program" --service eurostat --port-file "$work/eurostat_port" "${eurostat_files[@]}" \
        >/dev/null 2>&1 &
    eurostat=$!
    : >"$calls"
    start_server "$server_program" --port-file "$work/port" --log "$calls" "$@" "${files[@]}"
    while [ ! -s "$work/eurostat_port" ]; do sleep 0.05; done
}

plan() {
    kohtaanto "$@" --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" \
        --redirect "https://ec.europa.eu=http://127.0.0.1:$(cat "$work/eurostat_port")"
}

# planned WORDS UNIT: the number of calls or cells in the line that begins so.
planned() {
    grep "^$1: " "$work/results" | grep -o "[0-9]* $2" | cut -d' ' -f1
}

publish 1 --max-calls 1000 --window 1
plan fetch
expect_code 0
check "every table is found and fetched" test "$(find "$workspace" -name '*.jsonl' -exec cat {} + |
    grep '"purpose":"data"' | grep -o '"source":"[^"]*"' | sort -u | wc -l)" -eq \
    "$(grep -c '"sources/' "$config")"

plan doctor
check "the doctor finds every wanted code of every table" \
    test "$(grep -c ': .*every wanted code is there' "$work/results")" -eq "$(grep -c '"sources/' "$config")"
check "and nothing wrong with any" bash -c "! grep -qE '^fault +(codes|table|limits)' '$work/results'"

publish 2 --max-calls 40 --window 2
plan run --dry-run
expect_code 0
check "no data was fetched" test "$(calls_of data)" -eq 0
for id in $(grep -o '"sources/[^.]*' "$config" | cut -d/ -f2); do
    [ "$id" = 12ti-kunta ] || check "there is a plan for $id" test "$(planned "$id" calls)" -ge 1
done
check "municipalities by occupation are asked for once a week" \
    grep -qE '^12ti-kunta: not before 20[0-9-]*, 0 calls; once in 7 days$' "$work/results"
# 421 areas x 23 contents x 3 months; 22 areas x 433 occupations x 2 contents x 3 months; 22 areas x
# 110 industries x 3 months.
check "all of 12r5 is one call" test "$(planned 12r5 calls)/$(planned 12r5 cells)" = 1/29049
check "occupations are one call" test "$(planned 12ti calls)/$(planned 12ti cells)" = 1/57156
check "industries too, with sector and duration at their totals" \
    test "$(planned 12tw calls)/$(planned 12tw cells)" = 1/7260
check "the whole is about 25 calls" test "$(planned 'in all' calls)" -ge 20 -a "$(planned 'in all' calls)" -le 30
check "two services" test "$(grep -c '^[a-z.]*\.[a-z]*: ' "$work/results")" -eq 2
check "what it took to know this is told" grep -q '^asked to know this: [0-9]* calls' "$work/results"

# The night on which the week is over. 332 areas x 433 occupations x 2 contents in one month.
nightly=$(planned 'in all' calls)
week_ago=$(date -u -d '7 days ago' +%Y-%m-%d)
sed -i "/\"source\":\"12ti-kunta\"/s/\"time\":\"[0-9-]*T/\"time\":\"${week_ago}T/" \
    "$workspace"/archive/receipts/*.jsonl
plan run --dry-run
expect_code 0
check "then they are three calls" \
    test "$(planned 12ti-kunta calls)/$(planned 12ti-kunta cells)" = 3/287512
check "which are told apart" grep -qx 'of these not every night: 3 calls, 287512 cells' "$work/results"
check "and the whole is still about 25" test "$(planned 'in all' calls)" -eq "$((nightly + 3))" -a \
    "$(planned 'in all' calls)" -le 30

calls_planned=$(planned 'in all' calls)
plan run
expect_code 0
check "so many are made" test "$(($(calls_of data) + 4))" -eq "$calls_planned"
sources=$(published)/csv/sources/sources.csv
check "each table is published as it was found" test "$(grep -c ',fresh,' "$sources")" -eq \
    "$(grep -c '"sources/' "$config")"
check "what the source files left open is told" test \
    "$(grep -c '^resolved,.*(Yhteensä)' "$(published)/csv/checks/checks.csv")" -ge 8
