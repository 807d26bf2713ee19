/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loess.h"

#include "support/check.h"

static void a_line_is_fitted_by_itself(void **state)
{
    (void)state;
    double figure[9], work[9], out[9];
    for (size_t i = 0; i < 9; i++) {
        figure[i] = 2.0 - 0.5 * (double)(i + 1);
    }
    const kt_loess_series series = {.count = 9, .figure = figure, .work = work};
    for (size_t jump = 1; jump <= 12; jump++) {
        kt_loess_smooth(&series, &(kt_loess){.window = 5, .degree = 1, .jump = jump}, out);
        for (size_t i = 0; i < 9; i++) {
            assert_close(out[i], figure[i], 1e-14);
        }
    }
    double beyond = 0.0;
    assert_true(kt_loess_at(&series, &(kt_loess){.window = 5, .degree = 1, .jump = 1},
                            (kt_loess_span){5, 9}, 10.0, &beyond));
    assert_close(beyond, -3.0, 1e-14);
}

/* Around position 3 of five the bandwidth is 2: the points at 2 and 4 weigh (1 - 1/8)^3 = 343/512,
 * those at 1 and 5 nothing. (10 + 343/512 (1 + 7)) / (1 + 343/256) */
static void a_mean_has_tricube_weights(void **state)
{
    (void)state;
    const double figure[] = {100, 1, 10, 7, -50};
    double work[5], out = 0.0;
    const kt_loess_series series = {.count = 5, .figure = figure, .work = work};
    assert_true(kt_loess_at(&series, &(kt_loess){.window = 5, .degree = 0, .jump = 1},
                            (kt_loess_span){1, 5}, 3.0, &out));
    assert_close(out, (10.0 + 343.0 / 512.0 * 8.0) / (1.0 + 343.0 / 256.0), 1e-14);
}

static void where_nothing_weighs_the_figure_stands(void **state)
{
    (void)state;
    const double figure[] = {4, 8, 15, 16, 23}, weight[5] = {0};
    double work[5], out[5];
    const kt_loess_series series = {.count = 5, .figure = figure, .weight = weight, .work = work};
    const kt_loess how = {.window = 3, .degree = 1, .jump = 1};
    kt_loess_smooth(&series, &how, out);
    for (size_t i = 0; i < 5; i++) {
        assert_close(out[i], figure[i], 0.0);
    }
    assert_false(kt_loess_at(&series, &how, (kt_loess_span){1, 3}, 2.0, &out[0]));
}

static void one_point_is_its_own_fit(void **state)
{
    (void)state;
    double work, out = 0.0;
    const kt_loess_series series = {.count = 1, .figure = &(double){7.0}, .work = &work};
    kt_loess_smooth(&series, &(kt_loess){.window = 3, .degree = 1, .jump = 1}, &out);
    assert_close(out, 7.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_line_is_fitted_by_itself),
        cmocka_unit_test(a_mean_has_tricube_weights),
        cmocka_unit_test(where_nothing_weighs_the_figure_stands),
        cmocka_unit_test(one_point_is_its_own_fit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
