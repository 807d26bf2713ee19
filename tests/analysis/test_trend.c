/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

#define MONTHS 144

/* Log of R's AirPassengers, 1949 to 1960. */
static const double passengers[MONTHS] = {
    112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149,
    170, 170, 158, 133, 114, 140, 145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166,
    171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194, 196, 196, 236, 235, 229, 243,
    264, 272, 237, 211, 180, 201, 204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229,
    242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278, 284, 277, 317, 313, 318, 374,
    413, 405, 355, 306, 271, 306, 315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336,
    340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337, 360, 342, 406, 396, 420, 472,
    548, 559, 463, 407, 362, 405, 417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432};

static const char *const *months(size_t count, kt_arena *arena)
{
    const char **names = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = kt_arena_print(arena, "%zuM%02zu", 1949 + i / 12, i % 12 + 1);
    }
    return names;
}

static const kt_findings *trend(size_t count, const char *const *periods, const double *value,
                                const char *const texts[5], kt_arena *arena)
{
    const kt_measure *measure = kt_measure_find("trend");
    const kt_group group = {.row_count = count, .key = {periods}, .figure = {NULL, value}};
    kt_param_value params[KT_MEASURE_PARAMS];
    kt_findings *found = NULL;
    kt_error err = {0};
    for (size_t i = 0; i < 5; i++) {
        assert_int_equal(kt_param_read(&measure->params[i], texts[i], &params[i], &err), KT_OK);
    }
    if (kt_measure_run(measure, &group, params, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static double number(const kt_findings *found, const char *name)
{
    return found_number("trend", found, 0, name);
}

static double *logarithms(kt_arena *arena)
{
    double *value = kt_arena_array(arena, double, MONTHS);
    for (size_t i = 0; i < MONTHS; i++) {
        value[i] = log(passengers[i]);
    }
    return value;
}

/*
 * R: y <- as.numeric(log(AirPassengers)); n <- 144; t <- ((1:n) - (n + 1) / 2) / 12; m <- lm(y ~ t)
 *    library(sandwich); sqrt(NeweyWest(m, lag = 12, prewhite = FALSE, adjust = FALSE)[2, 2]) and 4
 */
static void slope_and_newey_west_error_are_those_of_r(void **state)
{
    const char *const *periods = months(MONTHS, *state);
    const double *value = logarithms(*state);
    const kt_findings *found = trend(MONTHS, periods, value, (const char *[5]){NULL}, *state);
    assert_close(number(found, "slope"), 0.12058058090034156, 1e-12);
    assert_close(number(found, "newey_west_error"), 0.0038627256464045323, 1e-12);
    assert_close(number(found, "block_periods"), 5.0, 0.0);
    assert_close(number(found, "n"), MONTHS, 0.0);
    found = trend(MONTHS, periods, value, (const char *[5]){"4"}, *state);
    assert_close(number(found, "newey_west_error"), 0.0049249102350865815, 1e-12);
}

/*
 * The slope is linear in the residuals, so the variance that the draws tend to is a sum over blocks
 * of the variance over where one begins. R:
 *
 *    w <- t / sum(t^2); e <- residuals(m)
 *    exact <- function(b) { s <- n - b + 1; v <- 0; at <- 1
 *      while (at <= n) { k <- min(b, n - at + 1)
 *        z <- sapply(1:s, function(j) sum(w[at:(at + k - 1)] * e[j:(j + k - 1)]))
 *        v <- v + mean((z - mean(z))^2); at <- at + b }
 *      sqrt(v) }
 *
 * and 40,000 draws of blocks of 5 have percentiles (.025, .975) of -.0096594, .0096963.
 */
static void the_bootstrap_error_tends_to_the_exact_one(void **state)
{
    static const struct {
        const char *block;
        double error;
    } cases[] = {
        {"1", 0.0033214746148740515}, {NULL, 0.0049862151018348075}, {"12", 0.0035902054841249259}};
    const char *const *periods = months(MONTHS, *state);
    const double *value = logarithms(*state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const texts[5] = {NULL, cases[i].block, "20000", "3"};
        const kt_findings *found = trend(MONTHS, periods, value, texts, *state);
        assert_close(number(found, "bootstrap_error"), cases[i].error, 0.02 * cases[i].error);
        if (cases[i].block == NULL) {
            assert_close(number(found, "interval_low"), 0.1205806 - 0.0096963, 3e-4);
            assert_close(number(found, "interval_high"), 0.1205806 + 0.0096594, 3e-4);
        }
    }
}

static void the_same_seed_gives_the_same_interval(void **state)
{
    const char *const *periods = months(MONTHS, *state);
    const double *value = logarithms(*state);
    const char *const one[5] = {NULL, NULL, "99", "1"}, *const other[5] = {NULL, NULL, "99", "2"};
    const kt_findings *found = trend(MONTHS, periods, value, one, *state);
    const kt_findings *same = trend(MONTHS, periods, value, one, *state);
    const kt_findings *differs = trend(MONTHS, periods, value, other, *state);
    assert_close(number(found, "interval_low"), number(same, "interval_low"), 0.0);
    assert_true(number(found, "interval_low") != number(differs, "interval_low"));
    assert_close(number(found, "slope"), number(differs, "slope"), 0.0);
}

/* y = 3 + t/4 by quarters rises by one a year, without a residual. */
static void a_straight_line_has_its_slope_a_year_and_no_error(void **state)
{
    const char *quarters[16];
    double value[16];
    for (size_t i = 0; i < 16; i++) {
        quarters[i] = kt_arena_print(*state, "%zuQ%zu", 2010 + i / 4, i % 4 + 1);
        value[i] = 3.0 + (double)i / 4.0;
    }
    const kt_findings *found = trend(16, quarters, value, (const char *[5]){"2"}, *state);
    assert_close(number(found, "slope"), 1.0, 1e-14);
    assert_close(number(found, "newey_west_error"), 0.0, 1e-14);
    assert_close(number(found, "bootstrap_error"), 0.0, 1e-14);
}

static void what_is_no_series_has_a_reason(void **state)
{
    const char *const *periods = months(MONTHS, *state);
    double *value = logarithms(*state);
    const kt_findings *found = trend(7, periods, value, (const char *[5]){NULL}, *state);
    assert_string_equal(found->reason[0], "fewer than eight figures");
    assert_true(isnan(number(found, "slope")));
    found = trend(10, periods, value, (const char *[5]){NULL, "10"}, *state);
    assert_string_equal(found->reason[0], "the block is as long as the series");
    found = trend(10, periods, value, (const char *[5]){NULL}, *state);
    assert_string_equal(found->note[0], "no Newey-West error: too few figures for the lag");
    assert_true(isfinite(number(found, "bootstrap_error")));
    value[20] = NAN;
    found = trend(MONTHS, periods, value, (const char *[5]){NULL}, *state);
    assert_string_equal(found->reason[0], "no figure in 1950M09, amid the series");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(slope_and_newey_west_error_are_those_of_r),
        ARENA_TEST(the_bootstrap_error_tends_to_the_exact_one),
        ARENA_TEST(the_same_seed_gives_the_same_interval),
        ARENA_TEST(a_straight_line_has_its_slope_a_year_and_no_error),
        ARENA_TEST(what_is_no_series_has_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
