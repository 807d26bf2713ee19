/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/early_warning.h"

#include <math.h>

#include "support/arena.h"
#include "support/random.h"

/*
 * Expected numbers by R 4.2.2:
 *
 *     before <- rbind(c(3,5,4), c(120,100,95), c(0,0,0), c(1000,1300,900), c(40,38,45), c(7,1,12),
 *                     c(250,260,305), c(20000,23000,21500))
 *     now <- c(12, 60, 2, 1900, 41, 7, 500, 30000)
 *     m <- rowMeans(before); s2 <- apply(before, 1, var)
 *     x <- m[m > 0]; y <- (s2 / m)[m > 0]; b <- c(1, 0)
 *     for (i in 1:1000) b <- coef(lm(y ~ x, weights=1/(b[1] + b[2] * x)^2))
 *     glm(y ~ x, family=quasi(link="identity", variance="mu^2"), start=c(1, .001)) # near it
 *     L <- b[1]; Q <- b[2]; w <- 10; df <- w + 2
 *     m <- (rowSums(before) + .5) / 3
 *     v <- pmax((w * (L * m + Q * m^2) + 2 * s2) / df, m) * 4 / 3
 *     size <- m^2 / (v - m); prob <- m / v
 *     tail <- pmin(pnbinom(now, size, prob), pnbinom(now - 1, size, prob, lower.tail=FALSE))
 *     p <- pmin(1, 2 * pt(qnorm(tail), df))
 *     a <- pnorm(qt(.1, df)); qnbinom(a, size, prob); qnbinom(1 - a, size, prob)
 *     p.adjust(p, "BH"); p.adjust(p[1:4], "BH"); p.adjust(p[5:8], "BH")
 */
static const kt_warning_cell cells[] = {
    {12, {3, 5, 4}, 0},        {60, {120, 100, 95}, 0},
    {2, {0, 0, 0}, 0},         {1900, {1000, 1300, 900}, 0},
    {41, {40, 38, 45}, 0},     {7, {7, 1, 12}, 0},
    {500, {250, 260, 305}, 0}, {30000, {20000, 23000, 21500}, 0},
};

#define CELLS (sizeof cells / sizeof cells[0])

static const kt_warning_settings settings = {.level = 0.8, .rate = 0.05, .family_weight = 10};

static void the_spread_of_all_is_that_of_a_regression(void **state)
{
    (void)state;
    const kt_warning_spread spread = kt_warning_spread_of(cells, CELLS);
    assert_close(spread.linear, 1.558835152251750955, 1e-10);
    assert_close(spread.quadratic, 0.014024713570131233, 1e-10);
}

static void usual_counts_are_those_of_a_negative_binomial(void **state)
{
    static const double low[] = {1, 79, 0, 843, 28, 2, 216, 17836};
    static const double high[] = {8, 133, 1, 1305, 55, 13, 331, 25365};
    kt_warning found[CELLS];
    kt_early_warning(&settings, cells, CELLS, *state, found);
    for (size_t i = 0; i < CELLS; i++) {
        assert_close(found[i].low, low[i], 0.0);
        assert_close(found[i].high, high[i], 0.0);
    }
}

static void p_and_q_values_are_those_of_r(void **state)
{
    static const double p[] = {0.05501314306694551209,
                               0.02529498940802695980,
                               0.09017268563997747621,
                               0.00162627301798790795,
                               1.0,
                               0.92022459331708295061,
                               0.00083128213420115683,
                               0.01703426004550123371};
    static const double q[] = {0.08802102890711283,
                               0.05058997881605392,
                               0.12023024751996997,
                               0.00650509207195163,
                               1.0,
                               1.0,
                               0.00650509207195163,
                               0.04542469345466996};
    static const kt_warning_direction direction[CELLS] = {
        [3] = KT_WARNING_UP, [6] = KT_WARNING_UP, [7] = KT_WARNING_UP};
    kt_warning found[CELLS];
    kt_early_warning(&settings, cells, CELLS, *state, found);
    for (size_t i = 0; i < CELLS; i++) {
        assert_close(found[i].p_value, p[i], 1e-10);
        assert_close(found[i].q_value, q[i], 1e-10);
        assert_int_equal(found[i].direction, direction[i]);
    }
}

static void families_are_judged_apart(void **state)
{
    static const double q[] = {0.07335085742259401,
                               0.05058997881605392,
                               0.09017268563997748,
                               0.00650509207195163,
                               1.0,
                               1.0,
                               0.00332512853680463,
                               0.03406852009100247};
    kt_warning_cell two[CELLS];
    kt_warning found[CELLS];
    for (size_t i = 0; i < CELLS; i++) {
        two[i] = cells[i];
        two[i].family = i / 4;
    }
    kt_early_warning(&settings, two, CELLS, *state, found);
    for (size_t i = 0; i < CELLS; i++) {
        assert_close(found[i].q_value, q[i], 1e-10);
    }
}

/* p.adjust(c(.04,.001,.03,.03,.9), "BH") */
static void q_values_are_never_out_of_order(void **state)
{
    static const double p[] = {0.04, 0.001, 0.03, 0.03, 0.9};
    static const double q[] = {0.05, 0.005, 0.05, 0.05, 0.9};
    double got[5];
    kt_warning_q_values(p, 5, *state, got);
    for (size_t i = 0; i < 5; i++) {
        assert_close(got[i], q[i], 1e-15);
    }
}

/*
 * With no more spread than Poisson's it is Jeffreys' prediction: ppois would be too sure. R:
 * size <- 12.5; 2 * pt(qnorm(pnbinom(11, size, 3/4, lower.tail=FALSE)), 1e6 + 2)
 */
static void even_years_are_no_less_spread_than_counts(void **state)
{
    (void)state;
    const kt_warning_settings sure = {.level = 0.8, .rate = 0.05, .family_weight = 1e6};
    const kt_warning_cell even = {12, {4, 4, 4}, 0};
    const kt_warning_spread poisson = kt_warning_spread_of(&even, 1);
    assert_close(poisson.linear, 1.0, 0.0);
    assert_close(poisson.quadratic, 0.0, 0.0);
    assert_close(kt_warning_weigh(&sure, poisson, &even).p_value, 0.0116275823142519, 1e-10);
}

static void nothing_to_learn_from_leaves_poisson_counts(void **state)
{
    (void)state;
    const kt_warning_cell none = {0, {0, 0, 0}, 0};
    const kt_warning_spread spread = kt_warning_spread_of(&none, 1);
    assert_close(spread.linear, 1.0, 0.0);
    assert_close(spread.quadratic, 0.0, 0.0);
    assert_close(kt_warning_weigh(&settings, spread, &none).p_value, 1.0, 0.0);
    assert_true(kt_warning_spread_of(NULL, 0).linear == 1.0);
}

/* A count so far out that its tail is below what a double holds. */
static void what_cannot_be_by_chance_is_told(void **state)
{
    const kt_warning_cell far[] = {{4000000, {10, 11, 12}, 0}, {0, {90000, 90500, 91000}, 0}};
    kt_warning found[2];
    kt_early_warning(&settings, far, 2, *state, found);
    assert_int_equal(found[0].direction, KT_WARNING_UP);
    assert_int_equal(found[1].direction, KT_WARNING_DOWN);
    assert_true(found[0].q_value >= 0.0 && found[1].q_value < 1e-6);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_spread_of_all_is_that_of_a_regression),
        ARENA_TEST(usual_counts_are_those_of_a_negative_binomial),
        ARENA_TEST(p_and_q_values_are_those_of_r),
        ARENA_TEST(families_are_judged_apart),
        ARENA_TEST(q_values_are_never_out_of_order),
        ARENA_TEST(even_years_are_no_less_spread_than_counts),
        ARENA_TEST(nothing_to_learn_from_leaves_poisson_counts),
        ARENA_TEST(what_cannot_be_by_chance_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
