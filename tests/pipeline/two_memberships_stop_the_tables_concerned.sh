#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A region that is put into two places on one day: check-config tells it, a night stops the tables
# that have it, whose last good version stands, publishes the others and ends with 100.

. "$(dirname "$0")/lib.sh"

own_config
memberships=$work/config/classifications/memberships.csv

serve --last 2023M10
night
expect_code 0
first=$(published)

check_config() {
    code=0
    "$program" check-config --config "$config" >"$work/results" 2>"$work/words" || code=$?
}

cp "$memberships" "$work/memberships.csv"
printf 'KU091,TA01,tyollisyysalue,2025-06-01,\n' >>"$memberships"
check_config
expect_code 78
line="memberships.csv: row [0-9]+, parent: KU091 is in TA08 \(from 2025-01-01\) and in TA01 \(from 2025-06-01\) of level tyollisyysalue"
check "check-config names the region, both places and their days" grep -qE "$line" "$work/results"

serve --last 2023M11
night
expect_code 100
second=$(published)
check "the night tells it in one line" test "$(grep -cE "12r5-modelled: held.*$line" "$work/words")" -eq 1
check "the table says that it is held" grep -qE '^12r5-modelled,.*,held,' "$second/csv/sources/sources.csv"
check "no path of the machine is published" test -z "$(grep -rl "$work" "$second/csv")"
check "the checks say why" \
    grep -qE '^newest_version_used,12r5-modelled,hold,failed,.*KU091 is in TA08' "$second/csv/checks/checks.csv"
check "the other table has its new month" grep -q '^2023M11,.*,12ti-modelled,' \
    "$second/csv/observations/observations_2023.csv"
check "its own last good rows stand, sums and all" \
    diff <(rows_of "$first" 12r5-modelled) <(rows_of "$second" 12r5-modelled)
check "the run verifies" sums_verify "$second"
check "and keeps the contract" "$program" check-output --config "$config" "$second"

night
expect_code 100
check "the next night finds the same run" test "$(published)" = "$second"

kohtaanto run --as-of 2100-01-01 --out "$work/past"
expect_code 100
check "what was never made is not there" test -z "$(rows_of "$work/past" 12r5-modelled)"

cp "$work/memberships.csv" "$memberships"
check_config
expect_code 0
night
expect_code 0
check "mended, the table goes on" grep -q '^2023M11,.*,12r5-modelled,' \
    "$(published)/csv/observations/observations_2023.csv"

cp "$work/memberships.csv" "$memberships"
printf 'MK01,EVK02,elinvoimakeskus,,\n' >>"$memberships"
night
expect_code 65
check "where all tables are concerned nothing is published" grep -q "every table is held" "$work/words"
