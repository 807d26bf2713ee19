#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Lists of projects of 2021-2027, with days that move with the clock. Sourced after lib.sh.

list_name() {
    printf 'hankkeet_%s.csv' "$(date -u +%Y-%m-%d)"
}

# The configuration of the test's own has the tree's projects.
with_projects() {
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
