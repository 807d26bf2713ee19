#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Flows and groups of job seekers of the sample in the table `changes`, at the levels that are asked
# for: a second program makes the same of their own tables, and a year of a flow so far is its sum.

. "$(dirname "$0")/lib.sh"

own_config
sed -i -e 's#^  "sources": \[#&"../../config/sample/sources/flows.json", #' \
    -e 's#^  "analysis": {#&\n    "changes_levels": ["country", "maakunta", "elinvoimakeskus"],#' "$config"
serve --first 2021M01
night --tables 12r5-modelled,flows-modelled
expect_code 0
changes=$(published)/csv/changes/changes.csv

check "flows and groups are there" test "$(awk -F, '$1 == "maakunta" && $4 == "2023M12" { print $3 }' \
    "$changes" | sort -u | grep -cE '^(foreign|under_25|open_days|vacancies_(new|open|filled))$')" -eq 6
check "some of their changes are told" grep -qE ',(vacancies_filled|foreign),.*,true,true,,[0-9.]*,[0-9.]*,A$' "$changes"
check "a year of a flow is the sum of its months" \
    awk -F, 'FNR == NR { if ($3 == "country" && $7 == "vacancies_filled") sum += $8; next }
        $1 == "country" && $3 == "vacancies_filled" && $4 == "2023M12" { found = $12 == sum }
        END { exit !found }' "$(published)/csv/flows/flows_2023.csv" "$changes"
check "days have no year" \
    grep -qE '^country,SSS,open_days,2023M12,2023-12-01,[0-9]+,[0-9]+,[0-9]+,[0-9]+,[0-9]+,,,' "$changes"
check "a municipality has none" \
    awk -F, '$1 == "kunta" && $3 !~ /^(unemployed|vacancies|tightness|job_seekers_per_vacancy)$/ { exit 1 }' "$changes"
check "check-output agrees" "$program" check-output --config "$config" "$(published)"
for indicator in vacancies_filled foreign unemployed job_seekers_per_vacancy; do
    kohtaanto why changes time_period=2023M12 region_code=MK04 indicator="$indicator"
    expect_code 0
    check "why finds $indicator in its table" test "$(grep -c ' equal$' "$work/results")" -eq 3
done

sed -i '/"changes_levels"/d' "$config"
kohtaanto analyse
expect_code 0
check "without levels there are none of them" test "$(awk -F, 'NR > 1 { print $3 }' \
    "$workspace/store/findings/changes/changes.csv" | sort -u | tr '\n' ' ')" = \
    "job_seekers_per_vacancy tightness unemployed vacancies "

command -v python3 >/dev/null || skip "the second computation: no python3"
check "a second computation finds the same" python3 "$root/tests/golden/changes.py" "$(published)" 0.05
tail -1 "$work/checked"
