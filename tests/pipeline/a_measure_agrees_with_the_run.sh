#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `measure mismatch` on the published cells of a market gives what the run publishes of it, digit by
# digit; and every way to use it wrongly has its code.

. "$(dirname "$0")/lib.sh"

serve
night
expect_code 0
run=$(published)

# The cells of the market maakunta; no name of a maakunta has a comma in it.
awk -F, 'NR == 1 || ($3 == "12r5-modelled" && $4 == "maakunta" && $5 ~ /^MK/ && $7 == "_T")' \
    "$run/csv/observations/observations_2023.csv" | cut -d, -f1,5,10,14 |
    sed '1s/.*/time_period,market,unemployed,vacancies/' >"$work/cells.csv"
check "there are cells" test "$(wc -l <"$work/cells.csv")" -gt 100

for alpha in 0.3 0.5; do
    "$program" measure mismatch --param alpha="$alpha" <"$work/cells.csv" |
        awk -F, 'NR > 1 { print $1, $4, $7, $8, $9, $10 }' >"$work/measured"
    awk -F, -v alpha="$alpha" '$3 == "maakunta" && $4 == "SSS" && $5 == "mismatch" && $6 == alpha {
        print $1, $7, $12, $13, $14, $15 }' \
        "$run/csv/mismatch/mismatch_2023.csv" >"$work/published"
    check "with alpha $alpha measure and run agree to the last digit" \
        diff "$work/measured" "$work/published"
    check "and there is something to agree on" test -s "$work/published"
done

# uses CODE WORDS ARGUMENTS...: the command's input is on standard input.
uses() {
    local wanted=$1 words=$2
    shift 2
    code=0
    "$program" measure "$@" >"$work/results" 2>"$work/words" || code=$?
    expect_code "$wanted"
    check "$words" grep -q "$words" "$work/words"
}

uses 64 "did you mean mismatch" mismatc </dev/null
uses 64 'mismatch has no parameter "alhpa"; it has alpha$' mismatch --param alhpa=1 </dev/null
uses 64 'hhi has no parameter "alpha"; it has none$' hhi --param alpha=0.5 </dev/null
uses 64 "above 0 and below 1" mismatch --param alpha=1 </dev/null
uses 64 "is an input of mismatch" mismatch --by market </dev/null
uses 64 "takes no --weights" mismatch --weights x </dev/null
uses 65 "no column \"vacancies\"" mismatch <<<"market,unemployed"
uses 65 "row 3, column 2 (unemployed)" mismatch <<<$'market,unemployed,vacancies\na,1,2\nb,x,2'
uses 65 "standard input: row 2, column vacancies: -2 is below zero" mismatch <<<$'market,unemployed,vacancies\na,1,-2'
uses 65 "standard input: row 3, column labour_force: 0, but 4 are unemployed" lnj \
    <<<$'market,unemployed,vacancies,labour_force\na,1,2,9\nb,4,2,0'
uses 65 "no column \"scope\", which --by names" mismatch --by scope <<<"market,unemployed,vacancies"

printf 'market,unemployed,vacancies\na,,2\n' | "$program" measure mismatch >"$work/results"
check "a group without a figure has a reason and no value" \
    grep -q '^mismatch,0.5,,.*no cell with both figures' "$work/results"
# More rows of one group than are written at once: 20,000 markets of one post and i seekers.
seq 20000 | awk 'BEGIN { print "market,unemployed,vacancies" } { print "m" $1 "," $1 ",1" }' |
    "$program" measure relative_tightness >"$work/results"
check "each market of a large group has its row" test "$(wc -l <"$work/results")" -eq 20001
check "and its figure" awk -F, 'NR > 1 { apart = $3 / (10000.5 / (NR - 1)) - 1
    if ($2 != "m" NR - 1 || apart * apart > 1e-24) exit 1 }' "$work/results"
"$program" measure --list --format json >"$work/results"
check "the list names every measure" grep -q '"id":"contributions"' "$work/results"
ids=$(grep -c '"id":' "$work/results")
"$program" measure --list >"$work/results"
for word in definition results formula reference; do
    check "the list has the $word of every measure" \
        test "$(grep -c "^  $word  *[^ ]" "$work/results")" -eq "$ids"
done
check "and no line is too long for a screen" test "$(wc -L <"$work/results")" -le 100
