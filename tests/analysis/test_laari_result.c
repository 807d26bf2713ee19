/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/laari_result.h"

#include <math.h>

#include "core/support.h"
#include "support/arena.h"

static const kt_pooling pooling = {.least_projects = 3, .i2_limit = 0.75, .z = 1.959963984540054};

static kt_laari_figure figure(double target, double realised, double base, double euros)
{
    return (kt_laari_figure){.target = target, .realised = realised, .base = base, .euros = euros};
}

/*
 * By hand, the intervals by Python: 105 of 300 with Wilson (1927) at 95 %; Q = 100 (.05^2 + .05^2)
 * /
 * (.35 .65) = .5 / .2275, on two degrees of freedom p = exp(-Q / 2), I2 = (Q - 2) / Q; a project of
 * 100 lies within .35 +- 1.96 sqrt(.2275 / 100). 6,300 euros for 105 results.
 */
static void a_homogeneous_cluster_has_a_rate(void **state)
{
    const kt_laari_figure figures[] = {figure(50, 30, 100, 1000), figure(50, 40, 100, 3000),
                                       figure(50, 35, 100, 2300)};
    const kt_laari_result got = kt_laari_result_of(figures, 3, pooling, *state);
    assert_null(got.rate.reason);
    assert_int_equal(got.reporting, 3);
    assert_close(got.rate.all.share, 0.35, 1e-15);
    assert_close(got.rate.all.low, 0.298232003, 1e-9);
    assert_close(got.rate.all.high, 0.405560888, 1e-9);
    assert_close(got.rate.heterogeneity.q, 2.197802198, 1e-9);
    assert_close(got.rate.heterogeneity.p_value, 0.333237077, 1e-9);
    assert_close(got.rate.heterogeneity.i2, 0.09, 1e-12);
    assert_close(got.achievement, 0.7, 1e-15);
    assert_close(got.cost, 60.0, 1e-12);
    assert_close(got.of[0].rate.share, 0.3, 1e-15);
    assert_close(got.of[0].funnel.low, 0.256515676, 1e-9);
    assert_false(got.of[0].funnel.outside);
    assert_close(got.of[1].cost, 75.0, 1e-12);
    assert_close(got.of[1].achievement, 0.8, 1e-15);
}

/* p = .5, Q = 100 (.16 + 0 + .16) / .25 = 128, I2 = 126 / 128. */
static void a_scattered_cluster_is_not_homogeneous(void **state)
{
    const kt_laari_figure figures[] = {figure(NAN, 10, 100, NAN), figure(NAN, 50, 100, NAN),
                                       figure(NAN, 90, 100, NAN)};
    const kt_laari_result got = kt_laari_result_of(figures, 3, pooling, *state);
    assert_string_equal(got.rate.reason, "not homogeneous");
    assert_close(got.rate.heterogeneity.q, 128.0, 1e-9);
    assert_close(got.rate.heterogeneity.i2, 126.0 / 128.0, 1e-12);
    assert_close(got.realised, 150.0, 0.0);
    assert_true(isnan(got.target));
    assert_true(isnan(got.achievement));
    assert_true(isnan(got.cost));
    assert_true(got.of[0].funnel.outside);
}

static void two_projects_say_nothing_of_the_whole(void **state)
{
    const kt_laari_figure figures[] = {figure(NAN, 10, 100, NAN), figure(NAN, 11, 100, NAN)};
    const kt_laari_result got = kt_laari_result_of(figures, 2, pooling, *state);
    assert_string_equal(got.rate.reason, "fewer than 3 projects");
}

/* Sums count what has no rate; the rate counts what can be one. */
static void what_cannot_be_a_share_is_in_no_rate(void **state)
{
    const kt_laari_figure figures[] = {figure(NAN, 10, 100, NAN), figure(NAN, 12, 100, NAN),
                                       figure(NAN, 11, 100, NAN), figure(NAN, 30, 20, NAN),
                                       figure(NAN, 0, 0, NAN),    figure(NAN, NAN, 50, NAN),
                                       figure(9, NAN, NAN, NAN),  figure(NAN, 7, NAN, NAN)};
    const kt_laari_result got = kt_laari_result_of(figures, COUNT_OF(figures), pooling, *state);
    assert_int_equal(got.rated, 3);
    assert_int_equal(got.reporting, 6);
    assert_close(got.realised, 70.0, 0.0);
    assert_close(got.target, 9.0, 0.0);
    assert_true(isnan(got.achievement)); /* nobody has both */
    assert_close(got.rate.all.share, 0.11, 1e-15);
    assert_string_equal(got.of[3].reason, "more than its base");
    assert_string_equal(got.of[4].reason, "nobody in its base");
    assert_true(isnan(got.of[3].rate.share));
    assert_null(got.of[7].reason);
}

/* By hand: without the fourth 105 of 300 as above, and 6,300 euros for 105. */
static void a_contradictory_figure_is_in_nothing_of_the_whole(void **state)
{
    kt_laari_figure figures[] = {figure(50, 30, 100, 1000), figure(50, 40, 100, 3000),
                                 figure(50, 35, 100, 2300), figure(500, 90, 100, 90000)};
    figures[3].doubted = true;
    const kt_laari_result got = kt_laari_result_of(figures, 4, pooling, *state);
    assert_int_equal(got.reporting, 4);
    assert_int_equal(got.left_out, 1);
    assert_int_equal(got.rated, 3);
    assert_close(got.target, 150.0, 0.0);
    assert_close(got.realised, 105.0, 0.0);
    assert_close(got.achievement, 0.7, 1e-15);
    assert_close(got.cost, 60.0, 1e-12);
    assert_close(got.rate.all.share, 0.35, 1e-15);
    assert_close(got.rate.heterogeneity.q, 2.197802198, 1e-9);
    assert_close(got.of[3].rate.share, 0.9, 1e-15); /* its own stands */
    assert_close(got.of[3].cost, 1000.0, 1e-12);
    assert_true(isnan(got.of[3].funnel.low));
    assert_close(got.of[2].funnel.low, 0.256515676, 1e-9);
    figures[2].doubted = true;
    assert_string_equal(kt_laari_result_of(figures, 4, pooling, *state).rate.reason,
                        "fewer than 3 projects");
}

/* 1,000 and 3,000 euros for 30 and 40. */
static void money_of_another_day_is_in_no_cost(void **state)
{
    kt_laari_figure figures[] = {figure(50, 30, 100, 1000), figure(50, 40, 100, 3000),
                                 figure(50, 35, 100, 2300)};
    figures[2].other_days = true;
    const kt_laari_result got = kt_laari_result_of(figures, 3, pooling, *state);
    assert_close(got.cost, 4000.0 / 70.0, 1e-12);
    assert_int_equal(got.priced, 2);
    assert_null(got.cost_reason);
    assert_close(got.realised, 105.0, 0.0);
    assert_true(isnan(got.of[2].cost));
    assert_string_equal(got.of[2].cost_reason, KT_OTHER_DAYS);
    assert_null(got.of[1].cost_reason);
    figures[0].other_days = figures[1].other_days = true;
    const kt_laari_result none = kt_laari_result_of(figures, 3, pooling, *state);
    assert_true(isnan(none.cost));
    assert_int_equal(none.priced, 0);
    assert_string_equal(none.cost_reason, KT_OTHER_DAYS);
}

/* The cost of three of four tells the sum of the three, and the sum of all the fourth. */
static void a_part_that_leaves_one_hidden_figure_tells_it(void **state)
{
    kt_laari_figure figures[4];
    for (size_t i = 0; i < 4; i++) {
        figures[i] = figure(NAN, 4, 100, 1000);
        figures[i].realised_hidden = true;
    }
    assert_false(kt_laari_result_of(figures, 4, pooling, *state).tells);
    figures[3].other_days = true;
    assert_true(kt_laari_result_of(figures, 4, pooling, *state).tells);
}

/* One of each base did not reach it: four in all, where nothing of them is shown. Of sixteen a
 * reader may know. */
static void who_is_left_of_hidden_bases_is_told_by_their_sums(void **state)
{
    kt_laari_figure figures[4];
    for (size_t i = 0; i < 4; i++) {
        figures[i] = figure(NAN, 20, 21, NAN);
        figures[i].realised_hidden = figures[i].base_hidden = true;
    }
    assert_true(kt_laari_result_of(figures, 4, pooling, *state).tells);
    for (size_t i = 0; i < 4; i++) {
        figures[i].base = 24;
    }
    assert_false(kt_laari_result_of(figures, 4, pooling, *state).tells);
}

static void nobody_reported(void **state)
{
    const kt_laari_figure figures[] = {figure(NAN, NAN, NAN, 100)};
    const kt_laari_result got = kt_laari_result_of(figures, 1, pooling, *state);
    assert_int_equal(got.reporting, 0);
    assert_true(isnan(got.realised));
    assert_true(isnan(got.cost));
    assert_false(got.any_hidden);
}

/* A sum less what is shown of its parts is what is hidden: three of them, and five together. */
static void a_sum_that_would_tell_a_hidden_figure_says_so(void **state)
{
    static const struct {
        double values[4];
        bool hidden[4];
        bool any, tells;
    } cases[] = {
        {{10, 20, 30, 40}, {false, false, false, false}, false, false},
        {{10, 20, 30, 3}, {false, false, false, true}, true, true},
        {{10, 20, 2, 3}, {false, false, true, true}, true, true},
        {{10, 1, 1, 1}, {false, true, true, true}, true, true},
        {{10, 2, 2, 1}, {false, true, true, true}, true, false},
        {{10, 2, 7, 1}, {true, true, true, true}, true, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_laari_figure figures[4];
        for (size_t j = 0; j < 4; j++) {
            figures[j] = figure(NAN, cases[i].values[j], 100, NAN);
            figures[j].realised_hidden = cases[i].hidden[j];
        }
        const kt_laari_result got = kt_laari_result_of(figures, 4, pooling, *state);
        assert_int_equal(got.any_hidden, cases[i].any);
        assert_int_equal(got.tells, cases[i].tells);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_homogeneous_cluster_has_a_rate),
        ARENA_TEST(a_scattered_cluster_is_not_homogeneous),
        ARENA_TEST(two_projects_say_nothing_of_the_whole),
        ARENA_TEST(what_cannot_be_a_share_is_in_no_rate),
        ARENA_TEST(a_contradictory_figure_is_in_nothing_of_the_whole),
        ARENA_TEST(money_of_another_day_is_in_no_cost),
        ARENA_TEST(a_part_that_leaves_one_hidden_figure_tells_it),
        ARENA_TEST(who_is_left_of_hidden_bases_is_told_by_their_sums),
        ARENA_TEST(nobody_reported),
        ARENA_TEST(a_sum_that_would_tell_a_hidden_figure_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
