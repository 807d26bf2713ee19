#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Pages of regions and sheets of projects are made of the published run alone: every number in them
# is a cell of it. They are whole HTML that fetches nothing, in every language; people's notes stand
# where they belong.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

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
S20003,ESR,Paikaton kokeilu,4,Opetus- ja kulttuuriministeriö,Päättynyt,1.1.2015,31.12.2015,Säätiö,300,30,300,30
CSV
sed -i '1s/Paattymispvm/Päättymispvm/; 1s/Myonnetty/Myönnetty/; 1s/yhteensa/yhteensä/g' "$work/hankkeet_2016-11-01.csv"
kohtaanto projects import "$work/hankkeet_2016-11-01.csv"
expect_code 0
# Three projects of 2024 in Lapland with one report each, and one that ends in three months.
{
    list_header
    for last in 1 2 3; do
        project "S3000$last" '' "Kohtaanto $last" "Kunta $last" '' Päättynyt 1.1.2024 31.12.2024 "${last}00" 10 'FI1D7 Lappi'
    done
    project S30004 '' 'Kohtaanto nyt' 'Kunta 4' '' Toiminnassa "$(day '6 months ago')" "$(day '3 months')" 400 10 'FI1D7 Lappi'
} >"$work/$(list_name)"
kohtaanto projects import "$work/$(list_name)"
expect_code 0
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    for last in 1 2 3; do
        for figure in EECO02=20 EECO03=10 EECO04=5 EECO05=5 EECR04=9; do
            echo "S3000$last;${figure%=*};2024-H1;;;${figure#*=};$last.9.2024"
        done
        echo "S3000$last;EECO01;2024-H1;;120;30;$last.9.2024"
    done
} >"$work/raportti_2025-10-10.csv"
kohtaanto projects import "$work/raportti_2025-10-10.csv"
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
            looked "$work/pages/${region}_$language.html" "$csv" "$language" "$region" SSS maakunta \
            kohtaanto_2021
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

# 9 of 25 is 36 percent in each of the three, and so in the whole.
check "a cluster of the region has its rate" grep -q '<td class="n">36,0.%</td>' "$page"
check "and says that it is homogeneous" grep -q '<td>kyllä</td>' "$page"
check "a project that ends soon is told" test \
    "$(grep -A 3 '<th scope="row">Kohtaanto nyt</th>' "$page" | grep -c 'päättyy puolen vuoden kuluessa')" = 1
check "a needs' class has how sure it is" grep -q '<td>\(varma\|hauras\)</td>' "$page"
check "pairs of an internal table are on no page" test "$(grep -c 'shared_terms\|Yhteiset sanat' "$page")" = 0
check "which it says" grep -q 'Lista samankaltaisista hankkeista on sisäinen' "$page"
check "an area without projects says so" grep -q 'Yhtään hanketta ei ole sijoitettu alueelle' "$work/pages/CA3_fi.html"

# 30 of 120 is a quarter; 182 of the 366 days of 2024 have gone; due by 30 August and 28 February.
for language in 'fi' sv en; do
    kohtaanto snapshot --project S30001 --lang "$language" --csv --out "$work/pages"
    expect_code 0
    check "a project's sheet in $language says what is published" looked \
        "$work/pages/S30001_$language.html" "$csv" "$language" S30001 MK19 kohtaanto_2021
done
sheet=$work/pages/S30001_fi.html
check "what is realised stands beside the target and the time that has gone" test \
    "$(grep -A 4 '<td>2024-H1</td>' "$sheet" | grep -c '<td class="n">\(120\|30\|0,25\|49,7.%\)</td>')" -ge 4
check "each missing report has its day" test "$(grep -A 1 '<td>28.2.2025</td>' "$sheet" | grep -c '<td>puuttuu</td>')" = 6
check "and each late one" test "$(grep -A 1 '<td>30.8.2024</td>' "$sheet" | grep -c '<td>myöhässä tullut</td>')" = 6
check "the rows of the page are those of the run" test -z \
    "$(sort "$work/pages/S30001.required_reports.csv" | comm -23 - <(sort "$csv/required_reports/required_reports.csv"))"
check "none is forgotten" test "$(wc -l <"$work/pages/S30001.required_reports.csv")" = 14
kohtaanto snapshot --project S20003 --out "$work/pages"
expect_code 0
check "a project of no place says so" grep -q 'Alueen lukuja ei ole' "$work/pages/S20003_fi.html"
check "and one without reports" grep -q 'Hankkeesta ei ole indikaattoriraporttia' "$work/pages/S20003_fi.html"

kohtaanto snapshot --region MK19 --period 2023M10 --out "$work/pages"
expect_code 0
check "an earlier month has its own page" grep -q 'Sivun kuukausi on lokakuu 2023' "$work/pages/MK19_2023M10_fi.html"
unemployed=$(grep '^maakunta,MK19,unemployed,2023M10,' "$csv/changes/changes.csv" | cut -d, -f6)
check "with its figures" grep -q "<b>$(python3 -c "print(f'{int($unemployed):,}'.replace(',', '\u00a0'))")" "$work/pages/MK19_2023M10_fi.html"
kohtaanto snapshot --region MK19 --period 2019M01
expect_code 65
check "a month that is not published is told with those that are" \
    grep -q -- '--period: 2019M01 is not published with its changes; the first is 2022M11, the last 20' "$work/words"
kohtaanto snapshot --region MK19 --period lokakuu
expect_code 64

kohtaanto snapshot --region MK19,MK18,SSS,TA08 --csv --out "$work/pages"
expect_code 0
check "regions stand side by side as they are published" \
    looked "$work/pages/MK19,MK18,SSS,TA08_fi.html" "$csv" 'fi' MK19 MK18 SSS TA08
check "each with its line" test "$(grep -o 'class="line ' "$work/pages/MK19,MK18,SSS,TA08_fi.html" |
    wc -l)" -eq 4
# Of the maakunnat at the end of the newest month, those whose unemployed are the nearest to Lapland's.
check "regions of a similar size stand beside them" diff \
    <(sed -n '/<section id="peers"/,/<.section>/s/.*<tr><th scope="row">\([^<]*\).*/\1/p' \
        "$work/pages/MK19,MK18,SSS,TA08_fi.html" | head -n 5) \
    <(python3 "$root/tests/pipeline/pages/peers.py" "$csv" maakunta MK19)
check "and their rows beside it" test "$(awk -F, '$3 == "tightness" { print $2 }' \
    "$work/pages/MK19,MK18,SSS,TA08.changes.csv" | sort -u | tr '\n' ' ')" = "MK18 MK19 SSS TA08 "
kohtaanto snapshot --region MK01,MK02,MK04,MK05,MK06,MK07
expect_code 64
check "six are too many" grep -q -- '--region: expected 2 to 5 regions' "$work/words"
kohtaanto snapshot --region MK19,MK99
expect_code 65

for chart in tightness unemployed vacancies curve beside map; do
    kohtaanto snapshot --region MK19 --chart "$chart" --out "$work/pictures"
    expect_code 0
done
check "a chart alone draws its rows" python3 "$root/tests/pipeline/pages/picture.py" \
    "$work/pictures/MK19_tightness_fi.svg" "$work/pictures/MK19_tightness.changes.csv" value MK19
check "which are the run's" test -z \
    "$(sort "$work/pictures/MK19_tightness.changes.csv" | comm -23 - <(sort "$csv/changes/changes.csv"))"
check "each chart has rows" test "$(find "$work/pictures" -name '*.csv' -size +200c | wc -l)" -ge 6
kohtaanto snapshot --region MK19 --chart kaavio
expect_code 65
check "a chart that the page lacks is told with those it has" \
    grep -q -- '--chart: the page has no chart "kaavio"; it has tightness, ' "$work/words"

kohtaanto snapshot --region MK99
expect_code 65
check "an unknown region is told with the nearest" \
    grep -q 'no region "MK99"; the nearest: MK09 (Etelä-Karjala), MK19 (Lappi)' "$work/words"
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
