/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_interval.h"

#include <stdlib.h>

#include "analysis/nile.h"
#include "support/arena.h"

#define MOST 5

/* The real interest rate of the United States, 1961Q1-1986Q3, in which Bai and Perron (2003) find
 * their breaks: strucchange's RealInt. */
static const double real_interest[] = {
    1.99132,  0.00403,  2.27,     0.84833,  1.89112,  -0.28,    3.68431,  1.62478,  1.21599,
    1.28373,  1.70141,  3.16687,  2.32779,  2.26202,  1.91218,  3.53196,  -0.31777, 3.44694,
    1.52422,  0.74268,  1.31541,  0.36646,  3.59562,  3.6574,   0.97494,  -0.5328,  1.12681,
    0.31123,  0.57834,  1.08163,  0.24977,  0.23792,  -0.32653, 1.14733,  1.19323,  2.58962,
    0.01195,  2.63842,  0.42092,  2.58823,  -2.19809, 2.89548,  1.8213,   0.86332,  0.67496,
    0.34435,  1.22762,  -2.83991, -1.8163,  -2.22965, -1.58457, -6.31184, -2.46258, -5.61479,
    -3.53887, 1.0178,   -1.58875, -1.85396, -0.2567,  2.42226,  -1.29502, -0.48977, 1.21167,
    -4.85498, -3.599,   0.17094,  1.51603,  -1.85304, -5.60478, -1.25767, 0.96658,  -3.09451,
    -5.26773, -4.03154, -1.76618, -5.73978, 3.83047,  0.52007,  -0.18033, 3.82808,  3.01171,
    2.75289,  11.74184, 9.91701,  3.03444,  10.15143, 9.29177,  6.87498,  2.43675,  4.37202,
    6.77774,  4.16692,  5.65037,  5.17734,  9.41206,  3.77006,  4.24568,  4.53154,  3.39706,
    8.93951,  4.20825,  3.43461,  4.30529};

/* Ends of the interval of each break, the break in the middle; observations counted from 1. */
typedef struct expected {
    size_t breaks;
    double level;
    double row[3][3];
} expected;

static void assert_intervals(const kt_observed *series, size_t min_length, const expected *want,
                             kt_arena *arena)
{
    kt_segmentation found[MOST + 1];
    kt_break of[MOST];
    kt_segments_find(series, min_length, MOST, arena, found);
    kt_break_intervals(series, &found[want->breaks], want->breaks, want->level, of);
    for (size_t i = 0; i < want->breaks; i++) {
        assert_null(of[i].reason);
        assert_close(of[i].low + 1.0, want->row[i][0], 0.0);
        assert_int_equal(of[i].last + 1, (size_t)want->row[i][1]);
        assert_close(of[i].high + 1.0, want->row[i][2], 0.0);
    }
}

/*
 * R: library(strucchange); y <- as.numeric(Nile); z <- as.numeric(RealInt); x <- 1:100
 *    bp <- breakpoints(y ~ 1, h = .15, breaks = 5); confint(bp, breaks = 1)
 *    bp <- breakpoints(y ~ x, h = 12, breaks = 5); bp <- breakpoints(z ~ 1, h = .15, breaks = 5)
 */
static void intervals_of_means_are_those_of_strucchange(void **state)
{
    static const expected of_nile[] = {
        {1, .95, {{25, 28, 32}}},
        {2, .95, {{25, 28, 31}, {33, 83, 130}}},
        {3, .95, {{25, 28, 32}, {6, 68, 209}, {58, 83, 95}}},
    };
    static const expected of_interest[] = {
        {1, .9, {{77, 79, 81}}},
        {2, .9, {{41, 47, 48}, {77, 79, 80}}},
        {2, .95, {{39, 47, 49}, {77, 79, 81}}},
        {3, .9, {{13, 24, 37}, {39, 47, 48}, {77, 79, 80}}},
    };
    const kt_observed flow = {NILE_YEARS, nile, NULL};
    for (size_t i = 0; i < 3; i++) {
        assert_intervals(&flow, 15, &of_nile[i], *state);
    }
    const kt_observed interest = {sizeof real_interest / sizeof real_interest[0], real_interest,
                                  NULL};
    for (size_t i = 0; i < 4; i++) {
        assert_intervals(&interest, 15, &of_interest[i], *state);
    }
}

static void intervals_of_lines_are_those_of_strucchange(void **state)
{
    static const expected of_nile[] = {
        {1, .95, {{26, 28, 31}}},
        {2, .95, {{26, 28, 31}, {66, 83, 84}}},
        {3, .95, {{0, 13, 17}, {27, 28, 30}, {66, 83, 84}}},
    };
    double x[NILE_YEARS];
    const kt_observed flow = {NILE_YEARS, nile, nile_x(x)};
    for (size_t i = 0; i < 3; i++) {
        assert_intervals(&flow, 12, &of_nile[i], *state);
    }
}

static void the_size_is_the_change_of_the_mean_or_of_the_line_amid_both_segments(void **state)
{
    const double y[] = {1, 2, 3, 9, 8, 7}, x[] = {1, 2, 3, 1, 2, 3};
    const kt_observed mean = {6, y, NULL}, line = {6, y, x};
    kt_segmentation found[2];
    kt_break of = {0};
    kt_segments_find(&mean, 3, 1, *state, found);
    kt_break_intervals(&mean, &found[1], 1, .95, &of);
    assert_close(of.size, 6.0, 1e-12);
    /* both lines pass through their means at x = 2, and leave nothing */
    kt_segments_find(&line, 3, 1, *state, found);
    kt_break_intervals(&line, &found[1], 1, .95, &of);
    assert_close(of.size, 6.0, 1e-12);
    assert_string_equal(of.reason, "no residual is left in a segment beside the break");
    assert_true(isnan(of.low) && isnan(of.high));
}

/* Means 0 and 0.1 beside each other, with variances 1 and 400. R: y <- c(rep(c(1, -1), 10),
 * rep(c(20, -20), 10) + .1); bp <- breakpoints(y ~ 1, h = 20, breaks = 1); confint(bp, breaks = 1):
 * "Confidence interval 1 cannot be computed: P(argmax V <= 0) = 0.0025" */
static void segments_too_unlike_have_no_interval(void **state)
{
    double y[40];
    for (size_t i = 0; i < 20; i++) {
        y[i] = i % 2 == 0 ? 1.0 : -1.0;
        y[20 + i] = (i % 2 == 0 ? 20.0 : -20.0) + 0.1;
    }
    const kt_observed series = {40, y, NULL};
    const size_t last[] = {19};
    kt_break of = {0};
    kt_break_intervals(&series, &(kt_segmentation){.ssr = 1.0, .last = last}, 1, .95, &of);
    assert_string_equal(of.reason, "the segments beside the break are too unlike: the limiting "
                                   "distribution lies on one side");
    assert_true(isnan(of.low) && isnan(of.high));
    (void)state;
}

static void a_break_at_which_nothing_changes_has_no_interval(void **state)
{
    const double y[] = {1, 3, 2, 4, 3, 1, 2, 4};
    const kt_observed series = {8, y, NULL};
    const size_t last[] = {3};
    kt_break of = {0};
    kt_break_intervals(&series, &(kt_segmentation){.ssr = 10.0, .last = last}, 1, .95, &of);
    assert_string_equal(of.reason, "nothing changes at the break");
    (void)state;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(intervals_of_means_are_those_of_strucchange),
        ARENA_TEST(intervals_of_lines_are_those_of_strucchange),
        ARENA_TEST(the_size_is_the_change_of_the_mean_or_of_the_line_amid_both_segments),
        ARENA_TEST(segments_too_unlike_have_no_interval),
        ARENA_TEST(a_break_at_which_nothing_changes_has_no_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
