#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# LibreOffice opens csv-fi as a Finnish desktop does: semicolons, decimal commas, whatever looks like
# a number or a day becomes one. Numbers are then numbers, days are days, and codes are text. So they
# are in a workbook, which needs no such guess.

. "$(dirname "$0")/lib.sh"
command -v soffice >/dev/null || skip "no soffice"
command -v python3 >/dev/null || skip "no python3"
cells=$root/tests/pipeline/package/spreadsheet.py
# Separator, quote, UTF-8, from the first line, no column's type given, language fi-FI, quoted cells
# are not text by that alone, special numbers are looked for.
finnish='Text - txt - csv (StarCalc):59,34,76,1,,1035,false,true'
english='Text - txt - csv (StarCalc):59,34,76,1,,1033,false,true'

# open_as FILTER FOLDER
open_as() {
    timeout 300 soffice --headless "-env:UserInstallation=file://$work/profile" \
        --convert-to fods --infilter="$1" --outdir "$2" "$work"/taken/*.csv
}

own_config
config=$work/config/sample/kohtaanto.json
serve --max-cells 30000 --first 2023M11
night
expect_code 0
python3 "$cells" take "$(published)" "$work/taken" 300
check "LibreOffice opens every file of csv-fi" open_as "$finnish" "$work/fi"
check "numbers are numbers, days are days, codes are text" \
    python3 "$cells" compare "$work/taken" "$work/fi" "$work/config/contract"
cat "$work/checked"

converted() {
    # Finnish as the language of the desktop: the workbook says what is a number and what is a day.
    sed 's/%LANGUAGE%/fi-FI/' "$root/tests/pipeline/package/desktop.xcu" >"$work/profile/user/registrymodifications.xcu"
    timeout 300 soffice --headless "-env:UserInstallation=file://$work/profile" \
        --convert-to fods --outdir "$work/book" "$(published)/xlsx/$1.xlsx"
}
check "LibreOffice opens a workbook as a Finnish desktop does" converted MK19
check "its numbers are numbers, its days are days, its codes are text" \
    python3 "${cells%/*}/workbook.py" converted "$(published)" "$work/config/contract" MK19 \
    "$work/book/MK19.fods"
cat "$work/checked"

open_as "$english" "$work/en" >"$work/words" 2>&1
if python3 "$cells" compare "$work/taken" "$work/en" "$work/config/contract" >"$work/words"; then
    fail "decimal commas are no numbers elsewhere, and this did not see it"
fi
printf 'ok: where commas are no decimal signs, it is seen\n'
