#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Whatever projects report, or do not, nobody can compute a hidden count from what a run shows, nor 1 to 4
# persons that nobody reported: from sums, from the checks of the catalogue, from other periods or from
# older reports, nor who knows that a small count is one of 1 to 4. Reports are drawn at random; lp_solve
# looks for two tables that differ in each of them.

. "$(dirname "$0")/lib.sh"
command -v lp_solve >/dev/null || skip "no lp_solve"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
first=$work/raportti_2025-02-01.csv
second=$work/raportti_2025-08-01.csv
attack=$root/tests/pipeline/indicators/attack_indicators.py
python3 "$root/tests/pipeline/indicators/random_reports.py" "${KT_SEED:-1}" "${KT_PROJECTS:-9}" "$first" "$second"
attack() {
    python3 "$attack" "$root/config/projects" "$1" "2025-02-01=$first" "2025-08-01=$second"
}
check "were small counts alone hidden, some persons of each kind could be computed" attack --naive

serve --first 2023M11
kohtaanto projects import "$first"
expect_code 0
kohtaanto projects import "$second"
expect_code 0
night
expect_code 0
check "neither hidden nor implied ones can" attack "$(published)"
cat "$work/checked"
check "no count of 1 to 4 stands there" python3 - "$(published)" <<'PY'
import csv, sys
with open(sys.argv[1] + "/csv/indicator_values/indicator_values.csv", encoding="utf-8") as lines:
    rows = list(csv.DictReader(lines))
assert rows and not [row for row in rows if row["value"] and 1 <= float(row["value"]) <= 4]
assert not [row for row in rows if row["value"] and (row["sex"] == "nb" or row["indicator_code"] == "EECO12")]
assert all((row["value"] == "") == (row["obs_status"] == "Q") for row in rows)
PY

# The modelled projects of the sample, which have targets, clusters and sums.
sample=$root/config/sample/projects
rm -rf "$workspace"
for file in "$sample"/*.csv; do
    kohtaanto projects import "$file"
    expect_code 0
done
night
expect_code 0
first=$sample/mallinnetut_indikaattorit_2026-03-31.csv
check "nor of the sample" python3 "$attack" "$root/config/projects" "$(published)" "2026-03-31=$first"
cat "$work/checked"
check "of which most figures and nearly all of the newest are shown" python3 - "$(published)" <<'PY'
import csv, sys
with open(sys.argv[1] + "/csv/indicator_values/indicator_values.csv", encoding="utf-8") as lines:
    rows = [row for row in csv.DictReader(lines) if row["measure"] == "realised"]
newest = {}
for row in sorted(rows, key=lambda row: row["report_period"]):
    newest[row["project_code"], row["indicator_code"], row["sex"]] = row["obs_status"]
hidden = sum(row["obs_status"] == "Q" for row in rows)
print(hidden, len(rows), sum(status == "Q" for status in newest.values()), len(newest))
assert hidden < 0.25 * len(rows) and sum(status == "Q" for status in newest.values()) < 0.05 * len(newest)
PY
cat "$work/checked"
