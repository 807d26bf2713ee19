/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis/support.h"

#define ID   "mismatch_generalised"
#define MOST 16

typedef struct economy {
    size_t count;
    double u[MOST], v[MOST], phi[MOST], z[MOST];
} economy;

static kt_status try_economy(const economy *of, double alpha, kt_arena *arena, kt_findings **out,
                             kt_error *err)
{
    const kt_group group = {.row_count = of->count,
                            .key = {numbered(of->count, arena)},
                            .figure = {NULL, of->u, of->v, of->phi, of->z}};
    const kt_param_value params[] = {{.number = alpha}};
    return kt_measure_run(kt_measure_find(ID), &group, params, arena, out, err);
}

static const kt_findings *run_economy(const economy *of, double alpha, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_economy(of, alpha, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

/* Two markets with equal seekers; posts 1 : 3 by hand: 1 - (sqrt(1/8) + sqrt(3/8)). */
static void equal_weights_leave_the_plain_index(void **state)
{
    const economy of = {2, {10, 10}, {5, 15}, {0.3, 0.3}, {7, 7}};
    const double plain = 1.0 - (sqrt(1.0 / 8.0) + sqrt(3.0 / 8.0));
    const kt_findings *found = run_economy(&of, 0.5, *state);
    assert_close(found->number[0], plain, 1e-15);
    assert_close(found->number[1], plain, 1e-15);
    assert_close(found->number[2], plain, 1e-15);
}

/* phi 1 : 2, posts and seekers even: phibar^2 = (1 + 4)/2, made = (1 + 2)/2. */
static void seekers_who_are_not_where_matching_works(void **state)
{
    const economy of = {2, {10, 10}, {10, 10}, {1, 2}, {1, 1}};
    const kt_findings *found = run_economy(&of, 0.5, *state);
    assert_close(found->number[0], 0.0, 1e-15);
    assert_close(found->number[1], 1.0 - 1.5 / sqrt(2.5), 1e-15);
    assert_close(found->number[2], 1.0 - 1.5 / sqrt(2.5), 1e-15);
}

/* Where output is worth most matching is worst: the planner makes fewer matches than there are.
 * x = 4, 2: shares of seekers 16 : 4; his matches (1 sqrt(.5 .8) + 2 sqrt(.5 .2)), made 1.5. */
static void a_planner_of_output_may_make_fewer_matches(void **state)
{
    const economy of = {2, {10, 10}, {10, 10}, {1, 2}, {4, 1}};
    const double planned = sqrt(0.5 * 0.8) + 2.0 * sqrt(0.5 * 0.2);
    const kt_findings *found = run_economy(&of, 0.5, *state);
    assert_close(found->number[2], 1.0 - 1.5 / planned, 1e-15);
    assert_true(found->number[2] < 0.0);
}

static double matches(const economy *of, double alpha, const double *seekers, bool of_output)
{
    double sum = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        sum += of->phi[i] * (of_output ? of->z[i] : 1.0) * pow(of->v[i], alpha) *
               pow(seekers[i], 1.0 - alpha);
    }
    return sum;
}

/* Moves seekers between pairs of markets by golden sections, as long as that helps: a search that
 * knows nothing of the formula. */
static void improve_pair(const economy *of, double alpha, bool of_output, size_t i, size_t k,
                         double *seekers)
{
    const double both = seekers[i] + seekers[k], golden = (sqrt(5.0) - 1.0) / 2.0;
    double low = 0.0, high = both;
    for (int step = 0; step < 80; step++) {
        const double left = high - golden * (high - low), right = low + golden * (high - low);
        seekers[i] = left;
        seekers[k] = both - left;
        const double at_left = matches(of, alpha, seekers, of_output);
        seekers[i] = right;
        seekers[k] = both - right;
        const bool is_left = at_left > matches(of, alpha, seekers, of_output);
        high = is_left ? right : high;
        low = is_left ? low : left;
    }
}

static double planned_by_search(const economy *of, double alpha, bool of_output)
{
    const size_t pairs = of->count * of->count;
    double seekers[MOST];
    memcpy(seekers, of->u, sizeof seekers);
    for (size_t step = 0; step < 60 * pairs; step++) {
        const size_t i = step % pairs / of->count, k = step % of->count;
        if (i < k) {
            improve_pair(of, alpha, of_output, i, k, seekers);
        }
    }
    return matches(of, alpha, seekers, false);
}

static void the_planner_of_any_economy_is_found_by_search(void **state)
{
    uint64_t chance = 1977;
    for (int draw = 0; draw < 20; draw++) {
        economy of = {.count = 4};
        const double alpha = 0.3 + 0.1 * (double)(draw % 5);
        for (size_t i = 0; i < of.count; i++) {
            of.u[i] = (double)random_below(&chance, 100) + 1.0;
            of.v[i] = (double)random_below(&chance, 100) + 1.0;
            of.phi[i] = (double)random_below(&chance, 20) / 10.0 + 0.1;
            of.z[i] = (double)random_below(&chance, 20) / 10.0 + 0.1;
        }
        const double made = matches(&of, alpha, of.u, false);
        const kt_findings *found = run_economy(&of, alpha, *state);
        assert_close(found->number[1], 1.0 - made / planned_by_search(&of, alpha, false), 1e-9);
        assert_close(found->number[2], 1.0 - made / planned_by_search(&of, alpha, true), 1e-5);
    }
}

static void a_market_without_a_weight_leaves_no_weighted_index(void **state)
{
    const economy of = {3, {10, 10, 0}, {5, 15, 0}, {1, NAN, NAN}, {1, 1, NAN}};
    const kt_findings *found = run_economy(&of, 0.5, *state);
    assert_true(!isnan(found->number[0]));
    assert_true(isnan(found->number[1]) && isnan(found->number[2]));
    assert_string_equal(found->note[0], "markets without efficiency or productivity: 1");
    const economy none = {2, {10, 10}, {0, 15}, {1, 0}, {1, 1}};
    found = run_economy(&none, 0.5, *state);
    assert_true(isnan(found->number[1]));
    assert_string_equal(found->note[0], "no efficiency or productivity above 0 where posts are");
}

static void weights_below_zero_are_refused(void **state)
{
    const economy of = {2, {10, 10}, {5, 15}, {1, 1}, {1, -2}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_economy(&of, 0.5, *state, &found, &err), KT_ERR_DATA);
    assert_string_equal(err.message, "row 2, column productivity: -2, expected none below 0");
}

static void without_seekers_there_is_a_reason(void **state)
{
    const economy of = {2, {0, 0}, {5, 15}, {1, 1}, {1, 1}};
    const kt_findings *found = run_economy(&of, 0.5, *state);
    assert_non_null(found->reason[0]);
    assert_true(isnan(found->number[0]) && isnan(found->number[1]));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(equal_weights_leave_the_plain_index),
        ARENA_TEST(seekers_who_are_not_where_matching_works),
        ARENA_TEST(a_planner_of_output_may_make_fewer_matches),
        ARENA_TEST(the_planner_of_any_economy_is_found_by_search),
        ARENA_TEST(a_market_without_a_weight_leaves_no_weighted_index),
        ARENA_TEST(weights_below_zero_are_refused),
        ARENA_TEST(without_seekers_there_is_a_reason),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
