#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# clang-tidy over every source of ours that is compiled, as many at once as there are processors.
# A file whose text, headers and rules are the same as when it last passed is not looked at again.
#
# tidy.sh ROOT BUILD

set -euo pipefail
command -v clang-tidy >/dev/null || exit 77
root=$1
build=$2
passed=$build/tidy
mkdir -p "$passed"
cd "$root"

rules=$(find core fetch transform analysis pipeline tests -name '*.h' -print0 | sort -z |
    xargs -0 cat .clang-tidy | sha256sum)

look_at() {
    local stamp
    stamp=$passed/$( (printf '%s' "$1 $rules" && cat "$1") | sha256sum | cut -d' ' -f1)
    [ ! -e "$stamp" ] || return 0
    local checks=()
    # The analyzer follows every path, which is most of the time; tests are run instead.
    [[ $1 != "$root"/tests/* ]] || checks=(--checks='-clang-analyzer-*')
    clang-tidy --quiet -p "$build" "${checks[@]}" "$1" 2>"$stamp.err" || {
        cat "$stamp.err"
        rm -f "$stamp.err"
        return 1
    }
    mv "$stamp.err" "$stamp"
}
export -f look_at
export passed rules build root

sed -n 's/^ *"file": "\(.*\)",*$/\1/p' "$build/compile_commands.json" | sort -u |
    xargs -P "$(nproc)" -I FILE bash -c "look_at 'FILE'"
