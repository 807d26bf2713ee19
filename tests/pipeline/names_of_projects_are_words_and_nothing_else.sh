#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a list calls its projects is anybody's text: markup, formulas, quotes, marks of direction, ten
# thousand letters. It is published as words; pages stay whole, csv-fi/ and workbooks run nothing.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
with_projects
sed -i 's/^  "modelled"/  "pages": "..\/..\/config\/pages.json",\n&/' "$config"
long=$(python3 -c 'print("Ä" * 10000)')
{
    list_header
    project S30001 '' '"=cmd|'"' /C calc'"'!A0 <script>alert(""x"")</script> & ]]>"' 'Rovaniemen <b>Oy</b>' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D7 Lappi'
    project S30002 '' $'\u202eToinen\u2069 e\u0301hanke\u2028rivi' $'+Kemin\u200f kaupunki' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D7 Lappi'
    project S30003 '' "$long" 'Kunta' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D7 Lappi'
} >"$work/hankkeet_2026-01-01.csv"
kohtaanto projects import "$work/hankkeet_2026-01-01.csv"
expect_code 0
serve --first 2023M10
night
expect_code 0
run=$(published)

check "the output is whole, workbooks too" "$program" check-output "$run" --config "$config"
check "names are published as words" python3 - "$run/csv/projects/projects.csv" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = {row["project_code"]: row for row in csv.DictReader(file)}
assert rows["S30001"]["name"] == "=cmd|' /C calc'!A0 <script>alert(\"x\")</script> & ]]>", rows["S30001"]
assert rows["S30002"]["name"] == "Toinen e\u0301hanke rivi", ascii(rows["S30002"]["name"])
assert rows["S30002"]["beneficiary"] == "+Kemin kaupunki", ascii(rows["S30002"]["beneficiary"])
assert rows["S30003"]["name"] == "Ä" * 10000
PY
check "no mark of direction is left in what is published" bash -c \
    '! grep -rlP "\xe2\x80[\x8e\x8f\xa8-\xae]|\xe2\x81[\xa6-\xa9]" --binary-files=text "$1"/csv "$1"/csv-fi "$1"/html "$1"/meta "$1"/datapackage.json' _ "$run"
check "a formula is none in Finnish Excel" test "$(grep -c "'=cmd" "$run/csv-fi/projects/projects.csv")$(grep -c "'+Kemin" "$run/csv-fi/projects/projects.csv")" = 11
for subject in S30001 S30002 S30003; do
    for language in 'fi' sv en; do
        kohtaanto snapshot --project "$subject" --lang "$language" --out "$work/pages"
        expect_code 0
        check "the sheet of $subject in $language is whole" python3 "$root/tests/pipeline/pages/page.py" \
            "$work/pages/${subject}_$language.html" "$run/csv" "$language" "$subject" MK19
    done
done
check "markup is a word" grep -q '<h1>=cmd|.* &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; \]\]&gt;</h1>' "$work/pages/S30001_fi.html"
check "the page of their region is whole" python3 "$root/tests/pipeline/pages/page.py" \
    "$run/html/fi/MK19.html" "$run/csv" 'fi' MK19 SSS maakunta kohtaanto_2021
check "and has them all" test "$(grep -c '<th scope="row">=cmd|\|<th scope="row">Toinen e\|<th scope="row">ÄÄÄÄ' "$run/html/fi/MK19.html")" -ge 3
check "files are called by codes" test -z "$(find "$run" -name '*cmd*' -o -name '*Toinen*')"
