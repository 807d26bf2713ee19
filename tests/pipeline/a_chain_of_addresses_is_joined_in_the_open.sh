#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table moves to another address, where a content has another code and the oldest months are gone.
# Older months stay from the older address; of months that both have, it is told whether they agree;
# figures too far apart are not joined.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
sources=$work/config/sample/sources
older='{"path": "tyonv/12r5_old.px", "until": "2026-06-07"}'
newer='{"path": "tyonv/12r5.px", "from": "2026-06-08"}'
sed -i "s|{\"path\": \"tyonv/12r5.px\"}|$older, $newer|" "$sources/12r5.json"
sed -i 's|"code": "AVPAIKATLOPUSSA",|& "earlier_codes": ["AVPOLD"],|' "$sources"/12*.json

# served TABLE VACANCIES MONTH...: every cell that the server has of the contents wanted and these
# months, asked without the program.
served() {
    python3 - "$port" "$sources/12r5.json" "$@" <<'PYTHON' | sort
import itertools, json, sys, urllib.request
port, source, table, vacancies, *months = sys.argv[1:]
names = {vacancies if of["measure"] == "vacancies" else of["code"]:
         "_".join([of["measure"], of.get("group", "")]).strip("_")
         for of in json.load(open(source))["measures"]}
wanted = {"Alue": ("all", ["*"]), "timeperiod_m": ("item", months), "contentscode": ("item", list(names))}
query = {"query": [{"code": code, "selection": {"filter": kind, "values": values}}
                   for code, (kind, values) in wanted.items()], "response": {"format": "json-stat2"}}
reply = json.load(urllib.request.urlopen(
    f"http://127.0.0.1:{port}/PxWeb/api/v1/fi/StatFin/tyonv/{table}.px", json.dumps(query).encode()))
def codes(variable):
    index = reply["dimension"][variable]["category"]["index"]
    return sorted(index, key=index.get)
status = reply.get("status") or {}
for i, cell in enumerate(itertools.product(*map(codes, reply["id"]))):
    at = dict(zip(reply["id"], cell))
    value = reply["value"][i]
    print(at["timeperiod_m"], names[at["contentscode"]], at["Alue"],
          status.get(str(i), "?") if value is None else value)
PYTHON
}

# are_published RUN FIRST_WORDS_OF_CELLS: the figures of $work/served in the run, where it has that area.
are_published() {
    join <(grep "^$2 " "$work/served" | grep -v '\.\.\.' | cut -d' ' -f3,4 | sort) \
        <(rows_of "$1" 12r5-modelled | grep "^${2% *}," | cut -d, -f5,10 | tr , ' ' | sort) |
        awk '$2 != $3 { print; wrong = 1 } END { exit wrong || NR < 300 }'
}

fetched_from() {
    grep -q "\"purpose\":\"data\".*\"url\":\"[^\"]*/$1.px\".*\"status\":200" \
        "$workspace"/archive/receipts/*.jsonl
}

overlap_check() {
    grep '^chain_overlap,' "$1/csv/checks/checks.csv" || true
}

serve --last 2023M08 --rename 12r5=12r5_old --rename AVPAIKATLOPUSSA=AVPOLD
served 12r5_old AVPOLD 2023M06 2023M07 2023M08 >"$work/before"
served 12r5_old AVPOLD 2023M03 >"$work/served"
night
expect_code 0
first=$(published)
check "the table is found at its older address" fetched_from 12r5_old
check "nothing overlaps yet" test -z "$(overlap_check "$first")"
cp -r "$workspace" "$work/first"

# Both addresses agree.
serve --first 2023M06 --last 2023M10
night
expect_code 0
second=$(published)
check "the table is fetched from its newer address" fetched_from 12r5
months() {
    rows_of "$1" 12r5-modelled | cut -d, -f1 | sort -u | tr '\n' ' '
}
check "the chain has every month" test "$(months "$second")" = \
    "2023M01 2023M02 2023M03 2023M04 2023M05 2023M06 2023M07 2023M08 2023M09 2023M10 "
check "older months are those of the older address" are_published "$second" "2023M03 unemployed"
check "row for row" diff <(rows_of "$first" 12r5-modelled) \
    <(rows_of "$second" 12r5-modelled | grep -v '^2023M\(09\|10\),')
cells=$(wc -l <"$work/before")
base=https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin/tyonv
overlap="chain_overlap,\"12r5-modelled: $base/12r5_old.px, then $base/12r5.px\",note"
words="\"3 periods from 2023M06 to 2023M08, the newer address counts\",A"
check "it is told that both agree on what both have" test "$(overlap_check "$second")" = \
    "$overlap,passed,$cells,,0,$words"
cp "$second/SHA256SUMS" "$work/sums"
rm -r "$workspace/store" "$workspace/published" "$workspace"/ledger.sqlite*
kohtaanto run --offline
expect_code 0
check "the archive alone gives the same" cmp "$work/sums" "$(published)/SHA256SUMS"

# The newest month that both have differs.
rm -r "$workspace"
cp -r "$work/first" "$workspace"
serve --first 2023M06 --last 2023M10 --revise 7
served 12r5 AVPAIKATLOPUSSA 2023M06 2023M07 2023M08 >"$work/served"
apart=$(comm -13 "$work/before" "$work/served" | wc -l)
check "the two addresses differ" test "$apart" -gt 100
night
expect_code 0
third=$(published)
check "it is told in how many cells" test "$(overlap_check "$third")" = \
    "$overlap,failed,$cells,,$apart,$words"
check "the newer address counts" are_published "$third" "2023M08 unemployed"
figure() {
    grep '^2023M08 unemployed SSS ' "$1" | cut -d' ' -f4
}
was=$(figure "$work/before")
check "the revisions list them" grep -q \
    ",2023M08,country,SSS,_T,_T,unemployed,$was,$was,$(figure "$work/served")," \
    "$third/csv/revisions/revisions_2023.csv"
check "older months stay" diff <(rows_of "$first" 12r5-modelled | grep '^2023M0[1-5],') \
    <(rows_of "$third" 12r5-modelled | grep '^2023M0[1-5],')

# They differ by more than the source allows.
rm -r "$workspace"
cp -r "$work/first" "$workspace"
sed -i 's/"hold_share": *[0-9.]*/"hold_share": 0.000001/' "$sources/12r5.json"
night
expect_code 100
check "the newer address is held" grep -q "12r5-modelled: held" "$work/words"
check "and nothing of it is joined" diff <(rows_of "$first" 12r5-modelled) \
    <(rows_of "$(published)" 12r5-modelled)
