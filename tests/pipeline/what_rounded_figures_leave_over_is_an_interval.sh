#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A survey rounds each figure to hundreds by itself, so its regions may hold more than its country.
# What they leave over is published between what it is at the least and at the most.
#
#            SSS     SA1    SA2   SA3   SA4   SA5   left over, six figures each off by up to 50
#   C      23,100  10,100  5,000 4,000 4,100  100   -200: 0 to 100
#   G       1,000     300    300   200   100    0    100: 0 to 400
#   all    24,100  10,400  5,300 4,200 4,200  100   -100: 0 to 200

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
mkdir "$work/drop"
python3 - "$work" <<'END'
import json
import sys
work = sys.argv[1]
config = work + "/tests/pipeline/night.json"
with open(work + "/config/sources/15ia.json") as file:
    source = json.load(file)
source["variables"][0].update(want=["*"], optional=False)
source.update(id="survey", protocol="file", format="csv", base_url=f"file:{work}/drop",
              addresses=[{"path": "survey.csv"}],
              measures=[{"measure": "vacancies", "code": "V", "unit": "posts", "rounding": 100}],
              layout={"columns": [{"column": "quarter", "holds": "period"}, {"column": "area", "holds": "region"},
                                  {"column": "industry", "holds": "sector"},
                                  {"column": "V", "holds": "figure", "content": "V"}]})
source["ages"] = {"warn_days": 36500, "error_days": 36500}
source.pop("others", None)
with open(work + "/config/sources/survey.json", "w") as file:
    json.dump(source, file)
rows = {"C": (23100, 10100, 5000, 4000, 4100, 100), "G": (1000, 300, 300, 200, 100, 0),
        "SSS": (24100, 10400, 5300, 4200, 4200, 100)}
with open(work + "/drop/survey.csv", "w") as file:
    file.write("quarter,area,industry,V\n")
    for sector, figures in rows.items():
        for area, figure in zip(("SSS", "SA1", "SA2", "SA3", "SA4", "SA5"), figures):
            file.write(f"2026Q2,{area},{sector},{figure}\n")
with open(config) as file:
    night = json.load(file)
night.update(sources=["../../config/sources/survey.json"], checks=["survey/regions_within_country"])
night.pop("corrections", None)
with open(config, "w") as file:
    json.dump(night, file)
with open(work + "/tests/pipeline/" + night["markets"], "w") as file:
    json.dump({"markets": []}, file)
END
touch -d '2001-01-01' "$work"/drop/*
kohtaanto run
expect_code 0

# figures REGION SECTOR: vacancies, low, high, status.
figures() {
    grep "^2026Q2,[^,]*,survey,[^,]*,$1,[^,]*,$2,tol2025," "$(published)/csv/sectors/sectors_2026.csv" |
        python3 -c 'import csv, sys; row = next(csv.reader(sys.stdin)); print(*row[9:12], row[-1])'
}
check "more in regions than in the country is nothing to 100" test "$(figures _X TOL-C)" = "0 0 100 E"
check "100 left over is 0 to 400" test "$(figures _X TOL-G)" = "100 0 400 E"
check "and so for all industries" test "$(figures _X _T)" = "0 0 200 E"
check "the survey's own figures stand as they are" test "$(figures SA1 TOL-C)" = "10100 10100 10100 A"
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
