#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A list that was cut at the end of a row can be read to its end: it is held by the projects it
# lacks that have not ended, and a file that somebody still writes is not taken at all.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

# list FILE FIRST LAST END: projects by number, up to that day.
list() {
    local number
    list_header >"$1"
    for ((number = $2; number <= $3; number++)); do
        project "S3$(printf '%04d' "$number")" '' "Puualan osaajat $number" 'Oulun yliopisto' '' Käynnissä \
            1.1.2024 "$4" 100 10 'FI1D8 Kainuu' >>"$1"
    done
}

count_is() {
    test "$(current_projects | wc -w)" -eq "$1"
}

serve --first 2023M11
list "$work/hankkeet_2026-01-01.csv" 1 60 31.12.2027
kohtaanto projects import "$work/hankkeet_2026-01-01.csv"
expect_code 0

# By hand: 40 of 60 are there, 20 are lost, which is a third and not half.
whole=$work/hankkeet_2026-02-01.csv
list "$whole" 1 60 31.12.2027
head -n 41 "$whole" >"$inbox/hankkeet_2026-02-01.csv"
kohtaanto projects import "$inbox/hankkeet_2026-02-01.csv"
expect_code 65
line='lacks 20 of the 60 projects of the eura2021 list of 2026-01-01 that have not ended.*--accept lets it through'
check "an import says what is lacking" grep -q "$line" "$work/words"
night
expect_code 100
check "a night holds it with one line" test \
    "$(grep -c "held, the lists before it stand: file:hankkeet_2026-02-01.csv: $line" "$work/words")" -eq 1
check "the list before it stands" count_is 60
kohtaanto projects import "$inbox/hankkeet_2026-02-01.csv" --accept
expect_code 0
check "whoever looked lets it through" grep -q '^accepted, though it lacks much' "$work/results"
night
expect_code 0
check "then it counts" count_is 40

# What has ended by then may be left out, up to half; so may what is fewer than 20.
list "$work/hankkeet_2026-03-01.csv" 1 40 31.1.2026
kohtaanto projects import "$work/hankkeet_2026-03-01.csv"
expect_code 0
list "$work/hankkeet_2026-03-02.csv" 1 20 31.1.2026
kohtaanto projects import "$work/hankkeet_2026-03-02.csv"
expect_code 0

# The numbers are configuration.
list "$work/hankkeet_2026-04-01.csv" 1 20 31.12.2027
list "$work/hankkeet_2026-04-02.csv" 4 20 31.12.2027
kohtaanto projects import "$work/hankkeet_2026-04-01.csv"
expect_code 0
sed -i 's/"lost_running": {"least": 20, "share": 0.1}/"lost_running": {"least": 3, "share": 0.1}/' \
    "$work/config/projects/projects.json"
kohtaanto projects import "$work/hankkeet_2026-04-02.csv"
expect_code 65
check "a smaller number holds a smaller list" grep -q 'lacks 3 of the 20 projects' "$work/words"
sed -i 's/"least": 3/"least": 2.5/' "$work/config/projects/projects.json"
night
expect_code 78
check "half a project is a mistake" grep -q 'projects.json: lost_running.least' "$work/words"
sed -i 's/"least": 2.5/"least": 20/' "$work/config/projects/projects.json"

# write_slowly FILE SECONDS: the rest of a list, a row every fifth of a second.
write_slowly() {
    local number
    for ((number = 1; number <= 5 * $2; number++)); do
        project "S4$(printf '%04d' "$number")" '' "Metallin osaajat $number" 'Oulun yliopisto' '' Käynnissä \
            1.1.2024 31.12.2027 100 10 'FI1D8 Kainuu' >>"$1"
        sleep 0.2
    done
}

list "$work/hankkeet_2026-05-01.csv" 1 20 31.12.2027
write_slowly "$work/hankkeet_2026-05-01.csv" 6 &
writer=$!
kohtaanto projects import "$work/hankkeet_2026-05-01.csv"
expect_code 65
check "a file that grows is not imported" grep -q \
    'hankkeet_2026-05-01.csv: it is still being written, expected it whole' "$work/words"
wait "$writer"
rm "$inbox"/*
list "$inbox/hankkeet_2026-05-01.csv" 1 20 31.12.2027
write_slowly "$inbox/hankkeet_2026-05-01.csv" 12 &
writer=$!
night
wait "$writer"
expect_code 100
check "nor is it taken by a night, which tells so in one line" test \
    "$(grep -c 'hankkeet_2026-05-01.csv: it is still being written, and is taken the next time' "$work/words")" -eq 1
check "the list before it stands" count_is 20
night
expect_code 0
check "the next night takes it whole" count_is 80
