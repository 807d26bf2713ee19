#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Where series.json names x13as, its parts are published under its name and hash; what it cannot do
# is empty with a reason and told in `checks`; without such a program stl stands in, and says so, or
# nothing is split. Tables that are made of anything else stay as they are. x13as itself is not
# needed: tests/pipeline/x13/stand_in.sh is called in its place.

. "$(dirname "$0")/lib.sh"

own_config
sed -e 's/"maakunta", "elinvoimakeskus", .*\],/"maakunta"],/' -e 's/, "isco2"\]/]/' \
    "$work/config/series.json" >"$work/series.json"
cp "$work/series.json" "$work/config/series.json"
cp "$root/tests/pipeline/x13/stand_in.sh" "$work/x13as-well"
printf '{"markets": []}' >"$work/tests/pipeline/markets.json" # nothing that takes its time
sed -i '/"early_warning"\|"effective_tightness"/d' "$config"
serve --first 2021M01

# by MEMBERS...: a night with this x13, published in $run.
by() {
    sed "s|^  \"stl\"|  \"x13\": {$1},\n&|" "$work/series.json" >"$work/config/series.json"
    night
    expect_code 0
    run=$(published)
}

# series_of RUN: its rows.
series_of() {
    cat "$1"/csv/series/series_20*.csv | grep -v '^time_period'
}

night
expect_code 0
stl=$(published)
series_of "$stl" >"$work/stl"
check "without x13as nothing is said of it" test "$(grep -c '^x13_split' "$stl/csv/checks/checks.csv")" -eq 0

by '"program": "../x13as-well"'
first=$run
hash=$(sha256sum "$work/x13as-well" | cut -c1-16)
series_of "$run" >"$work/series"
check "trend, remainder and adjusted are those of the program" awk -F, '
    $12 == "" { next }
    { n++; whole = / of=logarithms,/ ? 2 * $11 : 2 + $11 }
    ($14 - 2) ^ 2 > 1e-12 || ($13 - $11) ^ 2 > 1e-12 || ($12 - whole) ^ 2 > 1e-12 { print; bad = 1; exit }
    END { exit bad || n < 1000 }' "$work/series"
check "a row names the program, its version and its bytes" grep -q \
    ",x13as 1.1 Build 59 x11 model=automatic sha256=$hash of=logarithms,,A$" "$work/series"
check "the newest six months are provisional" test \
    "$(grep -c ',country,SSS,.*,_T,unemployed,.*,provisional,' "$work/series")" -eq 6
check "checks counts what was split" grep -qE '^x13_split,series,note,passed,[1-9][0-9]*,,0,,A$' \
    "$run/csv/checks/checks.csv"
check "curves are drawn as before" diff -r "$stl/csv/beveridge" "$run/csv/beveridge"
check "the figures are the same" diff <(cut -d, -f1-11 "$work/stl") <(cut -d, -f1-11 "$work/series")
last=$(tail -n 1 "$work/series" | cut -d, -f1)
"$program" why series --config "$config" --workspace "$workspace" time_period="$last" \
    region_level=country region_code=SSS occupation_level=_T indicator=vacancies >"$work/why"
check "why computes it again" test "$(grep -c ' equal$' "$work/why")" -eq 4

sed -i 's/"threads": 2/"threads": 1/' "$config"
rm -rf "$workspace/store" "$workspace/published"
by '"program": "../x13as-well"'
check "one thread gives the same run" test "${run##*/}" = "${first##*/}"
check "and the same rows" diff "$work/series" <(series_of "$run")

sed -i 's/^fault=.*/fault=error/' "$work/x13as-well"
by '"program": "../x13as-well"'
check "another program is another run" test "${run##*/}" != "${first##*/}"
check "whose rows name it" grep -q "sha256=$(sha256sum "$work/x13as-well" | cut -c1-16) " \
    "$run/csv/series/series_2023.csv"
check "what the program refuses is empty, with its reason" grep -q \
    ',,,,,x13as 1.1 Build 59 .*,x13as: ERROR: Differencing has annihilated the series.,A$' \
    "$run/csv/series/series_2023.csv"
check "and has no figure" test "$(series_of "$run" | awk -F, '$12 $13 $14 != ""' | wc -l)" -eq 0
check "checks names one" grep -qE '^x13_split,series,note,warn,0,,[1-9][0-9]*,[^,]* .*: x13as: ERROR' \
    "$run/csv/checks/checks.csv"

by '"program": "x13as-that-nobody-has"'
check "stl stands in where there is no program" diff \
    <(cut -d, -f1-15 "$work/stl") <(series_of "$run" | cut -d, -f1-15)
check "and the rows say so" grep -q \
    ',"\?stl/1 s_window=13 in place of x13as-that-nobody-has, which is not there of=logarithms"\?,,A$' \
    "$run/csv/series/series_2023.csv"
check "checks too" grep -q '^x13_split,series,note,warn,0,,0,there is no program x13as-that-nobody-has: series are' \
    "$run/csv/checks/checks.csv"

by '"program": "x13as-that-nobody-has", "use": "always"'
check "nothing is split where it has to be the program" test \
    "$(series_of "$run" | awk -F, '$12 $13 $14 != ""' | wc -l)" -eq 0
check "for a reason" grep -q ',there is no program x13as-that-nobody-has,A$' \
    "$run/csv/series/series_2023.csv"

sed -i 's/"x13": {.*},/"x13": {"program": "x13as", "use": "never", "model": 1, "time_limit_s": 0},/' \
    "$work/config/series.json"
code=0
"$program" check-config --config "$config" >"$work/words" 2>&1 || code=$?
expect_code 78
check "mistakes are told, each" test "$(grep -c 'series.json: x13\.\(use\|model\|time_limit_s\)' "$work/words")" -eq 3
