#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# A table that is dropped into a folder as a file gives the rows that the service gives, and all that
# is asked of a reply can be asked of it: a night without news, offline, as of then, why, the ledger.

. "$(dirname "$0")/lib.sh"

command -v python3 >/dev/null || skip "no python3"
own_config
drop=$work/config/sample/sources/drop
mkdir "$drop"

# A file that has lain there for a while: nobody waits for it.
settle() {
    touch -d '2001-01-01' "$drop"/*
}

serve
night
expect_code 0
by_service=$(published)
table=http://127.0.0.1:$port/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px
python3 "$root/tests/pipeline/take_table.py" "$table" "$work/12r5.json"

python3 - "$work/config/sample/sources/12r5.json" <<'END'
import json
import sys
with open(sys.argv[1]) as file:
    source = json.load(file)
source.update(protocol="file", base_url="file:drop", addresses=[{"path": "12r5*.json"}])
with open(sys.argv[1], "w") as file:
    json.dump(source, file)
END
workspace=$work/from-files
night
expect_code 100
check "a folder without a file is told" grep -q "no file is called 12r5\*.json" "$work/words"

cp "$work/12r5.json" "$drop/12r5_2023.json"
settle
night
expect_code 0
first=$(published)
check "a file gives the rows of the service" \
    diff <(rows_of "$by_service" 12r5-modelled) <(rows_of "$first" 12r5-modelled)
check "what is published verifies" sums_verify "$first"
check "the address is the file's" grep -q ",file:12r5_2023.json," "$first/csv/sources/sources.csv"
check "nothing names the folder" test -z "$(grep -rl "$work" "$workspace/archive/receipts" "$first")"

night
expect_code 0
check "the same file again is no news" test "$(published)" = "$first"
kohtaanto run --offline
expect_code 0
check "nor is it offline" test "$(published)" = "$first"

kohtaanto why observations time_period=2023M12 source=12r5-modelled region_code=SSS
expect_code 0
check "why names the file" grep -q "file:12r5_2023.json" "$work/results"
rm "$workspace/ledger.sqlite"
kohtaanto rebuild-ledger
expect_code 0
kohtaanto status
expect_code 0

sleep 1.1
printf 'half of a fi' >"$drop/12r5_bad.json"
settle
night
expect_code 100
check "a bad file is named in one line" \
    grep -q "12r5-modelled: file:12r5_bad.json: not a JSON object but plain text" "$work/words"
rm "$drop/12r5_bad.json"
night
expect_code 0

# The national figure of the last month, one person more; a region's label as nobody should
# write it.
sleep 1.1
python3 - "$drop/12r5_2023.json" <<'END'
import json
import sys
with open(sys.argv[1]) as file:
    reply = json.load(file)
at = 0
for name, size in zip(reply["id"], reply["size"]):
    index = reply["dimension"][name]["category"]["index"]
    wanted = {"Alue": "SSS", "timeperiod_m": "2023M12", "contentscode": "TYOTTOMATLOPUSSA"}[name]
    at = at * size + index[wanted]
reply["value"][at] += 1
reply["dimension"]["Alue"]["category"]["label"]["MK19"] = "Lap\u202epi\nNord"
reply["updated"] = "2099-01-01T05:00:00Z"
with open(sys.argv[1], "w") as file:
    json.dump(reply, file)
END
settle
night
second=$(published)
check "a corrected file is a new run" test "$first" != "$second"
expect_code 0
check "and its correction a revision" \
    grep -q "^12r5-modelled,.*,2023M12,country,SSS," "$second"/csv/revisions/revisions_2023.csv
check "what a label should not have is left out of it" grep -q \
    '^12r5-modelled,.*,MK19,renamed,.*Lap pi Nord' \
    "$second/csv/code_changes/code_changes.csv"

# The file of a next month, of the same pattern.
sleep 1.1
sed 's/2099-01-01/2099-02-01/' "$drop/12r5_2023.json" >"$drop/12r5_2024.json"
settle
night
expect_code 0
second=$(published)
check "another file of the pattern is no other table" \
    test "$(grep -c '^chain_' "$second/csv/checks/checks.csv")" = 0

rm "$drop/12r5_2023.json"
night
check "a file that is gone stays known" test "$(published)" = "$second"
run_id=${first##*_}
kohtaanto run --as-of "$run_id" --out "$work/then"
expect_code 0
check "what was known before the correction is known still" \
    diff -r --exclude MANIFEST.json "$first" "$work/then"
