#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table that no configuration knows is described from its address, and the file that comes out is
# all that a night needs to publish it: the same figures as by the file that a person wrote.

. "$(dirname "$0")/lib.sh"

address=https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin

host=https://pxdata.stat.fi

# describe ADDRESS: the file goes to $work/results, the words to $work/words.
describe() {
    : >"$calls"
    code=0
    "$program" describe "$1" --config "$config" --redirect "$host=http://127.0.0.1:$port" \
        >"$work/results" 2>"$work/words" || code=$?
}

# take_description: makes $work/results the one source, as a person would who has read it.
take_description() {
    sed 's/"total": false/"total": true/; s/\("[a-z]*_days":\) [0-9]*/\1 36500/' \
        "$work/results" >"${config%/*}/described.json"
}

# The figures of a source in every row of the observations, without its name.
figures_of() {
    rows_of "$(published)" "$1" | sed "s/,$1,/,/"
}

serve --last 2023M03
night
expect_code 0
figures_of 12r5-modelled >"$work/by_hand"

describe "${address%StatFin}"
expect_code 0
check "a service lists its databases" grep -qP "^\Q$address\E\t" "$work/results"
describe "$address/tyonv"
expect_code 0
check "a folder lists its tables" grep -qP "^\Q$address\E/tyonv/12r5.px\t" "$work/results"

own_config
sed -i 's/"sources": .*/"sources": ["described.json"],/; s/"12[^/]*\/[a-z_]*",\?//' "$config"
sed -i 's/"12r5-modelled"/"12r5"/; /isco/d; s/\(\["country"\]}\),$/\1/' "${config%/*}/markets.json"

describe "$address/tyonv/12r5.px"
expect_code 0
check "the table is told in words" grep -q "timeperiod_m (Kuukausi), 3 values" "$work/words"
check "with what each variable would be" grep -q -- "-> region: .* total SSS" "$work/words"
check "and what it would take" grep -qE "asks for [0-9]+ cells in 1 calls" "$work/words"
check "no figure was asked for" test "$(calls_of data)" -eq 0
check "names of contents are neutral where no source has them" \
    grep -q '"measure": "tyottomatlopussa"' "$work/results"

# With a source beside it whose contents are known, their names are those of the figures.
config=$root/tests/pipeline/night.json describe "$address/tyonv/12r5.px"
expect_code 0
check "and known where one does" grep -q '"measure": "unemployed"' "$work/results"
check "it is for a person to say that its figures stand in the observations" \
    grep -q '"total": false' "$work/results"
take_description

check "the configuration has no mistake" "$program" check-config --config "$config"
workspace=$work/described
night
expect_code 0
figures_of 12r5 >"$work/by_description"
check "the night has its figures" test "$(wc -l <"$work/by_description")" -gt 1000
check "they are those of the file that a person wrote" cmp "$work/by_hand" "$work/by_description"
check "its markets have indices" grep -q '^2023M03,.*,maakunta,SSS,mismatch,' \
    "$(published)/csv/mismatch/mismatch_2023.csv"

# The same table from a service of PxWeb 2.
host=https://statistikdatabasen.scb.se
serve --service scb --last 2023M03
describe "$host/api/v2"
expect_code 0
check "a service of PxWeb 2 lists its tables" grep -qP "^\Q$host\E/api/v2/tables/12r5\t.*2023M01 to 2023M03" \
    "$work/results"
known=$config
config=$root/tests/pipeline/night.json describe "$host/api/v2/tables/12r5"
expect_code 0
check "with the licence that the service tells" grep -q '"licence": "https://creativecommons' "$work/results"
config=$known
take_description
workspace=$work/described2
night --redirect "$host=http://127.0.0.1:$port"
expect_code 0
figures_of 12r5 >"$work/by_description"
check "its figures are the same" cmp "$work/by_hand" "$work/by_description"

# Eurostat tells its codes with figures alone.
host=https://ec.europa.eu
serve --service eurostat --table "$root/tests/fixtures/server/une_rt_m.json"
data=$host/eurostat/api/dissemination/statistics/1.0/data
describe "$data/une_rt_m?geo=FI&geo=SE&lastTimePeriod=7"
expect_code 0
check "what the address chose is what the file wants" grep -q '"total": "FI"' "$work/results"
check "and a variable of one code stands at it" grep -q '"freq": "M"' "$work/results"
check "a thousand is a scale" grep -q '"scale": 1000' "$work/results"
describe "$data/nothing"
expect_code 69

# A file that lies here: the folder is the service.
describe "$root/tests/fixtures/core/12ti_part.jsonstat2.json"
expect_code 0
check "a file is described where it lies" \
    grep -q "\"base_url\": \"file:$root/tests/fixtures/core\"" "$work/results"
check "and was tried" grep -q "the file was read as a night would read it" "$work/words"
describe "$root/tests/fixtures/core/forbidden.html"
expect_code 65
check "a web page is none" grep -q "a web page, expected the address of a table" "$work/words"

printf 'Kuukausi;Alue;Tyottomat;Paikat\n2026M05;SSS;12;3\n2026M05;MK01;...;-\n' >"$work/own.csv"
describe "$work/own.csv"
expect_code 0
check "a CSV has a layout" grep -q '"holds": "period"' "$work/results"

host=https://pxdata.stat.fi
serve
describe "$address/tyonv/99xx.px"
expect_code 69
check "a table that is not there is one line" test "$(wc -l <"$work/words")" -eq 1
describe "$work/words"
expect_code 65
check "so is what is no table" grep -q "no kind of table that is known here, expected PxWeb" "$work/words"
