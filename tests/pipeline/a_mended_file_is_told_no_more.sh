#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is judged of a file in the folder is what it has now. A held list that is put right under its
# name is told no more; one that is spoilt leaves what it had; one of a day to come is told, holds
# nothing up, and is gone once it is saved under its own day.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects

serve --first 2023M11
broken=$(project S30009 '' Rikki Kunta '' Käynnissä 1.1.2024 31.2.2027 100 10 'FI1D8 Kainuu')
alike "$inbox/hankkeet_2026-01-01.csv" S30001 S30002
night
expect_code 0

# Held, and held again: it was not changed.
{ list_header; printf '%s\n' "$broken"; } >"$inbox/hankkeet_2026-02-01.csv"
night
expect_code 100
night
expect_code 100
check "a held file is told each night" grep -q 'held, the lists before it stand: .*hankkeet_2026-02-01.csv' "$work/words"

# Put right under its name.
alike "$inbox/hankkeet_2026-02-01.csv" S30001 S30003
night
expect_code 0
check "what it has now counts" test "$(current_projects)" = "S30001 S30003"
check "nobody is told of what it had" bash -c "! grep -q 'held\|31.2.2027' '$work/words'"
check "nor in checks and rejects" bash -c "
    ! grep -q '^list_read,.*,hold,' '$(published)/csv/checks/checks.csv' &&
    ! grep -q '2026-02-01' '$(published)/csv/rejects/rejects.csv'"
mended=$(published)

# A good list that is mended: what it lacks now is gone, and no row of it is a duplicate.
alike "$inbox/hankkeet_2026-02-01.csv" S30001 S30003 S30004
night
alike "$inbox/hankkeet_2026-02-01.csv" S30004 S30001
sed -i 's/;100;10;/;150;10;/' "$inbox/hankkeet_2026-02-01.csv"
night
expect_code 0
check "only what it has now counts" test "$(current_projects)" = "S30001 S30004"
check "nothing is told twice" bash -c "! grep -q duplicate '$(published)/csv/rejects/rejects.csv'"
good=$(published)

# Spoilt, then held by what it lacks: what it had stands.
printf 'Tämä ei ole lista\n' >"$inbox/hankkeet_2026-02-01.csv"
night
expect_code 100
check "a spoilt file leaves what it had" test "$(current_projects)" = "S30001 S30004"
alike "$inbox/hankkeet_2026-02-01.csv" S30010
night
expect_code 100
check "so does one that lacks most of the list before" grep -q 'lacks 2 of the 2 projects of the eura2021 list of 2026-01-01' "$work/words"
check "and it is told alone" test "$(grep -c 'held, the lists' "$work/words")" -eq 1
check "the list before it stands" test "$(current_projects)" = "S30001 S30004"
alike "$inbox/hankkeet_2026-02-01.csv" S30004 S30001
sed -i 's/;100;10;/;150;10;/' "$inbox/hankkeet_2026-02-01.csv"
night
expect_code 0
check "it is as it was" test "$(current_projects)" = "S30001 S30004"

# Of a day to come.
alike "$inbox/hankkeet_2062-09-01.csv" S30001 S30004 S30005
night
expect_code 0
line='left out until it is saved under the day of which it speaks: .*hankkeet_2062-09-01.csv'
check "a list of a day to come is told" grep -q "$line" "$work/words"
night
expect_code 0
check "each night, and holds nothing up" grep -q "$line" "$work/words"
check "it counts nowhere" test "$(current_projects)" = "S30001 S30004"
cp "$inbox/hankkeet_2062-09-01.csv" "$inbox/hankkeet_2026-03-01.csv"
night
expect_code 0
check "under its own day it counts" test "$(current_projects)" = "S30001 S30004 S30005"
check "and is told no more" bash -c "! grep -q 2062 '$work/words'"
check "nor in checks" bash -c "! grep -q 2062 '$(published)/csv/checks/checks.csv'"

# What cannot even be taken: every file has a line of its own, each night.
for name in a b c; do
    ln -s "$work/nowhere" "$inbox/$name.csv"
done
each_is_told() {
    local name
    for name in a b c; do
        [ "$(grep -c "file:$name.csv: a link, expected the file itself" "$work/words")" -eq 1 ] || return 1
    done
}
night
expect_code 100
check "every bad file is told" each_is_told
night
expect_code 100
check "the next night as well" each_is_told
rm "$inbox"/[abc].csv
night
expect_code 0

# What is held and taken away: nobody can mend it, so it is told once more.
held='held, the lists before it stand: .*hankkeet_2026-04-01.csv'
gone='project_inbox: gone from the folder, and held no more: file:hankkeet_2026-04-01.csv: .*31.2.2027'
{ list_header; printf '%s\n' "$broken"; } >"$inbox/hankkeet_2026-04-01.csv"
touch -d '2001-01-01' "$inbox/hankkeet_2026-04-01.csv"
night
expect_code 100
check "it is held" grep -q "$held" "$work/words"
mv "$inbox/hankkeet_2026-04-01.csv" "$work/away.csv"
kohtaanto run --offline
expect_code 100
check "without a look into the folder it is held still" grep -q "$held" "$work/words"
night
expect_code 0
check "what is gone is told once" test "$(grep -c "$gone" "$work/words")" -eq 1
check "and held no more" bash -c "! grep -q '$held' '$work/words'"
night
expect_code 0
check "nor told again" bash -c "! grep -q 2026-04-01 '$work/words'"
kohtaanto run --offline
expect_code 0
check "what counted counts" test "$(current_projects)" = "S30001 S30004 S30005"
mv "$work/away.csv" "$inbox/hankkeet_2026-04-01.csv"
night
expect_code 100
check "put back it is held again" grep -q "$held" "$work/words"
rm "$inbox/hankkeet_2026-04-01.csv"
mv "$inbox" "$work/elsewhere"
night
expect_code 100
check "a folder that is not there says nothing of its files" grep -q "$held" "$work/words"
mv "$work/elsewhere" "$inbox"
night
expect_code 0
check "the archive has both" test "$(grep -c '"gone":true' "$workspace/archive/withdrawn.jsonl")" -eq 2
# A good file may be taken away as ever: its bytes are kept.
rm "$inbox/hankkeet_2026-03-01.csv"
night
expect_code 0
check "a good list that is taken away counts" test "$(current_projects)" = "S30001 S30004 S30005"

# The past has what stood under the name then.
kohtaanto run --as-of "$(basename "$mended" | cut -d_ -f2)" --out "$work/then"
expect_code 0
check "what stood there first can be had again" cmp "$mended/csv/projects/projects.csv" "$work/then/csv/projects/projects.csv"
kohtaanto run --as-of "$(basename "$good" | cut -d_ -f2)" --out "$work/later"
expect_code 0
check "so can what stood there next" cmp "$good/csv/projects/projects.csv" "$work/later/csv/projects/projects.csv"
