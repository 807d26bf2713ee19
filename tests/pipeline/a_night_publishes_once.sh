#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A first night fetches and publishes; a second one on the same tables asks little and publishes
# nothing; the same replies give the same bytes elsewhere.

. "$(dirname "$0")/lib.sh"

kohtaanto status
expect_code 69
check "status tells of an empty workspace" grep -qx "published *nothing yet" "$work/results"
check "and makes none" test ! -e "$workspace"

serve --max-cells 30000
night --dry-run
expect_code 0
check "a dry run prints calls and cells" grep -qi "calls" "$work/results"
check "a dry run fetches no data" test "$(calls_of data)" -eq 0
check "a dry run publishes nothing" test ! -e "$workspace/published/current"

serve --max-cells 30000
night
expect_code 0
first=$(published)
check "what is published verifies" sums_verify "$first"
check "check-output agrees" "$program" check-output "$first" --config "$config"
check "a table that has nothing to say has its columns, in both dialects" test \
    "$(find "$first" -name 'revisions_*.csv' -exec wc -l {} + | awk '$1 == 1' | wc -l)" -eq 2
check "no folder is empty" test -z "$(find "$first" -type d -empty)"
check "the manifest says that it is modelled" grep -q '"modelled": *true' "$first/MANIFEST.json"
check "the sources say that they are modelled" \
    grep -qE 'Modelled|Mallinnettu' "$first/csv/sources/sources.csv"
# Updated on 23 January, 23 days after December's end: the next ones 23 days after that of January.
check "the next figures are expected as soon after their month as these were" \
    test "$(grep -c ',2024-01-23T05:00:00Z,2023M12,.*,2024-02-23,' "$first/csv/sources/sources.csv")" -eq 2
check "each table was asked for once or in parts" test "$(calls_of 'data 12ti 200')" -ge 1

serve --max-cells 30000
night
expect_code 0
check "a second night asks for the limits once" test "$(calls_of config)" -eq 1
check "a second night probes each table" test "$(calls_of probe)" -eq 2
check "a second night asks for nothing else" test "$(wc -l <"$calls")" -eq 3
check "a second night publishes nothing" test "$(runs)" -eq 1
check "current stands" test "$(published)" = "$first"
check "people are told that nothing is new" grep -qi "nothing new" "$work/words"

stop_serving
mkdir "$work/elsewhere"
cp -r "$workspace/archive" "$work/elsewhere/archive"
workspace=$work/elsewhere
kohtaanto run --offline
expect_code 0
check "the run has the same name elsewhere" test "$(basename "$(published)")" = "$(basename "$first")"
check "the same replies give the same bytes" diff -r --exclude MANIFEST.json "$first" "$(published)"
