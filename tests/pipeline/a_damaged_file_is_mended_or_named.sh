#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A body that the archive has lost takes its own campaign out, until it is back; a cube of the store
# that cannot be read is made again, for the past as for the present.

. "$(dirname "$0")/lib.sh"

# The archive's body of a source's newest data reply.
body_of() {
    grep "\"source\":\"$1\",\"purpose\":\"data\"" "$workspace"/archive/receipts/*.jsonl | tail -1 |
        sed -E 's|.*"sha256":"(..)([0-9a-f]*)".*|'"$workspace"'/archive/\1/\2.zst|'
}

break_cubes() {
    for cube in "$workspace"/store/cubes/*.cube; do
        truncate -s 1000 "$cube"
    done
}

serve --last 2023M10
night
first=$(published)
serve --last 2023M11
night
expect_code 0
second=$(published)

break_cubes
kohtaanto run --as-of "${second##*_}" --out "$work/then"
expect_code 0
check "the past is written though the store is broken" \
    diff -r --exclude MANIFEST.json "$second" "$work/then"
check "and the store is said to be made again" grep -q "the store is made again: " "$work/words"

body=$(body_of 12r5-modelled)
cp "$body" "$work/body"
for harm in missing damaged; do
    if [ "$harm" = missing ]; then
        rm "$body"
    else
        truncate -s -9 "$body"
    fi
    rm "$workspace"/store/cubes/*.cube
    kohtaanto run --offline
    expect_code 100
    check "a body that is $harm holds its table alone" \
        grep -q "; 0 failed, 1 held, 0 late or stale" "$work/words"
    check "and is named" grep -qF "12r5-modelled: held, the last good version stands: $body: " \
        "$work/words"
    check "what was published verifies" sums_verify "$second"
    check "the last good version of the table stands" grep -qE \
        '^12r5-modelled,.*,2023M10,.*,held,' "$(published)/csv/sources/sources.csv"
    check "the other table is whole" grep -qE '^12ti-modelled,.*,2023M11,.*,fresh,' \
        "$(published)/csv/sources/sources.csv"
    cp "$work/body" "$body"
    kohtaanto run --offline
    expect_code 0
    check "once it is back the table is whole again" test "$(published)" = "$second"
done
check "the first run is untouched" sums_verify "$first"
