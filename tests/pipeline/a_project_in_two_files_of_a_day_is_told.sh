#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Files of one format and day are one list. Of a project that two of them have the later row counts;
# where it says otherwise that is told with both files and rows, and the earlier row is a duplicate.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# row CODE GRANTED
row() {
    project "$1" '' "Puualan osaajat $1" 'Oulun yliopisto' '' Käynnissä 1.1.2024 31.12.2027 "$2" 10 'FI1D8 Kainuu'
}

serve --first 2023M11
{ list_header; row S30001 100; row S30002 200; row S30003 300; } >"$work/itä_2026-01-01.csv"
# By hand: S30002 says the same, S30003 says 350,50 in row 2 here and 300 in row 4 there.
{ list_header; row S30003 350,50; row S30002 200; row S30004 400; } >"$work/länsi_2026-01-01.csv"
kohtaanto projects import "$work/itä_2026-01-01.csv"
expect_code 0
kohtaanto projects import "$work/länsi_2026-01-01.csv"
expect_code 0
words='row 2 (S30003): says otherwise than row 4 of file:itä_2026-01-01.csv, of the same format and day, and counts'
check "the import names both files and rows" grep -qF "länsi_2026-01-01.csv: $words" "$work/results"
check "what says the same takes nothing away" bash -c "! grep -q S30002 '$work/results'"
night
expect_code 0
check "so does the night" grep -qF "project_inbox: file:länsi_2026-01-01.csv: $words" "$work/words"
run=$(published)
check "the earlier row is a duplicate, and the only one" test "$(grep ^project_inbox "$run/csv/rejects/rejects.csv")" = \
    'project_inbox,file:itä_2026-01-01.csv,2026-01-01,4,S30003,"duplicate: row 2 of file:länsi_2026-01-01.csv, of the same format and day, says otherwise and counts",O'
check "checks count it, and name neither project nor amount" bash -c "
    grep -q '^list_read,project_inbox file:itä_2026-01-01.csv .*,note,warn,2,,1,\"row 4: another file of its format and day has the project, and counts\",A\$' '$run/csv/checks/checks.csv' &&
    grep -q '^list_read,project_inbox file:länsi_2026-01-01.csv .*,note,warn,3,,0,row 2: says otherwise than row 4 of another file of its day,A\$' '$run/csv/checks/checks.csv' &&
    grep -q '^rows_rejected,project_inbox file:itä_.*,note,warn,300,0,1,\"1 of 3 rows rejected, .* 0 stand as of an older list, 1 by another row, 0 nowhere\",A\$' '$run/csv/checks/checks.csv'"
# By hand: 100 + 200 + 350.50 + 400.
check "each project counts once" python3 - "$run/csv/projects/projects.csv" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
assert [row["project_code"] for row in rows] == ["S30001", "S30002", "S30003", "S30004"]
assert sum(float(row["granted_eu_state_eur"]) for row in rows) == 1050.5
PY
check "the output is whole" "$program" check-output "$run" --config "$config"
