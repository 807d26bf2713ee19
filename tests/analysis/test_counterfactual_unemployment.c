/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/support.h"

#define ID   "counterfactual_unemployment"
#define MOST 40

typedef struct history {
    size_t count;
    double u[MOST], f[MOST], s[MOST], m[MOST];
} history;

static const char *const *months(size_t count, kt_arena *arena)
{
    const char **names = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = kt_arena_print(arena, "%zuM%02zu", 2019 + i / 12, i % 12 + 1);
    }
    return names;
}

static kt_status try_history(const history *of, const char *const *periods, double alpha,
                             kt_arena *arena, kt_findings **out, kt_error *err)
{
    const kt_group group = {.row_count = of->count,
                            .key = {periods == NULL ? months(of->count, arena) : periods},
                            .figure = {NULL, of->u, of->f, of->s, of->m}};
    const kt_param_value params[] = {{.number = alpha}};
    return kt_measure_run(kt_measure_find(ID), &group, params, arena, out, err);
}

static const kt_findings *run_history(const history *of, const char *const *periods, double alpha,
                                      kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_history(of, periods, alpha, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

/* u* = .1; f* = .3/.75 = .4: u* = .02 x .9 + .6 x .1 = .078; then f* = .4 sqrt(.1/.078):
 * u* = .02 x .922 + (1 - f*) .078. */
static void three_months_by_hand(void **state)
{
    const history of = {
        3, {0.1, 0.1, 0.1}, {0.3, 0.3, 0.3}, {0.02, 0.02, 0.02}, {0.25, 0.25, 0.25}};
    const kt_findings *found = run_history(&of, NULL, 0.5, *state);
    const double third = 0.02 * 0.922 + (1.0 - 0.4 * sqrt(0.1 / 0.078)) * 0.078;
    assert_close(found->number[0], 0.1, 1e-15);
    assert_close(found->number[1], 0.0, 1e-15);
    assert_close(found->number[2], 0.078, 1e-15);
    assert_close(found->number[3], 0.022, 1e-15);
    assert_close(found->number[4], third, 1e-15);
    assert_string_equal(found->key[2], "2019M03");
    assert_string_equal(found->note[0], "near the start, which is the observed rate");
}

/* Where nothing is lost the path is the one there was. */
static void without_mismatch_nothing_would_be_otherwise(void **state)
{
    history of = {.count = MOST};
    of.u[0] = 0.09;
    for (size_t i = 0; i < MOST; i++) {
        of.f[i] = 0.2 + 0.005 * (double)(i % 7);
        of.s[i] = 0.015 + 0.001 * (double)(i % 5);
        if (i + 1 < MOST) {
            of.u[i + 1] = of.s[i] * (1.0 - of.u[i]) + (1.0 - of.f[i]) * of.u[i];
        }
    }
    const kt_findings *found = run_history(&of, NULL, 0.4, *state);
    for (size_t i = 0; i < MOST; i++) {
        assert_close(found->number[2 * i], of.u[i], 1e-14);
        assert_close(found->number[2 * i + 1], 0.0, 1e-14);
        assert_true(i < 12 || found->note[i] == NULL);
    }
}

/* Job finding .9/(1 - .5) is above 1: all find work, and only those who lost theirs are left. */
static void a_probability_is_at_most_one(void **state)
{
    const history of = {2, {0.1, 0.1}, {0.9, 0.9}, {0.02, 0.02}, {0.5, 0.5}};
    const kt_findings *found = run_history(&of, NULL, 0.5, *state);
    assert_close(found->number[2], 0.02 * 0.9, 1e-15);
    assert_string_equal(found->note[1],
                        "job finding without mismatch would exceed 1, and is taken as 1");
}

static void a_path_ends_where_a_figure_is_missing(void **state)
{
    history of = {4, {0.1, 0.1, 0.1, 0.1}, {0.3, 0.3, 0.3, 0.3}, {0.02, 0.02, 0.02, 0.02}, {0}};
    of.m[2] = NAN;
    const kt_findings *found = run_history(&of, NULL, 0.5, *state);
    assert_null(found->reason[1]);
    assert_string_equal(found->reason[2], "no mismatch in 2019M03");
    assert_string_equal(found->reason[3], "no mismatch in 2019M03");
    assert_true(isnan(found->number[6]));
    const char *gap[] = {"2019M01", "2019M03", "2019M04", "2019M05"};
    of.m[2] = 0.0;
    found = run_history(&of, gap, 0.5, *state);
    assert_null(found->reason[0]);
    assert_string_equal(found->reason[3], "a gap before 2019M03");
}

static void percentages_are_refused(void **state)
{
    const history of = {2, {0.1, 0.1}, {0.3, 30}, {0.02, 0.02}, {0}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_history(&of, NULL, 0.5, *state, &found, &err), KT_ERR_DATA);
    assert_string_equal(err.message,
                        "row 2, column job_finding: 30, expected a share of at most 1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(three_months_by_hand),
        ARENA_TEST(without_mismatch_nothing_would_be_otherwise),
        ARENA_TEST(a_probability_is_at_most_one),
        ARENA_TEST(a_path_ends_where_a_figure_is_missing),
        ARENA_TEST(percentages_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
