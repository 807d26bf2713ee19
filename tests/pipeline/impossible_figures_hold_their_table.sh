#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Figures that cannot be, a municipality that nobody knows: one line with the coordinates, the table
# concerned keeps its last good version, the others are published, the code is 100.

. "$(dirname "$0")/lib.sh"

own_config

serve --last 2023M10
night
expect_code 0
first=$(published)

# holds TABLE OTHER WORDS: what the last night has to show.
holds() {
    expect_code 100
    check "one line: $3" test "$(grep -cE "^warning: $1: held, .*$3" "$work/words")" -eq 1
    check "its last good rows stand" diff <(rows_of "$first" "$1") <(rows_of "$(published)" "$1")
    check "its state is held" grep -qE "^$1,.*,held," "$(published)/csv/sources/sources.csv"
    check "the checks say why" grep -qE "^newest_version_used,$1,hold,failed,.*$3" \
        "$(published)/csv/checks/checks.csv"
    check "the other table goes on" grep -qE "^$2,.*,fresh," "$(published)/csv/sources/sources.csv"
    check "the run verifies" sums_verify "$(published)"
}

coordinates='period=2023M[0-9]+ measure=[a-z_]+ region=[A-Z0-9]+'
while IFS='|' read -r fault words; do
    for table in 12r5 12ti; do
        rm -rf "$work/again"
        cp -r "$work/workspace" "$work/again"
        workspace=$work/again
        other=$([ $table = 12r5 ] && echo 12ti || echo 12r5)
        serve --last 2023M11 --fault "$fault,call=data,table=$table"
        night
        holds $table-modelled $other-modelled "${words//TABLE/$table-modelled}"
    done
done <<FAULTS
negative|TABLE $coordinates.*: -3, expected a whole number that is not below zero
fraction|TABLE $coordinates.*: 1.5, expected a whole number that is not below zero
excess|regions_within_country: .*$coordinates.* parts=[0-9]+.* total=
FAULTS

workspace=$work/workspace
serve --last 2023M11
night
expect_code 0
first=$(published)
check "the next good night mends it" grep -q '^2023M11,.*,12ti-modelled,' \
    "$first/csv/observations/observations_2023.csv"

sed -i '/^KU091,/d' "$work/config/classifications/regions.csv" "$work/config/classifications/memberships.csv"
night
holds 12r5-modelled 12ti-modelled 'unknown region KU091, expected a code of regions.csv'

workspace=$work/elsewhere
night
expect_code 100
check "where it never was, the others are published without it" \
    test "$(column "$(published)/csv/sources/sources.csv" source | sort -u | tr '\n' ' ')" = "12r5-modelled 12ti-modelled "
check "and nothing of it is" test -z "$(rows_of "$(published)" 12r5-modelled)"

workspace=$work/workspace
rm -r "$workspace/store"
night
expect_code 65
check "what readers have does not vanish in silence" grep -q \
    "the published run has 12r5-modelled, which neither archive nor store can give" "$work/words"
check "what was published stands" sums_verify "$(published)"
