#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table without a variable of contents is described from its file, and a night publishes it as the
# one measure that a person has named: a PX file without CONTVARIABLE, a CSV with figures alone.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
mkdir "$work/drop"
serve --last 2023M03

# Unemployed of the country and of two regions that are no parts of one another.
cat >"$work/drop/register.px" <<'PX'
CHARSET="ANSI";
CODEPAGE="utf-8";
LANGUAGE="fi";
LAST-UPDATED="20230425 08:00";
TITLE="Asiakkaat alueittain";
UNITS="lkm";
STUB="Alue";
HEADING="Kuukausi";
VALUES("Alue")="KOKO MAA","Uusimaa","Varsinais-Suomi";
CODES("Alue")="SSS","MK01","MK02";
VALUES("Kuukausi")="2023M02","2023M03";
TIMEVAL("Kuukausi")=TLIST(M1,"202302"-"202303");
DATA=
900 910
300 "..."
100 110;
PX
printf 'Alue;2023M02;2023M03\nSSS;900;910\nMK01;300;...\nMK02;100;110\n' >"$work/drop/register.csv"
touch -d '2001-01-01' "$work/drop"/*

# try FILE: describes the file, names the measure as a person would, and publishes it.
try() {
    rm -rf "$workspace"
    cp "$root/tests/pipeline/night.json" "$config"
    code=0
    "$program" describe "$work/drop/$1" --config "$config" >"$work/results" 2>"$work/words" ||
        code=$?
    expect_code 0
    check "$1: the words say what it counts" grep -q "the whole table (" "$work/words"
    check "$1: the file has no variable of contents" \
        test "$(grep -c '"role": "measure"' "$work/results")" -eq 0
    sed 's/"measure": "[a-z]*"/"measure": "unemployed"/; s/"total": false/"total": true/
         s/\("[a-z]*_days":\) [0-9]*/\1 36500/' "$work/results" >"${config%/*}/register.json"
    sed -i 's/^  "sources": \[/&"register.json", /' "$config"
    night
    expect_code 0
    rows_of "$(published)" register | cut -d, -f 1,4,5,10-13 >"$work/rows"
    check "$1: its figures are published as they stand in the file" \
        diff <(printf '%s\n' 2023M02,country,SSS,900,900,900,A 2023M02,maakunta,MK01,300,300,300,A \
            2023M02,maakunta,MK02,100,100,100,A 2023M03,country,SSS,910,910,910,A \
            2023M03,maakunta,MK01,,1,4,Q 2023M03,maakunta,MK02,110,110,110,A) "$work/rows"
}

try register.px
kohtaanto why observations time_period=2023M02 source=register region_code=MK01
expect_code 0
check "why knows it" grep -q 300 "$work/results"
try register.csv

sed 's/"measure": "unemployed"/&, "code": "U"/' "${config%/*}/register.json" >"$work/coded.json"
cp "$work/coded.json" "${config%/*}/register.json"
code=0
"$program" check-config --config "$config" >"$work/results" 2>"$work/words" || code=$?
expect_code 78
check "a code that no variable has is a mistake of the file" \
    grep -q "expected a variable with the role measure" "$work/results"
