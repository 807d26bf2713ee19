#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# One source fails: the other is published, the failed one's last good table stands, the code is 100.

. "$(dirname "$0")/lib.sh"

serve --last 2023M10
night
expect_code 0
first=$(published)

serve --last 2023M11 --fault html,call=data,table=12ti
night
expect_code 100
second=$(published)
check "a new run is published" test "$first" != "$second"
check "it verifies" sums_verify "$second"
check "the failed source says so" grep -qE '^12ti-modelled,.*,failed,' "$second/csv/sources/sources.csv"
check "the other is fresh" grep -qE '^12r5-modelled,.*,fresh,' "$second/csv/sources/sources.csv"
check "the other has its new month" grep -q '^2023M11,.*,12r5-modelled,' \
    "$second/csv/observations/observations_2023.csv"
check "the failed one has its last good month" grep -q '^2023M10,.*,12ti-modelled,' \
    "$second/csv/observations/observations_2023.csv"
check "the earlier run is untouched" sums_verify "$first"

serve --last 2023M11
night
expect_code 0
check "the next good night mends it" grep -qE '^12ti-modelled,.*,fresh,' "$(published)/csv/sources/sources.csv"

serve --fault unavailable
night
expect_code 69
check "and what was published stands" sums_verify "$(published)"
