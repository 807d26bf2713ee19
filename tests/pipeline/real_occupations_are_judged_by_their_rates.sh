#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The real unemployed and vacancies of 12ti, 2022-2023, over modelled persons employed: everything follows
# from the published figures, and what everybody knows of these years is said.

. "$(dirname "$0")/lib.sh"

stand_in=$root/../shared/statfin-stand-in/serve.py
[ -f "$stand_in" ] || skip "the real figures are not here"
command -v python3 >/dev/null || skip "no python3"
own_config
config=$work/tests/pipeline/balance/night.json
rules=$work/config/occupation_balance.json
mkdir "$work/tests/pipeline/balance/drop"
python3 "$root/tests/pipeline/balance/employed.py" "$root" "$work/tests/pipeline/balance/drop/employed.csv"
touch -d '2001-01-01' "$work"/tests/pipeline/balance/drop/*
sed -i '/"isco4"/d; s/"employed": "115s"/"employed": "employed"/; s/\("level": "isco2".*\),$/\1/' "$rules"
sed -i -e 's|"sources": .*|"sources": ["../../../config/sources/12ti.json", "employed.json"],|' \
    -e 's|sample/occupation_balance|occupation_balance|; s|12ti-modelled/|12ti/|' \
    -e 's|"modelled": true|"modelled": false|' "$config"
start_server python3 "$stand_in" --port 0 --port-file "$work/port" --only 12ti --first 2022M01 \
    --cache "${KT_STAND_IN_CACHE:-$work/cache}" --max-calls 1000 --window 1
night
expect_code 100
check "every row follows from the published figures and the rules" \
    python3 "$root/tests/pipeline/balance/states.py" "$(published)" "$rules"
said() {
    grep -hE "^$1,.*,country,SSS,isco2,ISCO-$2," "$(published)"/csv/occupation_balance/*.csv |
        cut -d, -f14 | tr -d '\n'
}
check "in June 2022 there are too few nurses and their like" test "$(said 2022M06 32)" = shortage
check "and too many general clerks" test "$(said 2022M06 41)" = surplus
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
