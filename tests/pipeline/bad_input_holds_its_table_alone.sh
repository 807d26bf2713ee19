#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A good night over a service of PxWeb, Eurostat and a folder of PX files; then the same with one thing
# wrong at a time. Each gives one line with place and expectation, its table stands as it was, the others
# go on, the code is 100.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"

# Sources first and second of a PxWeb, third of a dropped PX file, fourth of Eurostat.
night=$work/tests/pipeline/claims
mkdir -p "$work/tests/pipeline"
cp -r "$root/tests/pipeline/claims" "$night"
ln -s "$root/config" "$work/config"
config=$night/night.json
eurostat=$work/static/eurostat/api/dissemination/statistics/1.0/data
mkdir -p "$night/drop" "$eurostat" "$work/good"
python3 "$root/tests/pipeline/bad_input.py" begin "$night" "$work/good"

others=()
end() {
    stop_serving
    [ "${#others[@]}" -eq 0 ] || kill "${others[@]}" 2>/dev/null || true
    wait
    rm -rf "$work"
}

# Puts the files of $work/files where the services and the folder have them.
lay_out() {
    cp "$work/files/third.px" "$night/drop/third.px"
    touch -d '2001-01-01' "$night/drop/third.px"
    cp "$work/files/fourth.json" "$eurostat/une_rt_m"
    start_server "$server_program" --port-file "$work/port" --log "$calls" --service statfin \
        --table "$work/files/first.json" --table "$work/files/second.json"
}

tonight() {
    kohtaanto run --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port" \
        --redirect "https://ec.europa.eu=http://127.0.0.1:$(cat "$work/static.port")"
}

# What a source alone gives: rows RUN SOURCE
rows() {
    case $2 in
    first) grep -h ',MK02,.*,vacancies_new,' "$1"/csv/flows/*.csv ;;
    second) grep -h ',vacancies_filled,' "$1"/csv/flows/*.csv ;;
    third) grep -h ',vacancies_open,' "$1"/csv/flows/*.csv ;;
    *) grep -h ",$2," "$1"/csv/observations/*.csv ;;
    esac
}

# news RUN SOURCE: what has come of another source than that one.
news() {
    if [ "$2" = third ]; then
        grep -q '^2026M02,.*,SSS,.*,vacancies_filled,12,' "$1"/csv/flows/*.csv
    else
        grep -q '^2026M02,.*,SSS,.*,vacancies_open,91,' "$1"/csv/flows/*.csv
    fi
}

"$server_program" --static "$work/static" --port-file "$work/static.port" >"$work/static.words" 2>&1 &
others+=($!)
for _ in {1..1200}; do
    [ -s "$work/static.port" ] || sleep 0.05
done
cp -r "$work/good" "$work/files"
lay_out
tonight
expect_code 0
first=$(published)
for source in first second third une_rt_m; do
    check "$source is published" test "$(rows "$first" $source | wc -l)" -ge 2
done

# What is wrong | of which source | where, and what was expected.
while IFS='|' read -r plant source words; do
    rm -rf "$work/files" "$work/again"
    cp -r "$work/good" "$work/files"
    cp -r "$work/workspace" "$work/again"
    workspace=$work/again
    python3 "$root/tests/pipeline/bad_input.py" "$plant" "$work/files"
    lay_out
    tonight
    expect_code 100
    check "$plant: one line of $source" test "$(grep -cE "^(warning|error): $source: " "$work/words")" -eq 1
    check "$plant: it names place and expectation" grep -qF -- "$words" "$work/words"
    check "$plant: its last good rows stand" diff <(rows "$first" "$source") <(rows "$(published)" "$source")
    check "$plant: what is new of another is published" news "$(published)" "$source"
    check "$plant: the others are fresh" test "$(grep -v "^$source," "$(published)/csv/sources/sources.csv" |
        grep -c ',fresh,')" -eq 3
    check "$plant: what is published verifies" sums_verify "$(published)"
done <<'PLANTS'
a wanted code is lost|first|tyonv/ta1.px: variable Alue (region) has no value MK02; the nearest is MK01; what was fetched before stands
an optional content is lost|second|variable contentscode (measure) has no value TAYTTYNEET; the nearest is TAYTTYNEET_2, expected TAYTTYNEET as before; if it has ended, take it out of the source's file
another value of a cell|second|period=2026M03 region=MK01 occupation=_T measure=vacancies_new: 42 in first and 45 in second, expected the same figure of both
percentages for counts|third|vacancies_open (AVOINNA: Avoinna kuukauden aikana): the unit is "prosenttia", expected posts
shares without a unit|third|file:third.px: third period=2026M02 measure=vacancies_open region=MK01: 40.4, expected a whole number
DATA too short|third|file:third.px: line 19: DATA ends after 5 values, expected 6, 3 rows of 2; the first line that is no row is 17
DATA too long|third|file:third.px: line 18: DATA goes on up to 7 values, expected 6, 3 rows of 2
DATA ends in the middle|third|file:third.px: line 15: DATA: the file ends in the middle, expected ';' behind the cells
a value outside|une_rt_m|"value": the key "3" is not one of 0 to 2, each once
a status outside|une_rt_m|"status": the key "3" is not one of 0 to 2, each once
an empty position outside|une_rt_m|"positions-with-no-data" of time: 3, expected positions from 0 to 2
a symbol that nobody knows|third|file:third.px: third period=2026M02 measure=vacancies_open region=MK01: unknown symbol ".."
percentages of Eurostat|une_rt_m|unemployed (THS_PER: Percentage of persons): the unit is "Percentage of persons", expected persons
PLANTS
