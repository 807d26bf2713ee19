#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What people of a region count themselves is published as a table of its own and stands on the page
# of that region, marked as own. Every other published table is the same, byte for byte, with it and
# without it. A file with a mistake is held with one line; the others stand, and the night goes on.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
sed -i 's/^  "modelled"/  "pages": "..\/..\/config\/pages.json",\n  "own": "..\/..\/config\/own",\n&/' "$config"
own=$work/config/own
rm -rf "$own"
sed -i 's/"fi_months": 2/"fi_months": 24, "workbooks": false/' "$config"
serve --first 2023M10
night
expect_code 0
without=$(published)
check "a folder that is not there is nothing" test "$(wc -l <"$without/csv/own_counts/own_counts.csv")" = 1
check "and no mistake" "$program" check-config --config "$config"

# As a Finnish spreadsheet saves it, and as a program does.
mkdir "$own"
printf 'region_code;period;name;value;unit;source\r\nMK19;2023M11;Yrityskäynnit;41,5;kpl;"Lapin <omat>, ""työ"""\r\nMK19;2023M12;=1+1;42;kpl;Lapin omat\r\n;;;;;\r\n' |
    iconv -f utf-8 -t windows-1252 >"$own/lappi.csv"
{
    printf 'region_code,period,name,value,unit,source\nSSS,2023,Puheluja,1234567,,Puhelinpalvelu\n'
    for day in $(seq 1 25); do
        printf 'EVK10,2023M12,Mittari %02d,-%d.25,%%,me\n' "$day" "$day"
    done
} >"$own/muut.csv"
echo 'Ohje' >"$own/README.md"
night
expect_code 0
run=$(published)
check "own counts make another run" test "$run" != "$without"
check "the output is whole" "$program" check-output "$run" --config "$config"
check "each row is published as it stands, and marked as own" diff - <(grep -v EVK10 "$run/csv/own_counts/own_counts.csv") <<'CSV'
time_period,period_start,region_level,region_code,name,value,unit,source,origin,obs_status
2023M11,2023-11-01,maakunta,MK19,Yrityskäynnit,41.5,kpl,"Lapin <omat>, ""työ""",own,A
2023M12,2023-12-01,maakunta,MK19,=1+1,42,kpl,Lapin omat,own,A
Y2023,2023-01-01,country,SSS,Puheluja,1234567,,Puhelinpalvelu,own,A
CSV
check "a formula is harmless in Finnish Excel" grep -q ";'=1+1;42;" "$run/csv-fi/own_counts/own_counts.csv"
same_csv() {
    diff -r --exclude own_counts "$1/csv" "$2/csv" && diff -r --exclude own_counts "$1/csv-fi" "$2/csv-fi" &&
        diff -r "$1/qgis" "$2/qgis"
}
check "every other table is the same with and without" same_csv "$without" "$run"
check "which are many" test "$(find "$run/csv" -name '*.csv' ! -name own_counts.csv | wc -l)" -ge 40

# A page: numbers are cells, texts are escaped, the newest stands first, at most twenty of 25 rows.
section() { sed -n '/<section id="own"/,/<.section>/p' "$run/html/$1/$2.html"; }
for language in 'fi' sv en; do
    for region in MK19 EVK10 SSS; do
        check "$region in $language says what is published" python3 "$root/tests/pipeline/pages/page.py" \
            "$run/html/$language/$region.html" "$run/csv" "$language" "$region" SSS maakunta
    done
done
check "it says that they are no official statistics" test \
    "$(section 'fi' MK19 | grep -c 'eivät ole virallista tilastoa')$(section sv MK19 | grep -c 'ingen officiell statistik')$(section en MK19 | grep -c 'no official statistics')" = 111
check "the newest period stands first" test \
    "$(section 'fi' MK19 | grep -o 'joulukuu 2023\|marraskuu 2023' | tr '\n' ' ')" = "joulukuu 2023 marraskuu 2023 "
check "with the figures of the file" test "$(section 'fi' MK19 | grep -o '<td class="n">[^<]*' | tr '\n' ' ')" = \
    '<td class="n">42 <td class="n">41,50 '
check "a text is no markup" grep -q 'Lapin &lt;omat&gt;, &quot;työ&quot;' <(section 'fi' MK19)
check "of many rows twenty are shown" test "$(section 'fi' EVK10 | grep -c '<th scope="row">Mittari')" = 20
check "which it says" grep -q 'Näytetään 20 riviä, kaikkiaan 25; loput ovat tiedostossa own_counts' <(section 'fi' EVK10)
check "another region's page has no such section" test -z "$(section 'fi' MK18)"
check "and is the same but for the run's name" diff \
    <(sed 's/[0-9a-f]\{16\}//g' "$without/html/fi/MK18.html") <(sed 's/[0-9a-f]\{16\}//g' "$run/html/fi/MK18.html")
kohtaanto why own_counts region_code=MK19 time_period=2023M12
expect_code 0
check "why says that no reply is behind it" grep -q 'no official statistics' "$work/results"
night
expect_code 0
check "the same files again are nothing new" test "$(published)" = "$run"

# Mistakes: one line each, the file is held, the others stand.
ln -s lappi.csv "$own/linkki.csv"
mkfifo "$own/putki.csv"
mkdir "$own/2024"
printf 'xx' >"$own/luvut.ods"
printf 'region_code,period,name,value,unit,source\nMK18,2023M12,a,1,kpl,me\nMK18,2023M12,b,kaksi,kpl,me\n' >"$own/väärä.csv"
printf 'region_code,period,name,value,unit,source\nMK19,2023M11,Yrityskäynnit,1,kpl,me\n' >"$own/x_toinen.csv"
night
expect_code 100
held() { check "$1 is held with one line" grep -qF "own counts: held, the other files stand: $2" "$work/words"; }
held "a link" 'linkki.csv: a link, expected the file itself'
held "a pipe" 'putki.csv: no file, expected one'
held "a folder" '2024: expected a CSV, whose name ends with .csv'
held "a workbook" 'luvut.ods: expected a CSV, whose name ends with .csv'
held "a wrong value" 'väärä.csv: row 3, column value: "kaksi", expected a number such as 12 or 12.5'
held "what another file says" 'x_toinen.csv: row 2, column name: "Yrityskäynnit", expected each region, period and name once, and lappi.csv row 2 has these'
check "each in one line" test "$(grep -c 'own counts: held' "$work/words")" = 6
held=$(published)
check "a held file makes another run, which says so" test "$held" != "$run"
check "the others stand" cmp "$run/csv/own_counts/own_counts.csv" "$held/csv/own_counts/own_counts.csv"
check "checks tell it to all, without what the file has" grep -qx \
    'own_counts_read,väärä.csv,hold,failed,,,0,"row 3, column value: expected a number such as 12 or 12.5",A' \
    "$held/csv/checks/checks.csv"
check "no other table changes" diff -r --exclude checks "$run/csv" "$held/csv"
night
expect_code 100
check "it is told until it is mended" grep -q 'nothing new: .* held' "$work/words"
code=0
"$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
expect_code 78
check "check-config tells it before the night" grep -q 'own: väärä.csv: row 3, column value: "kaksi"' "$work/words"

rm -r "$own/linkki.csv" "$own/putki.csv" "$own/2024" "$own/luvut.ods" "$own/väärä.csv" "$own/x_toinen.csv"
night
expect_code 0
check "what is taken away is forgiven" test "$(published)" = "$run"
rm -r "$own"
night
expect_code 0
check "and without the folder the first run is there again" test "$(published)" = "$without"
