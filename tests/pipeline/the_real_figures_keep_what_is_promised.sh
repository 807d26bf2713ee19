#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The real tables of two months to 2023M10: what others computed of the same figures is found, and no
# figure that the source protects can be read off a file. (What is hidden and fixed by margins
# was counted independently; the range that whole-number fillings reach, [.2166, .2467], was
# found by alternating linear programs, and a certified one may be no wider than [.2156, .2486].)

. "$(dirname "$0")/lib.sh"

# measured CHECK SUBJECT: what the row of `checks` has measured.
measured() {
    awk -F, -v check="$1" -v subject="$2" '$1 == check && $2 == subject { print $5 }' \
        "$(published)/csv/checks/checks.csv"
}

# near FIGURE EXPECTED
near() {
    awk -v figure="$1" -v expected="$2" \
        'BEGIN { exit !(figure != "" && (figure - expected) ^ 2 < 0.005 ^ 2) }'
}

serve_real --only 12r5,12ti --first 2023M09
night
expect_code 100

check "2,530 numbers of job seekers are hidden" \
    test "$(measured protected_cells '12ti unemployed 2023M10')" -eq 2530
check "1,735 numbers of posts are hidden" \
    test "$(measured protected_cells '12ti vacancies 2023M10')" -eq 1735
check "margins fix 40 of the former" \
    test "$(measured protected_cells_fixed '12ti unemployed 2023M10')" -eq 40
check "and 25 of the latter" test "$(measured protected_cells_fixed '12ti vacancies 2023M10')" -eq 25
check "the former are 2.83 wide" \
    near "$(measured protected_interval_width '12ti unemployed 2023M10')" 2.83
check "the latter 2.74" near "$(measured protected_interval_width '12ti vacancies 2023M10')" 2.74
check "no check that holds a table failed" \
    awk -F, '$3 == "hold" && $4 == "failed" { exit 1 }' "$(published)/csv/checks/checks.csv"
check "four-digit occupations by maakunta have a range that is certified and narrow" \
    awk -F, '$1 == "2023M10" && $3 == "isco4xmaakunta" && $4 == "SSS" && $5 == "mismatch" &&
        $6 == "0.5" && $8 >= 0.2156 && $8 <= 0.2166 && $9 >= 0.2467 && $9 <= 0.2486 { found = 1 }
        END { exit !found }' "$(published)/csv/mismatch/mismatch_2023.csv"
check "no protected figure stands in a file" \
    python3 "$root/tests/pipeline/attack.py" --direct "$(published)"
kohtaanto why contributions time_period=2023M10 market=isco4 occupation_code=ISCO-1213
expect_code 0
check "nor is one of the whole country told, whose regions make exactly 4" \
    grep -q 'SSS *ISCO-1213 *hidden \[1, 4\] Q' "$work/results"

# A reference of others for 2019 fills hidden cells by a rule of its own: it lies inside our range, and
# its parts are as near to ours as fillings are to one another.
reference=$root/../shared/data/methods/nested_decomposition_2019_a05.csv
[ -f "$reference" ] || skip "the decomposition of 2019 is not here"
workspace=$work/2019
own_config
serve_real --only 12r5,12ti --first 2019M01 --last 2019M02
config=$work/config/kohtaanto.json
cat >"$work/config/markets.json" <<'EOF'
{"markets": [
  {"name": "maakunta", "source": "12r5", "region": "maakunta", "scopes": ["country"]},
  {"name": "isco1xmaakunta", "source": "12ti", "region": "maakunta", "occupation": "isco1", "scopes": ["country"]}]}
EOF
night
expect_code 100
check "region by occupation splits as others found" awk -F, '
    FNR == NR { if ($1 == 1) { split($2, day, "-"); all[day[1] "M" day[2]] = $0 } next }
    $4 == "maakunta" && $5 == "isco1" && $6 == "0.5" && $7 == "without_X" && ($1 in all) {
        n++
        split(all[$1], other, ",")
        bad += other[4] < $9 || other[4] > $10
        split("8 11 12 13 14 15 16 17", column, " ")
        for (i = 1; i <= 8; i++) bad += (other[i + 3] - $column[i]) ^ 2 > 0.003 ^ 2
    }
    END { exit !(n == 2 && bad == 0) }' "$reference" \
    "$(published)/csv/decomposition/decomposition_2019.csv"
