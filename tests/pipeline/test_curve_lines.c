/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "curve_lines.h"

#include <math.h>

#include "core/support.h"

/* Settings as a configuration without parameters of its own gives them, and the bands as shipped.
 */
static kt_config *settings_of(bench *made)
{
    kt_config *config = kt_arena_new(made->arena, kt_config);
    const struct {
        const char *id;
        kt_set_measure *out;
    } measures[] = {{"efficient_unemployment", &config->beveridge.efficient},
                    {"break_intervals", &config->beveridge.breaks},
                    {"beveridge", &config->beveridge.curve},
                    {"stl", &config->series.adjust}};
    for (size_t i = 0; i < COUNT_OF(measures); i++) {
        kt_set_measure_read((kt_json){.path = "", .arena = made->arena},
                            kt_measure_find(measures[i].id), measures[i].out);
    }
    config->beveridge.base_year = 1951;
    config->beveridge.elasticity = (kt_parameter_band){0.75, 1.25};
    config->beveridge.recruiting_cost = (kt_parameter_band){0.75, 1.25};
    config->beveridge.nonwork_value = (kt_parameter_band){-0.25, 0.25};
    config->series.logarithms = true;
    return config;
}

/* The United States in 1951 (Michaillat and Saez 2024, their replication data). */
static const double unemployment[] = {0.035, 0.031, 0.031666666666666669, 0.033666666666666671};
static const double vacancy[] = {0.03846666666666667, 0.040066666666666667, 0.039133333333333332,
                                 0.039133333333333332};
static const double efficient[] = {0.036692415201691662, 0.035242966201309824, 0.035202588288678748,
                                   0.03629722976879763};
static const double gap[] = {-0.0016924152016916591, -0.0042429662013098238, -0.0035359216220120782,
                             -0.0026305631021309589};

#define QUARTERS COUNT_OF(unemployment)

static kt_published_figure seen(double rate)
{
    return (kt_published_figure){{rate, rate, rate}, KT_OBS_OBSERVED};
}

static kt_curve_line line_of(bench *made, const kt_curve_ask *ask, size_t count)
{
    return (kt_curve_line){.ask = ask,
                           .first = {KT_QUARTERLY, 1951 * 4},
                           .count = count,
                           .unemployment = kt_arena_array(made->arena, kt_published_figure, count),
                           .vacancy = kt_arena_array(made->arena, kt_published_figure, count),
                           .by_labour_force = kt_arena_array(made->arena, double, count),
                           .made = kt_arena_array(made->arena, kt_curve_point, count)};
}

static kt_curve_line america(void *state, const kt_curve_ask *ask)
{
    bench *made = state;
    kt_curve_line line = line_of(made, ask, QUARTERS);
    kt_error err = {0};
    for (size_t i = 0; i < QUARTERS; i++) {
        line.unemployment[i] = seen(unemployment[i]);
        line.vacancy[i] = seen(vacancy[i]);
        line.by_labour_force[i] = vacancy[i];
    }
    assert_int_equal(kt_curve_line_make(settings_of(made), &line, made->arena, &err), KT_OK);
    return line;
}

static void assert_near(double is, double expected)
{
    assert_true(fabs(is - expected) < 1e-12);
}

/*
 * The band of 1951Q1 in R:
 *
 *     g <- expand.grid(e = c(.75, 1.25), k = c(.75, 1.25), z = c(-.25, .25))
 *     range(with(g, (k * e * v * u^e / (1 - z))^(1 / (1 + e))))
 */
static void a_survey_has_the_published_rate_gap_and_band(void **state)
{
    const kt_curve_ask ask = {.level = true};
    const kt_curve_line line = america(*state, &ask);
    for (size_t i = 0; i < QUARTERS; i++) {
        assert_near(line.made[i].efficient, efficient[i]);
        assert_near(line.made[i].gap, gap[i]);
    }
    assert_near(line.made[0].efficient_low, 0.02340678532778463);
    assert_near(line.made[0].efficient_high, 0.05057875854720420);
}

static void a_register_has_no_gap_and_no_band(void **state)
{
    const kt_curve_ask ask = {.level = false};
    const kt_curve_line line = america(*state, &ask);
    assert_true(isnan(line.made[0].gap));
    assert_true(isnan(line.made[0].efficient_low));
    assert_true(isnan(line.made[0].efficient_high));
}

static void the_index_is_100_in_the_mean_of_its_year(void **state)
{
    const kt_curve_ask ask = {.level = false};
    const kt_curve_line line = america(*state, &ask);
    const double mean = (efficient[0] + efficient[1] + efficient[2] + efficient[3]) / 4.0;
    double sum = 0.0;
    for (size_t i = 0; i < QUARTERS; i++) {
        assert_true(fabs(line.made[i].index - 100.0 * efficient[i] / mean) < 1e-10);
        sum += line.made[i].index;
    }
    assert_true(fabs(sum / 4.0 - 100.0) < 1e-10);
}

static void a_base_year_that_lacks_a_quarter_gives_no_index(void **state)
{
    bench *made = *state;
    const kt_curve_ask ask = {.level = true};
    kt_curve_line line = line_of(made, &ask, QUARTERS);
    kt_error err = {0};
    for (size_t i = 0; i < QUARTERS; i++) {
        line.unemployment[i] = seen(i == 2 ? NAN : unemployment[i]);
        line.vacancy[i] = seen(vacancy[i]);
        line.by_labour_force[i] = vacancy[i];
    }
    line.unemployment[2].obs = KT_OBS_PROTECTED;
    assert_int_equal(kt_curve_line_make(settings_of(made), &line, made->arena, &err), KT_OK);
    assert_true(isnan(line.made[0].index));
    assert_near(line.made[0].efficient, efficient[0]);
    assert_true(isnan(line.made[2].efficient));
    assert_true(isnan(line.made[2].gap));
}

/* ln v = -5 - ln u, and .2 higher from the 41st quarter on: no season and no error but a ripple
 * that leaves a residual. */
static void a_curve_that_moved_outward_says_how_far(void **state)
{
    bench *made = *state;
    const kt_curve_ask ask = {.level = true};
    kt_curve_line line = line_of(made, &ask, 80);
    kt_error err = {0};
    for (size_t i = 0; i < 80; i++) {
        const double log_u = -2.5 + 0.3 * sin((double)i / 7.0);
        const double ripple = 1e-3 * sin((double)(i * i));
        line.unemployment[i] = seen(exp(log_u));
        line.by_labour_force[i] = 0.05;
        line.vacancy[i] = seen(exp(-5.0 - log_u + (i < 40 ? 0.0 : 0.2) + ripple));
    }
    assert_int_equal(kt_curve_line_make(settings_of(made), &line, made->arena, &err), KT_OK);
    assert_int_equal(line.made[20].segment, 1);
    assert_int_equal(line.made[60].segment, 2);
    assert_true(isnan(line.made[20].shift));
    assert_true(fabs(line.made[60].shift - 0.2) < 0.02);
}

static void a_short_stretch_has_no_segment(void **state)
{
    const kt_curve_ask ask = {.level = true};
    const kt_curve_line line = america(*state, &ask);
    assert_int_equal(line.made[0].segment, 0);
    assert_true(isnan(line.made[0].shift));
    assert_non_null(line.reason);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_survey_has_the_published_rate_gap_and_band),
        in_bench(a_register_has_no_gap_and_no_band),
        in_bench(the_index_is_100_in_the_mean_of_its_year),
        in_bench(a_base_year_that_lacks_a_quarter_gives_no_index),
        in_bench(a_curve_that_moved_outward_says_how_far),
        in_bench(a_short_stretch_has_no_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
