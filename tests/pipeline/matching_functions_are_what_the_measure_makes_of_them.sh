#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Flows that follow from the sample's stocks by a known function: every function of the configuration
# and the unemployment without mismatch are what `measure` makes of the published figures; what is no
# matching function has a reason and no figures; without flows there are no rows but a line in checks.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
own=$work/tests/pipeline/matching
config=$own/night.json
figures="python3 $own/figures.py"
mkdir "$own/drop"
serve --first 2021M01
told() { grep "^$1" "$(published)/csv/checks/checks.csv"; }

# The flows are made from published stocks, so these come first, alone.
sed 's/, "flows.json"//' "$own/night.json" >"$own/stocks.json"
config=$own/stocks.json
night
expect_code 0
check "without flows no function is fitted" test "$(tail -n +2 \
    "$(published)/csv/matching_function/matching_function.csv" | grep -vc ',_T,,,0,,,false,no monthly figures of ')" = 0
check "and there is no path" test "$(wc -l <"$(published)/csv/counterfactual/counterfactual.csv")" = 1
check "which checks tell" test "$(told counterfactual_given)" = \
    "counterfactual_given,counterfactual,note,absent,0,,0,no monthly figures of spells_ended,A"
$figures make "$(published)" "$own/drop/flows.csv"
touch -d '2001-01-01' "$own/drop/flows.csv"

config=$own/night.json
night
expect_code 0
functions=$(published)/csv/matching_function/matching_function.csv
check "measure and run agree" $figures check "$(published)" "$own/matching.json" "$program"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
check "the function of the flows is found" awk -F, '
    $1 == "SSS" && $2 == "fe" && $9 == "true" { rows++ } END { exit rows != 3 }' "$functions"
check "too few observations are a reason, not figures" test "$(grep -c \
    '^SSS,ended,[a-z_]*,,,34,2021M02,2023M12,false,"observations: 34, at least 100 are needed; rows left out: 1 with a missing figure, 0 with a 0",.*,M$' \
    "$functions")" = 4
check "a flow that nobody has is one row" grep -q \
    '^SSS,by_reason,_T,,,0,,,false,no monthly figures of spells_ended_work,.*,L$' "$functions"
check "no row that is not estimable has a figure" awk -F, \
    '$9 == "false" && ($4 != "" || $5 != "") { bad = 1 } END { exit bad }' "$functions"
check "filled vacancies are said to be no hires" \
    grep -q ',matching_function/1 model=fe markets=maakunta hires=vacancies_filled(notified_posts_filled_not_hires) ' \
    "$functions"
check "checks tell how many are estimated" grep -qE \
    '^functions_estimated,matching_function,note,warn,[1-9][0-9]*,,[1-9]' \
    "$(published)/csv/checks/checks.csv"

kohtaanto why matching_function scope=SSS model=fe term=vacancies
expect_code 0
check "a term is explained" test "$(grep -c ' equal$' "$work/results")" = 3
kohtaanto why counterfactual time_period=2023M06
expect_code 0
check "a month is explained" test "$(grep -c ' equal$' "$work/results")" = 3
check "by the path since the gap" grep -q 'observed rate of 2022M08' "$work/results"

cp "$(published)/SHA256SUMS" "$work/first"
rm -rf "$workspace/store" "$workspace/published"
sed -i 's/"threads": 2/"threads": 1/' "$config"
kohtaanto run --offline
expect_code 0
check "one thread gives the same bytes" cmp "$work/first" "$(published)/SHA256SUMS"
