#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A correction holds from its day on, is seen in the row, in checks and in the manifest, and gives
# way once the source has mended the figure itself. One of no cell, or of a protected one, stops its
# table alone; a wrong file is told place by place.

. "$(dirname "$0")/lib.sh"

own_config

cell='"source": "12r5-modelled", "period": "2023M10", "region": "KU091", "measure": "unemployed"'
entry() {
    printf '"date": "2020-01-01", %s, "reason": "found in a recount", %s' "$cell" "$1"
}
# row RUN SOURCE REGION: the row of all occupations in October 2023.
row() {
    grep -E "^2023M10,2023-10-01,$2,[a-z]+,$3,_T,_T," "$1/csv/observations/observations_2023.csv"
}
field() {
    row "$1" 12r5-modelled KU091 | cut -d, -f"$2"
}
correction_check() {
    grep '^correction_applied,' "$1/csv/checks/checks.csv" || true
}

correct
serve --last 2023M10
night
expect_code 0
plain=$(published)
figure=$(field "$plain" 10)
check "a run without corrections lists none" grep -q '"corrections": \[\]' "$plain/MANIFEST.json"

correct "$(entry "\"value\": $((figure - 3)), \"was\": $figure")"
kohtaanto run --offline
expect_code 0
corrected=$(published)
check "it is another run" test "$corrected" != "$plain"
check "the corrected figure stands in the row" test "$(field "$corrected" 10)" -eq $((figure - 3))
check "it is provisional there" test "$(field "$corrected" 13)" = P
check "so are the sums that hold it" \
    grep -qE '^([^,]*,){12}P,' <(row "$corrected" 12r5-modelled TA08)
check "the others are as they were" diff \
    <(grep -vE ',(KU091|TA08|_X|_X3),' "$plain/csv/observations/observations_2023.csv") \
    <(grep -vE ',(KU091|TA08|_X|_X3),' "$corrected/csv/observations/observations_2023.csv")
check "the checks tell it with its reason" test "$(correction_check "$corrected")" = \
    "correction_applied,12r5-modelled 2023M10 KU091 _T unemployed _T,note,passed,$figure,,0,$((figure - 3)) in place of $figure: found in a recount,A"
check "the manifest lists it" python3 - "$corrected/MANIFEST.json" "$figure" <<'PYTHON'
import json, sys
[one] = json.load(open(sys.argv[1]))["corrections"]
figure = int(sys.argv[2])
assert one == {"date": "2020-01-01", "source": "12r5-modelled", "period": "2023M10",
               "region": "KU091", "occupation": "_T", "measure": "unemployed", "group": "_T",
               "value": figure - 3, "status": "P", "was": figure,
               "reason": "found in a recount"}, one
PYTHON
check "as content: the hash above the wall-clock facts holds it" bash -c \
    'sed "/^  \"content_sha256\"/,\$d" "$1" | grep -q "found in a recount"' _ "$corrected/MANIFEST.json"
check "the run keeps the contract" "$program" check-output --config "$config" "$corrected"

correct "$(entry "\"value\": 1, \"was\": $((figure + 1))")"
kohtaanto run --offline
expect_code 0
check "it gives way to a figure that the source has changed" \
    test "$(field "$(published)" 10),$(field "$(published)" 13)" = "$figure,A"
check "and the checks say so" grep -q "note,failed,.*the source has $figure by now, expected $((figure + 1))" \
    <(correction_check "$(published)")
check "what was not applied is not listed" grep -q '"corrections": \[\]' "$(published)/MANIFEST.json"

correct "$(entry '"value": 7' | sed 's/2020-01-01/2100-01-01/')"
kohtaanto run --offline
expect_code 0
check "before its day it does not hold" test "$(field "$(published)" 10)" -eq "$figure"
check "and is not mentioned" test -z "$(correction_check "$(published)")"

correct "$(entry '"value": 7')" "$(entry '"status": "O"' | sed 's/2020-01-01/2021-01-01/')"
kohtaanto run --offline
expect_code 0
check "the latest day counts: the figure is taken away" \
    test "$(field "$(published)" 10),$(field "$(published)" 13)" = ",O"
kohtaanto run --as-of 2100-01-01 --out "$work/past"
expect_code 0
check "and --as-of gives the same bytes" diff -r "$(published)/csv" "$work/past/csv"

correct "$(entry '"status": "Q"')"
kohtaanto run --offline
expect_code 0
check "a figure can be protected" test "$(row "$(published)" 12r5-modelled KU091 | cut -d, -f10-13)" = ",1,4,Q"
check "and is then named nowhere" bash -c '! grep -rq "in place of '"$figure"'" "$1"/csv/checks && grep -q "\"was\": null" "$1/MANIFEST.json"' \
    _ "$(published)"

# stops TABLE WORDS...: the night goes on without the table, whose last good version stands.
stops() {
    local before
    before=$(published)
    night
    expect_code 100
    check "one line: $1" test "$(grep -c "held.*corrections.json: corrections\[0\]: .*$1" "$work/words")" -eq 1
    check "its last good rows stand" diff <(grep ,12r5-modelled, "$before/csv/observations/observations_2023.csv") \
        <(grep ,12r5-modelled, "$(published)/csv/observations/observations_2023.csv")
    check "its state is held" grep -qE '^12r5-modelled,.*,held,' "$(published)/csv/sources/sources.csv"
    check "the run verifies" sums_verify "$(published)"
}
hidden=$(awk -F, '$1 == "2023M10" && $3 == "12r5-modelled" && $4 == "kunta" && $17 == "Q" { print $5; exit }' \
    "$plain/csv/observations/observations_2023.csv")
while IFS='|' read -r change words; do
    correct "$(entry '"value": 7' | sed "$change")"
    stops "$words"
done <<WRONG
s/KU091/KU999/|no such cell, the table has no region KU999
s/2023M10/2031M01/|no such cell, the table has no period 2031M01
s/"unemployed"/"hired"/|no such cell, the table has no measure hired
s/"measure"/"occupation": "ISCO-2512", &/|no such cell, the table has no occupation ISCO-2512
s/KU091/$hidden/;s/unemployed/vacancies/|the source protects this figure, expected status Q or no correction
s/KU091/SSS/|with the corrections of 12r5-modelled: regions_within_country
WRONG
check "the other table goes on" grep -qE '^12ti-modelled,.*,fresh,' "$(published)/csv/sources/sources.csv"

# check-config tells of them before the night does, by the file and the place.
while IFS='|' read -r change words; do
    correct "$(entry '"value": 7' | sed "$change")"
    code=0
    "$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
    expect_code 78
    check "check-config: $words" test "$(cat "$work/words")" = \
        "$work/tests/pipeline/corrections.json: corrections[0].$words"
done <<'UNKNOWN'
s/KU091/KU999/|region: "KU999" is no region, expected a code of regions.csv or of 12r5-modelled
s/"unemployed"/"hired"/|measure: "hired" is no measure of 12r5-modelled, expected one of unemployed, vacancies, labour_force, unemployed_men, unemployed_women, unemployed_under_25, unemployed_over_50, unemployed_long_term, unemployed_foreign, reduced_week, in_services_labour_training, in_services_trial, job_seekers
s/"measure"/"group": "young", &/|group: "young" is no group of 12r5-modelled
s/"measure"/"occupation": "ISCO-2512", &/|occupation: "ISCO-2512" is no occupation of 12r5-modelled, expected none, as it has no occupations
s/12r5/12ti/;s/"measure"/"occupation": "ISCO-9999", &/|occupation: "ISCO-9999" is no occupation of 12ti-modelled, expected a code of occupations.csv
UNKNOWN
for known in s/KU091/KUJOU/ s/KU091/MK01/ s/KU091/SSS/ 's/12r5/12ti/;s/KU091/MK01/;s/"measure"/"occupation": "25", &/'; do
    correct "$(entry '"value": 7' | sed "$known")"
    check "a correction that can be: $known" "$program" check-config --config "$config"
done

# wrong WORDS ENTRY: check-config and the night name the file, the place and what was expected.
wrong() {
    correct "$2"
    code=0
    "$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
    expect_code 78
    check "$1" grep -qF "corrections.json: corrections[0]$1" "$work/words"
    night
    expect_code 78
}
wrong '.value: expected a number from 0 to' "$(entry '"value": -1')"
wrong '.value: expected a whole number, found 1.5' "$(entry '"value": 1.5')"
wrong '.source: "12zz" is none of the sources' "$(entry '"value": 1' | sed s/12r5-modelled/12zz/)"
wrong '.date: expected a day such as 2026-06-08, found "2020-13-01"' "$(entry '"value": 1' | sed s/2020-01-01/2020-13-01/)"
wrong '.period: expected a period such as 2026M06' "$(entry '"value": 1' | sed s/2023M10/October/)"
wrong '.status: expected O, L, M or Q, found "A"' "$(entry '"status": "A"')"
wrong ': expected either value or status' "$(entry '"value": 1, "status": "O"')"
wrong '.reason: expected words, found none' "$(entry '"value": 1' | sed 's/found in a recount//')"
wrong '.note: unknown key' "$(entry '"value": 1, "note": ""')"

correct "$(entry "\"value\": $((figure - 3))")"
night
expect_code 0
check "mended, the table goes on" test "$(field "$(published)" 10)" -eq $((figure - 3))
