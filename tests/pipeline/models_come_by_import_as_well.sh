#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Good models and who uses them come by import and through the folder as reports do. What is said
# later of a model or a use counts, and nothing is taken away; a fault is told by row and column and
# refuses the file, while what stood before stands.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/projects/list.sh"

own_config
with_projects
printf 'model_id,name,theme,description,source_projects,evidence\nvanha,Vanha malli,kohtaanto,Pidetty käsin,,\n' \
    >"$work/config/projects/models.csv"
head_of_models='model_id,name,theme,description,source_projects,evidence'
head_of_uses='model_id;region_code;organisation;state;since;source'

# models: model_id|name|evidence of each; uses: model_id|region_code|organisation|state of each.
columns() {
    python3 - "$(published)/csv/$1/$1.csv" "${@:2}" <<'PY'
import csv, sys
with open(sys.argv[1], encoding="utf-8", newline="") as file:
    print(*("|".join(row[name] for name in sys.argv[2:]) for row in csv.DictReader(file)
            if row["basis"] == "stated"), sep="\n")
PY
}
models() { columns models model_id name evidence uses; }
uses() { columns model_use model_id region_code organisation state; }

serve --first 2023M11
{ list_header; project S30001 '' 'Puualan osaajat' 'Oulun yliopisto' '' Käynnissä 1.1.2024 31.12.2027 100 10 'FI1D8 Kainuu'; } \
    >"$work/hankkeet_2026-01-01.csv"
kohtaanto projects import "$work/hankkeet_2026-01-01.csv"
printf '%s\nmuotoilu,"Työn muotoilu, tehtävittäin",uusia_tyomahdollisuuksia,Tehtävä muotoillaan,S30001,\n' \
    "$head_of_models" >"$work/mallit_2026-02-01.csv"
kohtaanto projects import "$work/mallit_2026-02-01.csv"
expect_code 0
check "the header tells what it is" grep -q 'mallit_2026-02-01.csv: models as of 2026-02-01: 1 rows: of models or their uses, each taken' "$work/results"

# With semicolons and in Windows-1252, as a spreadsheet saves it; one use is of a model that nobody
# has told of yet.
printf '%s\nmuotoilu;MK19;Lapin yliopisto;piloted;2025-01-01;koordinaattori\nvanha;MK13;Jyväskylän kaupunki;in_use;;koordinaattori\nuusi;MK06;;in_use;;koordinaattori\n' \
    "$head_of_uses" | iconv -f utf-8 -t windows-1252 >"$inbox/käyttö_2026-02-02.csv"
night
expect_code 0
# By hand: muotoilu is used where people say, and by the project that it comes from.
check "models of the configuration and of the archive stand side by side" test "$(models)" = \
    $'muotoilu|Työn muotoilu, tehtävittäin||2\nvanha|Vanha malli||1'
check "so do uses" test "$(uses)" = \
    $'muotoilu|MK19|Lapin yliopisto|piloted\nvanha|MK13|Jyväskylän kaupunki|in_use'
check "a use of a model that nobody told of is told" grep -q \
    'käyttö_2026-02-02.csv: row 4: column model_id: "uusi" is no model that anybody told of' "$work/words"
good=$(published)
check "the output is whole" "$program" check-output "$good" --config "$config"

# Faults: by import nothing is kept, through the folder the file is held.
printf '%s\nmuotoilu;MK99;;rooted;;koordinaattori\nmuotoilu;MK19;;gone;;x\n' "$head_of_uses" >"$work/käyttö_2026-03-01.csv"
kohtaanto projects import "$work/käyttö_2026-03-01.csv"
expect_code 65
check "a fault is one line with row and column, and how many more" grep -q \
    'käyttö_2026-03-01.csv: row 2, column region_code: "MK99", expected a region.* (and 1 more)' "$work/words"
check "and nothing else" test "$(wc -l <"$work/words")" -eq 1
cp "$work/käyttö_2026-03-01.csv" "$inbox/"
night
expect_code 100
check "a night holds it with the same line" grep -q 'held, the lists before it stand: .*käyttö_2026-03-01.csv: row 2, column region_code' "$work/words"
check "what stood before stands" test "$(published)" = "$good"
printf '%s\nx,X,taikuus,Y,,\n' "$head_of_models" >"$work/mallit_2026-03-02.csv"
kohtaanto projects import "$work/mallit_2026-03-02.csv" --format models
expect_code 65
check "a theme is one that is configured" grep -q 'row 2, column theme: "taikuus"' "$work/words"

# Put right; said otherwise; and the model that was missing.
printf '%s\nmuotoilu;MK19;Lapin yliopisto;rooted;2025-01-01;koordinaattori\n' "$head_of_uses" >"$inbox/käyttö_2026-03-01.csv"
printf '%s\nuusi,Uusi malli,kohtaanto,Tulossa,,\nvanha,Vanha malli,kohtaanto,Pidetty käsin,,Arviointi 2026\n' \
    "$head_of_models" >"$inbox/mallit_2026-03-02.csv"
night
expect_code 0
check "what is said later counts, and nothing is taken away" test "$(uses)" = \
    $'muotoilu|MK19|Lapin yliopisto|rooted\nuusi|MK06||in_use\nvanha|MK13|Jyväskylän kaupunki|in_use'
check "of models too" test "$(models)" = \
    $'muotoilu|Työn muotoilu, tehtävittäin||2\nuusi|Uusi malli||1\nvanha|Vanha malli|Arviointi 2026|1'
kohtaanto run --as-of "$(basename "$good" | cut -d_ -f2)" --out "$work/then"
expect_code 0
check "the past is as it was" cmp "$good/csv/model_use/model_use.csv" "$work/then/csv/model_use/model_use.csv"
