/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/stl_reference.h"
#include "analysis/support.h"
#include "core/period.h"

enum { SEASONAL, TREND, REMAINDER, WEIGHT, RESULTS };

/* Months from 2006M01. */
static const char **months(size_t count, kt_arena *arena)
{
    const char **names = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = kt_arena_print(arena, "%zuM%02zu", 2006 + i / 12, i % 12 + 1);
    }
    return names;
}

/* What stands behind "name=" in one of the words, which end with NULL; or NULL. */
static const char *text_of(const char *name, const char *const *words)
{
    const size_t length = strlen(name);
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strncmp(words[i], name, length) == 0 && words[i][length] == '=') {
            return &words[i][length + 1];
        }
    }
    return NULL;
}

/* The parameters that words give; the others by their fallback. */
static kt_param_value *read_params(const char *const *words, kt_arena *arena)
{
    const kt_measure *stl = kt_measure_find("stl");
    kt_param_value *values = kt_arena_array(arena, kt_param_value, KT_MEASURE_PARAMS);
    for (size_t i = 0; i < kt_measure_param_count(stl); i++) {
        const kt_param *param = &stl->params[i];
        kt_error err = {0};
        assert_int_equal(kt_param_read(param, text_of(param->name, words), &values[i], &err),
                         KT_OK);
    }
    return values;
}

typedef struct rows {
    size_t count;
    const char *const *period; /* NULL: months from 2006M01 */
    const double *value;
} rows;

static const kt_findings *stl(rows of, const char *const *words, kt_arena *arena)
{
    const kt_group group = {
        .row_count = of.count,
        .key = {of.period != NULL ? of.period : months(of.count, arena)},
        .figure = {NULL, of.value},
    };
    kt_findings *found = NULL;
    kt_error err = {0};
    const kt_status status = kt_measure_run(kt_measure_find("stl"), &group,
                                            read_params(words, arena), arena, &found, &err);
    if (status != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static const char *const none_given[] = {NULL};
static const char *const seven[] = {"s_window=7", NULL};

static void assert_no_figure(const kt_findings *found, const char *reason)
{
    for (size_t row = 0; row < found->row_count; row++) {
        assert_string_equal(found->reason[row], reason);
        for (size_t i = 0; i < RESULTS; i++) {
            assert_true(isnan(found->number[row * RESULTS + i]));
        }
    }
}

/* Figures to a part of themselves; the remainder, a difference, to the same part of the value. */
static void assert_row(const kt_findings *found, const reference_row *want, double part)
{
    const double *got = &found->number[(want->number - 1) * RESULTS];
    const double value = want->seasonal + want->trend + want->remainder;
    assert_close(got[SEASONAL], want->seasonal, part * fabs(want->seasonal));
    assert_close(got[TREND], want->trend, part * fabs(want->trend));
    assert_close(got[REMAINDER], want->remainder, part * fabs(value));
    assert_close(got[WEIGHT], want->weight, part);
    assert_null(found->reason[want->number - 1]);
}

static void assert_same_numbers(const kt_findings *found, const kt_findings *want)
{
    assert_int_equal(found->row_count, want->row_count);
    assert_memory_equal(found->number, want->number, found->row_count * RESULTS * sizeof(double));
}

static double *logarithms(const double *of, size_t count, kt_arena *arena)
{
    double *logs = kt_arena_array(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        logs[i] = log(of[i]);
    }
    return logs;
}

static void every_case_of_r_is_met(void **state)
{
    for (size_t i = 0; i < sizeof references / sizeof references[0]; i++) {
        const reference_case *of = &references[i];
        print_message("%s\n", of->r);
        const rows series = {
            .count = of->count,
            .value = of->logged ? logarithms(of->series, of->count, *state) : of->series,
        };
        const kt_findings *found = stl(series, of->params, *state);
        for (size_t row = 0; row < REFERENCE_ROWS; row++) {
            assert_row(found, &of->rows[row], of->robust ? 1e-8 : 1e-9);
        }
    }
}

/* One decomposition of the file, whose columns are called start_seas, start_trend, start_rem. */
static void assert_columns(const kt_csv_table *file, const kt_findings *found, const char *start,
                           kt_arena *arena)
{
    assert_int_equal(found->row_count, file->row_count);
    for (size_t row = 0; row < file->row_count; row++) {
        const reference_row want = {
            .number = row + 1,
            .seasonal = csv_number(file, row, kt_arena_print(arena, "%s_seas", start)),
            .trend = csv_number(file, row, kt_arena_print(arena, "%s_trend", start)),
            .remainder = csv_number(file, row, kt_arena_print(arena, "%s_rem", start)),
            .weight = 1.0,
        };
        assert_row(found, &want, 1e-9);
    }
}

static void all_214_months_are_as_in_r(void **state)
{
    const kt_csv_table *reference = shared_csv("methods/stl_r_reference.csv", *state);
    const kt_csv_table *inputs = shared_csv("methods/national_monthly.csv", *state);
    const size_t count = inputs->row_count;
    assert_int_equal(count, 214);
    double *u = kt_arena_array(*state, double, count), *v = kt_arena_array(*state, double, count);
    for (size_t i = 0; i < count; i++) {
        u[i] = csv_number(inputs, i, "u");
        v[i] = csv_number(inputs, i, "v");
    }
    const rows of_u = {.count = count, .value = u};
    const rows of_v = {.count = count, .value = logarithms(v, count, *state)};
    assert_columns(reference, stl(of_u, none_given, *state), "u_per", *state);
    assert_columns(reference, stl(of_v, seven, *state), "logv_s7", *state);
}

static void parts_add_up_to_the_figure(void **state)
{
    const kt_findings *found = stl((rows){.count = 61, .value = reference_v}, seven, *state);
    for (size_t i = 0; i < 61; i++) {
        const double *part = &found->number[i * RESULTS];
        assert_close(part[SEASONAL] + part[TREND] + part[REMAINDER], reference_v[i], 1e-9);
    }
}

/* 3 t and, from month to month, -1, +1: straight lines over the years of every month. */
static void a_line_and_a_fixed_season_are_found_again(void **state)
{
    static const char *const lines[] = {"s_window=7", "s_degree=1", NULL};
    double value[48];
    for (size_t i = 0; i < 48; i++) {
        value[i] = 3.0 * (double)i + (i % 2 == 0 ? -1.0 : 1.0);
    }
    const kt_findings *found = stl((rows){.count = 48, .value = value}, lines, *state);
    for (size_t i = 0; i < 48; i++) {
        const double *part = &found->number[i * RESULTS];
        assert_close(part[SEASONAL], i % 2 == 0 ? -1.0 : 1.0, 1e-9);
        assert_close(part[TREND], 3.0 * (double)i, 1e-9);
        assert_close(part[REMAINDER], 0.0, 1e-9);
    }
}

static void the_season_of_quarters_is_four_long(void **state)
{
    static const char *const four[] = {"period=4", "s_window=7", NULL};
    const char *quarters[20];
    for (size_t i = 0; i < 20; i++) {
        quarters[i] = kt_arena_print(*state, "%zuQ%zu", 2006 + i / 4, i % 4 + 1);
    }
    const rows by_quarter = {.count = 20, .period = quarters, .value = reference_u};
    const kt_findings *found = stl(by_quarter, seven, *state);
    const kt_findings *want = stl((rows){.count = 20, .value = reference_u}, four, *state);
    assert_same_numbers(found, want);
    assert_string_equal(found->key[19], "2010Q4");
}

static void rows_may_come_in_any_order(void **state)
{
    const char **turned = kt_arena_array(*state, const char *, 60);
    const char **straight = months(60, *state);
    double value[60];
    for (size_t i = 0; i < 60; i++) {
        turned[i] = straight[59 - i];
        value[i] = reference_u[59 - i];
    }
    const rows backwards = {.count = 60, .period = turned, .value = value};
    const kt_findings *found = stl(backwards, none_given, *state);
    const kt_findings *want = stl((rows){.count = 60, .value = reference_u}, none_given, *state);
    assert_string_equal(found->key[0], "2006M01");
    assert_same_numbers(found, want);
}

static void the_last_half_round_is_provisional(void **state)
{
    const kt_findings *found = stl((rows){.count = 60, .value = reference_u}, none_given, *state);
    assert_null(found->note[53]);
    assert_string_equal(found->note[54], "provisional: the figures to come will move it");
    assert_non_null(found->note[59]);
}

/* R: "series is not periodic or has less than two periods" for 24 months, not for 25. */
static void two_years_and_a_month_are_needed(void **state)
{
    assert_no_figure(stl((rows){.count = 24, .value = reference_u}, none_given, *state),
                     "more than 24 figures are needed, there are 24");
    assert_null(stl((rows){.count = 25, .value = reference_u}, none_given, *state)->reason[0]);
    assert_int_equal(stl((rows){.count = 0, .value = reference_u}, none_given, *state)->row_count,
                     0);
}

static void a_gap_leaves_no_figure(void **state)
{
    const char **gapped = months(61, *state);
    gapped[30] = "2020M01";
    assert_no_figure(
        stl((rows){.count = 61, .period = gapped, .value = reference_u}, none_given, *state),
        "a gap before 2008M08");
}

static void a_month_without_a_figure_leaves_none(void **state)
{
    double value[60];
    memcpy(value, reference_u, sizeof value);
    value[30] = NAN;
    assert_no_figure(stl((rows){.count = 60, .value = value}, none_given, *state),
                     "no figure in 2008M07, amid the series");
}

static void years_have_no_season_of_their_own(void **state)
{
    static const char *const three[] = {"period=3", NULL};
    static const char *const years[] = {"Y2001", "Y2002", "Y2003", "Y2004",
                                        "Y2005", "Y2006", "Y2007"};
    const rows yearly = {.count = 7, .period = years, .value = reference_u};
    assert_no_figure(stl(yearly, none_given, *state),
                     "years have no season unless a period is given");
    assert_null(stl(yearly, three, *state)->reason[0]);
}

static void figures_that_overflow_leave_a_reason(void **state)
{
    static const char *const robust[] = {"robust=true", NULL};
    double value[60];
    for (size_t i = 0; i < 60; i++) {
        value[i] = i % 2 == 0 ? 1.7e308 : -1.7e308;
    }
    value[7] = 1.7e308;
    const rows huge = {.count = 60, .value = value};
    assert_no_figure(stl(huge, none_given, *state), "the figures are too large to be added up");
    assert_no_figure(stl(huge, robust, *state), "the figures are too large to be added up");
}

static void a_series_without_any_change_is_its_trend(void **state)
{
    static const char *const robust[] = {"robust=true", "s_window=7", NULL};
    double value[40] = {0};
    const kt_findings *found = stl((rows){.count = 40, .value = value}, robust, *state);
    for (size_t i = 0; i < 40; i++) {
        const double *part = &found->number[i * RESULTS];
        assert_close(fabs(part[SEASONAL]) + fabs(part[TREND]) + fabs(part[REMAINDER]), 0.0, 0.0);
        assert_close(part[WEIGHT], 1.0, 0.0);
    }
}

static void bad_parameters_say_what_is_expected(void **state)
{
    (void)state;
    static const struct {
        size_t param;
        const char *text, *message;
    } cases[] = {
        {0, "1", "parameter period: \"1\" is not a whole number from 2 to 9999 or one of: auto"},
        {1, "2",
         "parameter s_window: \"2\" is not a whole number from 3 to 999999 or one of: periodic"},
        {1, "7.5",
         "parameter s_window: \"7.5\" is not a whole number from 3 to 999999 or one of: periodic"},
        {2, "maybe", "parameter robust: \"maybe\" is not one of: false true no yes 0 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_param_value value;
        kt_error err = {0};
        const kt_param *param = &kt_measure_find("stl")->params[cases[i].param];
        assert_int_equal(kt_param_read(param, cases[i].text, &value, &err), KT_ERR_USAGE);
        assert_string_equal(err.message, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_case_of_r_is_met),
        ARENA_TEST(all_214_months_are_as_in_r),
        ARENA_TEST(parts_add_up_to_the_figure),
        ARENA_TEST(a_line_and_a_fixed_season_are_found_again),
        ARENA_TEST(the_season_of_quarters_is_four_long),
        ARENA_TEST(rows_may_come_in_any_order),
        ARENA_TEST(the_last_half_round_is_provisional),
        ARENA_TEST(two_years_and_a_month_are_needed),
        ARENA_TEST(a_gap_leaves_no_figure),
        ARENA_TEST(a_month_without_a_figure_leaves_none),
        ARENA_TEST(years_have_no_season_of_their_own),
        ARENA_TEST(figures_that_overflow_leave_a_reason),
        ARENA_TEST(a_series_without_any_change_is_its_trend),
        cmocka_unit_test(bad_parameters_say_what_is_expected),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
