#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The script in load/ reads every table into R with the types of datapackage.json, by base R alone
# and by jsonlite, and cells that programs like to guess at as they are meant.

. "$(dirname "$0")/lib.sh"
command -v Rscript >/dev/null || skip "no Rscript"
command -v python3 >/dev/null || skip "no python3"
parts=$root/tests/pipeline/package

own_config
config=$work/config/sample/kohtaanto.json
serve --max-cells 30000 --first 2023M11
night
expect_code 0
python3 "$parts/made_run.py" "$work/made"
check "the script is that of the tree" cmp "$(published)/load/kohtaanto.R" \
    "$root/pipeline/package/load/kohtaanto.R"
check "R reads cells as they are meant, and every table" Rscript --vanilla "$parts/loader.R" \
    "$(published)/load/kohtaanto.R" "$work/made" "$workspace/published"
cat "$work/checked"
check "so it does where nothing is known of languages" env LC_ALL=C Rscript --vanilla \
    "$parts/loader.R" "$(published)/load/kohtaanto.R" "$work/made" "$workspace/published"
