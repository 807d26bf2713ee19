/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "regression.h"

#include "support/arena.h"

/*
 * R: data(cars); m <- lm(dist ~ speed, cars)
 *    formatC(c(coef(m), deviance(m)), digits = 17, format = "g")
 *    vcov(m); library(sandwich); vcovHC(m, "HC1");
 *    NeweyWest(m, lag = 3, prewhite = FALSE, adjust = FALSE);
 *    vcovCL(m, cluster = rep(1:10, each = 5))
 */
#define CARS 50
static const double speed[CARS] = {4,  4,  7,  7,  8,  9,  10, 10, 10, 11, 11, 12, 12,
                                   12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15,
                                   16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20,
                                   20, 20, 20, 20, 22, 23, 24, 24, 24, 24, 25};
static const double dist[CARS] = {2,  10, 4,  22, 16, 10, 18, 26, 34, 17,  28, 14, 20,
                                  24, 28, 26, 34, 34, 46, 26, 36, 60, 80,  20, 26, 54,
                                  32, 40, 32, 40, 50, 42, 56, 76, 84, 36,  46, 68, 32,
                                  48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85};

static kt_design line_on(const double *x, const double *y, size_t count, kt_arena *arena)
{
    double *rows = kt_arena_array(arena, double, 2 * count);
    for (size_t i = 0; i < count; i++) {
        rows[2 * i] = 1.0;
        rows[2 * i + 1] = x[i];
    }
    return kt_design_of(count, 2, rows, y, arena);
}

static void coefficients_are_those_of_lm(void **state)
{
    const kt_design design = line_on(speed, dist, CARS, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    assert_null(fit.reason);
    assert_int_equal(fit.freedom, 48);
    assert_close(fit.coefficient[0], -17.579094890510895, 1e-12);
    assert_close(fit.coefficient[1], 3.9324087591240855, 1e-12);
    assert_close(fit.ssr, 11353.521051094891, 1e-8);
}

static void each_covariance_is_that_of_r(void **state)
{
    uint32_t group[CARS];
    for (size_t i = 0; i < CARS; i++) {
        group[i] = (uint32_t)i / 5;
    }
    const struct {
        kt_errors errors;
        double constant, mixed, slope;
    } cases[] = {
        {{KT_ERRORS_CLASSICAL, 0, NULL, NULL, 0},
         45.676513523078803,
         -2.6588233605057972,
         0.17265086756531153},
        {{KT_ERRORS_HC1, 0, NULL, NULL, 0},
         31.992028364014327,
         -2.1599931228234115,
         0.16556920893167601},
        {{KT_ERRORS_NEWEY_WEST, 3, NULL, NULL, 0},
         42.172439522126801,
         -3.0754418782521658,
         0.24311088805607767},
        {{KT_ERRORS_CLUSTER, 0, NULL, group, 10},
         60.035749005615543,
         -4.5221347383156356,
         0.36425039429628903},
    };
    const kt_design design = line_on(speed, dist, CARS, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double *got = kt_regression_covariance(&design, &fit, &cases[i].errors, *state);
        assert_close(got[0], cases[i].constant, 1e-11);
        assert_close(got[1], cases[i].mixed, 1e-12);
        assert_close(got[2], cases[i].mixed, 1e-12);
        assert_close(got[3], cases[i].slope, 1e-12);
    }
}

/*
 * R: data(longley); m <- lm(Employed ~ GNP.deflator + GNP + Unemployed + Armed.Forces + Population
 *    + Year, longley); coef(m); deviance(m); sqrt(diag(vcov(m)))
 */
static void longley_is_fitted_though_its_columns_are_nearly_one(void **state)
{
    enum { ROWS = 16, COLUMNS = 7 };
    static const double x[ROWS * COLUMNS] = {
        1,       83,      234.289, 235.6,   159,     107.608, 1947,    1,       88.5,    259.426,
        232.5,   145.6,   108.632, 1948,    1,       88.2,    258.054, 368.2,   161.6,   109.773,
        1949,    1,       89.5,    284.599, 335.1,   165,     110.929, 1950,    1,       96.2,
        328.975, 209.9,   309.9,   112.075, 1951,    1,       98.1,    346.999, 193.2,   359.4,
        113.27,  1952,    1,       99,      365.385, 187,     354.7,   115.094, 1953,    1,
        100,     363.112, 357.8,   335,     116.219, 1954,    1,       101.2,   397.469, 290.4,
        304.8,   117.388, 1955,    1,       104.6,   419.18,  282.2,   285.7,   118.734, 1956,
        1,       108.4,   442.769, 293.6,   279.8,   120.445, 1957,    1,       110.8,   444.546,
        468.1,   263.7,   121.95,  1958,    1,       112.6,   482.704, 381.3,   255.2,   123.366,
        1959,    1,       114.2,   502.601, 393.1,   251.4,   125.368, 1960,    1,       115.7,
        518.173, 480.6,   257.2,   127.852, 1961,    1,       116.9,   554.894, 400.7,   282.7,
        130.081, 1962};
    static const double employed[ROWS] = {60.323, 61.122, 60.171, 61.187, 63.221, 63.639,
                                          64.989, 63.761, 66.019, 67.857, 68.169, 66.513,
                                          68.655, 69.564, 69.331, 70.551};
    static const double coefficient[COLUMNS] = {
        -3482.2586345958148,   0.015061872271372779,  -0.035819179292591, -0.02020229803816824,
        -0.010332268671735891, -0.051104105653579195, 1.8291514646135503};
    static const double error[COLUMNS] = {
        890.42038360737558,    0.084914925774767377, 0.033491007772243411, 0.0048839968165170283,
        0.0021427416316167568, 0.22607320006937259,  0.45547849914221344};
    const kt_design design = kt_design_of(ROWS, COLUMNS, x, employed, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    assert_null(fit.reason);
    assert_close(fit.ssr, 0.83642405550591969, 1e-11);
    const kt_errors errors = {.kind = KT_ERRORS_CLASSICAL};
    const double *covariance = kt_regression_covariance(&design, &fit, &errors, *state);
    for (size_t i = 0; i < COLUMNS; i++) {
        assert_close(fit.coefficient[i] / coefficient[i], 1.0, 1e-8);
        assert_close(sqrt(covariance[i * COLUMNS + i]) / error[i], 1.0, 1e-8);
    }
}

static void a_column_that_repeats_others_is_a_reason(void **state)
{
    const double y[] = {1, 2, 4, 3};
    const double constant[] = {1, 3, 1, 3, 1, 3, 1, 3};
    const double zero[] = {1, 0, 1, 0, 1, 0, 1, 0};
    const double sum[] = {1, 2, 3, 1, 5, 6, 1, 7, 8, 1, 1, 2};
    const kt_design constants = kt_design_of(4, 2, constant, y, *state);
    const kt_design zeros = kt_design_of(4, 2, zero, y, *state);
    const kt_design sums = kt_design_of(4, 3, sum, y, *state);
    assert_string_equal(kt_regression_fit(&constants, *state).reason,
                        "the regressors have rank 1, not 2");
    assert_string_equal(kt_regression_fit(&zeros, *state).reason,
                        "the regressors have rank 1, not 2");
    assert_string_equal(kt_regression_fit(&sums, *state).reason,
                        "the regressors have rank 2, not 3");
}

static void rows_must_outnumber_columns(void **state)
{
    const double x[] = {1, 2, 1, 3}, y[] = {1, 2};
    const kt_design two = kt_design_of(2, 2, x, y, *state);
    const kt_design none = kt_design_of(0, 2, x, y, *state);
    assert_string_equal(kt_regression_fit(&two, *state).reason,
                        "observations: 2, at least 3 are needed");
    assert_string_equal(kt_regression_fit(&none, *state).reason,
                        "observations: 0, at least 3 are needed");
}

static void units_of_a_column_decide_nothing(void **state)
{
    double tiny[CARS];
    for (size_t i = 0; i < CARS; i++) {
        tiny[i] = 1e-200 * speed[i];
    }
    const kt_design design = line_on(tiny, dist, CARS, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    assert_null(fit.reason);
    assert_close(fit.coefficient[1] * 1e-200, 3.9324087591240855, 1e-12);
}

static void newey_west_counts_periods_not_rows(void **state)
{
    /* Residuals -.75 -.75 -.75 2.25, squares 6.75. Lag 1 has the weight 1/2 and counts twice: the
     * neighbours add .5625 + .5625 - 1.6875, without the last row 1.125. Over 4^2. */
    const double one[] = {1, 1, 1, 1}, y[] = {0, 0, 0, 3};
    const int time[] = {0, 1, 2, 4};
    const kt_design design = kt_design_of(4, 1, one, y, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    kt_errors errors = {.kind = KT_ERRORS_NEWEY_WEST, .lag = 1};
    assert_close(*kt_regression_covariance(&design, &fit, &errors, *state), 6.1875 / 16, 1e-15);
    errors.time = time;
    assert_close(*kt_regression_covariance(&design, &fit, &errors, *state), 7.875 / 16, 1e-15);
}

/* Rows told 20 times over are 1,000, four blocks of them: X'X and the squares are 20 times as
 * large, so coefficients stay, and with n = 50 and k = 2 the variances of R above become,
 * classical, (n-k)/(20n-k) of them, and White's (n-k)/n n/(20n-k). */
static void many_blocks_of_rows_are_one_design(void **state)
{
    enum { TIMES = 20, ROWS = CARS * TIMES };
    double x[ROWS], y[ROWS];
    for (size_t i = 0; i < ROWS; i++) {
        x[i] = speed[i % CARS];
        y[i] = dist[i % CARS];
    }
    const kt_design design = line_on(x, y, ROWS, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    assert_null(fit.reason);
    assert_close(fit.coefficient[0], -17.579094890510895, 1e-12);
    assert_close(fit.coefficient[1], 3.9324087591240855, 1e-12);
    assert_close(fit.ssr / TIMES, 11353.521051094891, 1e-9);
    const kt_errors classical = {.kind = KT_ERRORS_CLASSICAL}, white = {.kind = KT_ERRORS_HC1};
    const double less = 48.0 / 998.0;
    assert_close(kt_regression_covariance(&design, &fit, &classical, *state)[3],
                 0.17265086756531153 * less, 1e-14);
    assert_close(kt_regression_covariance(&design, &fit, &white, *state)[3],
                 0.16556920893167601 * less, 1e-14);
}

static void one_cluster_has_no_errors(void **state)
{
    const uint32_t group[CARS] = {0};
    const kt_errors errors = {.kind = KT_ERRORS_CLUSTER, .cluster = group, .cluster_count = 1};
    const kt_design design = line_on(speed, dist, CARS, *state);
    const kt_regression fit = kt_regression_fit(&design, *state);
    assert_true(isnan(*kt_regression_covariance(&design, &fit, &errors, *state)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(coefficients_are_those_of_lm),
        ARENA_TEST(each_covariance_is_that_of_r),
        ARENA_TEST(longley_is_fitted_though_its_columns_are_nearly_one),
        ARENA_TEST(a_column_that_repeats_others_is_a_reason),
        ARENA_TEST(rows_must_outnumber_columns),
        ARENA_TEST(units_of_a_column_decide_nothing),
        ARENA_TEST(newey_west_counts_periods_not_rows),
        ARENA_TEST(many_blocks_of_rows_are_one_design),
        ARENA_TEST(one_cluster_has_no_errors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
