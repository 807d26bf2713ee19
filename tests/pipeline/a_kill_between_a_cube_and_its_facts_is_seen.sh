#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A night that ends after it wrote a cube, before it wrote the facts beside it, leaves a cube that
# nobody takes for the one before: with the configuration of before, the figures of before come back.

. "$(dirname "$0")/lib.sh"

own_config
correct
serve --first 2023M10 --last 2023M10
night
expect_code 0
cp "$(published)/SHA256SUMS" "$work/sums"
cube=$workspace/store/cubes/12r5-modelled.cube
cp "$cube" "$work/cube"

# The history is written between the two; a folder in its place ends the night there.
history=$workspace/store/revisions/12r5-modelled.csv
rm "$history"
mkdir -p "$history/in_the_way"
correct '"date": "2020-01-01", "source": "12r5-modelled", "period": "2023M10", "region": "KU091",
    "measure": "unemployed", "value": 7, "reason": "a recount"'
kohtaanto transform
expect_code 73 # it cannot be created
check "the cube is another one" test "$(cmp -s "$cube" "$work/cube" || echo another)" = another

rm -r "$history" "$workspace/store/findings" "$workspace/published"
correct
kohtaanto run --offline
expect_code 0
check "the figures of before come back" cmp "$work/sums" "$(published)/SHA256SUMS"
