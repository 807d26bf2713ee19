#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table that a web server has as a file, under a name with a date, gives the rows that the service
# gives. The same bytes are no news; a file of the next month is.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config

# change FILE CODE: a configuration file as the code leaves it, which calls it `it`.
change() {
    python3 - "$1" "$2" <<'END'
import json
import sys
with open(sys.argv[1]) as file:
    it = json.load(file)
exec(sys.argv[2])
with open(sys.argv[1], "w") as file:
    json.dump(it, file)
END
}

change "$config" "it['sources'] = it['sources'][:1]; it['checks'] = it['checks'][:1]"
change "${config%/*}/markets.json" \
    "it['markets'] = [m for m in it['markets'] if m.get('source') != '12ti-modelled']"
serve --last 2023M11
night
expect_code 0
by_service=$(published)
table=http://127.0.0.1:$port/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px
mkdir -p "$work/served/open"
month=$(date -u +%Y-%m)
last_month=$(date -u -d "$month-15 - 1 month" +%Y-%m)
python3 "$root/tests/pipeline/take_table.py" "$table" "$work/served/open/12r5_$last_month.json"
serve
python3 "$root/tests/pipeline/take_table.py" \
    "http://127.0.0.1:$port/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px" "$work/next.json"

change "$work/config/sample/sources/12r5.json" "it.update(protocol='http',
    base_url='https://files.example/open', addresses=[{'path': '12r5_{year}-{month}.json'}])"
workspace=$work/from-files
: >"$calls"
start_server "$server_program" --port-file "$work/port" --log "$calls" --static "$work/served"
files="https://files.example=http://127.0.0.1:$port"
kohtaanto run --redirect "$files"
expect_code 0
first=$(published)
check "a file gives the rows of the service" \
    diff <(rows_of "$by_service" 12r5-modelled) <(rows_of "$first" 12r5-modelled)
check "the newest file that is there was looked for" test "$(wc -l <"$calls")" -eq 2
check "the address is the file's" \
    grep -q "https://files.example/open/12r5_$last_month.json" "$first/csv/sources/sources.csv"

kohtaanto run --redirect "$files"
expect_code 0
check "the same bytes are no news" test "$(runs)" -eq 1

sleep 1.1
mv "$work/next.json" "$work/served/open/12r5_$month.json"
kohtaanto run --redirect "$files"
expect_code 0
second=$(published)
check "the file of the next month is" grep -q "^2023M12," \
    <(rows_of "$second" 12r5-modelled)
check "what is published verifies" sums_verify "$second"
check "no table took over: it is the same place" test "$(grep -c '^chain_' "$second/csv/checks/checks.csv")" = 0

rm "$work/served/open/12r5_$month.json" "$work/served/open/12r5_$last_month.json"
kohtaanto run --redirect "$files"
expect_code 69
check "a file that is nowhere is named in one line" \
    grep -q "12r5_$month.json: HTTP 404; nor is it at any of 5 other places" "$work/words"
check "and what was fetched stands" test "$(published)" = "$second"
kohtaanto status
check "the status tells of it" grep -q failed "$work/results"
