#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Kills a run with SIGKILL at random moments, again and again, and holds the workspace to its
# promises after each: `current` resolves to a run whose checksums verify (or there is none yet), the
# archive holds every reply that the ledger calls fetched, and the next run succeeds.
#
#   kill_anywhere.sh PROGRAM SERVER CONFIG [KILLS [SEED]]

set -euo pipefail

program=$1 server_program=$2 config=$3 kills=${4:-20} seed=${5:-2026}
folder=$(mktemp -d)
workspace=$folder/workspace
server=
RANDOM=$seed

stop_server() {
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    [ -z "$server" ] || wait "$server" 2>/dev/null || true
    server=
}
trap 'stop_server; rm -rf "$folder"' EXIT

fail() {
    printf 'kill %s: %s\n' "$1" "$2" >&2
    exit 1
}

# A server whose table ends at the month given: another month is another publication.
start_server() {
    stop_server
    rm -f "$folder/port"
    "$server_program" --port-file "$folder/port" --max-calls 100000 --max-cells 30000 \
        --last "$1" >"$folder/server.log" 2>&1 &
    server=$!
    local tries=200
    while [ ! -s "$folder/port" ] && [ $((tries -= 1)) -gt 0 ]; do
        sleep 0.05
    done
    [ -s "$folder/port" ] || fail 0 "the server did not start: $(cat "$folder/server.log")"
}

run() {
    exec "$program" run --config "$config" --workspace "$workspace" --quiet \
        --redirect "https://pxdata.stat.fi=http://127.0.0.1:$(cat "$folder/port")"
}

run_to_end() {
    local code=0
    (run) 2>"$folder/run.log" || code=$?
    [ "$code" -eq 0 ] || [ "$code" -eq 100 ] ||
        fail "$1" "the next run ended with $code: $(tail -n 1 "$folder/run.log")"
}

now_ms() {
    local now=$EPOCHREALTIME
    printf '%s' $((${now/[.,]/} / 1000))
}

check_published() {
    local current=$workspace/published/current
    [ -L "$current" ] || return 0
    [ -d "$current" ] || fail "$1" "current points nowhere"
    (cd -P "$current" && sha256sum --quiet -c SHA256SUMS) >"$folder/sums.log" 2>&1 ||
        fail "$1" "$(head -n 1 "$folder/sums.log")"
}

# Each body that the ledger knows is there, unpacks, and has its hash.
check_archive() {
    [ -f "$workspace/ledger.sqlite" ] || return 0
    python3 - "$workspace" <<'PYTHON' || fail "$1" "the archive lacks what the ledger calls fetched"
import hashlib, os, sqlite3, subprocess, sys

workspace = sys.argv[1]
ledger = sqlite3.connect(f"file:{workspace}/ledger.sqlite?mode=ro", uri=True)
hashes = {row[0] for row in ledger.execute("SELECT sha256 FROM replies") if row[0]}
for name in sorted(hashes):
    path = f"{workspace}/archive/{name[:2]}/{name[2:]}.zst"
    if not os.path.exists(path):
        sys.exit(f"{path} is missing")
    body = subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout
    if hashlib.sha256(body).hexdigest() != name:
        sys.exit(f"{path} is not what its name says")
PYTHON
}

# One undisturbed run tells how long a run takes, so that the moments lie all over it.
start_server 2023M06
started=$(now_ms)
run_to_end 0
length=$(($(now_ms) - started + 50))

for ((i = 1; i <= kills; i++)); do
    case $((i % 4)) in
    0) rm -rf "$workspace" ;;                  # from nothing
    1) start_server 2023M07 ;;                 # a new month
    2) start_server 2023M06 ;;                 # a month went away at the source
    3) rm -rf "$workspace/store" ;;            # the store is rebuilt at will
    esac
    moment=$((RANDOM * 32768 + RANDOM))
    moment=$((moment % length))
    run 2>"$folder/run.log" &
    victim=$!
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    kill -9 "$victim" 2>/dev/null || true
    wait "$victim" 2>/dev/null || true
    check_published "$i"
    check_archive "$i"
    if [ $((i % 2)) -eq 0 ]; then
        run_to_end "$i"
        check_published "$i"
        check_archive "$i"
    fi
done
run_to_end "$kills"
printf '%d kills within %d ms of a run, seed %d: every promise held\n' "$kills" "$length" "$seed"
