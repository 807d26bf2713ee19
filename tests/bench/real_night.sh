#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# CPU and memory of transform and analyse over the real tables of 2006M01-2023M10 (4 million cells),
# served by the stand-in of the shared folder beside the tree. Not a test: the machine decides.
#
#   tests/bench/real_night.sh PROGRAM [REPEATS]

set -euo pipefail

program=$(readlink -f "${1:-build/kohtaanto}") repeats=${2:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=$root/../shared
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$folder"' EXIT

[ -f "$shared/statfin-stand-in/serve.py" ] || {
    echo "skipped: no shared folder beside the tree" >&2
    exit 77
}
python3 "$shared/statfin-stand-in/serve.py" --port 0 --port-file "$folder/port" \
    --cache "${KT_STAND_IN_CACHE:-$folder/cache}" --only 12r5,12ti >/dev/null 2>&1 &
server=$!
for ((tries = 0; tries < 900; tries++)); do
    [ ! -s "$folder/port" ] || break
    sleep 0.1
done
port=$(cat "$folder/port")

"$program" fetch --config "$root/config/kohtaanto.json" --workspace "$folder/workspace" --quiet \
    --tables 12r5,12ti --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port"
kill "$server"
server=
for ((i = 1; i <= repeats; i++)); do
    rm -rf "$folder/workspace/store" "$folder/workspace/published"
    for stage in transform analyse publish; do
        code=0
        /usr/bin/time -f "$i $stage: %U s user, %S s system, %e s wall, %M KiB" \
            "$program" "$stage" --config "$root/config/kohtaanto.json" \
            --workspace "$folder/workspace" --quiet >/dev/null 2>"$folder/time" || code=$?
        [ "$code" -eq 0 ] || [ "$code" -eq 100 ] || {
            cat "$folder/time" >&2
            exit "$code"
        }
        tail -n 1 "$folder/time"
    done
done
