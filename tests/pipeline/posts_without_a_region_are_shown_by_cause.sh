#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The real figures of June 2026, where 31 % of posts have no maakunta, and of 2023, where 6 % have
# none: what is left over at each level stands beside the regions by its cause, the parts add up to
# the country, and every index says what share of it is covered.

. "$(dirname "$0")/lib.sh"

# vacancies LEVEL CODE: of the newest month.
vacancies() {
    awk -F, -v level="$1" -v code="$2" '$4 == level && $5 == code { print $14 }' "$observations"
}

maakunta_sum() {
    awk -F, '$4 == "maakunta" && $5 ~ /^MK/ { sum += $14 } END { print sum }' "$observations"
}

# Data coverage of an index over maakunta, by hand: their sum over the country.
covered() {
    awk -F, -v wanted="$1" '$3 == "maakunta" && $4 == "SSS" { rows++; off = $17 - wanted
        if (off * off > 1e-20) exit 1 } END { if (rows == 0) exit 1 }' "$mismatch"
}

# No row of an index without a share of what it covers.
all_say_what_they_cover() {
    awk -F, 'NR > 1 && ($16 == "" || $17 == "") { exit 1 } END { if (NR < 2) exit 1 }' "$mismatch"
}

serve_real --june2026
night --tables 12r5
expect_code 100 # the figures are older than their limit
observations=$(published)/csv/observations/observations_2026.csv
mismatch=$(published)/csv/mismatch/mismatch_2026.csv
check "the country has 26,641 posts" test "$(vacancies country SSS)" = 26641
check "the maakunta have 18,498 of them" test "$(maakunta_sum)" = 18498
for level in kunta seutukunta maakunta ely suuralue elinvoimakeskus tyollisyysalue; do
    check "at level $level 8,143 are left over, of three causes" test \
        "$(for code in _X _X1 _X2 _X3; do vacancies "$level" $code; done | tr '\n' ' ')" = \
        "8143 7661 270 212 "
done
check "an index over maakunta covers 69 % of posts" covered 0.6943433054314778
check "every index says what it covers" all_say_what_they_cover

rm -rf "$workspace"
serve_real --first 2023M10 --last 2023M10
night --tables 12r5
expect_code 100
observations=$(published)/csv/observations/observations_2023.csv
mismatch=$(published)/csv/mismatch/mismatch_2023.csv
check "in October 2023 the country had 45,031 posts" test "$(vacancies country SSS)" = 45031
check "the maakunta had 42,296 of them" test "$(maakunta_sum)" = 42296
check "2,735 were left over, of no stated cause" test \
    "$(vacancies maakunta _X) $(vacancies maakunta _X1) $(vacancies maakunta _X3)" = "2735  2735"
check "an index over maakunta covered 94 % of posts" covered 0.9392640625347
check "every index said what it covered" all_say_what_they_cover
