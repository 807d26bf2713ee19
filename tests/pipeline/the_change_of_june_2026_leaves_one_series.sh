#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The change of 8 June 2026 replayed with one configuration: on the first night tables and variables
# have their old names, on the second the new ones, prefixes on some contents and not on others; on
# the third the stamps of classifications have moved on. The series goes on as if nothing had been.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
sources=$work/config/sample/sources
for table in 12r5 12ti; do
    older="{\"path\": \"tyonv/statfin_tyonv_pxt_$table.px\", \"until\": \"2026-06-07\"}"
    newer="{\"path\": \"tyonv/$table.px\", \"from\": \"2026-06-08\"}"
    sed -i "s|{\"path\": \"tyonv/$table.px\"}|$older, $newer|" "$sources/$table.json"
done
sed -i 's|"names": \["Alue"\], "markers": \[[^]]*\]|"names": ["Alue", "alue_*"]|' "$sources"/12*.json

old=(--rename 12r5=statfin_tyonv_pxt_12r5 --rename 12ti=statfin_tyonv_pxt_12ti
    --rename timeperiod_m=Kuukausi --rename contentscode=Tiedot)
new=(--rename Alue=alue_23_20260101 --rename TYOTTOMATLOPUSSA=tyonv-TYOTTOMATLOPUSSA)
rotated=(--rename Alue=alue_23_20270101 --rename TYOTTOMATLOPUSSA=tyonv-TYOTTOMATLOPUSSA)

# served TABLE: every cell of the table, asked without the program: month content area occupation.
served() {
    python3 - "$port" "$1" <<'PYTHON' | sort
import itertools, json, sys, urllib.request
port, table = sys.argv[1:]
url = f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/tyonv/{table}.px"
names = {"TYOTTOMATLOPUSSA": "unemployed", "AVPAIKATLOPUSSA": "vacancies", "TYOVOIMATK": "labour_force"}
roles = {"timeperiod_m": 0, "Kuukausi": 0, "contentscode": 1, "Tiedot": 1, "Ammattiryhmä": 3}
metadata = json.load(urllib.request.urlopen(url))["variables"]
months = next(v["values"] for v in metadata if roles.get(v["code"]) == 0)
for month in months:
    query = {"query": [{"code": v["code"], "selection": {"filter": "item", "values":
                        [month] if roles.get(v["code"]) == 0 else v["values"]}} for v in metadata],
             "response": {"format": "json-stat2"}}
    reply = json.load(urllib.request.urlopen(url, json.dumps(query).encode()))
    def codes(variable):
        index = reply["dimension"][variable]["category"]["index"]
        return sorted(index, key=index.get)
    status = reply.get("status") or {}
    for i, cell in enumerate(itertools.product(*map(codes, reply["id"]))):
        at = ["", "", "", "SSS"]
        for variable, code in zip(reply["id"], cell):
            at[roles.get(variable, 2)] = code
        at[1] = names.get(at[1].split("-")[-1])
        if at[1] is None:
            continue
        value = reply["value"][i]
        print(*at, status.get(str(i), "?") if value is None else value)
PYTHON
}

# figures RUN CONTENT: month area figure, of the areas that observations have with a figure.
figures() {
    local at
    case $2 in
    unemployed) at=10 ;;
    vacancies) at=14 ;;
    *) at=18 ;;
    esac
    rows_of "$1" 12r5-modelled | awk -F, -v at=$at '$at != "" { print $1, $5, $at }' | sort
}

# are_published RUN: each figure that was served stands in the run, and no other in its place.
are_published() {
    local content
    for content in unemployed vacancies labour_force; do
        awk -v content=$content '$2 == content && $5 !~ /^[.?-]/ { print $1 "/" $3, $5 }' \
            "$work/served" | sort >"$work/was"
        figures "$1" $content | awk '{ print $1 "/" $2, $3 }' | sort >"$work/is"
        join "$work/was" "$work/is" | awk '$2 != $3 { print; wrong = 1 } END { exit wrong || NR < 300 }' ||
            return 1
    done
}

names_of() {
    grep -o "\"purpose\":\"data\".*\"url\":\"[^\"]*/$1.px\".*\"status\":200" \
        "$workspace"/archive/receipts/*.jsonl | grep -c "$2"
}

serve --last 2023M08 "${old[@]}"
served statfin_tyonv_pxt_12r5 >"$work/served"
served statfin_tyonv_pxt_12ti | grep -v " KU" >"$work/served_occupations"
night
expect_code 0
first=$(published)
check "the old names are found" test "$(names_of statfin_tyonv_pxt_12r5 Kuukausi)" -gt 0
check "every figure of the old table is published" are_published "$first"

serve --last 2023M09 "${new[@]}"
served 12r5 >"$work/served_later"
check "the old months are the same at the new address" diff "$work/served" \
    <(grep -v '^2023M09 ' "$work/served_later")
cp "$work/served_later" "$work/served"
night
expect_code 0
second=$(published)
check "the new names are found" test "$(names_of 12r5 timeperiod_m)" -gt 0
check "every figure of the new table is published" are_published "$second"
check "row for row the older months are as they were" diff \
    <(rows_of "$first" 12r5-modelled) <(rows_of "$second" 12r5-modelled | grep -v '^2023M09,')
# The points of hidden cells lean on the months beside them: those of the newest month move.
check "and so are occupations" diff \
    <(rows_of "$first" 12ti-modelled | grep -v '^2023M08,.*,E,') \
    <(rows_of "$second" 12ti-modelled | grep -v '^2023M09,\|^2023M08,.*,E,')
check "no month is missing" test "$(figures "$second" unemployed | cut -d' ' -f1 | uniq | tr '\n' ' ')" = \
    "$(printf '2023M%02d ' 1 2 3 4 5 6 7 8 9)"
check "there is no revision" test "$(cat "$second"/csv/revisions/*.csv | grep -c modelled)" -eq 0
cells=$(wc -l <"$work/served_occupations")
check "of the addresses it is told that they agree" grep -q \
    "^chain_overlap,\"12ti-modelled: .*/statfin_tyonv_pxt_12ti.px, then .*/12ti.px\",note,passed,$cells,,0,\"8 periods from 2023M01 to 2023M08" \
    "$second/csv/checks/checks.csv"
changes=$second/csv/code_changes/code_changes.csv
check "the content that has another code is told of" grep -q \
    '^12r5-modelled,12r5,measure,unemployed,renamed,.*: TYOTTOMATLOPUSSA: .* -> tyonv-TYOTTOMATLOPUSSA: ' \
    "$changes"
check "those that have not are not" test "$(grep -c ',measure,' "$changes")" -eq 2
check "and regions are not" test "$(grep -c ',region,' "$changes")" -eq 0

serve --last 2023M10 "${rotated[@]}"
served 12r5 >"$work/served"
night
expect_code 0
third=$(published)
check "a stamp that has moved on is no other variable" are_published "$third"
check "row for row" diff <(rows_of "$second" 12r5-modelled) \
    <(rows_of "$third" 12r5-modelled | grep -v '^2023M10,')
check "there is still no revision" test "$(cat "$third"/csv/revisions/*.csv | grep -c modelled)" -eq 0

cp "$third/SHA256SUMS" "$work/sums"
rm -r "$workspace/store" "$workspace/published" "$workspace"/ledger.sqlite*
kohtaanto run --offline
expect_code 0
check "the archive alone gives the same" cmp "$work/sums" "$(published)/SHA256SUMS"
