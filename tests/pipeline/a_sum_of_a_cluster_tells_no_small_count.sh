#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is shown of a cluster and of its projects leaves no hidden count one value. Reports are drawn;
# the second draw has so many hidden figures that their sums are shown.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
list=$(list_name)
report=$work/raportti_2025-02-01.csv
{
    list_header
    for number in 01 02 03 04 05 06 07 08; do
        project "S300$number" '' "Työvoimapula $number" "Kunta $number" '' Käynnissä 1.1.2024 31.12.2027 9000 1600 'FI1D7 Lappi'
    done
} >"$work/$list"
serve --first 2023M11
kohtaanto projects import "$work/$list"
expect_code 0
cp -r "$workspace" "$work/kept"

# reported SEED: a night with the reports of that draw.
reported() {
    python3 "$root/tests/pipeline/projects/draw_reports.py" "$1" 8 "$report"
    report_it
}

# report_it: a night with the report that stands there.
report_it() {
    rm -rf "$workspace"
    cp -r "$work/kept" "$workspace"
    kohtaanto projects import "$report"
    expect_code 0
    night
    expect_code 0
}

attack() {
    python3 "$root/tests/pipeline/projects/attack_sums.py" "$(published)" kohtaanto_2021 \
        "$root/config/projects" "$report" "$@"
}

naively() {
    ! attack --naive
}

reported 2
check "were every sum shown, some counts could be computed" naively
check "none can" attack
reported 12
check "where many are hidden their sums are shown" bash -c "
    grep '^kohtaanto_2021,EECO01,_T,' '$(published)/csv/laari_results/laari_results.csv' | grep -v ',Q$'"
check "and tell none" attack

# Half of each are jobless, 126 of 252 where that is reported: of 256 participants the fourth project,
# which does not report it, would have the other four.
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    for number in 1 2 3 4 5 6 7 8; do
        count=$((number > 4 ? 60 : 4))
        echo "S3000$number;EECO01;2024-H2;;;$count;"
        [ "$number" -eq 4 ] || echo "S3000$number;EECO02;2024-H2;;;$((count / 2));"
    done
} >"$report"
report_it
check "who is outside of a base cannot be computed" attack

# The unemployed are not reported: three projects have one each, who would be what others leave of all.
{
    echo 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'
    for number in 1 2 3 4 5 6 7 8; do
        echo "S3000$number;EECO01;2024-H2;;;20;"
        echo "S3000$number;EECO04;2024-H2;;;12;"
        echo "S3000$number;EECO05;2024-H2;;;$((number > 3 ? 8 : 7));"
    done
} >"$report"
report_it
check "nor who is left by parts of which one is not reported" attack
