#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# The sample's flows beside its stocks: they are set shares of the vacancies of each maakunta, so the
# table `flows` is known from `observations`; its years are kept from night to night.

. "$(dirname "$0")/lib.sh"

own_config
sed -i 's#^  "sources": \[#&"../../config/sample/sources/flows.json", #' "$config"
serve --first 2023M11
night
expect_code 0
flows=$(published)/csv/flows/flows_2023.csv

# Fields of definitions may hold commas; those that are compared stand before them.
check "new and filled posts are 85 and 35 hundredths of the vacancies" \
    awk -F, 'FNR == NR { if ($3 == "12r5-modelled" && $4 == "maakunta" && $5 ~ /^MK/)
            posts[$1, $5] = $14
        next }
        $3 == "maakunta" && $4 ~ /^MK/ && $7 == "vacancies_new" {
            rows++; wrong += $8 != int(posts[$1, $4] * 85 / 100) }
        $3 == "maakunta" && $4 ~ /^MK/ && $7 == "vacancies_filled" && $8 != "" {
            rows++; wrong += $8 != int(posts[$1, $4] * 35 / 100) }
        END { exit !(rows >= 70 && wrong == 0) }' \
    "$(published)/csv/observations/observations_2023.csv" "$flows"
check "a suuralue has the posts of its maakunta" \
    awk -F, '$1 == "2023M12" && $7 == "vacancies_open" {
            if ($3 == "maakunta" && $4 ~ /^MK/) parts += $8
            if ($3 == "suuralue" && $4 ~ /^SA/) { sums += $8; rows++ } }
        END { exit !(rows == 5 && parts == sums) }' "$flows"
check "and no days of its own" test \
    "$(grep -c '^2023M12,2023-12-01,suuralue,SA2,_T,_T,open_days,,,,.*,L$' "$flows")" -eq 1
check "the country has its own" \
    grep -q '^2023M12,2023-12-01,country,SSS,_T,_T,open_days,[0-9]*,[0-9]*,[0-9]*,.*,A$' "$flows"
check "the Finnish flows have as many rows" \
    test "$(wc -l <"$flows")" -eq "$(wc -l <"$(published)/csv-fi/flows/flows_2023.csv")"
check "check-output agrees" "$program" check-output --config "$config" "$(published)"

cp "$flows" "$work/before"
inode=$(stat -c %i "$workspace/store/findings/flows/flows_2023.csv")
kohtaanto analyse
expect_code 0
check "a year of which no flow changed is kept" test "$inode" = \
    "$(stat -c %i "$workspace/store/findings/flows/flows_2023.csv")"
check "byte for byte" cmp "$work/before" "$workspace/store/findings/flows/flows_2023.csv"
