/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/nile.h"
#include "analysis/shared.h"
#include "analysis/timed.h"
#include "regression.h"
#include "segments.h"

#define MOST 5

/* What another program found for each number of breaks. */
typedef struct expected {
    const char *periods;
    double ssr, bic, lwz;
} expected;

static void assert_rows(const kt_findings *found, size_t count, const expected *want)
{
    assert_int_equal(found->row_count, count);
    for (size_t i = 0; i < count; i++) {
        assert_null(found->reason[i]);
        assert_int_equal(strtoul(found->key[i], NULL, 10), i);
        assert_string_equal(found_text("breaks", found, i, "break_periods"), want[i].periods);
        assert_close(found_number("breaks", found, i, "ssr") / want[i].ssr, 1.0, 1e-10);
        assert_close(found_number("breaks", found, i, "bic"), want[i].bic, 1e-10);
        assert_close(found_number("breaks", found, i, "lwz"), want[i].lwz, 1e-10);
    }
}

/*
 * R: library(strucchange); y <- as.numeric(Nile); bp <- breakpoints(y ~ 1, h = .15, breaks = 5)
 *    for (k in 0:5) { b <- breakpoints(bp, breaks = k); r <- b$RSS; 1870 + b$breakpoints
 *      log(r/100) + log(100)*k*2/100; log(r/(100-(k+1)-k)) + k*2/100*.299*log(100)^2.1 }
 *    with r <- deviance(lm(y ~ 1)) for k = 0
 */
static void means_of_the_nile_break_where_strucchange_finds_them(void **state)
{
    static const expected want[] = {
        {"", 2835156.7499999991, 10.252437598632698, 10.262487934486199},
        {"Y1898", 1597457.1944444445, 9.7708568872665555, 9.8569591636713323},
        {"Y1898;Y1953", 1552923.6157754012, 9.8346865374244086, 9.9972659696520978},
        {"Y1898;Y1938;Y1953", 1538096.5127450982, 9.917196204360037, 10.156696103955079},
        {"Y1898;Y1915;Y1938;Y1953", 1507888.4759164536, 9.9894642987436271, 10.306347253895147},
        {"Y1885;Y1900;Y1915;Y1938;Y1953", 1659993.5004262575, 10.17767107752991,
         10.572420238386208}};
    const timed rows = {100, periods_from("Y1871", 100, *state), nile, NULL};
    assert_rows(run_timed("breaks", &rows, NULL, *state), 6, want);
}

/* R: x <- 1:100; bp <- breakpoints(y ~ x, h = 12, breaks = 5), as above with q = 2 */
static void lines_of_the_nile_break_where_strucchange_finds_them(void **state)
{
    static const expected want[] = {
        {"", 2221263.6479267925, 10.008416616699199, 10.028619324016718},
        {"Y1898", 1580175.0764269736, 9.8060311263211357, 9.9407890240887902},
        {"Y1898;Y1953", 1483851.7115083898, 9.8812917980282613, 10.131602613727518},
        {"Y1883;Y1898;Y1953", 1417815.297874229, 9.9739228529632431, 10.340850479359506},
        {"Y1883;Y1898;Y1910;Y1953", 1366338.5797850457, 10.075095386945115, 10.559776690200117},
        {"Y1883;Y1898;Y1910;Y1938;Y1958", 1301296.2160787617, 10.164476756869901,
         10.768129351961914}};
    double x[NILE_YEARS];
    const char *const given[KT_MEASURE_PARAMS] = {"5", "12"};
    const timed rows = {100, periods_from("Y1871", 100, *state), nile, nile_x(x)};
    assert_rows(run_timed("breaks", &rows, given, *state), 6, want);
}

/* R: bp <- breakpoints(y ~ 1, h = .15); bp (BIC); LWZ and y ~ x as in the rows above */
static void the_least_criterion_tells_how_many_breaks_there_are(void **state)
{
    double x[NILE_YEARS];
    const kt_observed mean = {NILE_YEARS, nile, NULL}, line = {NILE_YEARS, nile, nile_x(x)};
    kt_segmentation found[MOST + 1];
    kt_segments_find(&mean, 15, MOST, *state, found);
    assert_int_equal(kt_segments_best(&mean, found, MOST, KT_BREAKS_BIC), 1);
    assert_int_equal(kt_segments_best(&mean, found, MOST, KT_BREAKS_LWZ), 1);
    assert_int_equal(kt_segments_best(&mean, found, 0, KT_BREAKS_LWZ), 0);
    kt_segments_find(&line, 12, MOST, *state, found);
    assert_int_equal(kt_segments_best(&line, found, MOST, KT_BREAKS_BIC), 1);
    const double steps[] = {0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 0.3, 0.3, 0.3};
    const kt_observed exact = {9, steps, NULL};
    kt_segments_find(&exact, 2, 3, *state, found);
    assert_int_equal(kt_segments_best(&exact, found, 3, KT_BREAKS_BIC), 2);
}

static double ssr_of_segment(const kt_observed *series, size_t first, size_t end, kt_arena *arena)
{
    const size_t columns = series->x != NULL ? 2 : 1;
    double *x = kt_arena_array(arena, double, columns *(end - first));
    for (size_t i = first; i < end; i++) {
        x[(i - first) * columns] = 1.0;
        if (series->x != NULL) {
            x[(i - first) * columns + 1] = series->x[i];
        }
    }
    const kt_design design = kt_design_of(end - first, columns, x, series->y + first, arena);
    const kt_regression fit = kt_regression_fit(&design, arena);
    return fit.reason != NULL ? INFINITY : fit.ssr;
}

/* The least sum of squares with exactly two breaks, by trying all. */
static double best_of_all(const kt_observed *series, size_t length, kt_arena *arena)
{
    double best = INFINITY;
    for (size_t one = length; one + 2 * length <= series->count; one++) {
        for (size_t two = one + length; two + length <= series->count; two++) {
            const double sum = ssr_of_segment(series, 0, one, arena) +
                               ssr_of_segment(series, one, two, arena) +
                               ssr_of_segment(series, two, series->count, arena);
            best = fmin(best, sum);
        }
    }
    return best;
}

static void two_breaks_are_the_best_of_all_that_there_are(void **state)
{
    /* x repeats itself, so that some segments begin with, or are, a run of one x */
    for (size_t trial = 0; trial < 20; trial++) {
        double x[24], y[24];
        uint64_t seed = trial + 1;
        for (size_t i = 0; i < 24; i++) {
            seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
            x[i] = (double)(seed >> 62) / 3.0 + (trial % 2 == 0 ? 0.0 : 1000.0);
            y[i] = (double)(seed >> 32 & 1023) + (i > 9 ? 300.0 : 0.0);
        }
        const kt_observed line = {24, y, x}, mean = {24, y, NULL};
        kt_segmentation found[3];
        kt_segments_find(&line, 4, 2, *state, found);
        assert_close(found[2].ssr / best_of_all(&line, 4, *state), 1.0, 1e-9);
        kt_segments_find(&mean, 4, 2, *state, found);
        assert_close(found[2].ssr / best_of_all(&mean, 4, *state), 1.0, 1e-12);
    }
}

/*
 * The Beveridge curve of the United States, 1951-2019: its breaks are those of Michaillat and Saez
 * (2021). R: d <- subset(read.csv(...), year <= 2019); y <- log(d$v); x <- log(d$u)
 * breakpoints(y ~ x, h = .15, breaks = 5), and of its segments sum(deviance(lm(y ~ x))): its own
 * RSS leaves out the first residual of a segment whose first two x are equal.
 */
static void the_beveridge_curve_of_the_united_states_breaks_in_known_quarters(void **state)
{
    enum { QUARTERS = 276 };
    static const char *const want[] = {"",
                                       "1964Q2",
                                       "1965Q1;1990Q3",
                                       "1961Q1;1971Q4;1990Q1",
                                       "1961Q1;1971Q4;1989Q4;2000Q1",
                                       "1961Q1;1971Q4;1989Q1;1999Q2;2009Q3"};
    static const double ssr[] = {13.854842431704032, 10.154734790046243, 4.0056472786768182,
                                 3.0518703876105273, 2.7149264389940382, 1.6942036289678399};
    const kt_csv_table *table =
        shared_csv("methods/us_efficient_unemployment_quarterly.csv", *state);
    double y[QUARTERS], x[QUARTERS];
    for (size_t i = 0; i < QUARTERS; i++) {
        y[i] = log(csv_number(table, i, "v"));
        x[i] = log(csv_number(table, i, "u"));
    }
    const timed rows = {QUARTERS, periods_from("1951Q1", QUARTERS, *state), y, x};
    const kt_findings *found = run_timed("breaks", &rows, NULL, *state);
    for (size_t i = 0; i <= MOST; i++) {
        assert_string_equal(found_text("breaks", found, i, "break_periods"), want[i]);
        assert_close(found_number("breaks", found, i, "ssr") / ssr[i], 1.0, 1e-11);
    }
}

static void rows_may_come_in_any_order(void **state)
{
    const char *const period[] = {"2020M06", "2020M02", "2020M01", "2020M04", "2020M03", "2020M05"};
    const double y[] = {9, 2, 1, 8, 1, 9};
    const char *const given[KT_MEASURE_PARAMS] = {"1", "2"};
    const timed rows = {6, period, y, NULL};
    const kt_findings *found = run_timed("breaks", &rows, given, *state);
    /* 1 2 1 | 8 9 9: each leaves 2/3 */
    assert_string_equal(found_text("breaks", found, 1, "break_periods"), "2020M03");
    assert_close(found_number("breaks", found, 1, "ssr"), 4.0 / 3.0, 1e-12);
}

/* A series of small figures with max_breaks 1 and min_segment 3, or what min_segment says. */
static const kt_findings *small(size_t count, const double *y, const double *x,
                                const char *min_segment, kt_arena *arena)
{
    const char *const given[KT_MEASURE_PARAMS] = {"1", min_segment != NULL ? min_segment : "3"};
    const timed rows = {count, periods_from("2020M01", count, arena), y, x};
    return run_timed("breaks", &rows, given, arena);
}

static void assert_no_figure(const kt_findings *found, size_t row, const char *reason)
{
    assert_string_equal(found->reason[row], reason);
    assert_null(found_text("breaks", found, row, "break_periods"));
    assert_true(isnan(found_number("breaks", found, row, "ssr")));
    assert_true(isnan(found_number("breaks", found, row, "bic")));
}

static void what_cannot_be_searched_has_a_reason(void **state)
{
    const double y[] = {1, 2, 1, 8, 9, 9}, gap[] = {1, 2, NAN, 8, 9, 9};
    const double same[] = {0.1, 0.1, 0.1, 0.1, 0.1, 0.1}, none[] = {NAN, NAN};
    const double half[] = {1, 2, 3, 7, 7, 7}, huge[] = {1e200, 2e200, 1e200};
    const struct {
        size_t count;
        const double *y, *x;
        const char *min_segment, *without, *with_one;
    } cases[] = {
        {6, gap, NULL, NULL, "a gap: no figure for 2020M03", "a gap: no figure for 2020M03"},
        {6, same, NULL, NULL, "no residual is left without a break",
         "no residual is left without a break"},
        {6, y, same, NULL, "x does not vary", "x does not vary in some segment"},
        {6, y, half, NULL, NULL, "x does not vary in some segment"},
        {5, y, NULL, NULL, NULL, "observations: 5, segments of 3 need 6"},
        {2, y, NULL, NULL, "observations: 2, segments of 3 need 3",
         "observations: 2, segments of 3 need 6"},
        {6, y, NULL, "0.3", "observations: 6, min_segment comes to 1 and a segment needs 2",
         "observations: 6, min_segment comes to 1 and a segment needs 2"},
        {6, y, half, "2", "observations: 6, min_segment comes to 2 and a segment needs 3",
         "observations: 6, min_segment comes to 2 and a segment needs 3"},
        {3, huge, NULL, NULL, "the values are too large to be squared",
         "the values are too large to be squared"},
        {2, none, NULL, NULL, "no period has a figure", "no period has a figure"},
        {0, y, NULL, NULL, "no period has a figure", "no period has a figure"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found =
            small(cases[i].count, cases[i].y, cases[i].x, cases[i].min_segment, *state);
        assert_no_figure(found, 1, cases[i].with_one);
        if (cases[i].without != NULL) {
            assert_no_figure(found, 0, cases[i].without);
        } else {
            assert_null(found->reason[0]);
        }
    }
}

static void a_period_without_a_row_is_a_gap(void **state)
{
    const char *const period[] = {"2020M11", "2020M12", "2021M02", "2021M03"};
    const double y[] = {1, 2, 3, 4};
    const char *const given[KT_MEASURE_PARAMS] = {"0", "2"};
    const timed rows = {4, period, y, NULL};
    assert_no_figure(run_timed("breaks", &rows, given, *state), 0, "a gap: no figure for 2021M01");
}

static void steps_that_fit_exactly_have_breaks_but_no_criterion(void **state)
{
    const double y[] = {0.1, 0.1, 0.1, 0.7, 0.7, 0.7, 0.3, 0.3, 0.3};
    const char *const given[KT_MEASURE_PARAMS] = {"3", "2"};
    const timed rows = {9, periods_from("2020M01", 9, *state), y, NULL};
    const kt_findings *found = run_timed("breaks", &rows, given, *state);
    assert_string_equal(found_text("breaks", found, 2, "break_periods"), "2020M03;2020M06");
    assert_close(found_number("breaks", found, 2, "ssr"), 0.0, 0.0);
    assert_true(isnan(found_number("breaks", found, 2, "lwz")));
    assert_string_equal(found->note[2], "no residual is left: bic and lwz have no value");
    assert_no_figure(found, 3, "no residual is left by fewer breaks");
}

static void months_not_yet_published_are_left_out_and_noted(void **state)
{
    const double y[] = {NAN, 1, 2, 1, 8, 9, 9, NAN};
    const kt_findings *found = small(8, y, NULL, NULL, *state);
    assert_string_equal(found_text("breaks", found, 1, "break_periods"), "2020M04");
    assert_string_equal(found->note[1], "periods without a figure left out at the ends: 2");
}

static void what_is_wrong_is_said_in_one_line(void **state)
{
    const char *const period[] = {"2020M01", "2020M02", "2020-01"};
    const double y[] = {1, 2, 3};
    const timed rows = {3, period, y, NULL};
    const struct {
        const char *given[KT_MEASURE_PARAMS];
        kt_status status;
        const char *message;
    } cases[] = {
        {{NULL, NULL},
         KT_ERR_DATA,
         "row 3, column time_period: \"2020-01\" is the period of row 1 too"},
        {{"21", NULL},
         KT_ERR_USAGE,
         "parameter max_breaks: \"21\" is not a whole number from 0 to 20"},
        {{NULL, "0"},
         KT_ERR_USAGE,
         "parameter min_segment: \"0\" is not a number above 0 and below 20000"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_findings *found = NULL;
        kt_error err = {0};
        assert_int_equal(try_timed("breaks", &rows, cases[i].given, *state, &found, &err),
                         cases[i].status);
        assert_string_equal(err.message, cases[i].message);
    }
}

static void a_part_of_an_observation_is_no_segment(void **state)
{
    const double y[] = {1, 2, 3};
    const char *const given[KT_MEASURE_PARAMS] = {"1", "2.5"};
    const timed rows = {3, periods_from("2020M01", 3, *state), y, NULL};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_timed("breaks", &rows, given, *state, &found, &err), KT_ERR_USAGE);
    assert_string_equal(err.message, "parameter min_segment: 2.5 is not a share below 1 or a whole "
                                     "number of observations");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(means_of_the_nile_break_where_strucchange_finds_them),
        ARENA_TEST(lines_of_the_nile_break_where_strucchange_finds_them),
        ARENA_TEST(the_least_criterion_tells_how_many_breaks_there_are),
        ARENA_TEST(two_breaks_are_the_best_of_all_that_there_are),
        ARENA_TEST(the_beveridge_curve_of_the_united_states_breaks_in_known_quarters),
        ARENA_TEST(rows_may_come_in_any_order),
        ARENA_TEST(what_cannot_be_searched_has_a_reason),
        ARENA_TEST(a_period_without_a_row_is_a_gap),
        ARENA_TEST(steps_that_fit_exactly_have_breaks_but_no_criterion),
        ARENA_TEST(months_not_yet_published_are_left_out_and_noted),
        ARENA_TEST(what_is_wrong_is_said_in_one_line),
        ARENA_TEST(a_part_of_an_observation_is_no_segment),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
