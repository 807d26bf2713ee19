#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the end-to-end tests share. Sourced; each test is run as: TEST ROOT BUILD
#
# A test makes its nights in $work, which is removed at the end. `check` names what has to be true.

set -euo pipefail
root=$1
build=$2
program=$build/pipeline/kohtaanto
server_program=$build/tests/server/kohtaanto-sample-server
work=$(mktemp -d "${TMPDIR:-/tmp}/kohtaanto-test.XXXXXX")
workspace=$work/workspace
config=$root/tests/pipeline/night.json
calls=$work/calls
server=
port=
code=

end() {
    stop_serving
    rm -rf "$work"
}
trap end EXIT

skip() {
    printf 'skipped: %s\n' "$*"
    exit 77
}

fail() {
    printf 'FAILED: %s\n' "$*"
    if [ -s "$work/words" ]; then
        printf -- '--- the last command said:\n'
        cat "$work/words"
    fi
    exit 1
}

# check A_TRUE_SENTENCE COMMAND...
check() {
    local sentence=$1
    shift
    if "$@" >"$work/checked" 2>&1; then
        printf 'ok: %s\n' "$sentence"
    else
        cat "$work/checked"
        fail "$sentence ($*)"
    fi
}

stop_serving() {
    [ -n "$server" ] || return 0
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

# start_server COMMAND...: a server that writes its port to $work/port, in place of what was served
# before; waits until it does.
start_server() {
    stop_serving
    rm -f "$work/port"
    "$@" >"$work/server" 2>&1 &
    server=$!
    local tries=2400 # the stand-in unpacks its figures first
    while [ ! -s "$work/port" ]; do
        kill -0 "$server" 2>/dev/null || fail "the server: $(cat "$work/server")"
        [ $((tries -= 1)) -gt 0 ] || fail "the server did not start"
        sleep 0.05
    done
    port=$(cat "$work/port")
}

# Serves a year of the sample with these options. Calls go to $calls.
serve() {
    stop_serving
    : >"$calls"
    start_server "$server_program" --port-file "$work/port" --log "$calls" \
        --config "$root/config" --first 2023M01 "$@"
}

# Serves the real figures of 12r5 with these options, for the configuration of the tree; a test that
# needs them is skipped where they are not.
serve_real() {
    local stand_in=$root/../shared/statfin-stand-in/serve.py
    [ -f "$stand_in" ] || skip "the real figures are not here"
    command -v python3 >/dev/null || skip "no python3"
    config=$root/config/kohtaanto.json
    start_server python3 "$stand_in" --port 0 --port-file "$work/port" --only 12r5 \
        --cache "${KT_STAND_IN_CACHE:-$work/cache}" --max-calls 1000 --window 1 "$@"
}

# A copy of the configuration that the test may change: $config, and $work/config that it names.
own_config() {
    mkdir "$work/tests"
    cp -r "$root/config" "$work/config"
    cp -r "$root/tests/pipeline" "$work/tests/pipeline"
    config=$work/tests/pipeline/night.json
}

# correct ENTRY...: what a configuration of the test's own corrects; each entry without its braces.
correct() {
    local entries=
    grep -q '"corrections"' "$config" ||
        sed -i 's/^  "modelled"/  "corrections": "corrections.json",\n&/' "$config"
    [ $# -eq 0 ] || entries=$(printf '{%s},' "$@")
    printf '{"corrections": [%s]}\n' "${entries%,}" >"${config%/*}/corrections.json"
}

# Any command of the program on the workspace, its exit code in $code, what it said in $work/words.
kohtaanto() {
    local command=$1
    shift
    code=0
    "$program" "$command" --config "$config" --workspace "$workspace" "$@" \
        >"$work/results" 2>"$work/words" || code=$?
}

# One night on the server, which stands for every service.
night() {
    kohtaanto run --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" \
        --redirect "https://ec.europa.eu=http://127.0.0.1:$port" "$@"
}

expect_code() {
    [ "$code" -eq "$1" ] || fail "exit code $code, expected $1"
}

published() {
    readlink -f "$workspace/published/current"
}

sums_verify() {
    (cd "$1" && sha256sum --quiet --strict -c SHA256SUMS)
}

runs() {
    find "$workspace/published/runs" -mindepth 1 -maxdepth 1 -type d | wc -l
}

# rows_of RUN SOURCE: its rows of the observations.
rows_of() {
    cat "$1"/csv/observations/*.csv | grep ",$2,"
}

# calls_of WORDS: how many lines of the server's log begin so.
calls_of() {
    grep -c "^$1" "$calls" || true
}

# column FILE NAME: the values of a column whose cells have no comma before it.
column() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR > 1 { print $at }' "$1"
}
