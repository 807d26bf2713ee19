#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sweden in the shape of its statistics office: unemployed and vacancies from a service of PxWeb 2,
# by a code list, published by county. Nothing but config/examples/sweden knows of it.

. "$(dirname "$0")/lib.sh"

table=$root/tests/fixtures/server/arbetsmarknad.json
config=$root/config/examples/sweden/kohtaanto.json

serve_sweden() {
    stop_serving
    : >"$calls"
    start_server "$server_program" --port-file "$work/port" --log "$calls" --service scb \
        --table "$table"
}

sweden() {
    kohtaanto run --redirect "https://statistikdatabasen.scb.se=http://127.0.0.1:$port"
}

check "the configuration is one" "$program" check-config --config "$config"

# The figures end in June 2026, so that the table is late: 100.
serve_sweden
sweden
expect_code 100
check "what is published verifies" sums_verify "$(published)"
check "check-output agrees" "$program" check-output "$(published)" --config "$config"
check "the service refused no call" test "$(grep -c refused "$calls")" -eq 0
check "the code list was asked for" test "$(calls_of 'codelist - 200')" -eq 1
check "22 regions x 2 contents x 6 months came in one call" \
    test "$(calls_of 'data TAB9001 200 264')" -eq 1

# The rows of figures of the table: regions x (both sexes, men, women), 6 months of unemployed and
# 6 of vacancies. Of the regions the first is the country, the third and the 15th are municipalities.
figures() {
    awk -F'[ ,]+' '/^ +[0-9]+(, [0-9]+)+,?$/ {
        if (row % 3 == 0 && row != 0 && row != 6 && row != 42) print $(1 + month), $(7 + month)
        row++ }' month="$1" "$table"
}

rows=$(rows_of "$(published)" se-labour)
check "there are 21 counties" test "$(figures 6 | wc -l)" -eq 21
check "each county has a row each month" test "$(grep -c ',maakunta,LAN' <<<"$rows")" -eq 126
check "and no other country has one" test "$(grep -cE ',(MK|KU|SK)[0-9]' <<<"$rows")" -eq 0
check "Skåne in June is as the service has it" \
    grep -q "^2026M06,.*,LAN12,_T,_T,Skåne län,.*$(figures 6 | sed -n '10s/ .*//p')," <<<"$rows"
check "the country is the service's own" grep -q '^2026M01,.*,country,SSS,.*,44721,.*,14811,' \
    <<<"$rows"

# Şahin, Song, Topa and Violante (2014): 1 - sum of sqrt(v/V * u/U).
expected() {
    figures "$1" | awk '{ u[NR] = $1; v[NR] = $2; all_u += $1; all_v += $2 }
        END { for (i in u) sum += sqrt(u[i] / all_u * v[i] / all_v); printf "%.12f\n", 1 - sum }'
}

found() {
    awk -F, -v period="2026M0$1" '$1 == period && $3 == "maakunta" && $5 == "mismatch" &&
        $6 == "0.5" { printf "%.12f\n", $7 }' "$(published)"/csv/mismatch/*.csv
}

for month in 1 6; do
    check "the mismatch between counties in month $month is that of the table" \
        test "$(found "$month")" = "$(expected "$month")"
done
check "the table is called as the service calls it" grep -q \
    '^se-labour,TAB9001,.*,https://statistikdatabasen.scb.se/api/v2/tables/TAB9001,' \
    "$(published)/csv/sources/sources.csv"

# The next night asks for limits, the newest period, and whether the late table is kept up.
first=$(published)
serve_sweden
sweden
check "the second night makes three calls" test "$(wc -l <"$calls")" -eq 3
check "it probes the table" test "$(calls_of 'probe TAB9001 200')" -eq 1
check "nothing new is published" test "$(published)" = "$first"
