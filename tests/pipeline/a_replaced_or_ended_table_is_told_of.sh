#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table that another one replaces, and one that nobody updates any more. The older table's months
# stay, the run says where one took over from the other and whether a break is declared there; a
# table without an address is not asked for, and no night fails for it.

. "$(dirname "$0")/lib.sh"

own_config
sources=$work/config/sample/sources
older='{"path": "tyonv/12r5.px", "until": "2026-06-07"}'
newer='{"path": "tyonv/99zz.px", "from": "2026-06-08"}'
sed -i "s|{\"path\": \"tyonv/12r5.px\"}|$older, $newer|" "$sources/12r5.json"
base=https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin/tyonv

checks_of() {
    grep "^$2," "$1/csv/checks/checks.csv" || true
}

serve --last 2023M08
night
expect_code 0
first=$(published)
check "of one table there is nothing to tell" test -z "$(checks_of "$first" 'chain_[a-z]*')"

# Another table takes over, with months that the older one does not have.
serve --first 2023M09 --last 2023M10 --rename 12r5=99zz
night
expect_code 0
second=$(published)
check "the older table's months stay" diff <(rows_of "$first" 12r5-modelled) \
    <(rows_of "$second" 12r5-modelled | grep -v '^2023M\(09\|10\),')
check "it is told that nobody can compare the two" test "$(checks_of "$second" chain_overlap)" = \
    "chain_overlap,\"12r5-modelled: $base/12r5.px, then $base/99zz.px\",note,absent,0,,0,\"no period that both have, the newer has 2023M09 to 2023M10\",A"
check "and that a break is expected" grep -q \
    '^chain_break,"12r5-modelled: 12r5, then 99zz",note,failed,.*expected an active break' \
    "$second/csv/checks/checks.csv"
check "the source is where it is now" grep -q "^12r5-modelled,99zz,.*,$base/99zz.px," \
    "$second/csv/sources/sources.csv"

cat >"$work/tests/pipeline/breaks.json" <<'JSON'
{"breaks": [{"id": "table_replaced", "date": "2023-09-01", "sources": ["12r5-modelled"],
  "what": {"fi": "a", "sv": "b", "en": "c"}, "citation": "d", "verified": true, "active": true}]}
JSON
sed -i 's|^  "modelled"|  "breaks": "breaks.json",\n&|' "$config"
kohtaanto run --offline
expect_code 0
third=$(published)
check "a declared break answers it" grep -q \
    '^chain_break,"12r5-modelled: 12r5, then 99zz",note,passed,,,0,table_replaced,A' \
    "$third/csv/checks/checks.csv"
check "and marks the first month of the newer table" test \
    "$(rows_of "$third" 12r5-modelled | grep -c '^2023M09,.*,B$')" -gt 300

# A table that the service has no more: first nobody has said so, then its source file does.
serve --first 2023M09 --last 2023M11 --rename 12r5=99zz --rename 12ti=gone
night
expect_code 100
check "it is told in one line" test "$(grep -c '^error: 12ti-modelled: ' "$work/words")" -eq 1
check "its state is failed" grep -q '^12ti-modelled,.*,failed,' "$(published)/csv/sources/sources.csv"
sed -i 's|{"path": "tyonv/12ti.px"}|{"path": "tyonv/12ti.px", "until": "2026-06-07"}|' \
    "$sources/12ti.json"
: >"$calls"
night
expect_code 0
fifth=$(published)
check "it is asked for no more" test "$(grep -c ' 12ti' "$calls")" -eq 0
check "its figures stand" diff <(rows_of "$third" 12ti-modelled | cut -d, -f1-7) \
    <(rows_of "$fifth" 12ti-modelled | cut -d, -f1-7)
check "its state is stale" grep -q '^12ti-modelled,.*,stale,' "$fifth/csv/sources/sources.csv"
check "with the reason in checks" grep -q \
    '^source_age,12ti-modelled,note,passed,.*discontinued: its last address ended on 2026-06-07' \
    "$fifth/csv/checks/checks.csv"
kohtaanto status
check "and in status" grep -q \
    '^12ti-modelled *stale .*: discontinued: its last address ended on 2026-06-07' "$work/results"

# A code that is wanted by name and gone: what was fetched before stands.
serve --first 2023M09 --last 2023M12 --rename 12r5=99zz --rename AVPAIKATLOPUSSA=AVOIMET
night
expect_code 100
check "one line names the code, its place and what was expected" grep -q \
    "^error: 12r5-modelled: .*variable contentscode (measure) has no value AVPAIKATLOPUSSA.*; what was fetched before stands$" \
    "$work/words"
check "the last good version stands" diff <(rows_of "$fifth" 12r5-modelled) \
    <(rows_of "$(published)" 12r5-modelled)
