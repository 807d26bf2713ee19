#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The table `sectors` of the modelled 12tw: every figure is the source's, protected ones are shown by
# its limits alone, rates have the persons employed of the newest year, and rows of TOL 2025 are what
# the correspondence leaves. A table whose sectors turn out to be of another revision keeps its last
# good version.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
config=$work/tests/pipeline/sectors/night.json
serve --first 2023M10 --last 2023M11
night
expect_code 0
check "the rows are those of the source" \
    python3 "$root/tests/pipeline/sectors/figures.py" "$port" "$root" "$(published)"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
check "the Finnish file has as many rows" test \
    "$(wc -l <"$(published)/csv/sectors/sectors_2023.csv")" -eq \
    "$(wc -l <"$(published)/csv-fi/sectors/sectors_2023.csv")"
check "how sure the correspondence is, what is split, and that nobody knows the shares, is told" \
    grep -q '^sectors_converted,12tw-modelled tol2008 to tol2025,.*"3 exact, 98 main, 11 unverified; split by assumed shares: TOL-45, TOL-63, TOL-70"' \
    "$(published)/csv/checks/checks.csv"
check "the rate is named among the indicators" \
    grep -q '^v_over_v_plus_employed,rate,.*,v / (v + e),' \
    "$(published)/csv/dim_indicator/dim_indicator.csv"

# why ROW...: explained, and no figure of it unequal.
asked() {
    local what=$1
    shift
    kohtaanto why sectors time_period=2023M11 "$@"
    expect_code 0
    check "$what is explained" grep -q "$expected" "$work/results"
    check "and nothing of it is unequal" bash -c "! grep -q 'NOT EQUAL' '$work/results'"
}
expected='employed .* equal'
asked "a section with its rate" region_code=SSS sector_code=TOL-G sector_revision=tol2008
expected='TOL-45 .* unverified'
asked "a section that was converted" region_code=MK01 sector_code=TOL-T sector_revision=tol2025
expected='MK05 .* TOL-F'
asked "a sum of regions" region_level=elinvoimakeskus region_code=EVK04 sector_code=TOL-F \
    sector_revision=tol2008

# A month more, and everything made again from the archive, gives the bytes of one run.
serve --first 2023M10
night
expect_code 0
cp "$(published)/SHA256SUMS" "$work/first"
rm -rf "$workspace/store" "$workspace/published"
kohtaanto run --offline
expect_code 0
check "made again it has the same bytes" cmp "$work/first" "$(published)/SHA256SUMS"

# The file says TOL 2025, the table has division 45.
sed -i 's/"revision": "tol2008"/"revision": "tol2025"/' "$work/config/sample/sources/12tw.json"
night
expect_code 100
check "a line says the code and what was expected" grep -q \
    'held, .*12tw-modelled: sector 45 is of tol2008, expected a code of tol2025 in sectors.csv' \
    "$work/words"
check "the last good version stands" grep -q '^2023M12,.*,12tw-modelled,country,SSS,tol2,TOL-45,tol2008,' \
    "$(published)/csv/sectors/sectors_2023.csv"
check "and is called held" grep -qE '^12tw-modelled,.*,held,' "$(published)/csv/sources/sources.csv"
