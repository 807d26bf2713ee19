#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Figures of an older run that the source protects by now, among them a zero in an occupation of which
# the whole country had nothing. The past is written again with them hidden; what was made from them
# is what it was, and under strict disclosure nothing is left to take them back from.

. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "python3 is not installed"
attack="python3 $root/tests/pipeline/attack.py"

own_config

# entry SOURCE REGION OCCUPATION MEASURE CHANGE: a correction of September 2023.
entry() {
    printf '"date": "2020-02-01", "source": "%s", "period": "2023M09", "region": "%s",
        "occupation": "%s", "measure": "%s", "reason": "told since", %s' "$@"
}
# row RUN SOURCE REGION OCCUPATION FIELD
row() {
    grep -E "^2023M09,2023-09-01,$2,[a-z]+,$3,[^,]*,$4," "$1/csv/observations/observations_2023.csv" |
        awk -F, -v from="$5" -v to="$6" '{ for (i = from; i <= to; i++)
            printf "%s%s", $(NF - 24 + i), i < to ? "," : "\n" }'
}
# total REGION MEASURE CHANGE: the total of a region in the table of occupations, after a change.
total() {
    local field=14
    [ "$2" = vacancies ] || field=10
    entry 12ti-modelled "$1" _T "$2" \
        "\"value\": $(($(row "$first" 12r5-modelled "$1" _T $field $field) + $3))"
}
past() {
    rm -rf "$1"
    kohtaanto run --as-of 2020-01-02 --out "$1"
    expect_code 0
}
# hidden RUN: each of the cells is published as a protected one is.
hidden() {
    test "$(row "$1" 12r5-modelled KU009 _T 14 17)" = ",1,4,Q" &&
        test "$(row "$1" 12ti-modelled MK02 ISCO-12 14 17)" = ",1,4,Q" &&
        test "$(row "$1" 12ti-modelled MK01 ISCO-01 14 17)" = ",1,4,Q" &&
        test "$(row "$1" 12ti-modelled MK01 ISCO-01 10 13)" = ",1,4,Q"
}
indices() {
    cut -d, -f1-17 "$1/csv/mismatch/mismatch_2023.csv"
}

correct
serve --first 2023M09 --last 2023M09
night
expect_code 0
sed -i -E 's/"time":"[0-9-]+T/"time":"2020-01-01T/' "$workspace"/archive/receipts/*.jsonl
rm -r "$workspace/store" "$workspace/published" "$workspace"/ledger.sqlite*
serve --first 2023M09 --last 2023M10
night
expect_code 0
first=$(published)
past "$work/then"
check "a municipality had 5 vacancies" test "$(row "$work/then" 12r5-modelled KU009 _T 14 17)" = 5,5,5,A
check "an occupation of a region had 5" test "$(row "$work/then" 12ti-modelled MK02 ISCO-12 14 17)" = 5,5,5,A
check "another had 6 job seekers" test "$(row "$work/then" 12ti-modelled MK01 ISCO-01 10 13)" = 6,6,6,A
check "and no vacancy, as in the whole country" test "$(row "$work/then" 12ti-modelled SSS ISCO-01 14 14)" = 0

country=$(row "$first" 12r5-modelled SSS _T 14 14)
correct "$(entry 12r5-modelled KU009 _T vacancies '"status": "Q"')" \
    "$(entry 12ti-modelled MK02 ISCO-12 vacancies '"status": "Q"')" \
    "$(entry 12ti-modelled MK01 ISCO-01 vacancies '"status": "Q"')" \
    "$(entry 12ti-modelled MK01 ISCO-01 unemployed '"status": "Q"')" \
    "$(total MK02 vacancies -3)" "$(total MK01 vacancies 2)" "$(total MK01 unemployed -4)" \
    "$(entry 12ti-modelled SSS ISCO-01 vacancies '"value": 9')" \
    "$(entry 12ti-modelled SSS _T vacancies "\"value\": $((country + 9))")"
kohtaanto run --offline
expect_code 0
check "by now all of them are hidden" hidden "$(published)"

past "$work/past"
check "the past hides them too" hidden "$work/past"
check "and sums of one of them and zeros" \
    test "$(row "$work/past" 12ti-modelled MK01 ISCO-0 14 17)" = ",1,4,Q"
check "no file shows one as it is" $attack --direct "$work/past"
check "every index is what it was" diff <(indices "$work/then") <(indices "$work/past")
# Series are made of what is shown: a figure that is hidden now ends a stretch of them.
check "and the margins agree as they did" \
    diff <(grep -v '^breaks_searched,' "$work/then/csv/checks/checks.csv") \
    <(grep -v '^breaks_searched,' "$work/past/csv/checks/checks.csv")
check "it keeps the contract" "$program" check-output --config "$config" "$work/past"

sed -i 's/"disclosure": "default"/"disclosure": "strict"/' "$config"
kohtaanto run --offline
expect_code 0
past "$work/strict"
check "strict: the past hides them too" hidden "$work/strict"
check "strict: and the totals that would tell of them" $attack "$work/strict"
check "strict: it keeps the contract" "$program" check-output --config "$config" "$work/strict"
