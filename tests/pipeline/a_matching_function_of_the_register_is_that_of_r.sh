#!/bin/bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Matching functions of the register's filled vacancies, 2018M01-2020M08, from the stocks of the month
# before: what R finds in the same figures. With effects of regions the elasticity of job seekers is
# below zero, so there is no such function and no figure of it.
#
# R 4.2 with sandwich 3.0, on the files of ../shared/data/statfin; ROOT is the tree:
#
#   s <- read.csv(gzfile("tyonv_12r5_2006M01_2023M10.csv.gz"))
#   s <- s[s$tiedot %in% c("TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA") & grepl("^(SSS|MK)", s$alue), ]
#   w <- reshape(s, idvar = c("alue", "time"), timevar = "tiedot", direction = "wide")
#   w <- data.frame(region = w$alue, time = w$time, u = w$value.TYOTTOMATLOPUSSA, v = w$value.AVPAIKATLOPUSSA)
#   r <- read.csv("ROOT/config/classifications/regions.csv"); r <- r[r$level == "maakunta", ]
#   k <- read.csv(gzfile("kokomaa_2310.csv.gz")); m <- read.csv(gzfile("maakunta_2310.csv.gz"))
#   k$region <- "SSS"; m$region <- r$code[match(m$maakunta, r$name_fi)]
#   one <- c("region", "time", "Tayttyneet_tyopaikat_kauden_aikana"); f <- rbind(k[, one], m[, one])
#   names(f)[3] <- "h"; n <- function(t) as.integer(substr(t, 1, 4)) * 12 + as.integer(substr(t, 6, 7))
#   f$n <- n(f$time); w$n <- n(w$time) + 1; w$th <- log(w$v / w$u)
#   x <- merge(f[, c("region", "n", "h")], w[, c("region", "n", "u", "v", "th")])
#   x <- x[x$n > 2018*12 & x$n <= 2020*12 + 8 & !is.na(x$region), ]
#   a <- x[x$region == "SSS", ]; a <- a[order(a$n), ]; b <- x[x$region != "SSS", ]
#   crs <- lm(log(h/u) ~ th, a); coef(crs); sqrt(diag(sandwich::NeweyWest(crs, lag = 12, prewhite = FALSE)))
#   coef(lm(log(h) ~ log(v) + log(u), a))
#   q <- w[w$region == "SSS", ]; a$l1 <- q$th[match(a$n - 1, q$n)]; a$l2 <- q$th[match(a$n - 2, q$n)]
#   first <- lm(th ~ l1 + l2, a); summary(first)$fstatistic; coef(lm(log(h/u) ~ fitted(first), a))
#   coef(lm(log(h) ~ log(v) + log(u) + region, b)); coef(lm(log(h) ~ log(v) + log(u) + region + factor(n), b))

. "$(dirname "$0")/lib.sh"

shared=$root/../shared
[ -f "$shared/statfin-stand-in/serve.py" ] || skip "the real figures are not here"
command -v python3 >/dev/null || skip "no python3"
config=$root/tests/pipeline/matching/register/night.json
start_server python3 "$root/tests/pipeline/flows/figures.py" serve "$shared" "$root" --port 0 \
    --port-file "$work/port" --cache "$work/cache" --max-calls 1000 --window 1 --only 2310,12r5
night
expect_code 100 # the figures are old
functions=$(published)/csv/matching_function/matching_function.csv

# is MODEL TERM COLUMN EXPECTED: to ten digits, as R prints fifteen
is() {
    check "$1 $2 is $4" awk -F, -v model="$1" -v term="$2" -v column="$3" -v expected="$4" '
        function size(x) { return x < 0 ? -x : x }
        $1 == "SSS" && $2 == model && $3 == term {
            found = $6 >= 32 && $9 == "true" && size($column - expected) <= 1e-10 * size(expected) }
        END { exit !found }' "$functions"
}

is crs constant 4 -2.25627535391531
is crs vacancies 4 0.692024962322568
is crs constant 5 0.080400510578361
is crs vacancies 5 0.0365322758212266
is ols constant 4 1.38857599035224
is ols vacancies 4 0.569624391137452
is ols unemployed 4 0.123587790108586
is 2sls constant 4 -2.20667080229083
is 2sls vacancies 4 0.724123436500755
check "the instruments are as strong as in R" grep -q '^SSS,2sls,vacancies,.*,F of the first stage: 24.33,' "$functions"
check "with effects of regions there is no matching function, and R's elasticity is why" test "$(grep -c \
    '^SSS,fe,[a-z_]*,,,608,2018M01,2020M08,false,the elasticity of unemployed is not between 0 and 1: -0.07993,.*,M$' \
    "$functions")" = 3
check "nor with those of months beside them" test "$(grep -c \
    '^SSS,twoway,[a-z_]*,,,608,2018M01,2020M08,false,the elasticity of unemployed is not between 0 and 1: -0.7163,.*,M$' \
    "$functions")" = 3
check "nothing is wrong with what was published" \
    "$program" check-output --config "$config" "$(published)"
