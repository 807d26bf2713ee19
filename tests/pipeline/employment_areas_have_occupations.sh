#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Occupations of municipalities, asked for once a week and of the newest month alone, become those of
# employment areas: months gather, a corrected one takes the place of the earlier, sums of which most
# is hidden have no value, and under strict disclosure there are none.

. "$(dirname "$0")/lib.sh"

config=$root/tests/pipeline/kunta/night.json
kunta=12ti-kunta-modelled

# a_week_later SOURCE: what the archive has of it came a week earlier than it did.
a_week_later() {
    python3 - "$workspace/archive/receipts" "$1" <<'EOF'
import datetime, glob, json, sys
for path in glob.glob(sys.argv[1] + "/*.jsonl"):
    lines = []
    for line in open(path, encoding="utf-8"):
        if f'"source":"{sys.argv[2]}"' in line:
            time = json.loads(line)["time"]
            then = datetime.datetime.strptime(time, "%Y-%m-%dT%H:%M:%SZ") - datetime.timedelta(days=7)
            line = line.replace(time, then.strftime("%Y-%m-%dT%H:%M:%SZ"))
        lines.append(line)
    open(path, "w", encoding="utf-8").writelines(lines)
EOF
}

months_of() {
    rows_of "$(published)" "$kunta" | cut -d, -f1 | sort -u | tr '\n' ' '
}

# row_of MONTH AREA OCCUPATION
row_of() {
    rows_of "$(published)" "$kunta" | grep "^$1,.*,$2,[^,]*,$3,"
}

command -v python3 >/dev/null || skip "no python3"

serve --first 2023M10 --last 2023M10
night
expect_code 0
first=$(published)
check "the newest month alone is there" test "$(months_of)" = "2023M10 "
check "employment areas alone have rows, of one and two digits" test \
    "$(rows_of "$first" "$kunta" | cut -d, -f4,6 | sort -u | tr '\n' ' ')" = \
    "tyollisyysalue,isco1 tyollisyysalue,isco2 "
check "all 46 of them" test "$(rows_of "$first" "$kunta" | grep -o ',TA[0-9]*,isco1,' | sort -u | wc -l)" -eq 46
check "sums, intervals and statuses are those of the replies" \
    python3 "$root/tests/pipeline/kunta/areas.py" "$first" "$port" "$root/config/classifications" 0.5
check "checks name share and limit" grep -qE \
    "^protected_share,$kunta tyollisyysalue isco2,note,failed,[0-9.]+,0.5,[0-9]+,TA[0-9]+ ISCO-[0-9]+ (unemployed|vacancies)," \
    "$first/csv/checks/checks.csv"
for market in isco1 isco2; do
    check "$market of areas has an index inside its range" awk -F, -v market="${market}xtyollisyysalue" '
        $3 == market && $5 == "mismatch" && $6 == "0.5" { n++
            bad += !($8 + 0 <= $7 + 0 && $7 + 0 <= $9 + 0 && $8 < $9 && $18 > 0) }
        END { exit !(n == 1 && bad == 0) }' "$first"/csv/mismatch/mismatch_2023.csv
done
hidden=$(rows_of "$first" "$kunta" |
    awk -F, '$13 == "Q" && $11 > 4 && !n++ { print $5 " " $7 }')
kohtaanto why observations time_period=2023M10 "source=$kunta" region_level=tyollisyysalue \
    "region_code=${hidden% *}" "occupation_code=${hidden#* }"
check "why tells of its share and the limit" grep -q 'unemployed_protected_share' "$work/results"
check "in words" grep -q 'not assessable' "$work/results"
check "a figure of two tables has one status in both, and why finds the same" \
    python3 "$root/tests/pipeline/kunta/same.py" "$program" "$config" "$workspace"
check "no protected cell stands in a file" python3 "$root/tests/pipeline/attack.py" --direct "$first"
check "check-output agrees" "$program" check-output "$first" --config "$config"

# The same week: a month more of the other tables, none of this one.
serve --first 2023M10 --last 2023M11
night
expect_code 0
check "in the same week the stored edition stands" test "$(months_of)" = "2023M10 "
kohtaanto fetch --dry-run --redirect "https://pxdata.stat.fi=http://127.0.0.1:$port"
check "the plan says until when" grep -qE "^$kunta: not before 20[0-9-]*, 0 calls; once in 7 days$" "$work/results"
before=$(row_of 2023M10 TA05 ISCO-4)

a_week_later "$kunta"
serve --first 2023M10 --last 2023M11
night
expect_code 0
check "a week later its month has come, and the earlier one stays" test "$(months_of)" = "2023M10 2023M11 "
check "as it was" test "$(row_of 2023M10 TA05 ISCO-4)" = "$before"
newest=$(rows_of "$(published)" "$kunta" | grep ^2023M11)

# A corrected edition of the newest month, which changes older months too: they are not asked for.
a_week_later "$kunta"
serve --first 2023M10 --last 2023M11 --revise 3
night --accept "$kunta" --accept 12r5-modelled --accept 12ti-modelled
check "a corrected month takes the place of the earlier one" test \
    "$(rows_of "$(published)" "$kunta" | grep ^2023M11)" != "$newest"
check "the months are the same" test "$(months_of)" = "2023M10 2023M11 "
check "and the older one is what it was" test "$(row_of 2023M10 TA05 ISCO-4)" = "$before"

# Under strict disclosure.
sed -e 's/"disclosure": "default"/"disclosure": "strict"/' -e "s|\"\.\./\.\./\.\./|\"$root/|g" \
    -e "s|\"markets.json\"|\"$root/tests/pipeline/kunta/markets.json\"|" "$config" >"$work/strict.json"
config=$work/strict.json
workspace=$work/strict
serve --first 2023M10 --last 2023M10
night
expect_code 0
check "no occupation of an employment area has a row" test "$(rows_of "$(published)" "$kunta" | wc -l)" -eq 0
check "nor an index" test "$(grep -c 'xtyollisyysalue' "$(published)"/csv/mismatch/mismatch_2023.csv \
    "$(published)"/csv/contributions/contributions_2023.csv | cut -d: -f2 | paste -sd+ | bc)" -eq 0
check "checks say why" grep -q '^market_given,isco2xtyollisyysalue in SSS,note,absent,.*strict disclosure' \
    "$(published)/csv/checks/checks.csv"
check "an attack finds nothing" python3 "$root/tests/pipeline/attack.py" "$(published)"
