#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The modelled portfolio of the sample has every relation, state and class of coverage; coverage, its
# summary and the white spots are those that a second computation makes of the other published
# tables, and no cent is lost.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "the second computation: no python3"
config=$root/config/sample/kohtaanto.json
serve --first 2021M01
kohtaanto run --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port"
expect_code 0
run=$(published)
check "the output is whole" "$program" check-output "$run" --config "$config"
check "a second computation finds the same coverage" \
    python3 "$root/tests/pipeline/coverage.py" "$run" "$root/config/projects"
cat "$work/checked"

# Each value that a column of a table of projects may have stands in it, but for those named here.
check "every value of every column occurs, or it is known why not" \
    python3 - "$run" "$root/config/contract" <<'EOP'
import csv, json, sys

NOT_IN_THE_SAMPLE = {
    # placed.csv is kept by people, of real projects; sections are of the programme of 2007-2013
    ("project_regions", "basis"): {"stated", "equal_split", "programme_section"},
    # so is reviews.csv
    ("project_overlaps", "review"): {"talk", "no", "merged"},
    # no list of 2021-2027 has a section; the modelled one has no post town or place of a beneficiary
    ("project_regions", "role"): {"beneficiary_seat", "programme_section"},
    # the EURA export has one beneficiary a project
    ("organisations", "role"): {"partner"},
    # a cluster with projects that far apart is not homogeneous here, so it has no funnel
    ("laari_results", "outside_funnel"): {"true"},
    # nobody modelled is non-binary: such counts are never shown of a project
    ("indicator_values", "sex"): {"nb"},
}
BASES = {"stated", "equal_split", "location_code", "postcode", "name_match", "programme_section",
         "authority", "none"}
COLUMNS = [("projects", "relation"), ("projects", "approach"), ("projects", "status"),
           ("indicator_compliance", "status"), ("coverage", "class"), ("coverage", "robustness"),
           ("required_reports", "state"), ("laari_results", "homogeneous"),
           ("laari_results", "outside_funnel"), ("project_overlaps", "relation"),
           ("project_overlaps", "review"), ("project_regions", "basis"),
           ("project_regions", "role"), ("project_themes", "basis"),
           ("ongoing_projects", "phase"), ("organisations", "role"), ("model_use", "state"),
           ("indicator_values", "sex"), ("indicator_values", "measure")]
run, contract = sys.argv[1:]
wrong = []
for table, column in COLUMNS:
    with open(f"{contract}/{table}.json", encoding="utf-8") as file:
        field = [one for one in json.load(file)["fields"] if one["name"] == column][0]
    with open(f"{run}/csv/{table}/{table}.csv", encoding="utf-8", newline="") as file:
        found = {row[column] for row in csv.DictReader(file)} - {""}
    known = set(field["enum"]) if "enum" in field else BASES
    absent = NOT_IN_THE_SAMPLE.get((table, column), set())
    if found != known - absent:
        wrong.append(f"{table}.{column}: {sorted(found)}, expected {sorted(known - absent)}")
assert not wrong, "\n".join(wrong)
EOP

# compliance CODE: laari, status.
compliance() {
    awk -F, -v code="$1" '$2 == code { print $1 "|" $3 "|" $10 }' \
        "$run/csv/indicator_compliance/indicator_compliance.csv"
}
check "reports are judged on the day of the modelled portfolio, whenever the run is" test \
    "$(compliance M10109)" = "2026-03-31|kohtaanto_2021|not_due"
check "a parallel project owes nothing, whatever it reports" test "$(compliance M10105)" = \
    "2026-03-31||exempt"
check "nor does a project of no cluster" test "$(compliance M10301)" = "2026-03-31||exempt"
check "what begins within six months of that day is ongoing" grep -q \
    '^country,SSS,M10109,starting,1,' "$run/csv/ongoing_projects/ongoing_projects.csv"

# By hand: the granted sums of the newer list's 43 projects; national are M10007, M10008 and M10212,
# unlocated is M10604; the ELY area of M10603 is one maakunta.
check "no cent is lost, and the run says so" grep -q \
    '^money_conserved,maakunta all periods granted_eu_state_eur,hold,passed,0,0,0,"listed 13795000.00: located 10775000.00, national 2900000.00, shared 0.00, unlocated 120000.00",' \
    "$run/csv/checks/checks.csv"
check "at each level, of each period, granted and realised" test \
    "$(grep -c '^money_conserved,.*,hold,passed,0,0,0,' "$run/csv/checks/checks.csv")" -eq 16
check "the lists name no place that nobody knows" grep -q \
    '^locations_known,eura2021,note,passed,0,0,0,' "$run/csv/checks/checks.csv"
check "nothing of it calls itself real" python3 - "$run/csv/projects/projects.csv" <<'EOP'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
assert rows and all("(mallinnettu)" in row["name"] and not row["business_id"] for row in rows)
EOP
