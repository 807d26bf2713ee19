#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The table `early_warning` of made figures is what another program makes of the other published tables;
# the three changes that are in them are told, and nothing without four whole years is; threads change
# no byte.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
made=$root/tests/pipeline/early_warning
config=$work/tests/pipeline/early_warning/night.json
ln -s "$work/config" "$work/tests/config"
sed -i 's#\.\./\.\./\.\./config#../../config#' "$config"
drop=${config%/*}/drop
mkdir "$drop"
python3 "$made/figures.py" "$drop"
touch -d '2001-01-01' "$drop"/*
kohtaanto run
expect_code 0
rules=$work/config/early_warning.json
signs=$work/signs
cat "$(published)"/csv/early_warning/early_warning_20*.csv >"$signs"
checks=$(published)/csv/checks/checks.csv

check "the table is that of another program" \
    python3 "$made/weighed.py" "$(published)" "$rules"
cat "$work/checked"
check "its rows are those of 25 months" test \
    "$(awk -F, '$1 ~ /^20/ { print $1 }' "$signs" | sort -u | wc -l)" -eq 25
check "more lay-offs are told" \
    grep -q '^2023M12,.*,maakunta,MK04,_T,_T,_T,_T,layoffs,.*,up,A$' "$signs"
check "and more inflow" \
    grep -q '^2023M12,.*,maakunta,MK06,_T,_T,isco2,ISCO-25,inflow,.*,up,A$' "$signs"
check "and fewer new vacancies" \
    grep -q '^2023M12,.*,maakunta,MK07,_T,_T,_T,_T,new_vacancies,.*,down,A$' "$signs"
check "a year before nothing is" \
    test "$(grep -c '^2022M1[012],.*,\(up\|down\),.$' "$signs")" -eq 0
check "a sum over a break is none" \
    grep -q '^2022M04,.*,maakunta,MK05,_T,_T,_T,_T,new_vacancies,,,,,,M$' "$signs"
check "and behind it nothing is weighed" \
    grep -qE '^2022M06,.*,maakunta,MK05,_T,_T,_T,_T,new_vacancies,[0-9]+,,,,,A$' "$signs"
check "the reasons are told" test \
    "$(grep -cE '^early_warning_absent,(layoffs missing|inflow protected|new_vacancies break),note,warn,' "$checks")" -eq 3
check "and how many rows are weighed" \
    grep -q '^early_warning_given,layoffs,note,passed,[1-9]' "$checks"
check "check-output agrees" "$program" check-output --config "$config" "$(published)"

kohtaanto why early_warning time_period=2023M12 region_code=MK04 signal=layoffs
expect_code 0
check "why computes it again" test "$(grep -c ' equal$' "$work/results")" -eq 4
check "and names its twelve months" \
    test "$(grep -cE '20(20|21|22|23)M1[012] ' "$work/results")" -ge 12

kept=$workspace/store/findings/early_warning/early_warning_2023.csv
inode=$(stat -c %i "$kept")
kohtaanto analyse
expect_code 0
check "a year of which no figure changed is kept" test "$inode" = "$(stat -c %i "$kept")"
cp "$kept" "$work/before"
for threads in 1 3; do
    sed -i "s/\"threads\": [0-9]*/\"threads\": $threads/" "$config"
    rm -rf "$workspace/store/findings" "$workspace/store/months"
    kohtaanto analyse
    expect_code 0
    check "$threads threads give the same bytes" cmp "$work/before" "$kept"
done
