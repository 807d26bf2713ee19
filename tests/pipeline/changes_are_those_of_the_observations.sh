#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Three years of the sample, with a declared break: rows of its first month are B, and so is every
# index that is made of them; the table changes is what a second computation makes of the
# observations, and tells nothing across the break.

. "$(dirname "$0")/lib.sh"

mkdir "$work/config"
cat >"$work/config/breaks.json" <<'BREAKS'
{"breaks": [{"id": "test", "date": "2023-03-15", "sources": ["12r5-modelled"],
  "measures": ["vacancies"], "what": {"fi": "koe", "sv": "prov", "en": "a test"},
  "citation": "none: this is a test", "verified": true, "active": true}]}
BREAKS
sed -e "s|\"\(\.\./\.\./config/[a-z0-9/._]*\)\"|\"$root/tests/pipeline/\1\"|g" \
    -e "s|\"markets.json\"|\"$root/tests/pipeline/markets.json\", \"breaks\": \"breaks.json\"|" \
    "$root/tests/pipeline/night.json" >"$work/config/night.json"
config=$work/config/night.json

serve --first 2021M01
night --tables 12r5-modelled
expect_code 0

# statuses TABLE MONTH PATTERN COLUMN: the statuses of the rows that match, once each, in a line.
statuses() {
    awk -F, -v month="$2" -v pattern="$3" -v name="$4" \
        'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i }
        $1 == month && $0 ~ pattern { print $at }' \
        "$(published)/csv/$1/$1_2023.csv" | sort -u | tr -d '\n'
}
check "vacancies of the break's month are B" \
    test "$(statuses observations 2023M03 ,maakunta,MK vacancies_status)" = B
check "so is what is made of them" \
    test "$(statuses observations 2023M03 ,maakunta,MK tightness_status)" = B
check "and the row" test "$(statuses observations 2023M03 ,maakunta,MK obs_status)" = B
check "unemployed are not" \
    test "$(statuses observations 2023M03 ,maakunta,MK unemployed_status)" = A
check "a protected figure stays protected" \
    test "$(statuses observations 2023M03 ,kunta,KU vacancies_status)" = BQ
check "the month after is as it was" \
    test "$(statuses observations 2023M04 ,maakunta,MK obs_status)" = A
check "an index of such cells is B" test "$(statuses mismatch 2023M03 ,maakunta,SSS obs_status)" = B
check "the next one is not" test "$(statuses mismatch 2023M04 ,maakunta,SSS obs_status)" = A

changes=$(published)/csv/changes/changes.csv
check "there is a change to tell" grep -q ',true,true,,' "$changes"
check "nothing of vacancies is compared across the break" \
    awk -F, '$3 != "unemployed" && $4 >= "2023M03" && $15 == "true" { exit 1 }' "$changes"
# Whoever meets a B is led to what was declared: by the manifest, by `checks` and by `why`.
marked=$(awk -F, '/^2023M03,/ && $NF == "B"' "$(published)/csv/observations/observations_2023.csv" | wc -l)
check "the checks count the rows of the break, which some have" test "$marked" -gt 300
check "and say what it is" grep -qx \
    "break_applied,12r5-modelled test,note,passed,$marked,,0,2023-03-15: a test,A" \
    "$(published)/csv/checks/checks.csv"
check "the manifest lists it, as content" bash -c \
    'sed "/^  \"content_sha256\"/,\$d" "$1" | grep -q "\"id\": \"test\""' _ "$(published)/MANIFEST.json"
check "the run keeps the contract" "$program" check-output --config "$config" "$(published)"

# names FIGURES TABLE KEY...: why of that row names the break, with these figures; none: it does not.
names() {
    local figures=$1
    shift
    kohtaanto why "$@" --format json
    [ "$code" -eq 0 ] || return 1
    if [ "$figures" = none ]; then
        ! grep -q '"breaks": {' "$work/results"
    else
        grep -qF '"date": "2023-03-15"' "$work/results" &&
            grep -qF "\"figures\": \"$figures\"" "$work/results" &&
            grep -qF '"what": "a test"' "$work/results" &&
            grep -qF '"citation": "none: this is a test"' "$work/results"
    fi
}
region="region_level=maakunta region_code=MK01"
while read -r figures table keys; do
    # shellcheck disable=SC2086
    check "why $table $keys: $figures" names "$figures" "$table" $keys
done <<ROWS
vacancies observations time_period=2023M03 $region
none observations time_period=2023M04 $region
none observations time_period=2023M02 $region
vacancies changes time_period=2023M03 indicator=vacancies $region
vacancies changes time_period=2023M12 indicator=tightness $region
vacancies changes time_period=2023M12 indicator=job_seekers_per_vacancy $region
none changes time_period=2023M12 indicator=unemployed $region
none changes time_period=2023M02 indicator=vacancies $region
vacancies mismatch time_period=2023M03 market=maakunta
none mismatch time_period=2023M04 market=maakunta
ROWS
kohtaanto why observations time_period=2023M03 region_level=maakunta region_code=MK01
check "and says it in words" grep -qE '^ +what +a test' "$work/results"
kohtaanto why checks check=break_applied "subject=12r5-modelled test"
check "the row of checks leads there too" grep -qE '^ +citation +none: this is a test' "$work/results"

command -v python3 >/dev/null || skip "the second computation: no python3"
check "a second computation finds the same" python3 "$root/tests/golden/changes.py" \
    "$(published)" 0.05 12r5-modelled vacancies 2023M03
tail -1 "$work/checked"
