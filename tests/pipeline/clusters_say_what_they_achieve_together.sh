#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What the projects of a cluster achieve, each and all together: a rate of the whole only where they
# are alike, never a sum over periods, no contradictory report, no price of money and counts of
# other days, and no sum that would tell a small count.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
list=hankkeet_2025-01-31.csv

# one CODE NAME BENEFICIARY REALISED
one() {
    project "$1" '' "$2" "$3" '' Käynnissä 1.1.2024 31.12.2027 9000 "$4" 'FI1D7 Lappi'
}
list_of() {
    list_header
    one S30001 'Työvoimapula metallissa' 'Oulun yliopisto' "$1"
    one S30002 'Metallissa työvoimapula' 'Lapin yliopisto' 800
    one S30003 'Työvoimapula puualalla' 'Vaasan yliopisto' 1260
    one S30004 'Työvoimapula kaupassa' 'Turun yliopisto' 700
    one S30011 'Työhönvalmennus toimistossa' 'Oulun kaupunki' 5000
    one S30012 'Työhönvalmennus keittiössä' 'Vaasan kaupunki' 2500
    one S30013 'Työhönvalmennus pajassa' 'Turun kaupunki' 4500
}
list_of 1600 >"$work/$list"

# set CODE PERIOD ALL JOBLESS LONG INACTIVE EMPLOYED RESULT
set_of() {
    local code=$1 period=$2 at=3 indicator
    for indicator in EECO01 EECO02 EECO03 EECO04 EECO05 EECR04; do
        printf '%s;%s;%s;;;%s;1.3.2026\n' "$code" "$indicator" "$period" "${!at}"
        at=$((at + 1))
    done
}
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    set_of S30001 2024-H1 100 50 25 30 20 20
    set_of S30001 2024-H2 200 100 50 60 40 56
    set_of S30002 2024-H2 100 60 20 40 0 30
    set_of S30003 2024-H2 120 50 10 50 20 40
    echo 'S30004;EECO01;2024-H2;;100;80;1.3.2026'
    echo 'S30001;EECO01;2025-H1;;400;;1.3.2026'
    set_of S30011 2024-H2 100 60 20 40 0 10
    set_of S30012 2024-H2 100 60 20 40 0 50
    set_of S30013 2024-H2 100 60 20 40 0 90
} >"$work/raportti_2026-03-01.csv"
{
    echo 'hankekoodi;mittari;jakso;vaihe;n;keskiarvo;keskihajonta;pvm'
    echo 'S30011;tyokyky;2024-H1;alku;30;5;2;1.3.2026'
    echo 'S30011;tyokyky;2024-H2;loppu;25;6;2;1.3.2026'
    echo 'S30012;tyokyky;2024-H1;alku;40;5,5;2;1.3.2026'
    echo 'S30012;tyokyky;2024-H2;loppu;36;6,4;1,8;1.3.2026'
    echo 'S30013;tyokyky;2024-H1;alku;20;4,8;2,1;1.3.2026'
    echo 'S30013;tyokyky;2024-H2;loppu;18;6;2;1.3.2026'
} >"$work/tyokyky_2026-03-01.csv"

serve --first 2023M11
for file in "$list" raportti_2026-03-01.csv tyokyky_2026-03-01.csv; do
    kohtaanto projects import "$work/$file"
    expect_code 0
done
night
expect_code 0
run=$(published)
# follows: each row of the last run is made again.
follows() {
    python3 "$root/tests/pipeline/projects/results.py" "$(published)" 0.5 "$root/config/projects"
}
check "every row follows from what was published of projects" follows

# cell LAARI INDICATOR PROJECT COLUMN...
cell() {
    python3 - "$(published)/csv/laari_results/laari_results.csv" "$@" <<'EOF'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    for row in csv.DictReader(file):
        if [row["laari_id"], row["indicator_code"], row["project_code"]] == sys.argv[2:5]:
            print("|".join(row[name] for name in sys.argv[5:]))
EOF
}

# By hand: 56 of 160, 30 of 100 and 40 of 100 are 126 of 360; 3,660 euros for 126 results. The
# newest of two half years counts. 280 of 500 of the two projects with a target and a figure.
check "a homogeneous cluster has a rate" test \
    "$(cell kohtaanto_2021 EECR04 _T k_projects n_reporting realised rate homogeneous reason)" = \
    "4|3|126|0.35|true|"
check "and a price of a result" test \
    "$(cell kohtaanto_2021 EECR04 _T cost_per_result | cut -c1-9)" = 29.047619
check "targets are held against what was realised, and periods are not added" test \
    "$(cell kohtaanto_2021 EECO01 _T target realised achievement)" = "500|500|0.56"
check "10, 50 and 90 of a hundred have none" test \
    "$(cell uusia_tyomahdollisuuksia_2021 EECR04 _T realised rate ci_low q homogeneous reason cost_per_result)" = \
    "150|||128|false|not homogeneous|"
check "each of them has" test \
    "$(cell uusia_tyomahdollisuuksia_2021 EECR04 S30012 rate funnel_low cost_per_result)" = "0.5||50"
check "days of money and counts stand beside each other" test \
    "$(cell kohtaanto_2021 EECR04 S30001 money_as_of report_period)" = \
    "2025-01-31|2024-H2"
check "what nobody reported says so" test \
    "$(cell tyoelaman_kehittaminen_2021 EECR06 _T k_projects n_reporting reason obs_status)" = "0|0|not reported|O"
check "the output is whole" "$program" check-output "$run" --config "$config"

# 70 + 40 of 100: what is left are 56 of 160 and 40 of 100, too few; 400 participants for 1,600 and
# 1,260 and 700 euros.
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    echo 'S30002;EECO02;2024-H2;;;70;1.3.2026'
} >"$work/raportti_2026-03-02.csv"
kohtaanto projects import "$work/raportti_2026-03-02.csv"
expect_code 0
night
expect_code 0
check "every row follows again" follows
check "a contradictory report is in no figure of the whole" test \
    "$(cell kohtaanto_2021 EECO01 _T n_reporting n_inconsistent realised cost_per_output n_cost)" = \
    "4|1|400|8.9|3"
check "nor in a rate of what it contradicts" test \
    "$(cell kohtaanto_2021 EECR04 _T realised rate homogeneous reason)" = \
    "96|||fewer than 3 projects: 1 left out as inconsistent"
check "which programs are told in codes" test "$(cell kohtaanto_2021 EECR04 _T reason_codes)" = 'few_projects|inconsistent'
sed 's/^  "modelled"/  "pages": "..\/..\/config\/pages.json",\n&/' "$config" >"${config%.json}_pages.json"
mkdir "$work/pages"
# told LANGUAGE WORD...: the sheet of a project says so, and says nothing in the words of the table.
told() {
    local language=$1 word
    shift
    "$program" snapshot --project S30001 --lang "$language" --out "$work/pages" \
        --config "${config%.json}_pages.json" --workspace "$workspace" || return 1
    for word in "$@"; do
        grep -qF "$word" "$work/pages/S30001_$language.html" || return 1
    done
    ! grep -q 'fewer than 3\|left out as inconsistent' "$work/pages/S30001_$language.html"
}
check "and people in their language" told sv 'för få projekt' 'motsägelsefulla utelämnade'
check "in each of them" told "fi" 'liian vähän hankkeita' 'ristiriitaisia jätetty pois'
check "its own row stays" test "$(cell kohtaanto_2021 EECO02 S30002 realised rate)" = "70|0.7"
check "what it does not concern stands" test \
    "$(cell uusia_tyomahdollisuuksia_2021 EECO01 _T n_inconsistent realised)" = "0|300"

# Money of the end of 2025 bought more than was counted at the end of 2024.
list_of 3200 >"$work/hankkeet_2025-12-31.csv"
kohtaanto projects import "$work/hankkeet_2025-12-31.csv"
expect_code 0
night
expect_code 0
check "money and counts of other days make no price" test \
    "$(cell kohtaanto_2021 EECO01 S30001 realised cost_per_output money_as_of report_period reason)" = \
    "200||2025-12-31|2024-H2|money and counts of other days"
check "nor of the whole" test \
    "$(cell kohtaanto_2021 EECO01 _T realised cost_per_output n_cost reason)" = \
    "400||0|money and counts of other days"
check "the output is whole still" "$program" check-output "$(published)" --config "$config"

# Three long-term unemployed of one project: the sum of the cluster would tell them.
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    echo 'S30003;EECO03;2024-H2;;;3;1.4.2026'
} >"$work/raportti_2026-04-01.csv"
kohtaanto projects import "$work/raportti_2026-04-01.csv"
expect_code 0
night
expect_code 0
check "a small count is hidden of its project" test \
    "$(cell kohtaanto_2021 EECO03 S30003 realised rate cost_per_output obs_status)" = "|||Q"
check "and the sum that would tell it is hidden" test \
    "$(cell kohtaanto_2021 EECO03 _T realised rate cost_per_output reason obs_status)" = \
    "|||hidden figures would be told|Q"
check "other sums stand" test "$(cell kohtaanto_2021 EECO01 _T realised obs_status)" = "400|A"

# Four persons are hidden, and in no figure of the whole: 25 and 36 are left, a cluster of two says no
# change. With them it had told how many there are, and by its weights what they answered.
check "all answers are in the whole" test "$(cell uusia_tyomahdollisuuksia_2021 tyokyky _T persons)" = 79
{
    echo 'hankekoodi;mittari;jakso;vaihe;n;keskiarvo;keskihajonta;pvm'
    echo 'S30013;tyokyky;2024-H2;loppu;4;6;2;1.4.2026'
} >"$work/tyokyky_2026-04-01.csv"
kohtaanto projects import "$work/tyokyky_2026-04-01.csv"
expect_code 0
night
expect_code 0
check "but hidden ones" test \
    "$(cell uusia_tyomahdollisuuksia_2021 tyokyky _T persons change reason)" = "61||fewer than 3 projects"
check "which their own row says" test "$(cell uusia_tyomahdollisuuksia_2021 tyokyky S30013 persons obs_status)" = "|Q"
