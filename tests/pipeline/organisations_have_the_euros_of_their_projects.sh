#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Who works in which area, with which euros, and which projects run there or soon will: seen from
# the day of the run, made again from the other published tables by a program of its own.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
list=$(list_name)
long_ago=$(day '2 years ago')
last_month=$(day '1 month ago')
next_month=$(day '1 month')
in_two_years=$(day '2 years')
in_a_year=$(day '1 year')
{
    list_header
    project S30001 S30001 'Hoiva-alan osaajat' 'Oulun yliopisto' 1234567-8 Käynnissä "$long_ago" "$in_two_years" 1000,01 10 'FI1D9 Pohjois-Pohjanmaa'
    project S30002 S30001 'Hoiva-alan osaajat' 'Lapin yliopisto' '' Käynnissä "$long_ago" "$next_month" 500 0,01 'FI1D7 Lappi'
    project S30003 '' 'Puualan rekry' 'Oulun yliopisto' '' Käynnissä "$long_ago" "$in_two_years" 100,05 33 'FI1D8 Kainuu'
    project S30004 '' 'Metallin taitajat' 'Oulun yliopisto' '' 'Ei aloitettu' "$next_month" "$in_two_years" 77,77 0 'FI193 Keski-Suomi'
    project S30005 '' 'Valtakunnallinen verkosto - Tmi Maija Meikäläinen' 'Meikäläinen Tmi' 2345678-1 Käynnissä "$long_ago" "$in_two_years" 60 6 ''
    project S30006 '' 'Vanha pilotti' 'Lapin yliopisto' '' Päättynyt "$long_ago" "$last_month" 200 190 'FI1D7 Lappi'
    project S30007 '' 'Rahaton' 'Lapin yliopisto' '' Käynnissä "$long_ago" "$in_two_years" 0 0 'FI1D7 Lappi'
    project S30008 '' 'Tuleva askel' 'Vaasan kaupunki' 7654321-0 'Ei aloitettu' "$in_a_year" "$in_two_years" 300 0 ''
} >"$work/$list"

serve --first 2023M11
kohtaanto projects import "$work/$list"
expect_code 0
night
expect_code 0
run=$(published)
check "every row follows from the other tables" \
    python3 "$root/tests/pipeline/projects/actors.py" "$run" "$root/config/classifications"

# By hand. The maakunta of the first three is one employment area or several: Kainuu lies in TA10 as
# a whole, Lappi in none.
organisations=$run/csv/organisations/organisations.csv
check "a name has the business id that another list row gives it" grep -q \
    '^maakunta,MK18,2021-2027,1234567-8,beneficiary,Oulun yliopisto,1234567-8,1,1,0,0,0,100.05,33,' "$organisations"
check "who works with another one's project is its partner" grep -q \
    '^maakunta,MK19,2021-2027,lapin yliopisto,partner,Lapin yliopisto,,1,1,1,0,0,500,0.01,' "$organisations"
check "a project without money is not counted" grep -q \
    '^maakunta,MK19,2021-2027,lapin yliopisto,beneficiary,Lapin yliopisto,,1,0,0,0,0,200,190,' "$organisations"
check "a maakunta that is one employment area brings its euros there" grep -q \
    '^tyollisyysalue,TA10,2021-2027,1234567-8,beneficiary,Oulun yliopisto,1234567-8,1,1,0,0,1,100.05,33,' "$organisations"
check "one that has several is around each" grep -q \
    '^tyollisyysalue,TA40,2021-2027,lapin yliopisto,partner,Lapin yliopisto,,0,0,0,0,1,,,' "$organisations"
check "a person's own firm is not named" grep -q \
    '^national,SSS,2021-2027,_P,beneficiary,,,1,1,0,0,0,60,6,' "$organisations"
check "nor in any other table or page of the run, by name or number" \
    bash -c "! grep -rlE 'Maija|eikäläinen|2345678-1' '$run'"
check "its project is there, without them" \
    grep -q '^S30005,.*,Lapin elinvoimakeskus,,,running,' "$run/csv/projects/projects.csv"
check "so is its name, without the person's" \
    grep -q '^S30005,.*,Valtakunnallinen verkosto - Tmi \[…\],' "$run/csv/projects/projects.csv"
ongoing=$run/csv/ongoing_projects/ongoing_projects.csv
check "what ends within half a year says so" grep -q '^maakunta,MK19,S30002,ending,1,' "$ongoing"
check "what begins within half a year does" grep -q '^maakunta,MK13,S30004,starting,1,' "$ongoing"
check "what has ended, has no money or begins later is not at work" \
    bash -c "! grep -E 'S30006|S30007|S30008' '$ongoing'"
check "the approach of a project stands in its row" \
    bash -c "head -1 '$run/csv/projects/projects.csv' | grep -q ',approach,obs_status'"
check "the output is whole" "$program" check-output "$run" --config "$config"
