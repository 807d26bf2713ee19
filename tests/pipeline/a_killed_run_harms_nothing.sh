#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# kill -9 at random moments of a run, from nothing, with a new publication, with the store lost: what
# is published verifies after each, every reply that the ledger calls fetched is in the archive, and
# the next run succeeds. KT_KILLS and KT_SEED say how many and which; the promise was tried with 200.

. "$(dirname "$0")/lib.sh"

kills=${KT_KILLS:-12}
seed=${KT_SEED:-2026}
RANDOM=$seed

# Every body that the ledger or a receipt names is there, unpacks, and is what its name says.
archive_is_whole() {
    python3 - "$workspace" <<'PYTHON'
import hashlib, json, os, pathlib, sqlite3, subprocess, sys

workspace = pathlib.Path(sys.argv[1])
hashes = set()
if (workspace / "ledger.sqlite").exists():
    ledger = sqlite3.connect(workspace / "ledger.sqlite")  # may roll back what the kill left
    hashes = {name for (name,) in ledger.execute("SELECT sha256 FROM replies") if name}
for month in workspace.glob("archive/receipts/*.jsonl"):
    for line in month.read_bytes().split(b"\n")[:-1]:
        hashes.add(json.loads(line).get("sha256"))
for name in sorted(h for h in hashes if h):
    path = workspace / "archive" / name[:2] / f"{name[2:]}.zst"
    if not path.exists():
        sys.exit(f"{path} is missing")
    body = subprocess.run(["zstd", "-dcq", path], capture_output=True, check=True).stdout
    if hashlib.sha256(body).hexdigest() != name:
        sys.exit(f"{path} is not what its name says")
PYTHON
}

published_verifies() {
    [ ! -L "$workspace/published/current" ] || sums_verify "$(published)"
}

# Hundreds of runs would wait for the service's window of calls most of the time.
serve_many() {
    serve --max-calls 100000 "$@"
}

# What the run that is to be killed finds: one of four situations after the other.
prepare() {
    case $(($1 % 4)) in
    0) rm -rf "$workspace" ;;
    1) serve_many --last 2023M11 --revise "$1" ;;
    2) serve_many --last 2023M11 --revise "$1" ;;
    3) rm -rf "$workspace/store" ;;
    esac
}

run_and_kill() {
    local moment=$(((RANDOM * 32768 + RANDOM) % length_ms))
    "$program" run --config "$config" --workspace "$workspace" \
        --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" >/dev/null 2>"$work/words" &
    local victim=$!
    sleep "$(printf '%d.%03d' $((moment / 1000)) $((moment % 1000)))"
    kill -KILL "$victim" 2>/dev/null || true
    wait "$victim" 2>/dev/null || true
}

serve_many --last 2023M10
start=$(date +%s%N)
night
expect_code 0
length_ms=$((($(date +%s%N) - start) / 1000000 + 20))

for ((i = 1; i <= kills; i++)); do
    prepare "$i"
    run_and_kill
    published_verifies || fail "after kill $i (seed $seed) the published run does not verify"
    archive_is_whole || fail "after kill $i (seed $seed) the archive is not whole"
    if [ $((i % 2)) -eq 0 ]; then
        night
        [ "$code" -eq 0 ] || [ "$code" -eq 100 ] || fail "the run after kill $i ended with $code"
    fi
done
printf 'ok: %d kills in %d ms of a run, seed %d; all that is published verifies, the archive is whole\n' \
    "$kills" "$length_ms" "$seed"
night
check "the next run succeeds" test "$code" -eq 0 -o "$code" -eq 100
check "and verifies" sums_verify "$(published)"
