#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two sources with the same flow: the first one gives a cell that both have. Where they say otherwise
# of it the second is held with one line, and its last good version stands until they agree again.

. "$(dirname "$0")/lib.sh"

cp -r "$root/tests/pipeline/claims" "$work/tables"
config=$root/tests/pipeline/claims/night.json

# Serves both tables as they are in $work/tables.
serve_both() {
    stop_serving
    : >"$calls"
    start_server "$server_program" --port-file "$work/port" --log "$calls" --service statfin \
        --table "$work/tables/first-table.json" --table "$work/tables/second-table.json"
}

# change TABLE DAY FROM TO: what the service says from that day on.
change() {
    sed -i "s/2026-04-[0-9]*T/2026-04-$2T/; s/$3/$4/" "$work/tables/$1-table.json"
}

# flow REGION FLOW: value, low, high and status of 2026M03.
flow() {
    awk -F, -v region="$1" -v flow="$2" '$1 == "2026M03" && $4 == region && $7 == flow {
        print $8, $9, $10, $NF }' "$(published)/csv/flows/flows_2026.csv"
}

state() {
    column "$(published)/csv/sources/sources.csv" state | paste -sd' '
}

serve_both
night
expect_code 0
check "a cell is given once" test "$(flow MK01 vacancies_new)" = "42 42 42 A"
check "by the first source that has it, hidden or not" \
    test "$(flow MK02 vacancies_new)" = " 1 4 Q"
check "what only the second has comes from there" test "$(flow MK02 vacancies_filled)" = "7 7 7 A"
check "that they agree is told, of 8 figures that both know" \
    grep -q '^one_figure_a_cell,second first,hold,passed,0,0,0,' "$(published)/csv/checks/checks.csv"

change second 22 '42, 6' '45, 8'
serve_both
night
expect_code 100
held="second: held, the last good version stands: period=2026M03 region=MK01 occupation=_T \
measure=vacancies_new: 42 in first and 45 in second, expected the same figure of both \
(1 of 8 common cells differ)"
check "one line names cell, sources, figures and what was expected" \
    test "$(grep -c "$held" "$work/words")" -eq 1
check "the second stands as it was" test "$(flow MK01 vacancies_filled)" = "6 6 6 A"
check "the first gives the cell" test "$(flow MK01 vacancies_new)" = "42 42 42 A"
check "the second's state is held" test "$(state)" = "fresh held"
check "and checks say why" grep -q '^newest_version_used,second,hold,failed,.*45 in second' \
    "$(published)/csv/checks/checks.csv"
night
expect_code 100
check "the next night holds it still" grep -q "$held" "$work/words"

change first 23 '41, 42' '41, 45'
serve_both
night
expect_code 0
check "when the first says so too, both stand" test "$(flow MK01 vacancies_new)" = "45 45 45 A"
check "with the second's newest figures" test "$(flow MK01 vacancies_filled)" = "8 8 8 A"

change first 24 '41, 45' '41, 46'
serve_both
night
expect_code 100
check "where the first moves away the second stands as it was" \
    test "$(flow MK01 vacancies_filled)" = "8 8 8 A"
check "and the first gives the cell" test "$(flow MK01 vacancies_new)" = "46 46 46 A"

rm -rf "$workspace"
night
expect_code 100
check "in a first night the second has no version to stand" \
    test "$(flow MK01 vacancies_filled)" = ""
check "and the first is published" test "$(flow MK01 vacancies_new)" = "46 46 46 A"
