#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Source files of tables whose codes nobody has read: variables without a role stand at their total,
# a content is found by its label, and the run says what it found. What cannot be found is refused
# with the candidates, and keeps no other table from the night.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
main=$work/config/main.json
sed -e 's|"sources": .*|"sources": ["sources/12tw.json", "sources/12tl.json"],|' \
    -e 's|"\.\./\.\./config/|"|; s|"checks": \[|"checks": []|; /"12r5-modelled\/\|"12ti-modelled\//d; /^  \]$/d' \
    "$config" >"$main"
# Their figures are of one autumn whatever the day is.
sed -i 's/"ages": {[^}]*}/"ages": {"warn_days": 9000, "error_days": 10000}/' \
    "$work/config/sources/12tw.json" "$work/config/sources/12tl.json"
printf '{"markets": []}\n' >"$work/config/markets.json"
config=$main

# table ID VARIABLES CONTENTS: a table of the server with these variables between area and month. A
# figure is the product of its codes' weights, so that parts add up.
table() {
    cat >"$work/$1.json" <<JSON
{"id": "$1", "subject": "tyonv", "title": "Table $1", "source": "nobody",
 "updated": "2026-11-20T06:00:00Z", "variables": [
  {"code": "Alue", "text": "Alue", "is": "geo", "total": "SSS", "values": $areas},
  $2,
  {"code": "timeperiod_m", "text": "Kuukausi", "is": "time", "first": "2026M08", "count": 3},
  $3], "figures": []}
JSON
    python3 - "$work/$1.json" <<'PYTHON'
import itertools, json, sys
path = sys.argv[1]
table = json.load(open(path))
weights = {"MK01": 10, "MK02": 20, "MKJO": 5, "C": 1, "F": 2, "2512": 1, "X211": 2}
totals = {"Alue": 35, "Toimiala": 3, "Ammattiryhmä": 3}
def weight(variable, value):
    return totals.get(variable["code"], 1) if value == "SSS" else weights.get(value, 1)
figures = []
for cell in itertools.product(*[v.get("values", range(v.get("count", 0))) for v in table["variables"]]):
    figure = 1
    for variable, value in zip(table["variables"], cell):
        figure *= weight(variable, value)
    figures.append(figure)
table["figures"] = figures
json.dump(table, open(path, "w"))
PYTHON
}
areas='["SSS", "MK01", "MK02", "MKJO"]'
industries='{"code": "Toimiala", "text": "Toimiala", "values": ["SSS", "C", "F"]}'
sector='{"code": "Työnantajan sektori", "text": "Työnantajan sektori", "values": ["9", "SSS"], "labels": ["Muut", "Yhteensä"]}'
length='{"code": "Työpaikan työn kesto", "text": "Työpaikan työn kesto", "total": "SSS", "values": ["SSS", "1"]}'
jobs='{"code": "Ammattiryhmä", "text": "Ammattiryhmä", "values": ["SSS", "2512", "X211"]}'
vacancies='{"code": "contentscode", "text": "Tiedot", "is": "contents", "values": ["AVPAIKATLOPUSSA"]}'
spells='{"code": "contentscode", "text": "Tiedot", "is": "contents", "values": ["A1", "A2"], "labels": ["Alkaneet työnhaut (lkm.)", "Alkaneet työttömyysjaksot (lkm.)"]}'
table 12tw "$industries, $sector, $length" "$vacancies"
table 12tl "$jobs" "$spells"
serve_tables() {
    stop_serving
    : >"$calls"
    start_server "$server_program" --port-file "$work/port" --log "$calls" \
        --table "$work/12tw.json" --table "$work/12tl.json"
}

serve_tables
night
expect_code 0
resolved() {
    grep '^resolved,' "$(published)/csv/checks/checks.csv" | cut -d, -f2,8-
}
check "the run says at which total variables stand, and which content has a label" diff \
    <(resolved | grep -v '^12t[lw],') - <<'ROWS'
12tl spells_started,A2 (Alkaneet työttömyysjaksot (lkm.)),A
12tw Työnantajan sektori,SSS (Yhteensä),A
12tw Työpaikan työn kesto,left out of the question: its total,A
ROWS
check "and how sure the source files are" test "$(resolved | grep -c '^12t[lw],')" -eq 2
check "nothing but that was asked for" test \
    "$(grep -o '"source":"12tw","purpose":"data".*' "$workspace"/archive/receipts/*.jsonl |
        grep -c 'Työnantajan sektori.*\[.*SSS.*\]')" -eq 1

# A second total, and a label that is no longer the only one.
sector='{"code": "Työnantajan sektori", "text": "Työnantajan sektori", "values": ["9", "8"], "labels": ["Kaikki", "Yhteensä"]}'
table 12tw "$industries, $sector, $length" "$vacancies"
table 12tl "$jobs" "${spells/Alkaneet työnhaut/Alkaneet työttömyysjaksot, naiset}"
sed -i 's/2026-11-20T/2026-11-21T/' "$work"/12t?.json
serve_tables
night
expect_code 100
check "candidates are named" grep -q \
    "12tw: .*no role for the variable Työnantajan sektori .*several of its values could be its total" \
    "$work/words"
check "so are contents" grep -q \
    "12tl: .*variable contentscode: both A1 (Alkaneet työttömyysjaksot, naiset (lkm.)) and A2 .* are called Alkaneet" \
    "$work/words"
