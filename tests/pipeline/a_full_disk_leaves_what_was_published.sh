#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The disk fills up at several points of a night: exit 74 (or 73), what is published still verifies,
# and the next night with room succeeds.

. "$(dirname "$0")/lib.sh"

[ "$(id -u)" -eq 0 ] || skip "only root can make a small disk"
small=$work/small
mkdir "$small"
mount -t tmpfs -o size=64m none "$small" 2>/dev/null || skip "no small disk can be mounted here"
unmount() {
    umount -l "$small"
    end
}
trap unmount EXIT
workspace=$small/workspace

serve --last 2023M10
night
expect_code 0
first=$(published)

for room_kib in 8 64 512 2048; do
    rm -f "$small/ballast"
    fallocate -l "$(($(df --output=avail -k "$small" | tail -n 1) - room_kib))K" "$small/ballast"
    serve --last 2023M11
    night
    check "a night with $room_kib KiB left ends with 73 or 74, not $code" \
        test "$code" -eq 74 -o "$code" -eq 73
    check "and says so in one line" grep -qiE "no space|disk is full" "$work/words"
    check "and leaves what was published" test "$(published)" = "$first"
    check "and that verifies" sums_verify "$first"
done

rm "$small/ballast"
serve --last 2023M11
night
expect_code 0
check "with room again the next night publishes" test "$(published)" != "$first"
