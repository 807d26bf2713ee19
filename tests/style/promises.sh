#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every promise of the README names tests, and each of them is there.
#
# promises.sh ROOT

set -euo pipefail
cd "$1"
wrong=0

# exists TEST SENTENCE: the sentence is a function of that test, or a script of the pipeline.
exists() {
    case $1 in
        pipeline) [ -x "tests/pipeline/$2.sh" ] ;;
        *) grep -q "void $2(void \*\*state)" "tests/${1%%.*}/test_${1#*.}.c" ;;
    esac
}

for number in 1 2 3 4 5 6 7 8 9 10; do
    row=$(grep "^| P$number |" README.md) || row=
    tests=$(printf '%s\n' "${row##*| \`}" | tr -d '`|' | sed 's/ · /\n/g')
    [ -n "$row" ] && [ -n "$tests" ] || {
        printf 'README.md: promise P%s names no test\n' "$number"
        wrong=1
    }
    while read -r test sentence _; do
        exists "$test" "$sentence" || {
            printf 'README.md: P%s: no test %s %s\n' "$number" "$test" "$sentence"
            wrong=1
        }
    done <<<"$tests"
done
exit "$wrong"
