/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/cluster.h"

#include <math.h>

#include "core/support.h"
#include "support/arena.h"

#define Z 1.959963984540054

static const kt_pooling usual = {.least_projects = 3, .i2_limit = 0.75, .z = Z};

static void assert_near(double found, double wanted)
{
    assert_true(fabs(found - wanted) <= 1e-12 * fmax(1.0, fabs(wanted)));
}

/* R 4.2.2: prop.test(x, n, correct = FALSE)$conf.int */
static void intervals_of_shares_are_those_of_wilson(void **state)
{
    (void)state;
    static const struct {
        double successes, trials, low, high;
    } cases[] = {
        {172, 410, 0.372708986462672, 0.467809650340713},
        {30, 80, 0.276941787015312, 0.484512745368570},
        {0, 20, 0.0, 0.161125158052819},
        {20, 20, 0.838874841947181, 1.0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_share_interval found = kt_wilson(cases[i].successes, cases[i].trials, Z);
        assert_near(found.share, cases[i].successes / cases[i].trials);
        assert_near(found.low, cases[i].low);
        assert_near(found.high, cases[i].high);
    }
    assert_true(isnan(kt_wilson(0.0, 0.0, Z).share) && isnan(kt_wilson(0.0, 0.0, Z).low));
}

/*
 * R 4.2.2: x <- c(30, 45, 12, 60, 25); n <- c(80, 100, 50, 110, 70); t <- prop.test(x, n, correct =
 * FALSE); t$statistic; t$p.value; (q - 4) / q; p + c(-1, 1) * qnorm(.975) * sqrt(p * (1 - p) / 80)
 */
static void scatter_of_rates_is_the_chi_square_of_r(void **state)
{
    static const kt_project_rate rates[] = {{30, 80}, {45, 100}, {12, 50}, {60, 110}, {25, 70}};
    const kt_pooled_rate found = kt_pool_rates(rates, COUNT_OF(rates), usual, *state);
    assert_near(found.all.share, 0.419512195121951);
    assert_near(found.all.low, 0.372708986462672);
    assert_near(found.heterogeneity.q, 15.9318302373804);
    assert_int_equal(found.heterogeneity.df, 4);
    assert_near(found.heterogeneity.p_value, 0.00311201472802079);
    assert_near(found.heterogeneity.i2, 0.748930289841093);
    assert_near(found.funnel[0].low, 0.311375786275538);
    assert_near(found.funnel[0].high, 0.527648603968364);
    assert_false(found.funnel[0].outside);
    assert_true(found.funnel[2].outside);
    assert_true(found.funnel[3].outside);
    assert_null(found.reason);
}

static void a_pooled_rate_is_said_of_like_projects_alone(void **state)
{
    static const kt_project_rate apart[] = {{10, 100}, {90, 100}, {50, 100}};
    static const kt_project_rate alike[] = {{50, 100}, {51, 100}, {49, 100}};
    static const kt_project_rate all[] = {{10, 10}, {20, 20}, {5, 5}};
    static const struct {
        const kt_project_rate *rates;
        size_t count;
        const char *reason;
    } cases[] = {
        {apart, 3, "not homogeneous"},       {alike, 3, NULL}, {alike, 2, "fewer than 3 projects"},
        {alike, 1, "fewer than 3 projects"}, {all, 3, NULL},   {NULL, 0, "no project"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_pooled_rate found = kt_pool_rates(cases[i].rates, cases[i].count, usual, *state);
        if (cases[i].reason == NULL) {
            assert_null(found.reason);
        } else {
            assert_string_equal(found.reason, cases[i].reason);
        }
    }
    const kt_pooled_rate one = kt_pool_rates(all, 3, usual, *state);
    assert_true(one.heterogeneity.q == 0.0 && one.heterogeneity.p_value == 1.0);
    assert_true(isnan(kt_pool_rates(NULL, 0, usual, *state).heterogeneity.q));
}

/*
 * R 4.2.2: n <- c(40, 55, 23); b <- c(31.2, 29.5, 33.1); a <- c(34.0, 31.1, 38.9); s1 <-
 * c(6.1, 7.2, 5.5); s2 <- c(6.6, 6.9, 5.0); v <- (s1^2 + s2^2 - 2 * .5 * s1 * s2) / n; w <- 1 / v;
 * d <- a - b; m <- sum(w * d) / sum(w); m + c(-1, 1) * qnorm(.975) / sqrt(sum(w)); q <- sum(w * (d
 * - m)^2); pchisq(q, 2, lower.tail = FALSE); (q - 2) / q; m + c(-1, 1) * qnorm(.975) * sqrt(v[3])
 */
static void changes_of_a_scale_are_weighed_by_their_variance(void **state)
{
    static const kt_project_change changes[] = {{40, 31.2, 34.0, 6.1, 6.6},
                                                {55, 29.5, 31.1, 7.2, 6.9},
                                                {23, 33.1, 38.9, 5.5, 5.0},
                                                {1, 30.0, 40.0, 0.0, 0.0},
                                                {9, 30.0, 30.0, 0.0, 0.0}};
    const kt_pooled_change found = kt_pool_changes(changes, COUNT_OF(changes), 0.5, usual, *state);
    assert_near(found.change, 3.19721267868218);
    assert_near(found.low, 2.05049020962491);
    assert_near(found.high, 4.34393514773944);
    assert_true(found.persons == 118.0);
    assert_near(found.heterogeneity.q, 8.58985933113117);
    assert_int_equal(found.heterogeneity.df, 2);
    assert_near(found.heterogeneity.p_value, 0.0136375308515697);
    assert_near(found.heterogeneity.i2, 0.76716731637832);
    assert_near(found.funnel[2].low, 1.04435328310107);
    assert_near(found.funnel[2].high, 5.35007207426328);
    assert_true(found.funnel[2].outside);
    assert_true(isnan(found.funnel[3].low) && isnan(found.funnel[4].low));
    assert_string_equal(found.reason, "not homogeneous");
    assert_string_equal(kt_pool_changes(changes + 3, 2, 0.5, usual, *state).reason, "no project");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(intervals_of_shares_are_those_of_wilson),
        ARENA_TEST(scatter_of_rates_is_the_chi_square_of_r),
        ARENA_TEST(a_pooled_rate_is_said_of_like_projects_alone),
        ARENA_TEST(changes_of_a_scale_are_weighed_by_their_variance),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
