#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a night takes over from the one before changes nothing: after a new month, revised months,
# another configuration, damage to what was kept and the loss of it, the published bytes are those
# of a run that begins with the archive alone.

. "$(dirname "$0")/lib.sh"

years() {
    serve --first 2022M10 "$@"
}

# Everything of a manifest that stands above its run block.
content() {
    sed '/^  "content_sha256"/,$d' "$1/MANIFEST.json"
}

# whole A_TRUE_SENTENCE: a run from nothing but the archive publishes the same bytes.
whole() {
    local ours
    ours=$(published)
    rm -rf "$work/whole"
    mkdir -p "$work/whole"
    cp -r "$workspace/archive" "$work/whole/archive"
    "$program" run --offline --config "$config" --workspace "$work/whole" --quiet ||
        fail "the run from nothing ended with $?"
    local theirs
    theirs=$(readlink -f "$work/whole/published/current")
    check "$1: same name" test "${ours##*/}" = "${theirs##*/}"
    check "$1: same files, same bytes" diff -r --exclude MANIFEST.json "$ours" "$theirs"
    check "$1: same manifest" diff <(content "$ours") <(content "$theirs")
}

months() {
    mkdir -p "$workspace/store/months"
    find "$workspace/store/months" -type f -name '*.mismatch' -printf '%f\n' | sort
}

stamp() {
    months >"$work/months"
}

# How many periods were computed since then.
computed() {
    months | comm -13 "$work/months" - | wc -l
}

# A night made after a pause: receipts have whole seconds, and as_of is one of them
another() {
    sleep 1.1
    stamp
    night
    expect_code 0
}

years --last 2023M10
stamp
night
expect_code 0
check "a first night computes every month" test "$(computed)" -eq 13
first=$(published)
ranges=$(stat -c %i "$workspace"/store/months/2023M10.ranges)

years --last 2023M11
another
check "a new month is computed, and at most its neighbour again" test "$(computed)" -le 2
check "and its ranges, whose intervals stand, are not" \
    test "$ranges" = "$(stat -c %i "$workspace"/store/months/2023M10.ranges)"
whole "a new month"
check "a year in which nothing changed is the same file" \
    test "$first/csv/observations/observations_2022.csv" -ef \
    "$(published)/csv/observations/observations_2022.csv"
check "in every table" test "$first/csv/mismatch/mismatch_2022.csv" -ef \
    "$(published)/csv/mismatch/mismatch_2022.csv"

years --last 2023M11 --revise 7
another
check "three revised months are computed, and at most their neighbour" test "$(computed)" -le 4
whole "revised months"

plain=$config
config=$work/other.json
sed -e "s,\"\.\./\.\./config,\"$root/config,g" -e "s,\"markets.json\",\"$root/tests/pipeline/markets.json\"," \
    -e 's/"alphas": \[0.3, 0.5\]/"alphas": [0.4, 0.5]/' "$plain" >"$config"
stamp
kohtaanto run --offline
expect_code 0
check "another configuration computes every month" test "$(computed)" -eq 14
whole "another configuration"

config=$plain
rm -rf "$workspace/published"
stamp
kohtaanto run --offline
expect_code 0
check "the configuration before finds its months again" test "$(computed)" -eq 0
whole "the configuration before"

for part in "$workspace"/store/months/*.mismatch "$workspace"/store/months/*.ranges; do
    cp "$part" "$work/part"
    chmod u+w "$part"
    printf '9' | dd of="$part" bs=1 seek=$(($(stat -c %s "$part") / 2)) conv=notrunc status=none
    if cmp -s "$part" "$work/part"; then
        printf '8' | dd of="$part" bs=1 seek=$(($(stat -c %s "$part") / 2)) conv=notrunc status=none
    fi
done
years --last 2023M11 --revise 8
another
whole "damaged months"

rm -rf "$workspace/store/months"
years --last 2023M11 --revise 9
another
whole "lost months"

# The finding alone: the published file shares its bytes until then.
finding=$workspace/store/findings/observations/observations_2022.csv
cp "$finding" "$work/finding"
sed -i 's/2022M12/2022M11/' "$work/finding"
mv -f "$work/finding" "$finding"
years --last 2023M11 --revise 10
another
whole "a damaged finding"
check "what is published verifies" sums_verify "$(published)"
