/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_tests.h"

#include "analysis/nile.h"
#include "support/arena.h"

static void assert_test(const kt_break_test *got, double statistic, double p_value)
{
    assert_null(got->reason);
    assert_close(got->statistic / statistic, 1.0, 1e-11);
    assert_close(got->p_value, p_value, 1e-8);
}

/*
 * R: library(strucchange); y <- as.numeric(Nile); x <- 1:100
 *    sctest(Fstats(y ~ 1, from = .15), type = "supF"); Fstats(y ~ x, from = .05)$breakpoint
 */
static void the_sup_f_of_the_nile_is_that_of_strucchange(void **state)
{
    double x[NILE_YEARS];
    const kt_observed mean = {NILE_YEARS, nile, NULL}, line = {NILE_YEARS, nile, nile_x(x)};
    const struct {
        const kt_observed *series;
        double trimming, statistic, p_value;
    } cases[] = {
        {&mean, .15, 75.929769427485425, 2.2204460492503131e-16},
        {&mean, .05, 75.929769427485425, 1.1102230246251565e-16},
        {&line, .15, 38.947901268728778, 1.2464380072518821e-07},
        {&line, .05, 38.947901268728778, 1.5042551992916486e-07},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_break_test got = kt_sup_f(cases[i].series, cases[i].trimming, *state);
        assert_test(&got, cases[i].statistic, cases[i].p_value);
        assert_int_equal(got.at, 27);
    }
}

/* 40 figures with a weak break, so that the p-values are far from 0. R: y <- c(...);
 * x <- (7 * 1:40) %% 11; for (f in c(.03, .1, .15, .33, .45, .48)) { Fstats(y ~ 1, from = f);
 *   sctest(Fstats(y ~ 1, from = f), type = "supF") }; sctest(efp(y ~ x, type = "OLS-CUSUM")) */
static void p_values_in_the_middle_are_those_of_strucchange(void **state)
{
    static const double y[] = {7.1,  9.1,  10.8, 6.5,  10.6, 10.1, 10.3, 13.3, 6.3,  13.8,
                               7.8,  6.6,  7.9,  10.8, 10.5, 9.1,  7.1,  8.1,  13.7, 10.6,
                               8.3,  7.2,  9.4,  5,    8.5,  9,    14.7, 14.2, 11,   7.8,
                               13.9, 13.8, 13.4, 13.4, 10.1, 13.3, 15.1, 11.3, 8.3,  13.6};
    static const struct {
        double trimming, of_mean, p_of_mean, of_line, p_of_line;
        size_t at;
    } cases[] = {
        {.03, 18.609550372354033, 0.00067769632329750529, 18.683446642008278, 0.0030763466991777233,
         26},
        {.10, 18.609550372354033, 0.00051383561042511738, 18.683446642008278, 0.0027761846334644624,
         26},
        {.15, 18.609550372354033, 0.00044037389531814686, 18.683446642008278, 0.002155101324113784,
         26},
        {.33, 18.609550372354033, 0.00021417058502501429, 18.683446642008278, 0.001166865947822671,
         26},
        {.45, 6.4086761592133019, 0.032830262925098289, 6.6756043816419446, 0.095198721348120727,
         22},
        {.48, 4.3948006424560528, 0.069866511803801948, 6.10127010844643, 0.093092212496389729, 21},
    };
    double x[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = (double)(7 * (i + 1) % 11);
    }
    const kt_observed mean = {40, y, NULL}, line = {40, y, x};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_break_test got = kt_sup_f(&mean, cases[i].trimming, *state);
        assert_test(&got, cases[i].of_mean, cases[i].p_of_mean);
        assert_int_equal(got.at + 1, cases[i].at);
        got = kt_sup_f(&line, cases[i].trimming, *state);
        assert_test(&got, cases[i].of_line, cases[i].p_of_line);
    }
    kt_break_test got = kt_cusum_ols(&mean);
    assert_test(&got, 1.7078357146634815, 0.0058561756897697048);
    got = kt_cusum_recursive(&mean, *state);
    assert_test(&got, 0.7412134742801455, 0.19728762442263337);
    got = kt_cusum_ols(&line);
    assert_test(&got, 1.6845681655632327, 0.0068576348646408603);
    got = kt_cusum_recursive(&line, *state);
    assert_test(&got, 0.68041335048558549, 0.27683058180642428);
}

/* R: sctest(efp(y ~ 1, type = "OLS-CUSUM")); sctest(efp(y ~ 1, type = "Rec-CUSUM")); y ~ x */
static void sums_of_residuals_of_the_nile_are_those_of_strucchange(void **state)
{
    double x[NILE_YEARS];
    const kt_observed mean = {NILE_YEARS, nile, NULL}, line = {NILE_YEARS, nile, nile_x(x)};
    kt_break_test got = kt_cusum_ols(&mean);
    assert_test(&got, 2.9517661026633726, 5.4085534606507224e-08);
    assert_int_equal(got.at, 27);
    got = kt_cusum_ols(&line);
    assert_test(&got, 1.500596199307114, 0.022138611183393997);
    got = kt_cusum_recursive(&mean, *state);
    assert_test(&got, 2.0669208889031498, 7.4868837685038159e-08);
    got = kt_cusum_recursive(&line, *state);
    assert_test(&got, 0.85582987130368315, 0.096116094355327863);
}

/* By hand: 0 2 0 2 | 0 has a mean of .8, SSR 4.8 and residuals that sum to -.8 .4 -.4 .8; with
 * sigma^2 = 4.8/4 the largest over sqrt(5) sigma is .8/sqrt(6), first reached at the first one. */
static void small_sums_are_those_made_by_hand(void **state)
{
    const double y[] = {0, 2, 0, 2, 0};
    const kt_observed series = {5, y, NULL};
    const kt_break_test got = kt_cusum_ols(&series);
    assert_close(got.statistic, .8 / sqrt(6.0), 1e-14);
    assert_int_equal(got.at, 0);
    /* recursive residuals: 2/sqrt(2), -1/sqrt(1.5), (4/3)/sqrt(4/3), -1/sqrt(1.25) */
    const double w[] = {sqrt(2.0), -1.0 / sqrt(1.5), 2.0 / sqrt(3.0), -1.0 / sqrt(1.25)};
    const double mean = (w[0] + w[1] + w[2] + w[3]) / 4.0;
    double squares = 0.0;
    for (size_t i = 0; i < 4; i++) {
        squares += (w[i] - mean) * (w[i] - mean);
    }
    const kt_break_test recursive = kt_cusum_recursive(&series, *state);
    assert_close(recursive.statistic, w[0] / (sqrt(squares / 3.0) * 2.0) / 1.5, 1e-12);
    assert_int_equal(recursive.at, 1);
}

/* One place left is Chow's test: 1 2 | 4 7 leaves 5 of 21, so F = 16/(5/2) with 1 and 2 degrees of
 * freedom. R: pf(6.4, 1, 2, lower.tail = FALSE) */
static void one_place_alone_is_tried_by_chows_test(void **state)
{
    const double y[] = {1, 2, 4, 7};
    const kt_observed series = {4, y, NULL};
    const kt_break_test got = kt_sup_f(&series, .15, *state);
    assert_test(&got, 6.4, 0.12712843905603044);
    assert_int_equal(got.at, 1);
}

static void what_cannot_be_tested_has_a_reason(void **state)
{
    const double y[] = {1, 3, 2, 5, 4, 4}, same[] = {7, 7, 7, 7, 7, 7},
                 step[] = {0.1, 0.1, 0.1, 4, 4, 4};
    const double huge[] = {1e200, 2e200, 1e200, 3e200}, line[] = {1, 1, 1, 1, 1, 2};
    const struct {
        size_t count;
        const double *y, *x;
        const char *sup_f, *cusum;
    } cases[] = {
        {3, y, NULL, "observations: 3, at least 4 are needed", NULL},
        {2, y, NULL, "observations: 2, at least 4 are needed",
         "fewer observations than two beyond the coefficients"},
        {0, y, NULL, "observations: 0, at least 4 are needed",
         "fewer observations than two beyond the coefficients"},
        {5, y, line, "observations: 5, at least 6 are needed", "x does not vary"},
        {6, y, same, "x does not vary", "x does not vary"},
        {6, y, line, "x does not vary in some segment", NULL},
        {6, same, NULL, "no residual is left without a break",
         "no residual is left without a break"},
        {6, step, NULL, "no residual is left with a break", NULL},
        {4, huge, NULL, "the values are too large to be squared",
         "the values are too large to be squared"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_observed series = {cases[i].count, cases[i].y, cases[i].x};
        assert_string_equal(kt_sup_f(&series, .15, *state).reason, cases[i].sup_f);
        const char *of_sums = kt_cusum_ols(&series).reason;
        const char *of_recursive = kt_cusum_recursive(&series, *state).reason;
        if (cases[i].cusum != NULL) {
            assert_string_equal(of_sums, cases[i].cusum);
            assert_string_equal(of_recursive, cases[i].cusum);
        } else {
            assert_null(of_sums);
            assert_null(of_recursive);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_sup_f_of_the_nile_is_that_of_strucchange),
        ARENA_TEST(p_values_in_the_middle_are_those_of_strucchange),
        ARENA_TEST(sums_of_residuals_of_the_nile_are_those_of_strucchange),
        ARENA_TEST(small_sums_are_those_made_by_hand),
        ARENA_TEST(one_place_alone_is_tried_by_chows_test),
        ARENA_TEST(what_cannot_be_tested_has_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
