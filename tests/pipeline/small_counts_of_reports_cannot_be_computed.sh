#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Whatever projects report, nobody can compute a hidden count from what indicator_values shows: from
# sums, from the checks of the catalogue, from other periods or from older reports. Reports are drawn
# at random; a search looks for two tables that differ in each hidden figure.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
first=$work/raportti_2025-02-01.csv
second=$work/raportti_2025-08-01.csv
attack=$root/tests/pipeline/indicators/attack_indicators.py
python3 "$root/tests/pipeline/indicators/random_reports.py" "${KT_SEED:-1}" "${KT_PROJECTS:-12}" "$first" "$second"
naively() {
    ! python3 "$attack" "$root/config/projects" --naive "2025-02-01=$first" "2025-08-01=$second"
}
check "were small counts alone hidden, some could be computed" naively

serve --first 2023M11
kohtaanto projects import "$first"
expect_code 0
kohtaanto projects import "$second"
expect_code 0
night
expect_code 0
check "nothing hidden can be computed" python3 "$attack" "$root/config/projects" "$(published)"
cat "$work/checked"
check "no count of 1 to 4 stands there" python3 - "$(published)" <<'PY'
import csv, sys
with open(sys.argv[1] + "/csv/indicator_values/indicator_values.csv", encoding="utf-8") as lines:
    rows = list(csv.DictReader(lines))
assert rows and not [row for row in rows if row["value"] and 1 <= float(row["value"]) <= 4]
assert not [row for row in rows if row["value"] and (row["sex"] == "nb" or row["indicator_code"] == "EECO12")]
assert all((row["value"] == "") == (row["obs_status"] == "Q") for row in rows)
PY
