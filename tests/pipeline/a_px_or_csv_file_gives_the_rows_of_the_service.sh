#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The same table dropped as a PX file, as a CSV with a row for each figure, and as a CSV with a column
# for each month, is published with the rows that the service gives.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
drop=$work/config/sample/sources/drop
mkdir "$drop"
serve
night
expect_code 0
by_service=$(published)
table=http://127.0.0.1:$port/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px
python3 "$root/tests/pipeline/take_table.py" "$table" "$work/12r5.json"

# The source file of the table, for a file of that name: FORMAT NAME LAYOUT
from_file() {
    python3 - "$work/config/sample/sources/12r5.json" "$@" <<'END'
import json
import sys
path, form, name, layout = sys.argv[1:]
with open(path) as file:
    source = json.load(file)
source.update(protocol="file", base_url="file:drop", format=form, addresses=[{"path": name}])
source.pop("layout", None)
if layout:
    source["layout"] = json.loads(layout)
with open(path, "w") as file:
    json.dump(source, file)
END
}

# FORMAT FORM NAME LAYOUT
try() {
    rm -f "$drop"/*
    python3 "$root/tests/pipeline/write_table.py" "$work/12r5.json" "$drop/$3" "$2"
    touch -d '2001-01-01' "$drop"/*
    from_file "$1" "$3" "${4-}"
    workspace=$work/from-$2
    night
    expect_code 0
    check "$2: the rows are those of the service" \
        diff <(rows_of "$by_service" 12r5-modelled) <(rows_of "$(published)" 12r5-modelled)
}

try px px 12r5.px
try csv long 12r5.csv '{"encoding": "iso-8859-1", "delimiter": ";", "decimal": ",", "skip_rows": 1,
    "columns": [{"column": "kuukausi", "holds": "period"}, {"column": "tieto", "holds": "measure"},
        {"column": "alue", "holds": "region"}, {"column": "arvo", "holds": "figure"},
        {"column": "merkki", "holds": "symbol"}]}'
try csv wide 12r5.csv '{"columns": [{"column": "alue", "holds": "region"},
    {"column": "tieto", "holds": "measure"},
    {"column": "????M??", "holds": "figure", "across": "period"}]}'

# The sheet has a column for January before it has figures.
python3 - "$drop/12r5.csv" <<'END'
import csv
import sys
with open(sys.argv[1], newline="") as file:
    rows = list(csv.reader(file))
with open(sys.argv[1], "w", newline="") as out:
    csv.writer(out).writerows([rows[0] + ["2024M01"]] + [row + [".."] for row in rows[1:]])
END
touch -d '2001-01-01' "$drop"/*
workspace=$work/from-wider
night
expect_code 0
check "a table ends with the newest month that has a figure" \
    grep -q "^12r5-modelled,.*,2023M12,2023M0*1," "$(published)/csv/sources/sources.csv"
