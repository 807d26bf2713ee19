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

# values TABLE COLUMN: how often each value of a column stands in a table.
values() {
    python3 - "$run/csv/$1/$1.csv" "$2" <<'EOP'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(*sorted({row[sys.argv[2]] for row in csv.DictReader(file)} - {""}))
EOP
}

check "the portfolio has every relation" test "$(values projects relation)" = \
    "continuation coordination ghost joint main parallel replication"
check "and every state" test "$(values projects status)" = "ended interrupted planned running unknown"
check "its places are told by whatever a list can tell them by" test \
    "$(values project_regions basis)" = "authority location_code name_match none postcode"
check "coverage has every class" test "$(values coverage class)" = \
    "heavy no_need proportional suppressed thin unknown white"
check "projects that should talk are found" test "$(values project_overlaps relation)" = \
    "candidate_overlap replication"
check "nothing of it calls itself real" python3 - "$run/csv/projects/projects.csv" <<'EOP'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
assert rows and all("(mallinnettu)" in row["name"] and not row["business_id"] for row in rows)
EOP
