#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a list or a report may say ends no night: projects that are numbered, priorities that are
# spelt out, reports of a whole year. Codes that no table can have are told when the file is read.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# cells TABLE COLUMN...: of the published rows, sorted.
cells() {
    python3 - "$(published)/csv/$1/$1.csv" "${@:2}" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print("; ".join(sorted(" ".join(row[name] for name in sys.argv[2:]) for row in csv.DictReader(file))))
PY
}

serve --first 2023M11
cat >"$work/operations_2026-01-01.csv" <<'CSV'
Operation code;Operation name;Beneficiary;Start date;End date;Total cost;Fund;Location
20231;Ensimmäinen;Kunta;2024-01-01;2026-12-31;1000;ESF+;FI193 Keski-Suomi
FI-20232;Toinen;Kunta;2024-01-01;2026-12-31;2000;ESF+;FI193 Keski-Suomi
CSV
kohtaanto projects import "$work/operations_2026-01-01.csv"
expect_code 0
{
    list_header
    project S30001 '' 'Puualan osaajat' 'Oulun yliopisto' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D8 Kainuu'
    project S30002 '' 'Metallin osaajat' 'Oulun yliopisto' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D8 Kainuu'
} | sed '2s/;4;4.1;/;4 Työllistävä, osaava ja osallistava Suomi;4.1;/' >"$work/hankkeet_2026-01-01.csv"
kohtaanto projects import "$work/hankkeet_2026-01-01.csv"
expect_code 0
printf 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\nS30001;EECO01;2024;;;160;20.2.2025\n' \
    >"$work/raportti_2026-01-01.csv"
kohtaanto projects import "$work/raportti_2026-01-01.csv"
expect_code 0
night
expect_code 0
check "a number becomes a code" test "$(cells projects project_code priority)" = \
    "FI-20232 ; S30001 TL4; S30002 TL4; art49-20231 "
check "a year becomes a period" test "$(cells indicator_values project_code report_period value)" = "S30001 Y2024 160"
check "check-output agrees" "$program" check-output --config "$config" "$(published)"

sed -i 's/^FI-20232/FI\/20232/' "$work/operations_2026-01-01.csv"
mv "$work/operations_2026-01-01.csv" "$work/operations_2026-02-01.csv"
kohtaanto projects import "$work/operations_2026-02-01.csv"
expect_code 65
check "what can be no code is told by row and column" \
    grep -q "row 3.*column Operation code: \"FI/20232\", expected a code of letters" "$work/words"
printf 'hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n30001;EECO01;2024-H1;;;160;20.2.2025\n' \
    >"$work/raportti_2026-02-01.csv"
kohtaanto projects import "$work/raportti_2026-02-01.csv"
expect_code 65
check "so is a report of none" grep -q "row 2.*column hankekoodi: \"30001\", expected a project's code" "$work/words"
