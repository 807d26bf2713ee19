#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Half an export looks like the end of half the projects: such a list is held, the one before it
# stands, and whoever looked lets it through, which a copied archive knows too.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

serve --first 2023M11
alike "$work/hankkeet_2026-01-01.csv" S30001 S30002 S30003 S30004
kohtaanto projects import "$work/hankkeet_2026-01-01.csv" --accept
expect_code 0
check "there is nothing to accept in a first list" grep -q '^imported' "$work/results"
night
expect_code 0

# By import: one of four projects is left.
alike "$work/hankkeet_2026-02-01.csv" S30004 S30005
kohtaanto projects import "$work/hankkeet_2026-02-01.csv"
expect_code 65
check "one line says what it lacks and what to do" grep -q \
    'hankkeet_2026-02-01.csv: lacks 3 of the 4 projects of the eura2021 list of 2026-01-01.*--accept lets it through' \
    "$work/words"
night
expect_code 0
check "it is not in the archive" test "$(current_projects)" = "S30001 S30002 S30003 S30004"

# Through the folder: it is kept and held.
cp "$work/hankkeet_2026-02-01.csv" "$inbox/"
night
expect_code 100
check "a night holds it with the same line" grep -q \
    'project_inbox: held, the lists before it stand: .*lacks 3 of the 4 projects' "$work/words"
check "the list before it stands" test "$(current_projects)" = "S30001 S30002 S30003 S30004"
cp "$work/hankkeet_2026-01-01.csv" "$inbox/hankkeet_2026-01-15.csv"
printf '\n' >>"$inbox/hankkeet_2026-01-15.csv"
night
expect_code 100
check "it is a row of checks and of rejects" bash -c "
    grep -q '^list_read,project_inbox file:hankkeet_2026-02-01.csv.*,hold,failed' '$(published)/csv/checks/checks.csv' &&
    grep -q 'hankkeet_2026-02-01.csv,2026-02-01,0,,.*lacks 3 of the 4' '$(published)/csv/rejects/rejects.csv'"
held=$(published)

kohtaanto projects import "$work/hankkeet_2026-02-01.csv" --accept
expect_code 0
check "whoever looked lets it through" grep -q '^accepted, though it lacks much' "$work/results"
night
expect_code 0
check "then it counts" test "$(current_projects)" = "S30004 S30005"
check "the consent is recorded" grep -q '"source":"project_inbox"' "$workspace/archive/accepted.jsonl"
after=$(published)

# A later list is held against the accepted one; a copied archive knows of the consent.
alike "$work/hankkeet_2026-03-01.csv" S30004 S30005 S30006
kohtaanto projects import "$work/hankkeet_2026-03-01.csv"
expect_code 0
kohtaanto run --as-of "$(basename "$held" | cut -d_ -f2)" --out "$work/then"
expect_code 100
check "as of the day before the consent it was held" cmp "$held/csv/projects/projects.csv" \
    "$work/then/csv/projects/projects.csv"
kohtaanto run --as-of "$(basename "$after" | cut -d_ -f2)" --out "$work/now"
expect_code 0
check "as of the consent it counts" cmp "$after/csv/projects/projects.csv" \
    "$work/now/csv/projects/projects.csv"

# The share is configuration.
sed -i 's/"lost_share": 0.5/"lost_share": 0.8/' "$work/config/projects/projects.json"
alike "$work/hankkeet_2026-04-01.csv" S30006
kohtaanto projects import "$work/hankkeet_2026-04-01.csv"
expect_code 0
sed -i 's/"lost_share": 0.8/"lost_share": 1.5/' "$work/config/projects/projects.json"
night
expect_code 78
check "a share above one is a mistake of the configuration" grep -q 'projects.json: lost_share' "$work/words"
