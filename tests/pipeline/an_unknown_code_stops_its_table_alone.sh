#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A code that no list knows stops its own table: one line names it, the other table is published, and
# the exit code says so.

. "$(dirname "$0")/lib.sh"

own_config
sed -i '/^ISCO-96/d' "$work/config/classifications/occupations.csv"

serve --last 2023M02
night
expect_code 100
check "one line names the code" test \
    "$(grep -c "12ti-modelled.*unknown occupation 96" "$work/words")" -eq 1
run=$(published)
check "the other table is published" grep -q ',12r5-modelled,' \
    "$run/csv/observations/observations_2023.csv"
check "the table with the code is not" test \
    "$(grep -c ',12ti-modelled,' "$run/csv/observations/observations_2023.csv")" -eq 0
check "the checks say why" grep -q \
    '^newest_version_used,12ti-modelled,hold,failed,.*unknown occupation 96' \
    "$run/csv/checks/checks.csv"
