#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Every region that has a page has a workbook: what stands in its sheets are the region's rows of csv,
# cell by cell, numbers as numbers, days as days, codes as text, whatever a region is called. The same
# run gives the same bytes at any time of day and in any place; a difference is found; without
# workbooks there are none, and no page names one.

. "$(dirname "$0")/lib.sh"
command -v python3 >/dev/null || skip "no python3"
books=$root/tests/pipeline/package/workbook.py

# look_again RUN: what check-output finds, in $work/words.
look_again() {
    code=0
    "$program" check-output --config "$config" "$1" >"$work/words" 2>&1 || code=$?
}

own_config
config=$work/config/sample/kohtaanto.json
sed -i 's/^MK19,maakunta,Lappi,/MK19,maakunta,=1+1 <b>\&amp; _x000D_\xef\xbf\xbe,/' "$work/config/classifications/regions.csv"
serve --max-cells 30000 --first 2023M07
night
expect_code 0
run=$(published)
check "each region that has a page has a workbook, and there are no others" diff \
    <(cd "$run/html/fi" && printf '%s\n' *.html | LC_ALL=C grep '^[A-Z]' | sed 's/html$/xlsx/') \
    <(cd "$run/xlsx" && printf '%s\n' *)
check "workbooks are listed with their sums" test "$(grep -c '  xlsx/' "$run/SHA256SUMS")" -eq \
    "$(find "$run/xlsx" -type f | wc -l)"
check "every sum is right" sums_verify "$run"
check "sheets hold the rows of their regions, as zip and XML say them" \
    python3 "$books" compare "$run" "$work/config/contract" SSS MK01 MK19 EVK01 TA08 CA3
cat "$work/checked"
python3 "$books" cover "$run" MK19 >"$work/cover"
check "the cover names the region as it is called" \
    grep -q $'^Kohtaannon luvut: =1+1 <b>&amp; _x000D_\xef\xbf\xbe\t' "$work/cover"
check "the page of a region names its workbook" \
    grep -q '<a href="../../xlsx/MK19.xlsx">' "$run/html/sv/MK19.html"
check "check-output agrees" "$program" check-output --config "$config" "$run"

mv "$workspace/published" "$work/before"
sleep 2 # a zip counts two seconds
TZ=Asia/Tokyo LC_ALL=C.UTF-8 kohtaanto publish
expect_code 0
check "another time and place give the same bytes" diff -r "$work/before/${run#"$workspace/published/"}/xlsx" \
    "$(published)/xlsx"

run=$(published)
# J is the column of unemployed
python3 "$books" plant "$run" MK01 observations '(<c r="J[0-9]+" s="[0-9]+"><v>)[0-9]+' '\g<1>7'
look_again "$run"
expect_code 65
check "another number in a sheet is found, with sheet, row and column" \
    grep -q 'xlsx/MK01.xlsx: row [0-9]*, column unemployed: sheet observations: the number "7", expected what csv says' \
    "$work/words"
sums=$run/SHA256SUMS
chmod u+w "$sums" "$run/xlsx"
sed -i '/xlsx\/TA08.xlsx/d' "$sums"
rm "$run/xlsx/TA08.xlsx"
look_again "$run"
expect_code 65
check "a workbook that lacks is found" grep -q 'xlsx/TA08.xlsx: is not listed, expected one of each region' "$work/words"

sed -i 's/"publish": {/&"workbooks": false, /' "$config"
night
expect_code 0
run=$(published)
check "without workbooks there are none" test ! -e "$run/xlsx"
check "and no page names one" test -z "$(grep -l 'xlsx' "$run"/html/*/*.html)"
check "and check-output agrees" "$program" check-output --config "$config" "$run"
