#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Pages of regions and sheets of projects are made of the published run alone: every number in them
# is a cell of it. They are whole HTML that fetches nothing, in every language; people's notes stand
# where they belong.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
sed -i 's/^  "modelled"/  "pages": "..\/..\/config\/pages.json",\n  "notes": "..\/..\/config\/notes.csv",\n&/' "$config"
sed -i 's/^  "modelled"/  "projects": "..\/..\/config\/projects\/projects.json",\n&/' "$config"
cat >"$work/config/notes.csv" <<'CSV'
region_code,period,text
ELY15,2023M11,Piirin asia
MK19,2023M11,"Kaivos <aloitti>, sata uutta työtä"
MK01,2023M11,Toisen alueen asia
CSV
cat >"$work/hankkeet_2016-11-01.csv" <<'CSV'
Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Paattymispvm,Toteuttajan nimi,Myonnetty EU- ja valtion rahoitus,Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensa,Toteutunut julkinen rahoitus yhteensa
S20001,ESR,Sorvareiden kohtaamispaikka,3,Lapin elinkeino-liikenne- ja ympäristökeskus,Toiminnassa,1.9.2014,31.12.2016,Kemin kaupunki,1100.50,10,1120,12
S20002,ESR,Sorvareiden kohtaamispaikka <2>,4,Lapin elinkeino-liikenne- ja ympäristökeskus,Toiminnassa,1.1.2015,31.12.2016,Rovaniemen kaupunki,200,20,200,20
CSV
sed -i '1s/Paattymispvm/Päättymispvm/; 1s/Myonnetty/Myönnetty/; 1s/yhteensa/yhteensä/g' "$work/hankkeet_2016-11-01.csv"
kohtaanto projects import "$work/hankkeet_2016-11-01.csv"
expect_code 0
serve --first 2022M11
night
expect_code 0
csv=$(published)/csv
looked() { python3 "$root/tests/pipeline/pages/page.py" "$@"; }

for language in 'fi' sv en; do
    for region in SSS MK19 EVK10 CA3; do
        kohtaanto snapshot --region "$region" --lang "$language" --out "$work/pages"
        expect_code 0
        check "the page is where it says" test -s "$(cat "$work/results")"
        check "$region in $language says what is published" \
            looked "$work/pages/${region}_$language.html" "$csv" "$language" "$region" SSS
    done
done
page=$work/pages/MK19_fi.html
check "a note stands on the page of its region" \
    grep -q 'marraskuu 2023: Kaivos &lt;aloitti&gt;, sata uutta työtä' "$page"
check "and no other does" test "$(grep -c 'Toisen alueen' "$page")" = 0
check "a page says that its figures are modelled" grep -q 'role="status">Luvut on mallinnettu' "$page"
kohtaanto snapshot --region MK19 --out "$work/again"
check "the first language is that of whoever names none" cmp "$page" "$work/again/MK19_fi.html"

kohtaanto snapshot --project S20002 --out "$work/pages"
expect_code 0
sheet=$work/pages/S20002_fi.html
check "the sheet of a project says what is published" looked "$sheet" "$csv" 'fi' S20002 ELY15 KU698
check "and what it is called" grep -q '<h1>Sorvareiden kohtaamispaikka &lt;2&gt;</h1>' "$sheet"
check "and where it works, by what" grep -q '<th scope="row">Rovaniemi</th>' "$sheet"
check "with the note of that region" grep -q "Piirin asia" "$sheet"

kohtaanto snapshot --region MK99
expect_code 65
check "an unknown region is told" grep -q 'no region "MK99"' "$work/words"
kohtaanto snapshot --project S1
expect_code 65
check "so is an unknown project" grep -q 'project S1: no list of the published run has it' "$work/words"
kohtaanto snapshot
expect_code 64
kohtaanto snapshot --region MK19 --project S1
expect_code 64
kohtaanto snapshot --region MK19 --lang de
expect_code 64
check "an unknown language is told with those there are" \
    grep -q -- '--lang: expected one of fi, sv, en, found "de"' "$work/words"

printf 'region_code,period,text\nMK19,marraskuu,x\n' >"$work/config/notes.csv"
code=0
"$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
expect_code 78
check "a note of no period is told" \
    grep -q 'notes.csv: row 2, column period: expected a period such as 2026M06, found "marraskuu"' "$work/words"
