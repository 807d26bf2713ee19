#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Good models: those that people keep, and those that the portfolio shows to spread; who uses them
# where, and what people say in place of what lists do.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
list=$(list_name)
{
    list_header
    project S30001 '' 'Ohjaamo Jyväskylä' 'Jyväskylän kaupunki' '' Päättynyt "$(day '3 years ago')" "$(day '1 year ago')" 1000 900 'FI193 Keski-Suomi'
    project S30002 '' 'Ohjaamo Oulu' 'Oulun kaupunki' '' Käynnissä "$(day '2 years ago')" "$(day '2 years')" 1000 10 'FI1D9 Pohjois-Pohjanmaa'
    project S30003 '' 'Ohjaamo Kajaani' 'Kajaanin kaupunki' '' Käynnissä "$(day '1 year ago')" "$(day '2 years')" 1000 10 'FI1D8 Kainuu'
    project S30004 '' 'Ohjaamo Jyväskylä II' 'Jyväskylän kaupunki' '' Käynnissä "$(day '10 months ago')" "$(day '2 years')" 1000 10 'FI193 Keski-Suomi'
    project S30005 '' 'Työn muotoilu' 'Lapin yliopisto' '' Käynnissä "$(day '1 year ago')" "$(day '2 years')" 1000 10 'FI1D7 Lappi'
    project S30006 '' 'Metallin taitajat' 'Oulun kaupunki' '' Käynnissä "$(day '1 year ago')" "$(day '2 years')" 1000 10 'FI1D9 Pohjois-Pohjanmaa'
    project S30007 '' 'Ohjaamo Rovaniemi' 'Rovaniemen kaupunki' '' 'Ei aloitettu' "$(day '1 month')" "$(day '2 years')" 1000 0 'FI1D7 Lappi'
} >"$work/$list"
{
    printf 'model_id,name,theme,description,source_projects,evidence\n'
    printf 'muotoilu,Työn muotoilu,uusia_tyomahdollisuuksia,Tehtävä muotoillaan tekijälle,S30005,Loppuraportti\n'
} >"$work/config/projects/models.csv"
{
    printf 'model_id,region_code,organisation,state,since,source\n'
    printf 'muotoilu,MK19,Lapin yliopisto,in_use,2025-01-01,koordinaattori\n'
    printf 'muotoilu,MK13,,rooted,,koordinaattori\n'
} >"$work/config/projects/model_use.csv"

serve --first 2023M11
kohtaanto projects import "$work/$list"
expect_code 0
night
expect_code 0
run=$(published)
check "every row follows from the other tables and what people keep" \
    python3 "$root/tests/pipeline/projects/models.py" "$run" "$work/config/projects"

# By hand: Ohjaamo began in Jyväskylä, which goes on; Oulu and Kajaani took it up, Rovaniemi has not
# begun.
models=$run/csv/models/models.csv
uses=$run/csv/model_use/model_use.csv
check "a model of the portfolio is called by its first project" \
    grep -q '^S30001,Ohjaamo Jyväskylä,[a-z_]*,,S30001,,portfolio,3,0,0,3,' "$models"
check "its first place runs on under another project" \
    grep -q '^S30001,maakunta,MK13,jyväskylän kaupunki,piloted,Jyväskylän kaupunki,.*,S30001|S30004,portfolio,' "$uses"
check "what nobody else took up is no model" bash -c "! grep -q '^S30006' '$models'"
check "what has not begun is no use" bash -c "! grep -q 'S30007' '$uses'"
check "a model that people keep has the uses that they say" \
    grep -q '^muotoilu,Työn muotoilu,uusia_tyomahdollisuuksia,Tehtävä muotoillaan tekijälle,S30005,Loppuraportti,stated,2,1,0,2,' "$models"
check "what people say stands in place of what the list does" \
    grep -q '^muotoilu,maakunta,MK19,lapin yliopisto,in_use,Lapin yliopisto,2025-01-01,koordinaattori,stated,' "$uses"
check "the output is whole" "$program" check-output "$run" --config "$config"

printf 'muotoilu,MK99,,rooted,,koordinaattori\n' >>"$work/config/projects/model_use.csv"
night
expect_code 78
check "a region that is none is told by its row" \
    grep -q 'model_use.csv: row 4, column region_code: "MK99"' "$work/words"
