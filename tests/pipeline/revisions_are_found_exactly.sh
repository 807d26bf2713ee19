#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Three nights on the real figures of 12r5: a first one, one with a new month and revised figures, one
# whose source has dropped its oldest year. What was revised is found to the last cell, nothing older
# is lost, each night can be written again to the byte, and the archive alone gives the same.

. "$(dirname "$0")/lib.sh"

# The figures are older than the source allows, so a good night ends with 100.
real_night() {
    sleep 1.1
    night --tables 12r5
    expect_code 100
}

# rows RUN: area, month, indicator and change of each revision that is shown.
rows() {
    awk -F, 'FNR > 1 { print $5, $3, $8, $11 - $10 }' "$1"/csv/revisions/*.csv | sort
}

serve_real --first 2022M01 --last 2023M08
real_night
first=$(published)
check "nothing is revised at first" test -z "$(rows "$first")"

serve_real --first 2022M01 --last 2023M09 --revise 7 --list-revisions "$work/list"
real_night
second=$(published)
# Steps of one cell add up; a month that was never fetched before cannot be revised.
awk -F, '$3 <= "2023M08" { sum[$2 " " $3 " " $4] += $5 }
    END { for (cell in sum) if (sum[cell] != 0) print cell, sum[cell] }' "$work/list" |
    sed 's/TYOTTOMATLOPUSSA/unemployed/; s/AVPAIKATLOPUSSA/vacancies/' | sort >"$work/truth"
check "something was revised" test -s "$work/truth"
check "the revisions are those that were made" diff "$work/truth" <(rows "$second")
kohtaanto revisions --tables 12r5
check "they are told in words" grep -q "$(wc -l <"$work/truth") of .* cells changed" \
    "$work/results"

serve_real --first 2023M01
real_night
third=$(published)
check "months that the source dropped stay" grep -q '^2022M01,' \
    "$third/csv/observations/observations_2022.csv"
check "as they were" cmp "$second/csv/observations/observations_2022.csv" \
    "$third/csv/observations/observations_2022.csv"
kohtaanto history 12r5
check "the history has three fetches" test "$(wc -l <"$work/results")" -eq 3

for run in "$first" "$second"; do
    rm -rf "$work/then"
    kohtaanto run --as-of "${run##*_}" --out "$work/then"
    check "${run##*/} is written again to the byte" \
        diff -r --exclude MANIFEST.json "$run" "$work/then"
done

serve_real --first 2023M01 --revise 7
real_night
fourth=$(published)
check "revised figures without a new month are noticed" test "$fourth" != "$third"

mkdir "$work/elsewhere"
cp -r "$workspace/archive" "$work/elsewhere/archive"
workspace=$work/elsewhere
kohtaanto run --offline
check "the archive alone gives the same" diff -r --exclude MANIFEST.json "$fourth" "$(published)"
check "check-output agrees" "$program" check-output "$fourth" --config "$config"
