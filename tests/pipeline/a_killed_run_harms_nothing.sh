#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# kill -9 at random moments of a run: what is published verifies at every moment, and the next run
# succeeds. KT_KILLS says how many; the promise was tried with 200.

. "$(dirname "$0")/lib.sh"

kills=${KT_KILLS:-12}
serve --last 2023M10
start=$(date +%s%N)
night
expect_code 0
length_ms=$((($(date +%s%N) - start) / 1000000))

for ((i = 1; i <= kills; i++)); do
    # Every other night has a month more or less to fetch, so there is always something to do.
    serve --last "2023M$((11 + i % 2))" --revise "$i"
    "$program" run --config "$config" --workspace "$workspace" \
        --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" >/dev/null 2>"$work/words" &
    victim=$!
    sleep "$(printf '%d.%03d' $((i * 7919 % length_ms / 1000)) $((i * 7919 % length_ms % 1000)))"
    kill -KILL "$victim" 2>/dev/null || true
    wait "$victim" 2>/dev/null || true
    sums_verify "$(published)" || fail "after kill $i the published run does not verify"
done
printf 'ok: %d kills, current verified after each\n' "$kills"
night
check "the next run succeeds" test "$code" -eq 0 -o "$code" -eq 100
check "and verifies" sums_verify "$(published)"
check "every reply of a receipt is in the archive" bash -c '
    cd "$1/archive"
    sed -n "s/.*\"sha256\": *\"\([0-9a-f]\{64\}\)\".*/\1/p" receipts/*.jsonl | sort -u |
        while read -r hash; do [ -s "${hash:0:2}/${hash:2}.zst" ] || exit 1; done' _ "$workspace"
