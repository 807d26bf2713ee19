#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# 12r5 of June 2026 with all areas and contents: every target group at every region level is what a
# second computation makes of the source's reply, whether it came from the service or was dropped
# into a folder as JSON-stat or PX-JSON; and what no municipality has is shown by cause.

. "$(dirname "$0")/lib.sh"

fixtures=$root/../shared/data/fixtures
[ -d "$fixtures" ] || skip "the real replies are not here"
second="python3 $root/tests/pipeline/target_groups.py $root/../shared"
attack="python3 $root/tests/pipeline/attack_groups.py"

# drop FORMAT REPLY: a night of that file alone.
drop() {
    local groups=$work/tests/pipeline/groups
    rm -rf "$groups/in"
    mkdir "$groups/in"
    cp "$2" "$groups/in/12r5.json"
    sed -e 's/"protocol": "pxweb"/"protocol": "file"/' -e "s/\"json-stat2\"/\"$1\"/" \
        -e 's,"base_url": "[^"]*","base_url": "file:in",' -e '/statfin_tyonv_pxt/d' \
        -e 's,{"path": "tyonv/12r5.px"[^}]*},{"path": "*.json"},' \
        "$root/config/sources/12r5.json" >"$groups/12r5.json"
    config=$groups/night.json
    workspace=$work/$1
    kohtaanto run
    expect_code 100 # June 2026 is older than the limit
}

# persons LEVEL CODE GROUP
persons() {
    awk -F, -v level="$1" -v code="$2" -v group="$3" \
        '$3 == level && $4 == code && $5 == group { print $6 }' \
        "$(published)/csv/target_groups/target_groups_2026.csv"
}

serve_real --june2026
night --tables 12r5
expect_code 100
served=$(published)/csv/target_groups/target_groups_2026.csv
check "every row is what the PX-JSON says" \
    $second "$(published)" "$fixtures/statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json"
check "and what the JSON-stat says" $second "$(published)" "$fixtures/derived/12r5_2026M06.jsonstat2.json"
check "nothing is wrong with what was published" "$program" check-output --config "$config" "$(published)"

# Of the country, as the source has them.
while read -r group figure; do
    check "the country has $figure of $group" test "$(persons country SSS "$group")" = "$figure"
done <<'FIGURES'
total_jobseekers 542318
unemployed 352001
men 189726
women 162143
under_20 13035
under_25 48257
over_50 115552
disabled 42048
foreign 53812
long_term 144461
fund_members 90397
laid_off 15545
reduced_week 8524
in_services_subsidised_work 12053
in_services_work_practice 0
in_services_trial 3430
in_services_labour_training 20990
in_services_coaching 536
in_services_other 27189
in_services 64198
FIGURES

# Sums over what the source has no row of: four municipalities, eight, three maakunta.
check "Keski-Savo has 373 foreign unemployed" test "$(persons tyollisyysalue TA13 foreign)" = 373
check "Eteläinen Keski-Suomi 1,209 long-term ones" test "$(persons tyollisyysalue TA06 long_term)" = 1209
check "Kaakkois-Suomi 2157 + 1235 + 662 disabled ones" test "$(persons elinvoimakeskus EVK03 disabled)" = 4054

# 26,641 posts: 18,498 in the maakunta, 7,661 of no stated municipality (29 %), 270 abroad, 212 in
# none of the areas.
observations=$(published)/csv/observations/observations_2026.csv
left=$(for code in _X _X1 _X2 _X3; do
    awk -F, -v code="$code" '$4 == "maakunta" && $5 == code { print $14 }' "$observations"
done | tr '\n' ' ')
check "29 % of the posts have no municipality" test "$left" = "8143 7661 270 212 "

check "no more is told of what the source hides than it tells itself" \
    $attack --beyond "$fixtures/derived/12r5_2026M06.jsonstat2.json" "$(published)"

# Under strict disclosure: the women of Ahvenanmaa would tell that 2 or more are in Maarianhamina, for
# 376 of its 800 unemployed are women and 426 in Maarianhamina.
own_config
default=$(published)
sed -i 's/"disclosure": "default"/"disclosure": "strict"/' "$work/config/kohtaanto.json"
config=$work/config/kohtaanto.json
workspace=$work/strict
night --tables 12r5
expect_code 100
check "the groups of a strict run tell of nothing" $attack "$(published)"
check "those of Uusimaa are there" test "$(persons maakunta MK01 women)" = \
    "$(awk -F, '$4 == "MK01" && $5 == "women" { print $6 }' "$default/csv/target_groups/target_groups_2026.csv")"
check "the women of Ahvenanmaa are not" test -z "$(persons maakunta MK21 women)"
cp -r "$(published)" "$work/leaky"
chmod -R u+w "$work/leaky"
grep ',maakunta,MK21,women,376,' "$default/csv/target_groups/target_groups_2026.csv" \
    >>"$work/leaky/csv/target_groups/target_groups_2026.csv"
code=0
$attack "$work/leaky" >"$work/found" || code=$?
check "they would be found" grep -q 'kunta KU478 women is narrowed to 2..4' "$work/found"
check "with code 1" test "$code" -eq 1

config=$work/tests/pipeline/night.json
drop json-stat2 "$fixtures/derived/12r5_2026M06.jsonstat2.json"
check "a dropped JSON-stat gives the same table" diff "$served" \
    "$(published)/csv/target_groups/target_groups_2026.csv"
drop json "$fixtures/statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json"
check "so does the PX-JSON original" diff "$served" \
    "$(published)/csv/target_groups/target_groups_2026.csv"
