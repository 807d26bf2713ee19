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
sed -e "s|\"\(\.\./\.\./config/[a-z0-9/.]*\)\"|\"$root/tests/pipeline/\1\"|g" \
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
command -v python3 >/dev/null || skip "the second computation: no python3"
check "a second computation finds the same" python3 "$root/tests/golden/changes.py" \
    "$(published)" 0.05 12r5-modelled vacancies 2023M03
tail -1 "$work/checked"
