#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A figure of an older run that the source protects by now may have been zero, in an occupation of
# which the whole country had nothing: the past is written again all the same, and hides it.

. "$(dirname "$0")/lib.sh"

mkdir "$work/tests"
cp -r "$root/config" "$work/config"
cp -r "$root/tests/pipeline" "$work/tests/pipeline"
config=$work/tests/pipeline/night.json
sed -i 's/^  "modelled"/  "corrections": "corrections.json",\n&/' "$config"

# entry REGION OCCUPATION CHANGE: a correction of the vacancies of September 2023.
entry() {
    printf '{"date": "2020-02-01", "source": "12ti-modelled", "period": "2023M09", "region": "%s",
        "occupation": "%s", "measure": "vacancies", "reason": "told since", %s}' "$@"
}
# row RUN SOURCE REGION OCCUPATION FIELD
row() {
    grep -E "^2023M09,2023-09-01,$2,[a-z]+,$3,[^,]*,$4," "$1/csv/observations/observations_2023.csv" |
        cut -d, -f"$5"
}

printf '{"corrections": []}\n' >"$work/tests/pipeline/corrections.json"
serve --first 2023M09 --last 2023M09
night
expect_code 0
sed -i -E 's/"time":"[0-9-]+T/"time":"2020-01-01T/' "$workspace"/archive/receipts/*.jsonl
rm -r "$workspace/store" "$workspace/published" "$workspace"/ledger.sqlite*
serve --first 2023M09 --last 2023M10
night
expect_code 0
first=$(published)
check "the country has none of the occupation" test "$(row "$first" 12ti-modelled SSS ISCO-01 14)" = 0

country=$(row "$first" 12r5-modelled SSS _T 14)
region=$(row "$first" 12r5-modelled MK01 _T 14)
printf '{"corrections": [%s, %s, %s, %s]}\n' "$(entry SSS ISCO-01 '"value": 9')" \
    "$(entry MK01 ISCO-01 '"status": "Q"')" "$(entry SSS _T "\"value\": $((country + 9))")" \
    "$(entry MK01 _T "\"value\": $((region + 2))")" >"$work/tests/pipeline/corrections.json"
kohtaanto run --offline
expect_code 0
check "by now one region hides its posts" \
    test "$(row "$(published)" 12ti-modelled MK01 ISCO-01 14-17)" = ",1,4,Q"

for disclosure in default strict; do
    sed -i "s/\"disclosure\": \"[a-z]*\"/\"disclosure\": \"$disclosure\"/" "$config"
    kohtaanto run --offline
    expect_code 0
    rm -rf "$work/past"
    kohtaanto run --as-of 2020-01-02 --out "$work/past"
    expect_code 0
    check "$disclosure: the past hides it too" \
        test "$(row "$work/past" 12ti-modelled MK01 ISCO-01 14-17)" = ",1,4,Q"
    check "$disclosure: it keeps the contract" "$program" check-output --config "$config" "$work/past"
done
