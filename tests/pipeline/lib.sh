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

# Serves a year of the sample with these options, in place of what was served before. Calls go to
# $calls.
serve() {
    stop_serving
    rm -f "$work/port"
    : >"$calls"
    "$server_program" --port-file "$work/port" --log "$calls" --config "$root/config" \
        --first 2023M01 "$@" \
        >"$work/server" 2>&1 &
    server=$!
    local tries=400
    while [ ! -s "$work/port" ]; do
        kill -0 "$server" 2>/dev/null || fail "the server: $(cat "$work/server")"
        [ $((tries -= 1)) -gt 0 ] || fail "the server did not start"
        sleep 0.05
    done
    read -r port <"$work/port"
}

# Any command of the program on the workspace, its exit code in $code, what it said in $work/words.
kohtaanto() {
    local command=$1
    shift
    code=0
    "$program" "$command" --config "$config" --workspace "$workspace" "$@" \
        >"$work/results" 2>"$work/words" || code=$?
}

# One night on the server.
night() {
    kohtaanto run --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" "$@"
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

# calls_of WORDS: how many lines of the server's log begin so.
calls_of() {
    grep -c "^$1" "$calls" || true
}

# column FILE NAME: the values of a column whose cells have no comma before it.
column() {
    awk -F, -v name="$2" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        NR > 1 { print $at }' "$1"
}
