#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# CPU of a whole night in which one month is new: the real tables 12r5 and 12ti, first up to
# 2023M09, then up to 2023M10, served by the stand-in of the shared folder beside the tree. The first
# night computes 213 months and takes minutes; give a folder to keep it for the next time. Not a
# test: the machine decides.
#
#   tests/bench/changed_month.sh PROGRAM [REPEATS] [FOLDER]

set -euo pipefail

program=$(readlink -f "${1:-build/kohtaanto}") repeats=${2:-3}
root=$(cd "$(dirname "$0")/../.." && pwd)
shared=$root/../shared
scratch=$(mktemp -d)
folder=${3:-$scratch/nights}
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$scratch"' EXIT

[ -f "$shared/statfin-stand-in/serve.py" ] || {
    echo "skipped: no shared folder beside the tree" >&2
    exit 77
}

# One night of the tables up to a month, in a workspace; what /usr/bin/time says of it.
night() {
    local last=$1 workspace=$2 code=0 tries
    rm -f "$scratch/port"
    python3 "$shared/statfin-stand-in/serve.py" --port 0 --port-file "$scratch/port" --last "$last" \
        --cache "$folder/cache" --max-calls 1000 --window 1 --only 12r5,12ti >/dev/null 2>&1 &
    server=$!
    for ((tries = 0; tries < 900; tries++)); do
        [ ! -s "$scratch/port" ] || break
        sleep 0.1
    done
    /usr/bin/time -f "%U s user, %S s system, %e s wall, %M KiB" "$program" run --quiet \
        --config "$root/config/kohtaanto.json" --workspace "$workspace" --tables 12r5,12ti \
        --redirect "https://pxdata.stat.fi=http://127.0.0.1:$(cat "$scratch/port")" \
        >/dev/null 2>"$scratch/time" || code=$?
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
    [ "$code" -eq 0 ] || [ "$code" -eq 100 ] || {
        cat "$scratch/time" >&2
        exit "$code"
    }
    tail -n 1 "$scratch/time"
}

mkdir -p "$folder"
echo "up to 2023M09: $(night 2023M09 "$folder/first")"
for ((i = 1; i <= repeats; i++)); do
    rm -rf "$folder/second"
    cp -a "$folder/first" "$folder/second"
    echo "$i with 2023M10: $(night 2023M10 "$folder/second")"
done
