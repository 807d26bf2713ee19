#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Published files are attacked as a reader could: by differencing, ratios and shares, older runs
# included. In the default mode no protected cell stands in a file, and the attack finds what it is
# known to find; under strict disclosure it finds nothing. Of groups the default mode tells no more than
# the source does, and strict disclosure nothing.

. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "python3 is not installed"
attack="python3 $root/tests/pipeline/attack.py"
attack_groups="python3 $root/tests/pipeline/attack_groups.py"
attack_sectors="python3 $root/tests/pipeline/attack_sectors.py"

# with_strict: the configuration of the nights under strict disclosure.
with_strict() {
    sed -e 's/"disclosure": "default"/"disclosure": "strict"/' \
        -e "s|\"\.\./\.\./|\"$root/|g" -e "s|\"markets.json\"|\"$root/tests/pipeline/markets.json\"|" \
        "$root/tests/pipeline/night.json" >"$work/strict.json"
    config=$work/strict.json
}

# with_sectors NAME SOURCE...: the configuration of these sources of the sample, in this order.
with_sectors() {
    local name=$1
    shift
    config=$work/$name.json
    workspace=$work/$name
    sed -e "s|\"sources\": \[.*\]|\"sources\": [$(printf '"%s"\n' "$@" | sed "s|\"\(.*\)\"|\"$root/config/sample/sources/\1.json\"|" | paste -sd,)]|" \
        -e "s|^  \"contract\"|  \"sectors\": \"$root/config/sample/sectors.json\",\n&|" \
        "$work/strict.json" >"$config"
}

# plant FILE: shows one protected number of vacancies of a municipality as 3.
plant() {
    awk -F, -v OFS=, '!done && $4 == "kunta" && $(NF - 7) == "Q" {
        $(NF - 10) = $(NF - 9) = $(NF - 8) = 3; $(NF - 7) = "E"; done = 1 } { print }' "$1" >"$work/planted"
    cat "$work/planted" >"$1"
}

serve --first 2023M09 --last 2023M10
night
expect_code 0
check "in the default mode no protected cell stands in a file" $attack --direct "$(published)"
code=0
$attack "$(published)" >"$work/found" || code=$?
check "the attack finds what differencing tells there" test "$code" -eq 1
check "a municipality that is alone in its region is read exactly" \
    grep -qE 'vacancies kunta KU[0-9]+ _T _T is narrowed to ([1-4])\.\.\1$' "$work/found"

python3 "$root/tests/pipeline/take_table.py" \
    "http://127.0.0.1:$port/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px" "$work/12r5.json"
check "the groups tell no more than the source" \
    $attack_groups --beyond "$work/12r5.json" "$(published)"

with_strict
workspace=$work/strict
night
expect_code 0
first=$(published)
check "nor do groups narrow anything under strict disclosure" $attack_groups "$first"
check "under strict disclosure nothing is narrowed" $attack "$first"
check "nor does a protected cell stand in a file" $attack --direct "$first"
check "check-output agrees" "$program" check-output "$first" --config "$config"
check "a covered total is an interval without a value" grep -qE \
    'maakunta,MK[0-9]+,_T,_T,[^,]*,[^,]*,[0-9]+,[0-9]+,[0-9]+,A,,[0-9]+,[0-9]+,Q' \
    "$first"/csv/observations/observations_2023.csv
check "the country's own total stays" grep -qE \
    '12r5-modelled,country,SSS,_T,_T,[^,]*,[^,]*,[0-9]+,[0-9]+,[0-9]+,A,[0-9]+,[0-9]+,[0-9]+,A' \
    "$first"/csv/observations/observations_2023.csv

covered=$(awk -F, '$1 == "2023M10" && $4 == "maakunta" && $6 == "_T" && $(NF - 7) == "Q" { print $5; exit }' \
    "$first"/csv/observations/observations_2023.csv)
kohtaanto why observations time_period=2023M10 region_level=maakunta "region_code=$covered"
check "why says that we cover a total" grep -qE '^ +vacancies .*\(Q: covered by us: ' "$work/results"
hidden=$(awk -F, '$1 == "2023M10" && $4 == "kunta" && $(NF - 7) == "Q" && $(NF - 8) == 4 { print $5; exit }' \
    "$first"/csv/observations/observations_2023.csv)
kohtaanto why observations time_period=2023M10 region_level=kunta "region_code=$hidden"
check "and that the source hides a cell" grep -qE '^ +vacancies .*between 1 and 4 +\(Q: hidden by the source\)' "$work/results"

cp -r "$first" "$work/leaky"
chmod -R u+w "$work/leaky"
cp --remove-destination "$first"/csv/observations/observations_2023.csv "$work/plain"
chmod u+w "$work/plain"
rm "$work/leaky"/csv/observations/observations_2023.csv
plant "$work/plain"
cp "$work/plain" "$work/leaky"/csv/observations/observations_2023.csv
code=0
$attack "$work/leaky" "$first" >"$work/found" || code=$?
check "a run beside which an older one tells less finds nothing more" test "$code" -ne 2
code=0
$attack "$first" "$work/leaky" >"$work/found" || code=$?
check "one cell that an older run shows is found" test "$code" -eq 1

# What is protected later is covered in the past as well, and so are the totals that would tell it.
sleep 1.1
serve --first 2023M09 --last 2023M10 --revise 3
night --accept 12r5-modelled --accept 12ti-modelled
second=$(published)
check "a revised publication makes a new run" test "$second" != "$first"
check "it tells nothing" $attack "$second"
check "nor do its groups" $attack_groups "$second"
kohtaanto run --as-of "${first##*_}" --out "$work/past"
expect_code 0
check "nor does the past, written again" $attack "$work/past"
check "and its groups" $attack_groups "$work/past"

# Of sectors the same; and whoever is named first, the tables are those of the same totals.
serve --first 2023M10 --last 2023M10
with_sectors one 12r5 12ti 12tw employed
night
expect_code 0
check "sectors narrow nothing under strict disclosure" $attack_sectors "$(published)"
check "the country shows its sections" grep -qE \
    '^2023M10,.*,country,SSS,tol1,TOL-C,tol2008,.*,A$' "$(published)/csv/sectors/sectors_2023.csv"
check "no region shows any" test "$(grep -cE ',maakunta,.*,tol[12],.*,[AEQ]$' \
    "$(published)/csv/sectors/sectors_2023.csv")" -eq 0
check "checks has how many are withheld" grep -qE \
    '^sectors_withheld,12tw-modelled,note,passed,[1-9]' "$(published)/csv/checks/checks.csv"
check "what another table covers narrows nothing beside them" $attack "$(published)"
first=$(published)
with_sectors other employed 12tw 12ti 12r5
night
expect_code 0
for table in observations sectors mismatch; do
    check "another order of the sources gives the same $table" \
        cmp "$first/csv/$table/${table}_2023.csv" "$(published)/csv/$table/${table}_2023.csv"
done
sed 's/"disclosure": "strict"/"disclosure": "default"/' "$work/one.json" >"$work/default.json"
config=$work/default.json
workspace=$work/default
night
expect_code 0
code=0
$attack_sectors "$(published)" >"$work/found" || code=$?
check "the attack finds what sums of sectors tell by default" test "$code" -eq 1
