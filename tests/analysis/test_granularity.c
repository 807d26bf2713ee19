/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/granularity.h"

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>

#include "analysis/drawn_market.h"
#include "analysis/support.h"
#include "cells.h"
#include "spread.h"

static kt_granularity granularity(const drawn_market *market, kt_granularity_settings settings,
                                  double cluster, kt_arena *arena)
{
    const kt_cells cells = kt_cells_exact(market->count, market->u, market->v);
    settings.cluster = &cluster;
    settings.cluster_count = 1;
    kt_granularity found;
    kt_error err = {0};
    if (kt_granularity_compute(&cells, &settings, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

/*
 * R, with the market of drawn_market.h, and 200,000 draws:
 *
 *    null <- function(u, v, a, cluster, R) { U <- sum(u); V <- sum(v); n <- floor(V / cluster + .5)
 *      p <- (u / U + v / V) / 2; s <- rmultinom(R, U, p) / U; w <- rmultinom(R, n, p) / n
 *      M <- 1 - colSums(w^a * s^(1 - a)); c(mean(M), sd(M)) }
 */
static void the_null_is_that_of_r(void **state)
{
    static const struct {
        double alpha, cluster, mean, sd, closed;
    } cases[] = {
        {0.5, 1, 0.03608675283, 0.009774257109, 0.02970680798},
        {0.5, 2, 0.08528674461, 0.02068633132, 0.0559164854},
        {0.5, 4, 0.1859361441, 0.03195372309, 0.1083358402},
        {0.3, 1, 0.03513403128, 0.01191855289, 0.0249537187},
        {0.3, 2, 0.09852590116, 0.02751181133, 0.04696984773},
        {0.3, 4, 0.2342854353, 0.04095018531, 0.0910021058},
    };
    const drawn_market market = drawn_market_of_forty();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_granularity found = granularity(
            &market, (kt_granularity_settings){.alpha = cases[i].alpha, .draws = 20000, .seed = 1},
            cases[i].cluster, *state);
        assert_close(found.null_mean, cases[i].mean, 4.0 * cases[i].sd / sqrt(20000.0));
        assert_close(found.null_sd, cases[i].sd, 0.03 * cases[i].sd);
        assert_close(found.null_closed, cases[i].closed, 1e-9);
        assert_close(found.excess_over_null, found.value - found.null_mean, 0.0);
    }
}

/* The same null by GSL's sampler, 5,000 draws of each. */
static void the_null_is_that_of_gsl(void **state)
{
    enum { DRAWS = 5000 };
    const drawn_market market = drawn_market_of_forty();
    const double seekers = 1394, posts = 186;
    double share[40], theirs[DRAWS];
    for (size_t i = 0; i < market.count; i++) {
        share[i] = (market.u[i] / seekers + market.v[i] / posts) / 2.0;
    }
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        unsigned u[40], v[40];
        gsl_ran_multinomial(rng, market.count, (unsigned)seekers, share, u);
        gsl_ran_multinomial(rng, market.count, (unsigned)posts, share, v);
        theirs[draw] = 1.0;
        for (size_t i = 0; i < market.count; i++) {
            theirs[draw] -= sqrt((double)u[i] * (double)v[i] / seekers / posts);
        }
    }
    gsl_rng_free(rng);
    const kt_spread spread = kt_spread_of(theirs, DRAWS);
    const kt_granularity found = granularity(
        &market, (kt_granularity_settings){.alpha = 0.5, .draws = DRAWS, .seed = 2}, 1.0, *state);
    assert_close(found.null_mean, spread.mean, 4.0 * spread.deviation * sqrt(2.0 / DRAWS));
    assert_close(found.null_sd, spread.deviation, 4.0 * spread.deviation / sqrt((double)DRAWS));
}

static void the_closed_form_is_that_of_mismatch_where_posts_come_singly(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    const kt_cells cells = kt_cells_exact(market.count, market.u, market.v);
    const double alphas[] = {0.2, 0.5, 0.75};
    for (size_t i = 0; i < 3; i++) {
        kt_mismatch mismatch;
        kt_error err = {0};
        assert_int_equal(kt_mismatch_compute(&cells, &alphas[i], 1, *state, &mismatch, &err),
                         KT_OK);
        const kt_granularity found = granularity(
            &market, (kt_granularity_settings){.alpha = alphas[i], .draws = 2, .seed = 1}, 1.0,
            *state);
        assert_close(found.null_closed, mismatch.null_value, 1e-15);
        assert_close(found.value, mismatch.value, 0.0);
        assert_int_equal(found.markets_n, mismatch.markets_n);
    }
}

/* Many seekers and posts in few cells: what is left of the second order is small. */
static void in_coarse_cells_the_closed_form_is_the_mean(void **state)
{
    const double u[] = {40000, 30000, 20000, 10000, 5000}, v[] = {4000, 3000, 3500, 1000, 700};
    const kt_granularity found =
        granularity(&(drawn_market){.count = 5, .u = u, .v = v},
                    (kt_granularity_settings){.alpha = 0.4, .draws = 5000, .seed = 5}, 1.0, *state);
    assert_close(found.null_mean, found.null_closed, 4.0 * found.null_sd / sqrt(5000.0));
}

static void the_same_seed_gives_the_same_figures_in_any_order_of_cells(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    double u[42], v[42];
    for (size_t i = 0; i < 40; i++) {
        u[i + 1] = market.u[(i * 7 + 3) % 40];
        v[i + 1] = market.v[(i * 7 + 3) % 40];
    }
    u[0] = v[0] = 0.0; /* no market */
    u[41] = 12.0;
    v[41] = NAN; /* left out */
    const kt_granularity_settings settings = {.alpha = 0.5, .draws = 50, .seed = 9};
    const kt_granularity one = granularity(&market, settings, 1.0, *state);
    const kt_granularity other =
        granularity(&(drawn_market){.count = 42, .u = u, .v = v}, settings, 1.0, *state);
    assert_close(one.null_mean, other.null_mean, 0.0);
    assert_close(one.null_sd, other.null_sd, 0.0);
    kt_granularity_settings another = settings;
    another.seed = 10;
    assert_true(granularity(&market, another, 1.0, *state).null_mean != one.null_mean);
}

static void clusters_together_are_those_one_by_one(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    const kt_cells cells = kt_cells_exact(market.count, market.u, market.v);
    const double clusters[] = {1, 2, 4};
    const kt_granularity_settings settings = {
        .alpha = 0.5, .draws = 60, .seed = 4, .cluster = clusters, .cluster_count = 3};
    kt_granularity found[3];
    kt_error err = {0};
    assert_int_equal(kt_granularity_compute(&cells, &settings, *state, found, &err), KT_OK);
    for (size_t i = 0; i < 3; i++) {
        const kt_granularity alone = granularity(&market, settings, clusters[i], *state);
        assert_close(found[i].null_mean, alone.null_mean, 0.0);
        assert_close(found[i].null_closed, alone.null_closed, 0.0);
    }
    assert_true(found[0].null_mean < found[1].null_mean);
    assert_true(found[1].null_mean < found[2].null_mean);
}

static void one_market_has_no_null(void **state)
{
    const kt_granularity found =
        granularity(&(drawn_market){.count = 2, .u = (double[]){7, 0}, .v = (double[]){3, 0}},
                    (kt_granularity_settings){.alpha = 0.3, .draws = 20, .seed = 1}, 1.0, *state);
    assert_string_equal(found.note, "single market");
    assert_close(found.null_mean, 0.0, 1e-15);
    assert_close(found.null_closed, 0.0, 0.0);
}

static void without_a_figure_there_is_a_reason(void **state)
{
    const struct {
        double u[2], v[2];
        const char *reason;
    } cases[] = {
        {{0, 0}, {1, 2}, "no job seekers in the cells used"},
        {{1, 2}, {0, 0}, "no vacancies in the cells used"},
        {{NAN, 2}, {3, NAN}, "no cell with both figures"},
        {{0.2, 0.3}, {3, 4}, "fewer than one job seeker or vacancy to draw"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_granularity found = granularity(
            &(drawn_market){.count = 2, .u = cases[i].u, .v = cases[i].v},
            (kt_granularity_settings){.alpha = 0.5, .draws = 20, .seed = 1}, 1.0, *state);
        assert_string_equal(found.reason, cases[i].reason);
        assert_true(isnan(found.value) && isnan(found.null_mean) && isnan(found.null_closed));
    }
}

static void the_measure_gives_the_same(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    const kt_measure *measure = kt_measure_find("granularity");
    const kt_group group = {.row_count = market.count,
                            .key = {numbered(market.count, *state)},
                            .figure = {NULL, market.u, market.v}};
    const kt_param_value params[] = {{.number = 0.5}, {.number = 99}, {.number = 3}, {.number = 2}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(kt_measure_run(measure, &group, params, *state, &found, &err), KT_OK);
    const kt_granularity want = granularity(
        &market, (kt_granularity_settings){.alpha = 0.5, .draws = 99, .seed = 3}, 2.0, *state);
    assert_close(found_number("granularity", found, 0, "value"), want.value, 0.0);
    assert_close(found_number("granularity", found, 0, "null_closed"), want.null_closed, 0.0);
    assert_close(found_number("granularity", found, 0, "null_mean"), want.null_mean, 0.0);
    assert_close(found_number("granularity", found, 0, "null_sd"), want.null_sd, 0.0);
    assert_close(found_number("granularity", found, 0, "excess_over_null"), want.excess_over_null,
                 0.0);
    assert_close(found_number("granularity", found, 0, "markets_n"), 40.0, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_null_is_that_of_r),
        ARENA_TEST(the_null_is_that_of_gsl),
        ARENA_TEST(the_closed_form_is_that_of_mismatch_where_posts_come_singly),
        ARENA_TEST(in_coarse_cells_the_closed_form_is_the_mean),
        ARENA_TEST(the_same_seed_gives_the_same_figures_in_any_order_of_cells),
        ARENA_TEST(clusters_together_are_those_one_by_one),
        ARENA_TEST(one_market_has_no_null),
        ARENA_TEST(without_a_figure_there_is_a_reason),
        ARENA_TEST(the_measure_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
