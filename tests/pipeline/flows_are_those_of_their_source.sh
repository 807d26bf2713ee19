#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Open, new and filled posts and their mean days open, as the old table 2310 had them to 2020: every
# figure is in the table `flows` as the source had it, counts add up to coarser regions and to what
# is in no region, and days add up to nothing.

. "$(dirname "$0")/lib.sh"

shared=$root/../shared
[ -f "$shared/statfin-stand-in/serve.py" ] || skip "the real figures are not here"
command -v python3 >/dev/null || skip "no python3"
figures=$root/tests/pipeline/flows/figures.py
config=$root/tests/pipeline/flows/night.json
start_server python3 "$figures" serve "$shared" "$root" --port 0 --port-file "$work/port" \
    --cache "$work/cache" --max-calls 1000 --window 1
night
expect_code 100 # the figures are old

check "the flows are those of the source" python3 "$figures" check "$shared" "$root" "$(published)"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
check "that days are not added is told" \
    grep -q '^figures_not_added,old2310 open_days,note,absent,.*suuralue' \
    "$(published)/csv/checks/checks.csv"
check "a flow's definition is the source's" \
    grep -q 'vacancies_filled,.*,Täyttyneet ilmoitetut paikat; ei rekrytointeja,A$' \
    "$(published)/csv/flows/flows_2020.csv"
check "or else that of the flow, in three languages among the indicators" \
    grep -q '^open_days,flow,,.*,days,.*not of those still open or withdrawn' \
    "$(published)/csv/dim_indicator/dim_indicator.csv"

kohtaanto why flows time_period=2019M04 region_level=suuralue region_code=SA2 flow=vacancies_filled
expect_code 0
check "a sum is explained by its members" grep -q 'equal' "$work/results"
check "and nothing of it is unequal" bash -c "! grep -q 'NOT EQUAL' '$work/results'"
kohtaanto why flows time_period=2019M04 region_level=suuralue region_code=SA2 flow=open_days
expect_code 0
check "why there is no mean of several regions is told" grep -q 'not added' "$work/results"

cp "$(published)/SHA256SUMS" "$work/first"
rm -rf "$workspace/store" "$workspace/published"
kohtaanto run --offline
expect_code 100
check "made again from the archive it has the same bytes" \
    cmp "$work/first" "$(published)/SHA256SUMS"
