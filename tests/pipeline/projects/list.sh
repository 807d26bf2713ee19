#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lists of projects of 2021-2027, with days that move with the clock. Sourced after lib.sh.

list_name() {
    printf 'hankkeet_%s.csv' "$(date -u +%Y-%m-%d)"
}

# The configuration of the test's own has the tree's projects, and an inbox of its own.
with_projects() {
    inbox=${work:?}/config/projects/inbox
    mkdir -p "$inbox"
    sed -i 's/^  "modelled"/  "projects": "..\/..\/config\/projects\/projects.json",\n&/' "${config:?}"
}

# day '2 years ago': as lists write it.
day() {
    date -u -d "$1" +%-d.%-m.%Y
}

list_header() {
    printf '%s' 'Hankekoodi;Ryhmähanketunnus;Rahasto;Tl;Et;Hankkeen nimi;Toteuttajan nimi;'
    printf '%s' 'Toteuttajan Y-tunnus;Rahoittava viranomainen;Toiminnan tila;Aloituspvm;'
    printf '%s' 'Päättymispvm;Suunniteltu EU- ja valtion rahoitus;'
    printf '%s\n' 'Toteutunut EU- ja valtion rahoitus;Sijainti'
}

# project CODE GROUP NAME BENEFICIARY ID STATUS START END GRANTED REALISED LOCATION
project() {
    printf '%s;%s;ESR+;4;4.1;%s;%s;%s;Lapin elinvoimakeskus;%s;%s;%s;%s;%s;%s\n' "$@"
}

# alike FILE CODE...: a list of projects that differ in their codes alone.
alike() {
    local file=$1 code
    shift
    {
        list_header
        for code in "$@"; do
            project "$code" '' "Puualan osaajat $code" 'Oulun yliopisto' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D8 Kainuu'
        done
    } >"$file"
}

# The codes of the projects that count in the published run.
current_projects() {
    python3 - "$(published)/csv/projects/projects.csv" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(*(row["project_code"] for row in csv.DictReader(file) if row["current"] == "true"))
PY
}
