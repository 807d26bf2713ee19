#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Reports of indicators and of scores come by import and through the folder, like lists; what a newer
# one says otherwise stands beside what was said; what projects owe their cluster is told; and a
# report that cannot be read changes nothing.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
inbox=$work/config/projects/inbox
head='hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'

# Seven projects of 2024, of which the days of all reports have passed: after 31 August 2024 and 28
# February 2025 those of the half years, after 30 September 2025 that of the end.
{
    list_header
    for last in 1 2 3 4 5; do
        project "S3000$last" '' "Kohtaanto $last" "Kunta $last" '' Päättynyt 1.1.2024 31.12.2024 "${last}00" 10 'FI1D7 Lappi'
    done
    project S30006 '' 'Kohtaanto ulkona rinnakkaishanke' 'KEHA-keskus' '' Päättynyt 1.1.2024 31.12.2024 600 10 'FI1D7 Lappi'
    project S30007 '' 'Puutarha' 'Kunta 7' '' Päättynyt 1.1.2024 31.12.2024 700 10 'FI1D7 Lappi'
    project S30008 '' 'Kohtaanto huomenna' 'Kunta 8' '' 'Ei aloitettu' "$(day '1 month')" "$(day '2 years')" 800 10 'FI1D7 Lappi'
} >"$work/$(list_name)"

# half CODE PERIOD ALL JOBLESS LONG INACTIVE EMPLOYED RESULT DAY: the set of a half year.
half() {
    local code=$1 period=$2 day=$9 at=3 indicator
    for indicator in EECO01 EECO02 EECO03 EECO04 EECO05 EECR04; do
        printf '%s;%s;%s;;;%s;%s\n' "$code" "$indicator" "$period" "${!at}" "$day"
        at=$((at + 1))
    done
}

# The second is late once; the third lacks one; the fourth has more results than jobless; of the fifth
# nothing came; the seventh is in no cluster. 30 is above 3 times 8.
report=$work/raportti_2025-10-10.csv
{
    echo "$head"
    half S30001 2024-H1 30 20 10 5 5 9 15.8.2024
    half S30001 2024-H2 60 40 20 10 10 25 28.2.2025
    echo 'S30001;EECR05;END;;;30;30.9.2025'
    echo 'S30001;EECO01;2024-H2;n;;57;28.2.2025'
    echo 'S30001;EECO01;2024-H2;m;;3;28.2.2025'
    half S30002 2024-H1 30 20 10 5 5 9 1.9.2024
    half S30002 2024-H2 60 40 20 10 10 25 28.2.2025
    echo 'S30002;EECR05;END;;;30;30.9.2025'
    half S30003 2024-H1 30 20 10 5 5 9 15.8.2024
    half S30003 2024-H2 60 40 20 10 10 25 28.2.2025
    half S30004 2024-H1 30 20 10 5 5 26 15.8.2024
    echo 'S30004;EECO19;2024-H1;;8;30;15.8.2024'
    half S30007 2024-H1 30 20 10 5 5 9 15.8.2024
} >"$report"

serve --first 2023M11
kohtaanto projects import "$work/$(list_name)"
expect_code 0
kohtaanto projects import "$report"
expect_code 0
check "the header tells the template, and each row is accounted for" grep -q \
    'indicators as of 2025-10-10: 53 rows: of 5 projects, 0 rejected' "$work/results"
check "a result above its base is told with row and column" grep -q \
    'row 47, column toteuma: EECR04 of S30004 in 2024-H1 is 26, expected at most 25, EECO02+EECO04' "$work/results"
check "so is what was realised far above its target" grep -q \
    'row 48, column toteuma: EECO19 of S30004 in 2024-H1 is 30, expected at most 3 times the target of 8' "$work/results"
night
expect_code 0
first=$(published)
values=$first/csv/indicator_values/indicator_values.csv
check "what was reported stands there" grep -qxF \
    'S30001,EECO01,2024-H2,all,realised,2025-10-10,60,true,,2025-02-28,project_inbox,2025-10-10,true,A' "$values"
check "three men are hidden" grep -qF 'S30001,EECO01,2024-H2,m,realised,2025-10-10,,' "$values"
check "and the women who would tell them" grep -qF 'S30001,EECO01,2024-H2,f,realised,2025-10-10,,' "$values"
check "a target stands beside what was done" grep -qF 'S30004,EECO19,2024-H1,all,target,2025-10-10,8,' "$values"

# compliance CODE: what follows the project in its row.
compliance() {
    grep -h "^[0-9-]*,$1," "$(published)/csv/indicator_compliance/indicator_compliance.csv" | cut -d, -f3-
}
check "who reported all in time is complete" test "$(compliance S30001)" = \
    'kohtaanto_2021,13,13,1,0,0,,complete,0,A'
check "a day late is told" test "$(compliance S30002)" = \
    'kohtaanto_2021,13,13,1,0,0,,complete,6,A'
check "who lacks one of thirteen is partial" test "$(compliance S30003 | cut -d, -f1-3,5-)" = \
    'kohtaanto_2021,13,12,1,0,,partial,0,A'
check "what cannot be is named" test "$(compliance S30004 | cut -d, -f1-3,5-)" = \
    'kohtaanto_2021,13,6,7,2,far_above_target|employed_within_jobless,inconsistent,0,A'
check "no report is a finding" test "$(compliance S30005)" = \
    'kohtaanto_2021,13,0,0,13,0,,missing,0,A'
check "a parallel project owes nothing" test "$(compliance S30006)" = ''
check "nor does one of no cluster" test "$(compliance S30007)" = ',0,0,,0,0,,exempt,0,M'
check "nor does one that has not begun" test "$(compliance S30008)" = \
    'kohtaanto_2021,0,0,,0,0,,not_due,0,M'

# reports CODE: indicator, period, last day, state and day of each report that is asked of it.
reports() {
    grep -h "^[0-9-]*,$1," "$first/csv/required_reports/required_reports.csv" | cut -d, -f3,4,6-8
}
check "each missing report stands there with its last day" test "$(reports S30005 | grep -c ',overdue,$')" = 13
check "the half year's two months behind its end" test "$(reports S30005 | grep ^EECR04)" = \
    $'EECR04,2024-H1,2024-08-30,overdue,\nEECR04,2024-H2,2025-02-28,overdue,'
check "late ones with the day they came" test "$(reports S30002 | grep ',late,' | head -n 1)" = \
    'EECO01,2024-H1,2024-08-30,late,2024-09-01'
check "six of them" test "$(reports S30002 | grep -c ',late,')" = 6
check "what came in time too" test "$(reports S30003 | grep -c ',reported,')" = 12
check "what is missing of the end" test "$(reports S30003 | grep ',overdue,')" = 'EECR05,END,2025-09-30,overdue,'
check "who owes nothing has no report" test "$(reports S30006)$(reports S30007)" = ''
check "who has not begun sees what will be due" test "$(reports S30008 | cut -d, -f4 | sort -u)" = not_due

# 2024 has 366 days, its first half 182: 30 of 8 is 3.75, and that by 182/366 is 7.5412087912...
progress=$first/csv/indicator_progress/indicator_progress.csv
check "what is realised is held against the target and the time" grep -qE \
    '^S30004,EECO19,2024-H1,8,A,30,A,3\.75,A,0\.497267759562841[0-9]*,7\.54120879120879[0-9]*,A,A$' "$progress"
check "without a target there is no such figure" grep -qxF 'S30001,EECO01,2024-H2,,O,60,A,,O,1,,O,O' "$progress"
check "the output is whole" "$program" check-output "$first" --config "$config"
check "required reports are no public table" grep -q '"public": false' "$root/config/contract/required_reports.json"
check "compliance is no public table" grep -q '"public": false' "$root/config/contract/indicator_compliance.json"

kohtaanto projects import "$report"
expect_code 0
check "the same report is known" grep -q '^nothing new' "$work/results"
night
expect_code 0
check "and makes no run" test "$(published)" = "$first"

# A newer report says one figure otherwise, through the folder; scores come beside it.
{
    echo "$head"
    echo 'S30001;EECO01;2024-H1;;;50;1.11.2025'
    echo 'S30002;EECO01;2024-H2;;;58;1.11.2025'
} >"$inbox/raportti_2025-11-01.csv"
{
    echo 'hankekoodi;mittari;jakso;vaihe;n;keskiarvo;keskihajonta;pvm'
    echo 'S30001;tyokyky;2024-H1;alku;40;5,5;1,25;15.8.2024'
    echo 'S30001;tyokyky;2024-H1;loppu;4;7;1;15.8.2024'
    echo 'S30001;tyokyky;2024-H2;alku;0;;;'
} >"$inbox/mittarit_2025-11-01.csv"
night
expect_code 0
values=$(published)/csv/indicator_values/indicator_values.csv
check "the newer figure counts" grep -qF 'S30001,EECO01,2024-H1,all,realised,2025-11-01,50,' "$values"
check "and the older one stays" grep -q '^S30001,EECO01,2024-H1,all,realised,2025-10-10,30,.*,false,A$' "$values"
check "where it would tell two persons it is hidden" grep -q \
    '^S30002,EECO01,2024-H2,all,realised,2025-10-10,,.*,false,Q$' "$values"
check "and the newer one is not" grep -q '^S30002,EECO01,2024-H2,all,realised,2025-11-01,58,' "$values"
check "what it does not repeat stands" grep -q '^S30001,EECO01,2024-H2,all,realised,2025-10-10,60,.*,true,A$' "$values"
check "50 are not 20 + 5 + 5" test "$(compliance S30001 | cut -d, -f6-8)" = '1,status_adds_up,inconsistent'
scores=$(published)/csv/indicator_scores/indicator_scores.csv
check "a mean of many is shown" grep -qF \
    'S30001,tyokyky,2024-H1,start,2025-11-01,40,A,5.5,A,1.25,A,2024-08-15,project_inbox,2025-11-01,true,A' "$scores"
check "one of four is not" grep -qF 'S30001,tyokyky,2024-H1,end,2025-11-01,,Q,,Q,,Q,' "$scores"
check "nobody has no mean" grep -qF 'S30001,tyokyky,2024-H2,start,2025-11-01,0,A,,M,,M,' "$scores"
check "the run of before is what it was" sums_verify "$first"
second=$(published)

# One row in a hundred may be wrong: it is told, and the others count.
{
    echo "$head"
    for last in {100..199}; do
        echo "S30$last;EECO01;2024-H1;;;30;"
    done
    echo 'S30200;EECO77;2024-H1;;;30;'
} >"$inbox/suuri_2025-11-02.csv"
night
expect_code 0
check "a row that cannot be read is among the rejects, with line and reason" grep -qF \
    'project_inbox,file:suuri_2025-11-02.csv,2025-11-02,102,S30200,"column indikaattori: ""EECO77"", expected a code of indicators.csv",O' \
    "$(published)/csv/rejects/rejects.csv"
check "the other hundred count" test "$(grep -c '^S301' "$(published)/csv/indicator_values/indicator_values.csv")" -eq 100
third=$(published)

# refused NAME WORDS: an import of the file fails with one line that has the words, and nothing moves.
refused() {
    kohtaanto projects import "$work/$1"
    [ "$code" -ne 0 ] || fail "$1 was imported"
    check "$1: one line" test "$(grep -c . "$work/words")" -eq 1
    check "$1: $2" grep -qF -- "$2" "$work/words"
}
printf '%s\nS1;EECO77;2024;;;5;\n' "$head" >"$work/unknown_2025-12-01.csv"
refused unknown_2025-12-01.csv 'row 2: column indikaattori: "EECO77", expected a code of indicators.csv'
printf '%s\nS1;EECO01;2024;;;5;\nS1;EECO01;2024;kaikki;;6;\n' "$head" >"$work/twice_2025-12-01.csv"
refused twice_2025-12-01.csv 'row 3: row 2 has the same figure of this project'
printf '%s\nS1;EECO01;2024;;;5;31.12.2024\nS1;EECO02;2024;;;1' "$head" >"$work/half_2025-12-01.csv"
refused half_2025-12-01.csv 'row 3'
printf '%s\nS1;EECO01;2024;;;5;31.12.2' "$head" >"$work/cut_2025-12-01.csv"
refused cut_2025-12-01.csv 'row 2: column pvm: "31.12.2", expected a day as 31.12.2026'
printf '%s\nS1;EECO01;2024;;;5;\n' "$head" | iconv -f utf-8 -t utf-16 >"$work/wide_2025-12-01.csv"
refused wide_2025-12-01.csv 'wide_2025-12-01.csv'
printf '%s\nS1;EECO01;2024;;;-5;\n' "$head" >"$work/negative_2025-12-01.csv"
refused negative_2025-12-01.csv 'column toteuma: "-5", expected a count of 0 or more'
printf 'hankekoodi;indikaattori;jakso\n' >"$work/short_2025-12-01.csv"
refused short_2025-12-01.csv 'row 1: no column sukupuoli, expected it'
printf 'hankekoodi;mittari;jakso;vaihe;n;keskiarvo;keskihajonta;pvm\nS1;tyokyky;2024;alku;9;11;1;\n' >"$work/scale_2025-12-01.csv"
refused scale_2025-12-01.csv 'column keskiarvo: "11", expected a mean from 0 to 10'
night
expect_code 0
check "nothing of it was counted" test "$(published)" = "$third"
cp "$work/unknown_2025-12-01.csv" "$inbox/"
night
expect_code 100
check "in the folder it is told, and what was there stands" grep -q \
    'project_inbox: held, the lists before it stand: .*unknown_2025-12-01.csv.*row 2: column indikaattori' "$work/words"
check "no run is made of it" test "$(published)" = "$third"
check "the second run is what it was" sums_verify "$second"

# As of the day of the first run nothing of the newer reports is known.
kohtaanto run --as-of "$(basename "$first" | cut -d_ -f2)" --out "$work/then"
expect_code 0
check "the past is as it was" cmp "$first/csv/indicator_values/indicator_values.csv" \
    "$work/then/csv/indicator_values/indicator_values.csv"

printf '%s\nM99999;EECO01;2024-H1;;;50;\nM99999;EECO02;2024-H1;;;40;\n' "$head" >"$work/stranger_2025-12-02.csv"
kohtaanto projects import "$work/stranger_2025-12-02.csv"
expect_code 0
check "a project that no list has is doubted, once" test "$(grep -c \
    'row 2: column hankekoodi: "M99999" is in no list of projects' "$work/results")" -eq 1
check "and nothing else" test "$(grep -c M99999 "$work/results")" -eq 1
night
expect_code 100 # for the one that was held before
check "the night tells it too" grep -q 'stranger_2025-12-02.csv.*is in no list of projects' \
    "$(published)/csv/checks/checks.csv"
