#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A list may have one row in a hundred that cannot be read. Its project does not end with that: what
# the list before said of it stands, as of that day, and the money of the row is told.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# list DAY END_OF_S30007 MORE...: 200 projects of 1,000 euros each.
list() {
    local file=$work/hankkeet_$1.csv end=$2 at
    shift 2
    {
        list_header
        for at in {1..200}; do
            project "S3$(printf '%04d' "$at")" '' "Puualan osaajat $at" 'Oulun yliopisto' '' Käynnissä \
                1.1.2024 "$([ "$at" -eq 7 ] && printf '%s' "$end" || printf 31.12.2027)" 1000 10 'FI1D8 Kainuu'
        done
        [ $# -eq 0 ] || printf '%s\n' "$@"
    } >"$file"
}

# total NUMBER EUROS: how many projects count, and with how many euros.
total() {
    python3 - "$(published)/csv/projects/projects.csv" "$@" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    euros = [float(row["granted_eu_state_eur"]) for row in csv.DictReader(file)
             if row["current"] == "true"]
assert [len(euros), sum(euros)] == [int(sys.argv[2]), float(sys.argv[3])], (len(euros), sum(euros))
PY
}

# state COLUMN...: those cells of the version of S30007 that counts.
state() {
    python3 - "$(published)/csv/projects/projects.csv" "$@" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if [row["project_code"], row["current"]] == ["S30007", "true"]:
            print("|".join(row[name] for name in sys.argv[2:]))
PY
}

serve --first 2023M11
list 2026-01-01 31.12.2027
kohtaanto projects import "$work/hankkeet_2026-01-01.csv"
expect_code 0
check "of a list that is whole nothing is said" bash -c "! grep -q 'rows rejected,' '$work/results'"
night
expect_code 0
check "each of them counts" total 200 200000
check "a list that is whole has passed" grep -q \
    '^rows_rejected,project_inbox file:hankkeet_2026-01-01.csv 2026-01-01 [0-9a-f]*,note,passed,0,0,0,,A$' \
    "$(published)/csv/checks/checks.csv"

# By hand: row 8 has no such day; its 1,000 euros can be read, its project was there a month ago.
list 2026-02-01 31.2.2028
kohtaanto projects import "$work/hankkeet_2026-02-01.csv"
expect_code 0
words='1 of 200 rows rejected, granted_eu_state_eur 1000.00 in the 1 of them where it can be read; of their projects 1 stand as of an older list, 0 by another row, 0 nowhere'
check "the import tells the row" grep -q 'rejected: row 8: column Päättymispvm: "31.2.2028"' "$work/results"
check "and how much money is in such rows, and where their projects stand" grep -qxF "  $words" "$work/results"
kohtaanto projects import "$work/hankkeet_2026-02-01.csv"
check "so it does if the list is known" grep -qxF "  $words" "$work/results"
night
expect_code 0
check "the night tells the same" grep -qF "project_inbox: file:hankkeet_2026-02-01.csv: $words" "$work/words"
check "no project and no euro is gone" total 200 200000
check "a reader sees of which day it is" test \
    "$(state snapshot_date last_snapshot_date end_date obs_status)" = "2026-01-01|2026-01-01|2027-12-31|P"
check "the others are of the newest list" test \
    "$(grep -c ',2026-02-01,true,' "$(published)/csv/projects/projects.csv")" -eq 199
check "checks have count and euros, and no cell" grep -qF ",note,warn,1000,0,1,\"$words\",A" \
    "$(published)/csv/checks/checks.csv"
check "the row is among the rejects" grep -q \
    '^project_inbox,file:hankkeet_2026-02-01.csv,2026-02-01,8,S30007,.*31.2.2028' \
    "$(published)/csv/rejects/rejects.csv"
check "the output is whole" "$program" check-output "$(published)" --config "$config"

# Read again it is as if nothing had been; and a list that is not the newest one is told no more.
list 2026-03-01 31.12.2027 '' # an empty row: the same bytes would be the same run
kohtaanto projects import "$work/hankkeet_2026-03-01.csv"
night
expect_code 0
check "it was never away" test "$(state snapshot_date last_snapshot_date changed obs_status)" = \
    "2026-01-01|2026-03-01|new|A"
check "only the newest list is told" bash -c "! grep -q 'rows rejected,' '$work/words'"

# A second row of a project takes nothing away; what no list has is nowhere, and so is a row that is cut.
list 2026-04-01 31.12.2027 "$(project S30008 '' Toinen Kunta '' Käynnissä 1.1.2024 31.12.2027 5 0 'FI1D8 Kainuu')" \
    "$(project S39999 '' Uusi Kunta '' Käynnissä 1.1.2024 32.12.2027 2500,50 0 'FI1D8 Kainuu')"
kohtaanto projects import "$work/hankkeet_2026-04-01.csv"
expect_code 0
# By hand: 5 and 2,500.50.
check "each such row is told for what it is" grep -qxF \
    '  2 of 202 rows rejected, granted_eu_state_eur 2505.50 in the 2 of them where it can be read; of their projects 0 stand as of an older list, 1 by another row, 1 nowhere' \
    "$work/results"
night
check "the sum is that of the rows that were read" total 200 200000

# An amount that cannot be read is no amount of nothing; of the EU list it is the total cost.
list 2026-05-01 31.12.2027
sed -i '/^S30007;/s/;1000;10;/;tuhat;10;/' "$work/hankkeet_2026-05-01.csv"
kohtaanto projects import "$work/hankkeet_2026-05-01.csv"
expect_code 0
check "what the row says all the same is told" grep -qF \
    '1 of 200 rows rejected, realised_eu_state_eur 10.00 in the 1 of them where it can be read;' "$work/results"
sed '/^S30007;/s/;tuhat;10;/;tuhat;kymmenen;/' "$work/hankkeet_2026-05-01.csv" >"$work/hankkeet_2026-05-02.csv"
kohtaanto projects import "$work/hankkeet_2026-05-02.csv"
expect_code 0
check "nothing is not zero" grep -qF \
    '1 of 200 rows rejected, granted_eu_state_eur can be read in none of them;' "$work/results"
night
expect_code 0
check "nor is it in checks" grep -qF ',note,warn,,0,1,"1 of 200 rows rejected, granted_eu_state_eur can be read in none' \
    "$(published)/csv/checks/checks.csv"
{
    printf 'Operation code;Operation name;Beneficiary;Start date;End date;Total cost;Fund;Location\n'
    for at in {1..100}; do
        printf 'FI-%s;Työ %s;Kunta;2024-01-01;2026-12-31;%s;ESF+;FI193 Keski-Suomi\n' "$at" "$at" \
            "$([ "$at" -eq 7 ] && printf paljon || printf 1000)"
    done
} >"$work/operations_2026-05-01.csv"
kohtaanto projects import "$work/operations_2026-05-01.csv"
expect_code 0
check "a list names the money that it has" grep -qF \
    '1 of 100 rows rejected, planned_total_eur can be read in none of them;' "$work/results"

# So is a project without a name: row 8 of each list.
sed '/^FI-7;/s/;Työ 7;/; ;/; /^FI-7;/s/paljon/1000/' "$work/operations_2026-05-01.csv" >"$work/operations_2026-05-02.csv"
kohtaanto projects import "$work/operations_2026-05-02.csv"
expect_code 0
check "a project without a name is rejected by row and column" grep -qF \
    'rejected: row 8: column Name of the operation: empty, expected the name of the project' "$work/results"
check "with its money" grep -qF \
    '1 of 100 rows rejected, planned_total_eur 1000.00 in the 1 of them where it can be read;' "$work/results"
night
expect_code 0
check "the output is whole then too" "$program" check-output "$(published)" --config "$config"
