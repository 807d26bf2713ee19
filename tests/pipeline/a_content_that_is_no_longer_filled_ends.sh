#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# From October 2023 on the service states no vacancy anywhere. One month of that holds the tables;
# from the second on vacancies are not collected, never zero: their last day stands in
# dim_indicator, the checks tell it, and nothing is computed of them. Filled again, they go on.
# The source file can give such days too.

. "$(dirname "$0")/lib.sh"

# statuses TABLE MONTH COLUMN: those of its rows, once each, in a line.
statuses() {
    awk -F, -v month="$2" -v from_end="$3" '$1 == month { print $(NF - from_end) }' \
        "$(published)/csv/$1/$1_2023.csv" | sort -u | tr -d '\n'
}
# From the end of a row of observations, whose names may hold commas.
vacancies_status=7 tightness_status=1 unemployed_status=11 vacancies=10
# The ends and the statuses of vacancies; points follow the neighbours in time.
september() {
    awk -F, '/^2023M09/ { print $3, $4, $5, $7, $(NF - 9), $(NF - 8), $(NF - 7) }' \
        "$1/csv/observations/observations_2023.csv"
}
indicator() {
    grep "^$1,observation," "$(published)/csv/dim_indicator/dim_indicator.csv"
}
valid_to() {
    indicator "$1" | cut -d, -f8
}
stopped=(--stop AVPAIKATLOPUSSA=2023M10)

serve --first 2023M06 --last 2023M09
night
expect_code 0
first=$(published)
check "at first nothing has an end" test -z "$(valid_to vacancies)$(valid_to unemployed)"

serve --first 2023M06 --last 2023M10 "${stopped[@]}"
night
expect_code 65
for table in 12r5-modelled 12ti-modelled; do
    check "a country without a vacancy is a slip at first: $table" grep -q \
        "^warning: $table: held, .*content_filled: $table vacancies: .*period=2023M10" "$work/words"
done
check "what was published stands" test "$(published)" = "$first"

# ended MONTH...: these months have no vacancies, whatever the source says.
ended() {
    local month
    for month; do
        check "$month: vacancies are not collected" test "$(statuses observations "$month" $vacancies_status)" = L
        check "$month: and empty, not zero" test -z "$(statuses observations "$month" $vacancies)"
        check "$month: nor is there a tightness" test "$(statuses observations "$month" $tightness_status | tr -d M)" = L
        check "$month: unemployed go on" test "$(statuses observations "$month" $unemployed_status | tr -d Q)" = AE
        check "$month: no index is made of them" test "$(statuses mismatch "$month" 0)" = L
    done
    check "September is as it was" diff <(september "$first") <(september "$(published)")
    check "the last day of vacancies is that of September" test "$(valid_to vacancies)" = 2023-09-30
    check "the others have none" test -z "$(valid_to unemployed)$(valid_to labour_force)"
    check "the checks tell it" test "$(grep -c "^content_stopped,12[rt][5i]-modelled vacancies,note,.*not collected from 2023M10 on" \
        "$(published)/csv/checks/checks.csv")" -eq 2
    check "no change is told" test -z "$(awk -F, '$3 != "unemployed" && $4 >= "2023M10" && $14 == "true"' \
        "$(published)/csv/changes/changes.csv")"
    check "the run keeps the contract" "$program" check-output --config "$config" "$(published)"
}

serve --first 2023M06 --last 2023M11 "${stopped[@]}"
night
expect_code 0
ended 2023M10 2023M11

# The newest three months, all that is fetched again, are zeros alone by now.
serve --first 2023M06 --last 2023M12 "${stopped[@]}"
night
expect_code 0
ended 2023M10 2023M11 2023M12
last=$(published)
rm -r "$workspace/store" "$workspace/published"
kohtaanto run --offline
expect_code 0
check "the archive alone gives the same" diff -r --exclude MANIFEST.json "$last" "$(published)"

kohtaanto why observations time_period=2023M11 region_code=KU091
check "why says that the table does not carry it" grep -qE "^ +vacancies +- +\(L: not collected" "$work/results"

# A source that fills it again has revised those months: who knows better lets them through.
serve --first 2023M06 --last 2023M12 --revise 3
night --accept 12r5-modelled --accept 12ti-modelled
expect_code 0
check "filled again, they go on" test "$(statuses observations 2023M12 $vacancies_status)" = AEQ
check "without an end" test -z "$(valid_to vacancies)"

# A source file can say it too, whatever the source states after that day.
own_config
sed -i 's/{"measure": "labour_force",/& "valid_from": "2023-06-30", "valid_to": "2023-11-30",/' \
    "$work/config/sample/sources/12r5.json"
kohtaanto run --offline
expect_code 0
check "both days stand in dim_indicator" \
    test "$(indicator labour_force | cut -d, -f7,8)" = 2023-06-30,2023-11-30
labour_force_status=5
check "a stock of the last day is there" test "$(statuses observations 2023M11 $labour_force_status)" = AL
check "a later one is not collected" test "$(statuses observations 2023M12 $labour_force_status)" = L
