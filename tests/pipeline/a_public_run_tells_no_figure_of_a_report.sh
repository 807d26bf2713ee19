#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What is wrong with a list or a report is told to those who can mend it: with what was found there by
# import, by night and in the internal rejects; in a public run with row, column and what was
# expected alone.

. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
sed -i 's|"public_dir": null|"public_dir": "'"$work"'/public"|' "$config"
inbox=$work/config/projects/inbox
head='hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm'

{
    list_header
    for last in {100..219}; do
        project "S30$last" '' "Kohtaanto $last" 'Kunta 1' '' Päättynyt 1.1.2024 31.12.2024 100 10 'FI1D7 Lappi'
    done
    project S30220 '' 'Kohtaanto 220' 'Kunta 1' '' Päättynyt 1.1.2024 31.12.2024 'Ilmari Liukuva' 10 'FI1D7 Lappi'
    project S30221 '' 'Kohtaanto 221' 'Kunta 1' '' Päättynyt 1.1.2024 31.12.2024 100 10 'FIXYZ Outola'
} >"$work/hankkeet_2025-01-01.csv"

# report DAY LINE...: the lines first, then a hundred of which nothing is wrong.
report() {
    local day=$1
    shift
    {
        echo "$head"
        printf '%s\n' "$@"
        for last in {110..209}; do
            echo "S30$last;EECO01;2024-H1;;;50;15.8.2024"
        done
    } >"$work/raportti_$day.csv"
}
report 2025-04-01 'S30100;EECO01;2024-H1;;;Maija Murheellinen;15.8.2024'
report 2025-04-02 'S30101;EECO02;2024-H1;;;3;15.8.2024' 'S30101;EECO03;2024-H1;;;4;15.8.2024'
report 2025-04-03 'S30102;EECO12;2024-H1;;5;77;15.8.2024'
report 2025-04-04 'S98765;EECO01;2024-H1;;;50;15.8.2024'

serve --first 2023M11
for file in hankkeet_2025-01-01 raportti_2025-04-0{1,2,3,4}; do
    kohtaanto projects import "$work/$file.csv"
    expect_code 0
    cat "$work/results" >>"$work/imported"
done
check "import tells the cell of a list" grep -q 'rejected: row 122: .*"Ilmari Liukuva"' "$work/imported"
check "and of a report" grep -q 'rejected: row 2: .*"Maija Murheellinen"' "$work/imported"
check "and figures that cannot be" grep -q \
    'row 3, column toteuma: EECO03 of S30101 in 2024-H1 is 4, expected at most 3, EECO02 (' "$work/imported"
check "and those that seldom are" grep -q \
    'row 2, column toteuma: EECO12 of S30102 in 2024-H1 is 77, expected at most 3 times the target of 5' "$work/imported"
check "and the project that nobody knows" grep -q '"S98765" is in no list' "$work/imported"
printf '%s\nS30103;EECO01;2024-H1;;;Henna Held;15.8.2024\n' "$head" >"$inbox/raportti_2025-04-05.csv"
night
expect_code 100 # for the last one
check "night tells why it is held" grep -q 'held, the lists before it stand: .*"Henna Held"' "$work/words"
for words in 'Ilmari Liukuva' 'Maija Murheellinen' 'Henna Held'; do
    check "$words is in the internal rejects" grep -q "$words" "$(published)/csv/rejects/rejects.csv"
done

public=$work/public/current
check "there is a public run" test -s "$public/csv/checks/checks.csv"
check "its checks name row, column and what was expected" python3 - "$public/csv/checks/checks.csv" <<'PY'
import csv, sys
told = {"hankkeet_2025-01-01.csv": "row 122: column Suunniteltu EU- ja valtion rahoitus: expected an amount as 1234,50",
        "raportti_2025-04-01.csv": "row 2: column toteuma: expected a count of 0 or more",
        "raportti_2025-04-02.csv": "row 3, column toteuma: expected at most EECO02",
        "raportti_2025-04-03.csv": "row 2, column toteuma: expected at most 3 times the target",
        "raportti_2025-04-04.csv": "row 2: column hankekoodi: the project is in no list of projects",
        "raportti_2025-04-05.csv": "cannot be read; projects import tells why"}
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    rows = list(csv.DictReader(file))
found = {row["subject"].split()[1].removeprefix("file:"): row["examples"] for row in rows
         if row["check"] == "list_read"}
assert found == told, found
places = [row["examples"] for row in rows if row["check"] == "locations_known"]
assert places == ["row 123 of 2025-01-01"], places
PY

# Every file, and those inside archives; 3, 4 and 77 as words tell them, for a run has many of each.
cat >"$work/search.py" <<'PY'
import io, os, re, sys, zipfile
FORBIDDEN = re.compile("Ilmari Liukuva|Maija Murheellinen|Henna Held|"
                       r"of S30\d\d\d in |\bis (3|4|77)\b|expected at most 3,|target of 5".encode())
SECRETS = re.compile(rb"S3010[12],(EECO02|EECO03|EECO12),[^\n]*,(3|4|77),")
def parts(name, data):
    yield name, data
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield name + "!" + inner, archive.read(inner)
count, found = 0, []
for folder, _, names in os.walk(os.path.realpath(sys.argv[1])):
    for name in names:
        path = os.path.join(folder, name)
        with open(path, "rb") as file:
            for part, data in parts(path, file.read()):
                count += 1
                found += [(part, one.group()) for pattern in (FORBIDDEN, SECRETS)
                          for one in pattern.finditer(data)]
assert count > 50, count
print(found[:20])
sys.exit(bool(found))
PY
check "nothing that was found is in any file of it" python3 "$work/search.py" "$public"
cp -rL "$public" "$work/planted"
chmod -R u+w "$work/planted"
cp "$(published)/csv/rejects/rejects.csv" "$work/planted/csv/checks/rejects.csv"
finds() { ! python3 "$work/search.py" "$work/planted"; }
check "had it been there, it would have been found" finds
