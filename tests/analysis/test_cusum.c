/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "analysis/nile.h"
#include "analysis/timed.h"

/* R: library(strucchange); y <- as.numeric(Nile); x <- 1:100
 *    sctest(efp(y ~ 1, type = "OLS-CUSUM")); sctest(efp(y ~ 1, type = "Rec-CUSUM")); y ~ x */
static void sums_of_residuals_of_the_nile_are_those_of_strucchange(void **state)
{
    double x[NILE_YEARS];
    nile_x(x);
    const struct {
        const char *kind;
        const double *x;
        double statistic, p_value;
    } cases[] = {
        {"ols", NULL, 2.9517661026633726, 5.4085534606507224e-08},
        {"recursive", NULL, 2.0669208889031498, 7.4868837685038159e-08},
        {"ols", x, 1.500596199307114, 0.022138611183393997},
        {"recursive", x, 0.85582987130368315, 0.096116094355327863},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const given[KT_MEASURE_PARAMS] = {cases[i].kind};
        const timed rows = {NILE_YEARS, periods_from("Y1871", NILE_YEARS, *state), nile,
                            cases[i].x};
        const kt_findings *found = run_timed("cusum", &rows, given, *state);
        assert_null(found->reason[0]);
        assert_close(found_number("cusum", found, 0, "statistic"), cases[i].statistic, 1e-11);
        assert_close(found_number("cusum", found, 0, "p_value"), cases[i].p_value, 1e-8);
    }
}

/* 0 0 0 | 6 6 6: residuals -3 -3 -3 3 3 3, sigma^2 = 54/5; 9 / sqrt(6 * 54/5) after the third */
static void the_period_is_where_the_sum_is_farthest_off(void **state)
{
    const double y[] = {0, 0, 0, 6, 6, 6};
    const timed rows = {6, periods_from("2020Q1", 6, *state), y, NULL};
    const kt_findings *found = run_timed("cusum", &rows, NULL, *state);
    assert_close(found_number("cusum", found, 0, "statistic"), 9.0 / sqrt(64.8), 1e-14);
    assert_string_equal(found_text("cusum", found, 0, "period"), "2020Q3");
}

static void what_cannot_be_tested_has_a_reason(void **state)
{
    const double same[] = {4, 4, 4, 4}, gap[] = {1, NAN, 3, 4}, few[] = {1, 2};
    const struct {
        size_t count;
        const double *y;
        const char *reason;
    } cases[] = {
        {4, same, "no residual is left without a break"},
        {4, gap, "a gap: no figure for 2020M02"},
        {2, few, "fewer observations than two beyond the coefficients"},
    };
    for (size_t i = 0; i < 6; i++) {
        const char *const given[KT_MEASURE_PARAMS] = {i < 3 ? "ols" : "recursive"};
        const timed rows = {cases[i % 3].count, periods_from("2020M01", cases[i % 3].count, *state),
                            cases[i % 3].y, NULL};
        const kt_findings *found = run_timed("cusum", &rows, given, *state);
        assert_string_equal(found->reason[0], cases[i % 3].reason);
        assert_true(isnan(found_number("cusum", found, 0, "statistic")));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(sums_of_residuals_of_the_nile_are_those_of_strucchange),
        ARENA_TEST(the_period_is_where_the_sum_is_farthest_off),
        ARENA_TEST(what_cannot_be_tested_has_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
