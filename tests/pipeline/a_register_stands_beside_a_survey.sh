#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The register's unemployed beside the labour force survey's, and its vacancies beside those of the
# vacancy survey, by quarters and suuralue: as others compute them from the same figures. A quarter
# of which the register lacks a month has no ratio.

. "$(dirname "$0")/lib.sh"

figures=$root/tests/pipeline/two_sources/figures.py
serve_real --only 12r5,137i,11n1 --first 2013M01 --last 2023M09
config=$root/tests/pipeline/two_sources/night.json
night
expect_code 100 # the figures are old

check "every ratio of 2013Q1 to 2023Q3 is what others compute" \
    python3 "$figures" "$root/../shared" "$root" "$(published)" 2013Q1 2023Q3
check "mismatch by suuralue is that of either source's shares" \
    python3 "$root/tests/pipeline/two_sources/sheet.py" "$(published)"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
check "what is compared is told" \
    grep -q '^two_sources_compared,unemployed register lfs,note,passed,215,.*mean of three' \
    "$(published)/csv/checks/checks.csv"
kohtaanto why two_sources time_period=2019Q2 region_level=suuralue region_code=SA2 \
    indicator=unemployed
expect_code 0
check "a ratio is explained by its months" grep -q '2019M05' "$work/results"
check "and they give what was published" bash -c \
    "grep -q 'equal' '$work/results' && ! grep -q 'NOT EQUAL' '$work/results'"
kohtaanto why sensitivity time_period=2019Q2 aspect=data_source setting=survey
expect_code 0
check "mismatch of the survey is computed again" bash -c \
    "grep -q 'equal' '$work/results' && ! grep -q 'NOT EQUAL' '$work/results'"

rm -rf "$workspace"
serve_real --only 12r5,137i,11n1 --first 2022M02 --last 2022M09
config=$root/tests/pipeline/two_sources/night.json
night
expect_code 100
table=$(published)/csv/two_sources/two_sources.csv
check "a quarter of two months has no mean, and says why" \
    grep -q '^2022Q1,2022-01-01,suuralue,SA1,unemployed,,[0-9]*,,L$' "$table"
check "one month is enough where one is asked for" \
    grep -q '^2022Q1,2022-01-01,suuralue,SA1,vacancies,[0-9]*,[0-9]*,[0-9.]*,A$' "$table"
check "the next quarter has its three" \
    grep -q '^2022Q2,2022-04-01,suuralue,SA1,unemployed,[0-9]*,[0-9]*,[0-9.]*,A$' "$table"
