#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# `measure stl` on the logarithms of published figures gives the published series, as far as the
# decimal digits of those logarithms go; raw figures are those of `observations`; threads change no
# byte; a gap begins a series anew.

. "$(dirname "$0")/lib.sh"

serve --first 2021M01
night
expect_code 0
run=$(published)
observations=$run/csv/observations/observations

# Country, all occupations: "time_period,ln value" of a column of observations.
logarithms() {
    cat "$observations"_20*.csv |
        awk -F, -v column="$1" '$3 == "12r5-modelled" && $4 == "country" && $7 == "_T" {
            printf "%s,%.17g\n", $1, log($column) }' | sed '1i time_period,value'
}

for column in 10 14; do
    indicator=$([ "$column" = 10 ] && echo unemployed || echo vacancies)
    logarithms "$column" >"$work/logarithms"
    "$program" measure stl --param s_window=13 <"$work/logarithms" |
        awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) at[$i] = i }
            NR > 1 { print $at["time_period"], $at["seasonal"], $at["trend"], $at["remainder"] }' \
            >"$work/measured"
    cat "$run"/csv/series/series_20*.csv |
        awk -F, -v one="$indicator" '$4 == "country" && $8 == "_T" && $10 == one {
            printf "%s %.17g %.17g %.17g %s\n", $1, log($11) - log($12), log($13), log($14), $15 }' \
            >"$work/published"
    check "the sample has three years of $indicator" test "$(wc -l <"$work/published")" -ge 30
    check "measure and run agree on $indicator" awk '
        function far(a, b) { return !((a > b ? a - b : b - a) <= 1e-12) }
        NR == FNR { for (i = 2; i <= 4; i++) made[$1, i] = $i; next }
        { for (i = 2; i <= 4; i++) if (far(made[$1, i], $i)) { print $1, i; bad = 1 } }
        END { exit bad }' "$work/measured" "$work/published"
    check "the newest six months of $indicator are provisional" test \
        "$(tail -n 6 "$work/published" | grep -c ' provisional$')" -eq 6
    check "and no others" test "$(grep -c ' provisional$' "$work/published")" -eq 6
done

check "a row tells its method" grep -q ',stl/1 s_window=13 of=logarithms,,A$' \
    "$run/csv/series/series_2023.csv"
last=$(tail -n 1 "$work/published" | cut -d' ' -f1)
"$program" why series --config "$config" --workspace "$workspace" time_period="$last" \
    region_level=country region_code=SSS occupation_level=_T indicator=vacancies >"$work/why"
check "why computes it again" test "$(grep -c ' equal$' "$work/why")" -eq 4
check "why names the stretch" grep -q 'without a gap and without a break' "$work/why"

# Breaks are searched in what the run publishes as adjusted; its own name is the last period before.
cat "$run"/csv/series/series_20*.csv |
    awk -F, '$4 == "country" && $8 == "_T" && $10 == "vacancies" { printf "%s,%.17g\n", $1, log($12) }' |
    sed '1i time_period,value' >"$work/adjusted"
"$program" measure break_intervals --param breaks_n=lwz <"$work/adjusted" >"$work/measured"
awk -F, '$2 == "country" && $7 == "_T" && $8 == "vacancies" && $14 == "found" { print $13 }' \
    "$run/csv/breaks/breaks.csv" >"$work/published"
awk -F, 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == "size") at = i }
    NR > 1 && $at != "" { print $at }' "$work/measured" >"$work/sizes"
check "breaks are as many as the measure finds" test \
    "$(wc -l <"$work/sizes")" -eq "$(wc -l <"$work/published")"
check "and of the same size" awk '
    NR == FNR { size[FNR] = $1; next }
    { d = size[FNR] - $1; if (!(d * d <= 1e-20)) bad = 1 } END { exit bad }' \
    "$work/sizes" "$work/published"
check "checks says what was searched" grep -q '^breaks_searched,series,note,passed,' \
    "$run/csv/checks/checks.csv"

# Rates of the register are those of the row of `observations`; its level says nothing.
cat "$observations"_20*.csv |
    awk -F, '$3 == "12r5-modelled" && $4 == "country" && $7 == "_T" && $10 != "" && $14 != "" && $18 != "" {
        printf "%s %.15g %.15g\n", $1, $10 / $18, $14 / $18 }' >"$work/measured"
cat "$run"/csv/beveridge/beveridge_20*.csv |
    awk -F, '$3 == "12r5-modelled" && $4 == "country" { printf "%s %.15g %.15g\n", $1, $8, $9 }' >"$work/published"
check "rates are those of observations" diff "$work/measured" "$work/published"
check "and there are some" test "$(wc -l <"$work/published")" -ge 30
check "a register has no gap" awk -F, 'FNR > 1 && ($12 != "" || $16 != "") { bad = 1 } END { exit bad }' \
    "$run/csv/beveridge/beveridge_2023.csv"
"$program" why beveridge --config "$config" --workspace "$workspace" time_period="$last" \
    region_level=country region_code=SSS >"$work/why"
check "why computes both rates again" test "$(grep -cE '^ *(unemployment|vacancy)_rate .* equal$' "$work/why")" -eq 2
