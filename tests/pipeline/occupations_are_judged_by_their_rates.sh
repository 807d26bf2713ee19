#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The table `occupation_balance` of the modelled 12ti: states, degrees and what holds over time are those
# that follow from the published figures and the rules, a month more gives the bytes of one run and
# leaves the years before it alone, and rows of somebody else are compared where they can be.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
config=$work/tests/pipeline/balance/night.json
rules=$work/config/sample/occupation_balance.json
balances() { cat "$(published)"/csv/occupation_balance/occupation_balance_*.csv; }
told() { grep "^$1" "$(published)/csv/checks/checks.csv"; }

serve --first 2021M07 --last 2023M04
night
expect_code 0
check "every row follows from the published figures and the rules" \
    python3 "$root/tests/pipeline/balance/states.py" "$(published)" "$rules" "$port"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
check "the levels that have rows are told" \
    grep -q '^balance_given,isco2 maakunta,note,passed,[1-9]' "$(published)/csv/checks/checks.csv"
check "and why nothing is said of some" \
    grep -qE '^balance_not_assessable,no_figure,note,warn,[1-9].*"(CA|EVK|MK)[0-9]+ ISCO-' \
    "$(published)/csv/checks/checks.csv"
check "the words are explained in three languages" grep -q \
    '^occupation_balance,state,,Ammattien kohtaantotilanne,Matchningsläget i yrken,Balance of occupations,' \
    "$(published)/csv/dim_indicator/dim_indicator.csv"
check "shortage and surplus are said by this table alone" bash -c \
    "! grep -rlE 'shortage|surplus' '$(published)/csv' | grep -vE '/(occupation_balance|dim_indicator)/'"

kohtaanto why occupation_balance time_period=2023M04 region_code=EVK04 occupation_code=ISCO-25
expect_code 0
check "a row is explained" grep -q 'distance_to_threshold .* equal' "$work/results"
check "with its thresholds" grep -q 'shortage *0.025, 0.04, 0.06, 0.1' "$work/results"
check "and the table of persons employed" grep -q '115s.px' "$work/results"
check "and nothing of it is unequal" bash -c "! grep -q 'NOT EQUAL' '$work/results'"

# A month more: years before it are the files that they were.
inode() { stat -c %i "$(published)/csv/occupation_balance/occupation_balance_$1.csv"; }
before="$(inode 2021) $(inode 2022)"
serve --first 2021M07 --last 2023M05
night
expect_code 0
check "years that end before the new month are kept" test "$before" = "$(inode 2021) $(inode 2022)"
cp "$(published)/SHA256SUMS" "$work/first"
rm -rf "$workspace/store" "$workspace/published"
kohtaanto run --offline
expect_code 0
check "made again it has the same bytes" cmp "$work/first" "$(published)/SHA256SUMS"

# Somebody else's rows: those of the newest month with two states changed, and one cell nobody has.
balances | awk -F, -v OFS=, 'NR == 1 { print "time_period", "region_code", "occupation_code", "state", "degree"; next }
    $1 == "2023M05" && $3 == "maakunta" && $14 == "surplus" && count < 20 {
        count++
        print $1, $4, $6, count <= 2 ? "balance" : $14, count <= 3 ? 1 : $15 }
    END { print "2023M05", "MK01", "ISCO-2512", "shortage", 5 }' >"$work/tests/pipeline/balance/barometer.csv"
sed -i 's/^  "modelled"/  "barometer": "barometer.csv",\n&/' "$config"
kohtaanto run --offline
expect_code 0
check "their agreement with ours is told" test "$(told barometer_agreement | cut -d, -f1-5,7)" = \
    "barometer_agreement,2023M05,note,passed,0.9,2"
check "how they differ too" grep -q \
    '"[0-9]* of 20 degrees within one; ours surplus, theirs balance: 2"' \
    "$(published)/csv/checks/checks.csv"
check "and what is of no row of ours" test "$(told barometer_read | cut -d, -f2-5,7)" = \
    "barometer.csv,note,warn,21,1"

# A file that cannot be used stops nothing.
printf 'time_period,region_code,occupation_code,state,degree\n2023M05,MK01,ISCO-25,pula,3\n' \
    >"$work/tests/pipeline/balance/barometer.csv"
kohtaanto run --offline
expect_code 0
check "one line says row and column" grep -q \
    "barometer.csv: row 2: state: expected balance, surplus, matching_problem, shortage or not_assessable, found 'pula'" \
    "$(published)/csv/checks/checks.csv"

# Persons employed of the country alone, and rows of the newest five months: those of the table before.
sed -i '/"barometer"/d; s|"[^"]*employed-occupations.json"|&, "../../../config/sample/sources/country.json"|' "$config"
sed -e 's/employed-occupations-modelled/country-modelled/' \
    -e '/"role": "region"/s/"want": \["\*"\]/"want": ["SSS"]/' \
    "$work/config/sample/sources/employed-occupations.json" >"$work/config/sample/sources/country.json"
sed -i '/"isco2"/s/"employed-occupations-modelled"/"country-modelled", "months": 5/' "$rules"
balances >"$work/all_months"
night
expect_code 0
balances >"$work/five_months"
check "what holds is that of the whole history" diff \
    <(grep -E '^2023M0[1-5],.*,country,SSS,isco2,' "$work/all_months") \
    <(grep ',isco2,' "$work/five_months")
check "the other level is as it was" diff <(grep ',isco1,' "$work/all_months") \
    <(grep ',isco1,' "$work/five_months")
check "regions without persons employed are told" test "$(told 'balance_given,isco2 maakunta')" = \
    'balance_given,isco2 maakunta,note,absent,0,,0,country-modelled has no employed persons of such regions,A'

# Without rules there is no row.
sed -i '/"occupation_balance"/d' "$config"
kohtaanto run --offline
expect_code 0
check "the table is there and empty" test "$(balances | wc -l)" -eq 1
