#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lists of funded projects come by import and through the folder; what each of them said stays, what
# a newer one says otherwise stands beside it, and a list that cannot be read changes nothing.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
sed -i 's/^  "modelled"/  "projects": "..\/..\/config\/projects\/projects.json",\n&/' "$config"
inbox=$work/config/projects/inbox
mkdir -p "$inbox"

# The list of 2014-2020: no quotes, commas inside names, Latin-1. list DAY ROW...
list() {
    local day=$1
    shift
    {
        printf '%s' 'Koodi,Rahasto,Hankkeen nimi,Tl,Viranomainen,Tila,Aloituspvm,Päättymispvm,'
        printf '%s' 'Toteuttajan nimi,Myönnetty EU- ja valtion rahoitus,'
        printf '%s' 'Toteutunut EU- ja valtion rahoitus,Suunniteltu julkinen rahoitus yhteensä,'
        printf '%s\n' 'Toteutunut julkinen rahoitus yhteensä'
        printf '%s\n' "$@"
    } | iconv -f utf-8 -t iso-8859-1 >"$work/hankkeet_$day.csv"
}

one='S20001,ESR,Nuoret, työ ja taidot,3,Hämeen elinkeino-, liikenne- ja ympäristökeskus,Toiminnassa,1.9.2014,31.12.2016,Lahden ammattikorkeakoulu Oy,100.50,10,120,12'
later='S20001,ESR,Nuoret, työ ja taidot,3,Hämeen elinkeino-, liikenne- ja ympäristökeskus,Toiminnassa,1.9.2014,31.3.2017,Lahden ammattikorkeakoulu Oy,100.50,50,120,60'
two='S20002,ESR,Kohtaamispaikka,4,Lapin elinkeino-, liikenne- ja ympäristökeskus,Toiminnassa,1.1.2015,31.12.2016,Rovaniemen kaupunki,200,20,200,20'
table() {
    printf '%s/csv/projects/projects.csv' "$(published)"
}

# row CODE DAY COLUMN...: those cells of a row of the table.
row() {
    python3 - "$(table)" "$@" <<'EOF'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if [row["project_code"], row["snapshot_date"]] == sys.argv[2:4]:
            print("|".join(row[name] for name in sys.argv[4:]))
EOF
}

serve --first 2023M11
list 2016-11-01 "$one" "$two"
kohtaanto projects import "$work/hankkeet_2016-11-01.csv"
expect_code 0
check "the import accounts for every row" grep -q \
    'eura2014 as of 2016-11-01: 2 rows: 2 projects, 0 joined, 0 of other funds, 0 rejected' "$work/results"
check "and for the money" grep -q 'granted_eu_state_eur: 300.50' "$work/results"
night
expect_code 0
first=$(published)
check "a name has its commas back" test \
    "$(row S20001 2016-11-01 name funding_authority granted_eu_state_eur end_date changed current)" = \
    "Nuoret, työ ja taidot|Hämeen elinkeino-, liikenne- ja ympäristökeskus|100.5|2016-12-31|new|true"
check "the sums of the run hold" sums_verify "$first"
check "each project has a relation" test "$(row S20001 2016-11-01 relation parent_code)" = "main|"
check "where nobody says a place the authority does, and the row says so" grep -q \
    '^S20002,[a-z]*,[A-Z0-9_]*,implementation,1,authority,2016-11-01,E$' \
    "$first/csv/project_regions/project_regions.csv"

kohtaanto projects import "$work/hankkeet_2016-11-01.csv"
expect_code 0
check "the common indicators stand there in both periods" test \
    "$(grep -c '^EEC[OR][0-9]*,2021-2027,\|^C[OR][0-9]*,2014-2020,' "$first/csv/indicators/indicators.csv")" -eq 57
check "the same list is known" grep -q '^nothing new' "$work/results"
night
expect_code 0
check "and makes no run" test "$(published)" = "$first"

list 2017-05-01 "$later"
cp "$work/hankkeet_2017-05-01.csv" "$inbox/"
night
expect_code 0
check "a newer list from the folder makes a run" test "$(published)" != "$first"
check "it says what changed" test "$(row S20001 2017-05-01 changed current last_snapshot_date)" = \
    "realised_eu_state_eur|realised_public_eur|end_date|true|2017-05-01"
check "and keeps what was said before" test "$(row S20001 2016-11-01 end_date current)" = \
    "2016-12-31|false"
check "a project that it lacks stands as of the older one" test \
    "$(row S20002 2016-11-01 current last_snapshot_date)" = "false|2016-11-01"
second=$(published)

# What cannot be read is told, and the lists before it stand.
list 2018-01-01 'S20003,ESR,Rikki,4'
cp "$work/hankkeet_2018-01-01.csv" "$inbox/"
night
expect_code 100
check "one line says which list and which row" grep -q \
    'project_inbox: held, the lists before it stand: .*hankkeet_2018-01-01.csv.*row 2' "$work/words"
check "no run is made of it" test "$(published)" = "$second"
check "the portfolio stands" cmp "$second/csv/projects/projects.csv" "$(table)"
list 2019-01-01 "$later" "$two"
cp "$work/hankkeet_2019-01-01.csv" "$inbox/"
night
expect_code 100
check "the next run has it among the rejects" grep -q \
    '^project_inbox,file:hankkeet_2018-01-01.csv,2018-01-01,0,' "$(published)/csv/rejects/rejects.csv"
check "and in checks" grep -q '^list_read,project_inbox file:hankkeet_2018-01-01.csv 2018-01-01 [0-9a-f]*,hold,failed' \
    "$(published)/csv/checks/checks.csv"
check "what was away has returned" test "$(row S20002 2019-01-01 changed)" = returned
check "no euro is lost between the list and its places" python3 - "$(published)/csv" <<'EOF'
import csv, sys
def table(name):
    with open(f"{sys.argv[1]}/{name}/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
granted = {row["project_code"]: float(row["granted_eu_state_eur"])
           for row in table("projects") if row["current"] == "true"}
placed = sum(float(row["weight"]) * granted[row["project_code"]]
             for row in table("project_regions") if row["role"] == "implementation")
assert sum(granted.values()) == 300.5 and abs(placed - 300.5) < 1e-9, (granted, placed)
EOF
check "the output is whole" "$program" check-output "$(published)" --config "$config"
regions=$(published)/csv/dim_region/dim_region.csv
check "areas that are no unit of a level have a row" grep -qF \
    'OWN_ITA,own,,Itä-Suomen suuralue (2007-2013),' "$regions"
check "so has the whole country, as the area of a project" grep -qF 'SSS,national,,Koko maa,' "$regions"
check "beside the regions of a level" grep -qF 'SSS,maakunta,,Koko maa,' "$regions"
check "and what nobody placed" grep -q '^_X,unknown,,' "$regions"
# By hand: 6 themes, 11 target groups, 15 sections, 2 approaches and both; unknown and _T of each.
topics=$(published)/csv/dim_theme/dim_theme.csv
check "every topic has a row" test "$(tail -n +2 "$topics" | wc -l)" -eq $((6 + 11 + 15 + 3 + 4 * 2))
check "it has three names" grep -qxF 'target_group,ltu,Pitkäaikaistyöttömät,Långtidsarbetslösa,Long-term unemployed,A' "$topics"
check "those of a sector are the classification's" grep -qxF 'sector_tol2008,TOL-P,Koulutus,Utbildning,Education,A' "$topics"
check "what nothing says has a name too" grep -qxF 'approach,unknown,Ei tiedossa,Okänt,Unknown,A' "$topics"
kohtaanto projects import "$work/hankkeet_2018-01-01.csv"
expect_code 65
# A list of a day to come would hide every later one.
list 2062-09-01 "$later" "$two"
kohtaanto projects import "$work/hankkeet_2062-09-01.csv" --accept
expect_code 65
to_come="a list of 2062-09-01, expected at most the day it came, 20[0-9-]*\$"
check "one line says the day and what was expected" grep -q "hankkeet_2062-09-01.csv: $to_come" "$work/words"
cp "$work/hankkeet_2062-09-01.csv" "$inbox/"
list 2018-02-01 'S20004,ESR,Työpajat mäellä,4,Lapin elinkeino-, liikenne- ja ympäristökeskus,Toiminnassa,1.1.2015,31.12.2016,Kunta,1,0,1,0'
iconv -f iso-8859-1 -t cp850 "$work/hankkeet_2018-02-01.csv" >"$work/dos_2018-02-01.csv"
kohtaanto projects import "$work/dos_2018-02-01.csv"
expect_code 65
# By hand: Myönnetty, Työpajat, mäellä (not at its end), ympäristökeskus twice.
check "letters of another time are told with their row, and with what was expected" grep -q \
    'row 1, column 10 (byte 93 of the row): "My”nnetty" has a letter of code page 850 (wrong letters: 5, right ones: 0), expected utf-8, windows-1252 or iso-8859-1' \
    "$work/words"
kohtaanto projects import "$work/hankkeet_2016-11-01.csv" --format eura2099
expect_code 64
check "formats are named" grep -q 'no format "eura2099"; there are .*eura2014' "$work/words"
cp "$work/hankkeet_2016-11-01.csv" "$work/undated.csv"
kohtaanto projects import "$work/undated.csv"
expect_code 64
check "a day is asked for" grep -q 'say --snapshot-date' "$work/words"
kohtaanto projects import "$work/absent.csv" --snapshot-date 2020-01-01
[ "$code" -ne 0 ] || fail "an absent file was imported"
kohtaanto projects import "$work/undated.csv" --snapshot-date 2016-13-01
expect_code 64

# Places that nobody knows are told, and what stands in for them is named; "Koko maa" is a place.
{
    list_header
    project S30001 '' 'Kohtaanto yksi' 'Kunta 1' '' Käynnissä 1.1.2024 31.12.2026 100 10 'FI1XX'
    project S30002 '' 'Kohtaanto kaksi' 'Kunta 2' '' Käynnissä 1.1.2024 31.12.2026 200 20 'Koko maa'
    project S30003 '' 'Kohtaanto kolme' 'Kunta 3' '' Käynnissä 1.1.2024 31.12.2026 300,01 30 'FIZZZ'
    project S30004 '' 'Kohtaanto neljä' 'Kunta 4' '' Käynnissä 1.1.2024 31.12.2026 400 40 'FI198 Keski-Suomi'
} >"$work/hankkeet_2025-01-01.csv"
kohtaanto projects import "$work/hankkeet_2025-01-01.csv"
expect_code 0
night
expect_code 100 # for the one that was held before
check "so does the night" grep -q "left out until it is saved under the day of which it speaks: .*hankkeet_2062-09-01.csv: $to_come" "$work/words"
check "and nothing of it is believed" bash -c "! grep -q '2062-09-01' '$(table)'"
places=$(published)/csv/project_regions/project_regions.csv
checks=$(published)/csv/checks/checks.csv
check "an unknown code is told, and how often" grep -qxF \
    'locations_known,eura2021,note,warn,2,0,2,"row 2 of 2025-01-01, row 4 of 2025-01-01",A' "$checks"
check "such a project, of an authority that no table has, is nowhere, and says so" test \
    "$(grep -c '^S3000[13],unknown,_X,implementation,1,none,2025-01-01,E$' "$places")" -eq 2
check "the whole country is one place" grep -qxF \
    'S30002,national,SSS,implementation,1,location_code,2025-01-01,A' "$places"
# By hand: 400 in Keski-Suomi, 200 of the whole country, 100 and 300.01 nowhere; with the list of
# 2016 another 300.50.
check "every cent of a period is somewhere" grep -qxF \
    'money_conserved,maakunta 2021-2027 granted_eu_state_eur,hold,passed,0,0,0,"listed 1000.01: located 400.00, national 200.00, shared 0.00, unlocated 400.01",A' \
    "$checks"
check "the periods together are all of it" grep -q \
    '^money_conserved,maakunta all periods granted_eu_state_eur,hold,passed,0,0,0,"listed 1300.51: ' "$checks"

# As of the day of the first run nothing of the newer list is known.
kohtaanto run --as-of "$(basename "$first" | cut -d_ -f2)" --out "$work/then"
expect_code 0
check "the past is as it was" cmp "$first/csv/projects/projects.csv" "$work/then/csv/projects/projects.csv"
