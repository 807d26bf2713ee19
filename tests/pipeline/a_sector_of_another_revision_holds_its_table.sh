#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A file whose sectors are of another revision than its source file says is told in one line, with the
# code and what was expected; the table keeps its last good version. The other one goes on, and its
# revised figure is listed with its sector.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
mkdir "$work/drop"
python3 - "$work" <<'END'
import json
import sys
work = sys.argv[1]
config = work + "/tests/pipeline/night.json"
with open(work + "/config/sample/sources/12tw.json") as file:
    source = json.load(file)
source.pop("others")
for name in ("one", "other"):
    source.update(id=name, protocol="file", format="csv", base_url=f"file:{work}/drop",
                  addresses=[{"path": name + ".csv"}], layout={"columns": [
                      {"column": "month", "holds": "period"}, {"column": "area", "holds": "region"},
                      {"column": "industry", "holds": "sector"},
                      {"column": "posts", "holds": "figure", "content": "AVPAIKATLOPUSSA"}]})
    source["variables"][0]["want"] = ["SSS"]
    with open(f"{work}/config/sample/sources/{name}.json", "w") as file:
        json.dump(source, file)
with open(config) as file:
    night = json.load(file)
night.update(sources=[f"../../config/sample/sources/{name}.json" for name in ("one", "other")], checks=[])
with open(config, "w") as file:
    json.dump(night, file)
with open(work + "/tests/pipeline/" + night["markets"], "w") as file:
    json.dump({"markets": []}, file)
END

# drop NAME POSTS SECTOR: the country's posts, 10 of them in manufacturing and the others in SECTOR.
drop() {
    printf 'month,area,industry,posts\n2026M06,SSS,SSS,%d\n2026M06,SSS,C,10\n2026M06,SSS,%s,%d\n' \
        "$2" "$3" "$(($2 - 10))" >"$work/drop/$1.csv"
    touch -d '2001-01-01' "$work/drop/$1.csv"
}
posts() {
    grep "^2026M06,[^,]*,$1,country,SSS,tol1,TOL-$2,tol2008," "$(published)/csv/sectors/sectors_2026.csv" |
        python3 -c 'import csv, sys; print(next(csv.reader(sys.stdin))[9])'
}

drop one 30 U
drop other 30 U
kohtaanto run
expect_code 0
check "20 of 30 posts are in section U" test "$(posts one U)" = 20

# Section V is one of TOL 2025 alone.
sleep 1.1
drop one 32 V
drop other 32 U
kohtaanto run
expect_code 100
check "one line says the code and what was expected" test "$(grep -c \
    'one: sector V is of tol2025, expected a code of tol2008 in sectors.csv' "$work/words")" -eq 1
check "the table keeps its last good version" test "$(posts one U)" = 20
check "and is called held" grep -qE '^one,.*,held,' "$(published)/csv/sources/sources.csv"
check "the other one goes on" test "$(posts other U)" = 22

indicator() {
    cut -d, -f"$1" "$(published)/csv/revisions/revisions_2026.csv"
}
column=$(head -1 "$(published)/csv/revisions/revisions_2026.csv" | tr , '\n' | grep -nx indicator)
check "its revised sector is named behind a point" grep -qx 'vacancies\.U' <(indicator "${column%%:*}")
