#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# --as-of writes what was known then, to the byte, and leaves `current` be; but what the source hides
# today is hidden in the past too.

. "$(dirname "$0")/lib.sh"

# of RUN LETTER: the keys of the cells whose open vacancies have that status. Names have commas in
# them, so the status is counted from the end of the row.
of() {
    awk -F, -v letter="$2" '$(NF - 7) == letter { print $1, $3, $4, $5, $7 }' \
        "$1"/csv/observations/observations_2023.csv | sort
}

serve --last 2023M10
night
expect_code 0
first=$(published)
run_id=${first##*_}
sleep 1.1 # receipts have whole seconds, and as_of is one of them
serve --last 2023M11
night
expect_code 0
second=$(published)
check "a new month makes a new run" test "$first" != "$second"

kohtaanto run --as-of "$run_id" --out "$work/then"
expect_code 0
check "by its id a run is written again to the byte" \
    diff -r --exclude MANIFEST.json "$first" "$work/then"
check "what is written verifies" sums_verify "$work/then"
check "check-output agrees" "$program" check-output "$work/then" --config "$config"
check "current stands" test "$(published)" = "$second"
check "no run appears" test "$(runs)" -eq 2
check "nothing is left in the store" test ! -e "$workspace/store/as-of"

sleep 1.1
serve --fault unavailable
night
expect_code 69
kohtaanto run --as-of "${second##*_}" --out "$work/before"
expect_code 0
check "what failed later is not told of a run by its id" \
    diff -r --exclude MANIFEST.json "$second" "$work/before"

kohtaanto run --as-of 2020-01-01 --out "$work/never"
expect_code 65
check "before the first night nothing was known" grep -q "no table was fetched whole by then" \
    "$work/words"
check "and nothing is written" test ! -e "$work/never"

for wrong in "--as-of yesterday --out $work/x" "--as-of 2023-01-01" "--out $work/x" \
    "--as-of 2023-01-01 --out $work/x --only publish"; do
    # shellcheck disable=SC2086
    kohtaanto run $wrong
    expect_code 64
done
kohtaanto run --as-of 0123456789abcdef --out "$work/x"
expect_code 65

sleep 1.1
serve --last 2023M11 --revise 3
night --accept 12r5-modelled --accept 12ti-modelled
third=$(published)
check "a revised publication makes a new run" test "$third" != "$second"
comm -12 <(of "$second" A) <(of "$third" Q) >"$work/newly_hidden"
check "the revision hides what was shown" test -s "$work/newly_hidden"
kohtaanto run --as-of "${second##*_}" --out "$work/past"
check "it is hidden in the past too" test -z "$(comm -23 "$work/newly_hidden" <(of "$work/past" Q))"
comm -12 <(of "$second" Q) <(of "$work/past" A) >"$work/opened"
check "and what was hidden then is shown nowhere" test ! -s "$work/opened"
