#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# What a run says of itself to other programs holds for every file of it: datapackage.json, the
# descriptions in meta/, the maps in qgis/ and the scripts in load/. Then the script for Python reads
# cells that programs like to guess at, and every table.

. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
parts=$root/tests/pipeline/package

own_config
config=$work/config/sample/kohtaanto.json
sed -i 's|"public_dir": null|"public_dir": "'"$work"'/public"|' "$config"
serve --max-cells 30000 --first 2023M10
night
expect_code 0
first=$(published)
check "what is published verifies" sums_verify "$first"
check "check-output agrees" "$program" check-output "$first" --config "$config"

holds() {
    python3 "$parts/datapackage.py" "$@"
}

check "every file is as the package says" holds "$first" "$work/config/contract"
check "so is every file of the public run" holds "$work/public/current" "$work/config/contract" public
internal='project_overlaps|indicator_compliance|rejects'
check "nothing internal is listed there" test \
    "$(grep -rlE "csv/($internal)/|\"($internal)\"" "$work/public/current/" | wc -l)" -eq 0

# plant FILE WORDS OTHER_WORDS: what does not hold is told.
plant() {
    rm -rf "$work/planted"
    cp -r "$first" "$work/planted"
    chmod -R u+w "$work/planted"
    sed -i "0,/$2/s//$3/" "$work/planted/$1"
    ! cmp -s "$first/$1" "$work/planted/$1" || fail "nothing was planted in $1"
    ! holds "$work/planted" "$work/config/contract" >"$work/told" || fail "$1: $2 became $3, unseen"
}

plant datapackage.json '"type": "integer"' '"type": "number"'
plant datapackage.json '"hash": "sha256:.' '"hash": "sha256:x'
plant datapackage.json '"resource": "dim_region"' '"resource": "dim_sector"'
plant dcat.jsonld '"dcat:mediaType"' '"foaf:mediaType"'
plant dcat.jsonld '"@language": "sv"' '"@language": "se"'
plant datapackage.json '"licence": "CC BY 4.0"' '"licence": "CC0"'
plant csv/observations/observations_2023.csv ',maakunta,MK01,' ',maakunta,MK99,'
plant csv/sources/sources.csv ',fresh,' ',stolen,'
plant meta/observations_2023.csv-metadata.json '"base":"integer"' '"base":"string"'
plant load/kohtaanto.pq 'Int64.Type' 'type text'
plant qgis/kunta.csv ',091,' ',91,'
printf 'ok: what does not hold is found\n'

python3 "$parts/made_run.py" "$work/made"
for script in "$first/load/kohtaanto.py" "$work/public/current/load/kohtaanto.py"; do
    check "the script is that of the tree" cmp "$script" "$root/pipeline/package/load/kohtaanto.py"
done
check "Python reads cells as they are meant, and every table" python3 "$parts/loader.py" \
    "$first/load/kohtaanto.py" "$work/made" "$workspace/published"
for python in python3 /usr/bin/python3; do
    if "$python" -c 'import pandas' 2>/dev/null; then
        check "so does pandas" "$python" "$parts/loader.py" "$first/load/kohtaanto.py" \
            "$work/made" "$workspace/published" pandas
        exit 0
    fi
done
skip "the same with pandas: it is not here"
