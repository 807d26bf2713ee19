#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Two months of the sample give tests/golden byte for byte, and the same figures come out of a second
# computation by other means. With KT_GOLDEN_WRITE=1 the golden files are written anew; a change of
# them is a change of published numbers, and the commit says why.

. "$(dirname "$0")/lib.sh"

golden=$root/tests/golden

serve --first 2023M11
night
expect_code 0
made=$work/golden
mkdir "$made"
cp "$(published)"/csv/mismatch/mismatch_2023.csv \
    "$(published)"/csv/contributions/contributions_2023.csv \
    "$(published)"/csv/sensitivity/sensitivity_2023.csv \
    "$(published)"/csv/decomposition/decomposition_2023.csv \
    "$(published)"/csv/effective_tightness/effective_tightness_2023.csv "$made"
# An age is that of the day on which the replies came.
grep -v '^source_age,' "$(published)/csv/checks/checks.csv" >"$made/checks.csv"
# The whole is 6,000 rows: the newest month's totals without municipalities, and the country's
# two-digit occupations. Of target groups those of the newest month's larger regions.
awk -F, 'NR == 1 || ($1 == "2023M12" && (($3 == "12r5-modelled" && $4 !~ /^(kunta|seutukunta)$/) ||
    ($3 == "12ti-modelled" && $5 == "SSS" && $6 == "isco2")))' \
    "$(published)/csv/observations/observations_2023.csv" >"$made/observations_extract.csv"
awk -F, 'NR == 1 || ($1 == "2023M12" && $3 ~ /^(country|maakunta|elinvoimakeskus)$/)' \
    "$(published)/csv/target_groups/target_groups_2023.csv" >"$made/target_groups_extract.csv"
for file in observations mismatch contributions sensitivity decomposition effective_tightness target_groups; do
    check "the Finnish $file has as many rows" test \
        "$(wc -l <"$(published)/csv/$file/${file}_2023.csv")" -eq \
        "$(wc -l <"$(published)/csv-fi/$file/${file}_2023.csv")"
done

if [ "${KT_GOLDEN_WRITE:-}" = 1 ]; then
    cp "$made"/*.csv "$golden"
fi
for file in "$golden"/*.csv; do
    check "${file##*/} is as it was" diff "$file" "$made/${file##*/}"
done
command -v python3 >/dev/null || skip "the second computation: no python3"
check "a second computation finds the same" \
    python3 "$golden/verify.py" "$(published)" "$port" "$root/config" "$workspace/store/cubes"
