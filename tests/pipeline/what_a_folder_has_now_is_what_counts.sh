#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A list that was held and taken away counts never, whatever comes of its day; the bytes of an older
# list, saved under a later day, are a list of that day; a report that is put right under its name
# takes its rows back.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# list FILE CODE...: saved long ago, so that nobody waits for its end.
list() {
    alike "$inbox/$1" "${@:2}"
    touch -d '2001-01-01' "$inbox/$1"
}

codes() {
    seq -f 'S3%04g' "$1" "$2"
}

current_are() {
    test "$(current_projects)" = "$*"
}

serve --first 2023M11
mapfile -t all < <(codes 1 60)
mapfile -t some < <(codes 1 35)
list good_2026-03-01.csv "${all[@]}"
night
expect_code 0

# 25 of 60 are lacking, and a project is in it that never was.
list false_2026-04-01.csv "${some[@]}" S39999
night
expect_code 100
check "it is held" grep -q 'held, the lists before it stand: .*false_2026-04-01.csv: lacks 25 of the 60' "$work/words"
rm "$inbox/false_2026-04-01.csv"
night
expect_code 0
check "it is told that it is gone" grep -q 'gone from the folder, and held no more: .*false_2026-04-01.csv' "$work/words"
mapfile -t april < <(codes 1 59)
list right_2026-04-01.csv "${april[@]}" S30099
night
expect_code 0
check "with the right list of its day it counts no more than without" current_are "${april[@]}" S30099
check "and nobody is told of it" bash -c "! grep -q false_2026 '$work/words'"
check "nor is it said to have been read" bash -c \
    "! grep 'list_read.*false_2026' '$(published)/csv/checks/checks.csv' | grep -q passed"

cp -p "$inbox/good_2026-03-01.csv" "$inbox/again_2026-05-01.csv"
night
expect_code 0
check "the bytes of March are the list of May" current_are "${all[@]}"
night
expect_code 0
check "which is published once" grep -q 'nothing new' "$work/words"

header='hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
# report CODE: 60 persons of the project.
report() {
    printf '%s\nS30001;EECO01;2024-H1;;100;50;20.8.2024\n%s;EECO01;2024-H1;;100;60;20.8.2024\n' \
        "$header" "$1" >"$inbox/raportit_2026-03-05.csv"
    touch -d '2001-01-01' "$inbox/raportit_2026-03-05.csv"
}
reported() {
    python3 - "$(published)/csv/indicator_values/indicator_values.csv" <<'PY'
import csv
import sys

with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(*sorted(f"{row['project_code']}={row['value']}" for row in csv.DictReader(file)
                  if row["current"] == "true" and row["measure"] == "realised"))
PY
}
report S30002
night
expect_code 0
check "a report counts" test "$(reported)" = 'S30001=50 S30002=60'
report S30003
night
expect_code 0
check "put right under its name it counts alone" test "$(reported)" = 'S30001=50 S30003=60'
