#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Effective tightness by the distances of the configuration is that of `measure`, and summed over job
# seekers it gives the posts. Weights that leave posts to nobody, and a region without a figure, leave
# a level without figures and a word in `checks`; all else goes on.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
weights=$work/config/effective_tightness.json

# column NAME MONTH COLUMN: of the rows of those weights in the month, each text once.
column() {
    awk -F, -v name="$1" -v month="$2" -v at="$3" '$9 == name && $1 == month { print $at }' \
        "$(published)/csv/effective_tightness/effective_tightness_2023.csv" | sort -u | tr '\n' ' '
}

serve --first 2023M09
night
expect_code 0
check "measure and run agree, and no post is lost" python3 "$root/tests/pipeline/effective_tightness.py" \
    "$(published)" "$program" 12r5-modelled "$weights"
check "checks tell it" grep -q '^effective_tightness_sum,maakunta distance_0.02,note,passed,' \
    "$(published)/csv/checks/checks.csv"

# Nobody reaches the posts of Åland; one region has no weights; and MK05 has no figure in 2023M10.
python3 - "$weights" "$work/config" <<'EOF'
import json, sys
with open(sys.argv[1], encoding="utf-8") as file:
    config = json.load(file)
regions = sorted(config["effective_tightness"][0]["distance"]["coordinates"])
for name, columns in (("unreached", regions), ("lacking", regions[:-1])):
    with open(f"{sys.argv[2]}/{name}.csv", "w", encoding="utf-8") as file:
        print("region", *columns, sep=",", file=file)
        for one in columns:
            print(one, *(int(one == other != "MK21") for other in columns), sep=",", file=file)
    entry = {**config["effective_tightness"][0], "name": name, "file": name + ".csv"}
    del entry["distance"]
    config["effective_tightness"].append(entry)
with open(sys.argv[1], "w", encoding="utf-8") as file:
    json.dump(config, file)
EOF
correct '"date": "2020-01-01", "source": "12r5-modelled", "period": "2023M10", "region": "MK05",
    "measure": "vacancies", "status": "O", "reason": "a trial"'
night
expect_code 0
check "without a region's figure no region has one" test -z "$(column distance_0.02 2023M10 8 | tr -d ' ')"
check "and all say why" test "$(column distance_0.02 2023M10 10)" = "O "
check "what is published beside it is there" test \
    "$(column distance_0.02 2023M10 5 | wc -w)" -eq 19
check "the other months are there" python3 "$root/tests/pipeline/effective_tightness.py" \
    "$(published)" "$program" 12r5-modelled "$weights"
check "checks tell of the month" grep -q \
    '^effective_tightness_sum,maakunta distance_0.02,note,passed,[^,]*,[^,]*,1,2023M10: a figure is withheld,' \
    "$(published)/csv/checks/checks.csv"
for name in unreached lacking; do
    check "$name: no figure" test -z "$(column $name 2023M12 8 | tr -d ' ')"
    check "$name: it cannot exist" test "$(column $name 2023M12 10)" = "M "
done
check "checks say whose posts nobody reaches" grep -q \
    '^effective_tightness_sum,maakunta unreached,note,failed,,[^,]*,4,2023M12: no job seeker reaches the posts of MK21,' \
    "$(published)/csv/checks/checks.csv"
check "and who has no weights" grep -qE \
    '^effective_tightness_sum,maakunta lacking,note,failed,,[^,]*,4,"?2023M12: .*MK21 has no row in lacking"?,' \
    "$(published)/csv/checks/checks.csv"
kohtaanto why effective_tightness time_period=2023M12 region_code=MK21 weights=unreached
expect_code 0
check "why says it too" grep -q "no job seeker reaches the posts of MK21" "$work/results"
kohtaanto why effective_tightness time_period=2023M12 region_code=MK02 weights=distance_0.02
expect_code 0
check "and finds a figure again" test "$(grep -c ' equal' "$work/results")" -eq 3
check "check-output agrees" "$program" check-output "$(published)" --config "$config"
