#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A revision above the share that its source allows holds the table: its last good version stands,
# the code is 100, and --accept lets it through once.

. "$(dirname "$0")/lib.sh"

own_config
sed -i 's/"hold_share": *[0-9.]*/"hold_share": 0.000001/' "$work/config/sample/sources/12r5.json"

serve --last 2023M10
night
expect_code 0
first=$(published)

serve --last 2023M10 --revise 7
night
expect_code 100
held=$(published)
check "people are told which figure changed and by how much" \
    grep -q "12r5-modelled: held.*revision_within_limit.*went from" "$work/words"
check "the held table says so" grep -qE '^12r5-modelled,.*,held,' "$held/csv/sources/sources.csv"
check "the checks say why" grep -q '^newest_version_used,12r5-modelled,hold,failed,.*revision_within_limit' \
    "$held/csv/checks/checks.csv"
check "its last good figures stand" diff \
    <(grep ',12r5-modelled,' "$first/csv/observations/observations_2023.csv") \
    <(grep ',12r5-modelled,' "$held/csv/observations/observations_2023.csv")
kohtaanto status
check "status says so" grep -q '^12r5-modelled .*held' "$work/results"

night
expect_code 100
check "the next night says so again" grep -q "12r5-modelled: held" "$work/words"

night --accept 12ti-modelled
expect_code 100
check "there is nothing to accept of another table" test ! -e "$workspace/archive/accepted.jsonl"

night --accept 12r5-modelled
expect_code 0
accepted=$(published)
check "what was accepted is published" test "$accepted" != "$held"
check "it is recorded" grep -q '"source":"12r5-modelled"' "$workspace/archive/accepted.jsonl"
check "the revised figures stand" test "$(diff \
    <(grep ',12r5-modelled,' "$first/csv/observations/observations_2023.csv") \
    <(grep ',12r5-modelled,' "$accepted/csv/observations/observations_2023.csv") | wc -l)" -gt 0
night
expect_code 0

mkdir "$work/elsewhere"
cp -r "$workspace/archive" "$work/elsewhere/archive"
workspace=$work/elsewhere
kohtaanto run --offline
expect_code 0
check "a copied archive remembers the consent" diff -r --exclude MANIFEST.json "$accepted" \
    "$(published)"
