#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table of vacancies and unemployed by sector and region gives markets of sectors, alone and in
# regions, with the figures that one has by hand; one of vacancies alone gives none, and says so.
#
#            A: unemployed, vacancies   C: unemployed, vacancies
#   MK01             10, 20                    30, 10
#   MK02             10,  0                    10, 10
#   others            0,  0                     0,  0

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
mkdir "$work/drop"
python3 - "$work" <<'END'
import csv
import json
import sys
work = sys.argv[1]
config = work + "/tests/pipeline/night.json"
with open(work + "/config/sample/sources/12tw.json") as file:
    source = json.load(file)
definition = {"en": "by hand"}
sides = [{"measure": "unemployed", "code": "U", "unit": "persons"},
         {"measure": "vacancies", "code": "V", "unit": "posts"}]
figures = [{"column": code, "holds": "figure", "content": code} for code in "UV"]
for name, kept in (("both", 2), ("posts", 1)):
    source.update(id=name, protocol="file", format="csv", base_url=f"file:{work}/drop",
                  addresses=[{"path": name + ".csv"}], measures=sides[2 - kept:], layout={"columns": [
                      {"column": "month", "holds": "period"}, {"column": "area", "holds": "region"},
                      {"column": "industry", "holds": "sector"}, *figures[2 - kept:]]})
    source.pop("others", None)
    source.pop("unallocated", None)
    with open(f"{work}/config/sample/sources/{name}.json", "w") as file:
        json.dump(source, file)
with open(work + "/config/classifications/regions.csv", encoding="utf-8") as rows:
    areas = [row["code"] for row in csv.DictReader(rows)
             if row["level"] == "maakunta" and not row["valid_to"]]
hand = {("MK01", "A"): (10, 20), ("MK01", "C"): (30, 10), ("MK02", "A"): (10, 0), ("MK02", "C"): (10, 10)}
cells = {}
for area in areas:
    for sector in "AC":
        for at in ((area, sector), (area, "SSS"), ("SSS", sector), ("SSS", "SSS")):
            before, more = cells.get(at, (0, 0)), hand.get((area, sector), (0, 0))
            cells[at] = (before[0] + more[0], before[1] + more[1])
for name in ("both", "posts"):
    with open(f"{work}/drop/{name}.csv", "w") as file:
        file.write("month,area,industry,U,V\n" if name == "both" else "month,area,industry,V\n")
        for (area, sector), (unemployed, vacancies) in cells.items():
            side = f"{unemployed}," if name == "both" else ""
            file.write(f"2026M06,{area},{sector},{side}{vacancies}\n")
with open(config) as file:
    night = json.load(file)
night.update(sources=[f"../../config/sample/sources/{name}.json" for name in ("both", "posts")],
             checks=["both/regions_within_country", "both/sectors_sum_to_total"])
night.pop("corrections", None)
with open(config, "w") as file:
    json.dump(night, file)
markets = [{"name": "tol1", "source": "both", "sector": "tol1", "scopes": ["country"]},
           {"name": "tol1xmaakunta", "source": "both", "sector": "tol1", "region": "maakunta",
            "scopes": ["country"]},
           {"name": "tol2", "source": "posts", "sector": "tol2", "scopes": ["country"]}]
with open(work + "/tests/pipeline/" + night["markets"], "w") as file:
    json.dump({"markets": markets}, file)
END
touch -d '2001-01-01' "$work"/drop/*
kohtaanto run
expect_code 0

# index MARKET MEASURE ALPHA: the value in the one month.
index() {
    grep "^2026M06,[^,]*,$1,SSS,$2,$3," "$(published)/csv/mismatch/mismatch_2026.csv" | cut -d, -f7
}
near() {
    awk -v found="$1" -v wanted="$2" \
        'BEGIN { exit !(found - wanted < 1e-12 && wanted - found < 1e-12 && found != "") }'
}

# U = 60, V = 40: of A 20 and 20, of C 40 and 20.
check "mismatch of sectors: 1 - sqrt(1/2 1/3) - sqrt(1/2 2/3)" near \
    "$(index tol1 mismatch 0.5)" "$(awk 'BEGIN { printf "%.17g", 1 - sqrt(1 / 6) - sqrt(1 / 3) }')"
check "Jackman and Roper: (1/6 + 1/6) / 2" near \
    "$(index tol1 mismatch_jr _Z)" "$(awk 'BEGIN { printf "%.17g", 1 / 6 }')"
check "in regions: 1 - sqrt(1/2 1/6) - sqrt(1/4 1/2) - 0 - sqrt(1/4 1/6)" near \
    "$(index tol1xmaakunta mismatch 0.5)" \
    "$(awk 'BEGIN { printf "%.17g", 1 - sqrt(1 / 12) - sqrt(1 / 8) - sqrt(1 / 24) }')"
check "Jackman and Roper there: (4 + 3 + 2 + 1) / 12 / 2" near \
    "$(index tol1xmaakunta mismatch_jr _Z)" "$(awk 'BEGIN { printf "%.17g", 5 / 12 }')"
check "a table of vacancies alone gives no market of sectors" test -z "$(index tol2 mismatch 0.5)"
check "and that it has no job seekers is told" \
    grep -q '^market_given,tol2 in SSS,note,absent,.*posts has no unemployed by sector' \
    "$(published)/csv/checks/checks.csv"
check "contributions have no columns for sectors, and no row" \
    test "$(cat "$(published)"/csv/contributions/*.csv | grep -c ',tol1')" -eq 0
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"

kohtaanto why mismatch time_period=2026M06 market=tol1 scope=SSS measure=mismatch alpha=0.5
expect_code 0
check "why names the sectors" grep -q 'TOL-C' "$work/results"
check "and computes the same" bash -c "grep -q ' equal' '$work/results' && ! grep -q 'NOT EQUAL' '$work/results'"
