#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `why` answers for a row of every table of the contract, from the row back to the replies; what is
# hidden stays hidden; nothing is locked or written; what is lost is said.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"

# state_of_the_workspace: every file and folder with its time.
state_of_the_workspace() {
    find "$workspace" -printf '%p %T@\n' | sort | sha256sum
}

# why_says PART WORDS...: the answer has the part.
why_says() {
    local part=$1
    shift
    kohtaanto why "$@"
    [ "$code" -eq 0 ] && grep -qF -- "$part" "$work/results"
}

# why_refuses CODE PART WORDS...: one line says why there is no answer.
why_refuses() {
    local expected=$1 part=$2
    shift 2
    kohtaanto why "$@"
    [ "$code" -eq "$expected" ] && [ "$(wc -l <"$work/words")" -eq 1 ] &&
        grep -qF -- "$part" "$work/words"
}

serve --first 2023M10 --last 2023M11
night
expect_code 0
before=$(state_of_the_workspace)
exec 9>>"$workspace/lock"
flock 9

check "every table of the contract is answered, by a run that holds the lock undisturbed" \
    python3 "$root/tests/pipeline/why.py" "$root" "$program" "$config" "$workspace"
flock -u 9

cell=(time_period=2023M11 market=maakunta alpha=0.5)
check "the formula is told" why_says "1 - sum_i" mismatch "${cell[@]}"
check "and that the inputs give the value" why_says " equal" mismatch "${cell[@]}"
check "and the configuration's hash" why_says "configuration" mismatch "${cell[@]}"
check "a market that is none" why_refuses 65 "the nearest is maakunta" mismatch \
    time_period=2023M11 market=makunta
check "a column that is none" why_refuses 64 "did you mean market?" mismatch markt=maakunta
check "a table that is none" why_refuses 64 "the nearest is mismatch" mismach a=b
check "keys that leave several rows" why_refuses 64 "say also" observations time_period=2023M11
check "nothing was written" test "$before" = "$(state_of_the_workspace)"

# A later publication, figures of it revised, is fetched and transformed, and nobody published it.
serve --first 2023M10 --revise 7
kohtaanto fetch --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port"
kohtaanto transform
check "inputs of another vintage are not shown" why_says "other replies than the published run" \
    mismatch "${cell[@]}"

night
expect_code 0
check "the next run is answered too, its revisions as well" \
    python3 "$root/tests/pipeline/why.py" "$root" "$program" "$config" "$workspace"

rm -r "$workspace/store"
check "a lost store is said" why_says "kohtaanto transform" mismatch "${cell[@]}"
check "and the replies are there all the same" why_says "sha256" mismatch "${cell[@]}"
rm -r "$workspace/published"
check "where nothing is published nothing is answered" why_refuses 65 "nothing is published yet" \
    mismatch "${cell[@]}"
