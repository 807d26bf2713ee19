/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "analysis/nile.h"
#include "analysis/timed.h"

static const kt_findings *run_nile(const double *x, const char *const *given, kt_arena *arena)
{
    const timed rows = {NILE_YEARS, periods_from("Y1871", NILE_YEARS, arena), nile, x};
    return run_timed("break_intervals", &rows, given, arena);
}

typedef struct expected {
    const char *period, *low, *high, *direction;
    double size;
} expected;

static void assert_break(const kt_findings *found, size_t row, const expected *want)
{
    assert_null(found->reason[row]);
    assert_int_equal(strtoul(found->key[row], NULL, 10), row + 1);
    assert_string_equal(found_text("break_intervals", found, row, "break_period"), want->period);
    assert_string_equal(found_text("break_intervals", found, row, "break_low"), want->low);
    assert_string_equal(found_text("break_intervals", found, row, "break_high"), want->high);
    assert_string_equal(found_text("break_intervals", found, row, "direction"), want->direction);
    assert_close(found_number("break_intervals", found, row, "size") / want->size, 1.0, 1e-12);
}

/* R: library(strucchange); breakdates(confint(breakpoints(Nile ~ 1)));
 *    mean(window(Nile, 1899)) - mean(window(Nile, end = 1898)) */
static void the_nile_falls_between_1895_and_1902(void **state)
{
    static const expected want = {"Y1898", "Y1895", "Y1902", "down", -247.77777777777771};
    const char *const by_lwz[KT_MEASURE_PARAMS] = {"5", "0.15", "lwz"};
    const char *const by_count[KT_MEASURE_PARAMS] = {"0", "15", "1", "0.95"};
    const kt_findings *found = run_nile(NULL, NULL, *state);
    assert_int_equal(found->row_count, 1);
    assert_break(found, 0, &want);
    assert_break(run_nile(NULL, by_lwz, *state), 0, &want);
    assert_break(run_nile(NULL, by_count, *state), 0, &want);
}

/*
 * R: x <- 1:100; bp <- breakpoints(y ~ x, h = 12); confint(bp, breaks = 2); the second break:
 *    f <- function(s) predict(lm(y ~ x, subset = s), data.frame(x = mean(29:100)));
 *    f(84:100) - f(29:83); the first: x = mean(1:83), f(29:83) - f(1:28)
 */
static void lines_of_the_nile_change_at_the_mean_x_of_both_segments(void **state)
{
    static const expected want[] = {
        {"Y1898", "Y1896", "Y1901", "down", -292.79220281634105},
        {"Y1953", "Y1936", "Y1954", "up", 410.28444741532951},
    };
    double x[NILE_YEARS];
    const char *const given[KT_MEASURE_PARAMS] = {"5", "12", "2"};
    const kt_findings *found = run_nile(nile_x(x), given, *state);
    assert_int_equal(found->row_count, 2);
    assert_break(found, 0, &want[0]);
    assert_break(found, 1, &want[1]);
}

/* R: confint(breakpoints(y ~ 1), breaks = 3): the second lies from 6 to 209 of 100 */
static void an_interval_that_leaves_the_series_is_cut_and_noted(void **state)
{
    const char *const given[KT_MEASURE_PARAMS] = {"5", "0.15", "3"};
    const kt_findings *found = run_nile(NULL, given, *state);
    assert_string_equal(found_text("break_intervals", found, 1, "break_low"), "Y1876");
    assert_string_equal(found_text("break_intervals", found, 1, "break_high"), "Y1970");
    assert_string_equal(found->note[1],
                        "the interval reaches beyond the series and is cut at its end");
    assert_null(found->note[0]);
}

static void a_break_without_residuals_has_a_size_and_no_interval(void **state)
{
    const double y[] = {1, 1, 1, 4, 4, 4};
    const timed rows = {6, periods_from("2020M01", 6, *state), y, NULL};
    const char *const given[KT_MEASURE_PARAMS] = {"1", "2"};
    const kt_findings *found = run_timed("break_intervals", &rows, given, *state);
    assert_null(found->reason[0]);
    assert_string_equal(found_text("break_intervals", found, 0, "direction"), "up");
    assert_close(found_number("break_intervals", found, 0, "size"), 3.0, 1e-12);
    assert_null(found_text("break_intervals", found, 0, "break_low"));
    assert_string_equal(found->note[0], "no residual is left in a segment beside the break");
}

static void without_a_break_there_is_one_row_with_the_reason(void **state)
{
    const double y[] = {1, 2, 1, 2, 1, 2, 1, 2}, same[] = {3, 3, 3, 3, 3, 3, 3, 3};
    const double gap[] = {1, 2, NAN, 2, 1, 2, 1, 2};
    const struct {
        const double *y;
        const char *min_segment, *breaks_n, *reason;
    } cases[] = {
        {y, "2", "bic", "no break"},
        {y, "2", "0", "no break"},
        {same, "2", "bic", "no residual is left without a break"},
        {gap, "2", "lwz", "a gap: no figure for 2020M03"},
        {y, "3", "4", "observations: 8, segments of 3 need 15"},
        {y, "0.15", "bic", "observations: 8, min_segment comes to 1 and a segment needs 2"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const char *const given[KT_MEASURE_PARAMS] = {"2", cases[i].min_segment, cases[i].breaks_n};
        const timed rows = {8, periods_from("2020M01", 8, *state), cases[i].y, NULL};
        const kt_findings *found = run_timed("break_intervals", &rows, given, *state);
        assert_int_equal(found->row_count, 1);
        assert_string_equal(found->key[0], "0");
        assert_string_equal(found->reason[0], cases[i].reason);
        assert_true(isnan(found_number("break_intervals", found, 0, "size")));
    }
}

static void what_is_wrong_is_said_in_one_line(void **state)
{
    const double y[] = {1, 2, 3};
    const timed rows = {3, periods_from("2020M01", 3, *state), y, NULL};
    const struct {
        const char *given[KT_MEASURE_PARAMS];
        const char *message;
    } cases[] = {
        {{NULL, "2.5"},
         "parameter min_segment: 2.5 is not a share below 1 or a whole number of observations"},
        {{NULL, NULL, "aic"},
         "parameter breaks_n: \"aic\" is not a whole number from 0 to 20 or one of: bic lwz"},
        {{NULL, NULL, NULL, "1"}, "parameter level: \"1\" is not a number above 0 and below 1"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_findings *found = NULL;
        kt_error err = {0};
        assert_int_equal(try_timed("break_intervals", &rows, cases[i].given, *state, &found, &err),
                         KT_ERR_USAGE);
        assert_string_equal(err.message, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_nile_falls_between_1895_and_1902),
        ARENA_TEST(lines_of_the_nile_change_at_the_mean_x_of_both_segments),
        ARENA_TEST(an_interval_that_leaves_the_series_is_cut_and_noted),
        ARENA_TEST(a_break_without_residuals_has_a_size_and_no_interval),
        ARENA_TEST(without_a_break_there_is_one_row_with_the_reason),
        ARENA_TEST(what_is_wrong_is_said_in_one_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
