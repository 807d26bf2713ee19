#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Clusters that are configured, and groups of similar projects of others elsewhere that could be
# one; how alike their texts are, made again by a program of its own.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
list=$(list_name)

# one CODE NAME BENEFICIARY LOCATION
one() {
    project "$1" '' "$2" "$3" '' Käynnissä 1.1.2024 31.12.2027 100 10 "$4"
}
{
    list_header
    one S30001 'Työvoimapula metallissa' 'Oulun yliopisto' 'FI1D9 Pohjois-Pohjanmaa'
    one S30002 'Metallissa on työvoimapula' 'Lapin yliopisto' 'FI1D7 Lappi'
    one S30003 'Työvoimapula puualalla' 'Vaasan yliopisto' 'FI195 Pohjanmaa'
    one S30011 'Veistäjien verstas' 'Oulun kaupunki' 'FI1D9 Pohjois-Pohjanmaa'
    one S30012 'Veistäjien verstaat' 'Vaasan kaupunki' 'FI195 Pohjanmaa'
    one S30013 'Verstas veistäjien' 'Kajaanin kaupunki' 'FI1D8 Kainuu'
    one S30014 'Veistäjien verstas' 'Toiminimi Liisa Meikäläinen' 'FI1D8 Kainuu'
    one S30021 'Kvartsi helmi' 'Oulun kaupunki' 'FI1D9 Pohjois-Pohjanmaa'
    one S30022 'Kvartsi helmi' 'Kempeleen kunta' 'FI1D9 Pohjois-Pohjanmaa'
    one S30023 'Kvartsi helmi' 'Iin kunta' 'FI1D9 Pohjois-Pohjanmaa'
    for i in {100..160}; do
        word=$(printf '%s' "$i" | tr '0-9' 'bdfgklmnpr')
        one "S30$i" "${word}a${word}u ${word}o" "Yhdistys $i" 'FI1D7 Lappi'
    done
} >"$work/$list"

serve --first 2023M11
kohtaanto projects import "$work/$list"
expect_code 0
night
expect_code 0
run=$(published)
check "groups and their likeness follow from the other tables" \
    python3 "$root/tests/pipeline/projects/laari.py" "$run"

# By hand: who sits in one maakunta with another is no link, but a third one elsewhere joins them.
laari=$run/csv/laari/laari.csv
check "a configured cluster has the projects of its theme" grep -q \
    '^kohtaanto_2021,configured,.*,3,S30001|S30002|S30003,' "$laari"
check "similar projects elsewhere are suggested as one" grep -q \
    '^S30011,suggested,Veistäjien verstas,.*,4,S30011|S30012|S30013|S30014,' "$laari"
check "a person's own firm is among those that are alike, and is not named" grep -q \
    ',S30011,S30014,.*,Veistäjien verstas,Oulun kaupunki,Veistäjien verstas,,E$' \
    "$run/csv/project_overlaps/project_overlaps.csv"
check "nor anywhere else in the run" bash -c "! grep -rl 'eikäläinen' '$run'"
check "neighbours with one name are not" bash -c "! grep -q 'S30021' '$laari'"

# What they agreed upon: 7, 4 and 8 indicators and two scales, counted in the file by hand.
agreed=$run/csv/laari_indicators/laari_indicators.csv
check "each indicator and scale that a cluster agreed upon has a row" test "$(tail -n +2 "$agreed" | wc -l)" -eq 21
check "it says when it is due, and whether it must be" grep -qF \
    ',false,period,2,false,,0,10,high,0.5,A' <(grep '^uusia_tyomahdollisuuksia_2021,score,tyokyky,2021-2027,Perceived' "$agreed")
check "every row is what the file says, by the names of the catalogue" \
    python3 "$root/tests/pipeline/projects/agreed.py" "$run" "$root/config/projects/laari.json"
kohtaanto why laari_indicators laari_id=kohtaanto_2021 indicator_code=EECR05
check "a row says which file it is from" grep -q 'laari.json' "$work/results"
check "the output is whole" "$program" check-output "$run" --config "$config"
