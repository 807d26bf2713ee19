#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The parts that a run publishes of a crossed market are those that `measure decomposition` finds in
# its published cells; the mismatch and its ranges are those of `mismatch`; why tells the same.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
for level in coordinator elinvoimakeskus; do
    sed -i '0,/{"name": "isco1"/s//{"name": "isco1x'$level'", "source": "12ti-modelled", "region": "'$level'", "occupation": "isco1", "scopes": ["country"]},\n    &/' \
        "$work/tests/pipeline/markets.json"
done
serve --first 2023M07
night
expect_code 0
run=$(published)

for level in coordinator elinvoimakeskus; do
    check "of $level: measure and run agree" \
        python3 "$root/tests/pipeline/decomposition.py" "$run" "$program" "$level" isco1
done

awk -F, '$7 == "without_X" { print $1, $5 "x" $4, $6, $8, $9, $10 }' \
    "$run/csv/decomposition/decomposition_2023.csv" | sort >"$work/split"
awk -F, '$3 ~ /x/ && $4 == "SSS" && $5 == "mismatch" { print $1, $3, $6, $7, $8, $9 }' \
    "$run/csv/mismatch/mismatch_2023.csv" | sort >"$work/whole"
check "mismatch and its range are those of the table mismatch" diff "$work/split" "$work/whole"
check "and there are some" test -s "$work/split"
check "with what is not allocated the cells have all there is, and no range" \
    awk -F, '$7 == "with_X" { n++; bad += $18 != 1 || $9 != "" }
        END { exit !(n > 0 && bad == 0) }' "$run/csv/decomposition/decomposition_2023.csv"

cell=(time_period=2023M12 region_level=maakunta occupation_level=isco2 alpha=0.5)
for population in with_X without_X; do
    kohtaanto why decomposition "${cell[@]}" population=$population
    expect_code 0
    check "why finds the parts $population again" \
        test "$(grep -c ' equal' "$work/results")" -ge 8
    check "all of them" test "$(grep -c 'NOT EQUAL' "$work/results")" -eq 0
done
check "it tells what is in no region" grep -q '_X *_X' <(kohtaanto why decomposition "${cell[@]}" \
    population=with_X --all; cat "$work/results")
