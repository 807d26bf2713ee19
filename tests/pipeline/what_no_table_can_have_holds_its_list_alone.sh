#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A list of which the contract would refuse a cell, in whatever table, ends no night: it is held and
# told in one line, the portfolio before it stands, and the figures of the tables are published.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# only TABLE COLUMN WORD...: from now on the contract has no other words there.
only() {
    python3 - "$work/config/contract/$1.json" "${@:2}" <<'PY'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    table = json.load(file)
next(column for column in table["fields"] if column["name"] == sys.argv[2])["enum"] = sys.argv[3:]
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(table, file, ensure_ascii=False)
PY
}

has_figures() {
    grep -q '12r5-modelled' "$(published)"/csv/observations/*.csv
}

only projects fund ESR+
only organisations organisation 'Oulun yliopisto'
serve --first 2023M11
alike "$inbox/hankkeet_2026-01-01.csv" S30001 S30002
alike "$inbox/hankkeet_2026-02-01.csv" S30001 S30002 S30003
sed -i 's/^S30002;;ESR+;/S30002;;EAKR;/' "$inbox/hankkeet_2026-02-01.csv"

# A cell that its own table cannot have: row 3 is S30002.
line='hankkeet_2026-02-01.csv: row 3: table projects, column fund: none of the words that the contract lists'
kohtaanto projects import "$inbox/hankkeet_2026-02-01.csv" --accept
expect_code 65
check "an import refuses it by row, table and column, whoever looked" grep -q "$line" "$work/words"
night
expect_code 100
check "a night holds it with one line" test \
    "$(grep -c "project_inbox: held, the lists before it stand: file:$line" "$work/words")" -eq 1
check "the list before it stands" test "$(current_projects)" = "S30001 S30002"
check "the figures are published" has_figures
check "it is a row of checks" grep -q \
    '^list_read,project_inbox file:hankkeet_2026-02-01.csv.*,hold,failed,.*cannot be published' \
    "$(published)/csv/checks/checks.csv"
check "and of rejects" grep -q "hankkeet_2026-02-01.csv,2026-02-01,0,,.*table projects" \
    "$(published)/csv/rejects/rejects.csv"
check "the output is whole" "$program" check-output "$(published)" --config "$config"
alike "$inbox/hankkeet_2026-02-01.csv" S30001 S30002 S30003
night
expect_code 0
check "put right it counts" test "$(current_projects)" = "S30001 S30002 S30003"

# What only a table made of several rows cannot have. What came after it waits with it.
alike "$inbox/hankkeet_2026-03-01.csv" S30001 S30002 S30003 S30004
sed -i '/^S30004/s/Oulun yliopisto/Kajaanin kaupunki/' "$inbox/hankkeet_2026-03-01.csv"
night
expect_code 100
line='hankkeet_2026-03-01.csv: cannot be published with it: organisations: row [0-9]*, column organisation: none of the words'
check "the newest list is held with one line" test \
    "$(grep -c "project_inbox: held, the lists before it stand: file:$line" "$work/words")" -eq 1
check "the last good portfolio stands" test "$(current_projects)" = "S30001 S30002 S30003"
printf 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\nS30001;EECO01;2024-H2;;;160;20.2.2025\n' \
    >"$inbox/raportti_2026-03-03.csv"
night
expect_code 100
check "what came after it waits with it" test \
    "$(grep -c 'held, the lists before it stand: .*cannot be published with it' "$work/words")" -eq 2
check "the last good portfolio still stands" test "$(current_projects)" = "S30001 S30002 S30003"
check "nothing of it is published" bash -c "! grep -q S30001 '$(published)/csv/indicator_values/indicator_values.csv'"
held=$(published)
kohtaanto publish
check "a stage alone finds what the night found" grep -q "nothing new: run $(basename "$held" | cut -d_ -f2) is published" "$work/words"
night
expect_code 100
check "the same again is no news" test "$(published)" = "$held"
kohtaanto run --as-of "$(basename "$held" | cut -d_ -f2)" --out "$work/then"
check "it can be made again" cmp "$held/csv/projects/projects.csv" "$work/then/csv/projects/projects.csv"
sed -i '/^S30004/s/Kajaanin kaupunki/Oulun yliopisto/' "$inbox/hankkeet_2026-03-01.csv"
night
expect_code 0
check "put right both count: the list" test "$(current_projects)" = "S30001 S30002 S30003 S30004"
check "and the report" grep -q S30001 "$(published)/csv/indicator_values/indicator_values.csv"

# A stage alone does the same; a contract that no list meets is no list's fault.
only organisations role partner
kohtaanto analyse
expect_code 100
check "then none counts" test "$(grep -c 'cannot be published with it: organisations: row 2, column role' "$work/words")" -ge 1
kohtaanto publish
check "which the stage behind it publishes" test -z "$(current_projects)"
only checks severity none
night
expect_code 65
