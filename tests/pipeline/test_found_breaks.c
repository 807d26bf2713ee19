/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "found_breaks.h"

#include <math.h>

#include "core/support.h"

/*
 * The flow of the Nile at Aswan, 1871-1970, 10^8 m3 (R: datasets::Nile). In R 4.2.2 with
 * strucchange:
 *
 *     b <- breakpoints(Nile ~ 1, h = 0.15); breakpoints(b)$breakpoints     28: 1898, by BIC
 *     time(Nile)[confint(b)$confint]                                       1895 1898 1902
 *     diff(tapply(Nile, breakfactor(b), mean))                             -247.7778
 */
static const double nile[] = {
    1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
    960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
    874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
    1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
    781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
    1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
    1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740};

#define YEARS 100

typedef struct flow {
    kt_published_figure at[YEARS];
    double adjusted[YEARS];
    const char *reason[YEARS];
    bool logarithms[YEARS], provisional[YEARS];
    kt_figure_series series;
    kt_adjusted split;
    kt_series_settings settings;
} flow;

static flow nile_flow(void)
{
    flow made = {.settings.breaks = {.measure = kt_measure_find("break_intervals")}};
    const kt_measure *measure = made.settings.breaks.measure;
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        kt_error err = {0};
        assert_int_equal(
            kt_param_read(&measure->params[i], NULL, &made.settings.breaks.params[i], &err), KT_OK);
    }
    for (size_t i = 0; i < YEARS; i++) {
        made.at[i] = (kt_published_figure){{nile[i], nile[i], nile[i]}, KT_OBS_OBSERVED};
        made.adjusted[i] = nile[i];
    }
    return made;
}

static kt_found_breaks search(void *state, flow *of)
{
    bench *made = state;
    kt_found_breaks found;
    kt_error err = {0};
    of->series = (kt_figure_series){.first = {KT_YEARLY, 1871}, .count = YEARS, .at = of->at};
    of->split = (kt_adjusted){.adjusted = of->adjusted,
                              .reason = of->reason,
                              .logarithms = of->logarithms,
                              .provisional = of->provisional};
    assert_int_equal(
        kt_found_breaks_of(&of->settings, &of->series, &of->split, made->arena, &found, &err),
        KT_OK);
    return found;
}

static void the_nile_fell_after_1898(void **state)
{
    flow of = nile_flow();
    const kt_found_breaks found = search(*state, &of);
    assert_int_equal(found.stretches, 1);
    assert_int_equal(found.unsplit, 0);
    assert_int_equal(found.count, 1);
    assert_int_equal(found.at[0].first.index, 1899);
    assert_int_equal(found.at[0].low.index, 1896);
    assert_int_equal(found.at[0].high.index, 1903);
    assert_true(found.at[0].bounded);
    assert_null(found.at[0].note);
    assert_string_equal(found.at[0].direction, "down");
    assert_true(fabs(found.at[0].size + 247.7778) < 1e-4);
}

static void figures_split_as_logarithms_are_searched_as_logarithms(void **state)
{
    flow of = nile_flow();
    for (size_t i = 0; i < YEARS; i++) {
        of.adjusted[i] = exp(nile[i] / 1000.0);
        of.logarithms[i] = true;
    }
    const kt_found_breaks found = search(*state, &of);
    assert_int_equal(found.count, 1);
    assert_true(found.at[0].logarithms);
    assert_true(fabs(found.at[0].size + 0.2477778) < 1e-7);
}

/* A basis of 1899 is declared: on both sides of it the Nile is level. */
static void nothing_is_found_across_a_break_of_the_statistic(void **state)
{
    flow of = nile_flow();
    of.at[28].obs = KT_OBS_BREAK;
    const kt_found_breaks found = search(*state, &of);
    assert_int_equal(found.stretches, 2);
    assert_int_equal(found.count, 0);
}

static void a_stretch_without_a_season_is_counted(void **state)
{
    flow of = nile_flow();
    of.reason[0] = "more figures are needed";
    const kt_found_breaks found = search(*state, &of);
    assert_int_equal(found.stretches, 1);
    assert_int_equal(found.unsplit, 1);
    assert_int_equal(found.count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_nile_fell_after_1898),
        in_bench(figures_split_as_logarithms_are_searched_as_logarithms),
        in_bench(nothing_is_found_across_a_break_of_the_statistic),
        in_bench(a_stretch_without_a_season_is_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
