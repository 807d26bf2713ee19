/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include "analysis/drawn_market.h"
#include "analysis/support.h"
#include "cells.h"

static kt_bootstrap bootstrap(const drawn_market *market, kt_bootstrap_settings settings,
                              kt_arena *arena)
{
    const kt_cells cells = kt_cells_exact(market->count, market->u, market->v);
    settings.level = settings.level > 0.0 ? settings.level : 0.95;
    kt_bootstrap found;
    kt_error err = {0};
    if (kt_bootstrap_compute(&cells, &settings, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static kt_mismatch mismatch(const drawn_market *market, double alpha, kt_arena *arena)
{
    const kt_cells cells = kt_cells_exact(market->count, market->u, market->v);
    kt_mismatch found;
    kt_error err = {0};
    assert_int_equal(kt_mismatch_compute(&cells, &alpha, 1, arena, &found, &err), KT_OK);
    return found;
}

/*
 * R, with the market of drawn_market.h, which has cells without posts, and 200,000 draws:
 *
 *    R <- 2e5; us <- matrix(rpois(R * 40, u), 40); vs <- matrix(rpois(R * 40, v), 40)
 *    M <- 1 - colSums(us^(1 - a) * vs^a) / (colSums(us)^(1 - a) * colSums(vs)^a)
 *    m <- 1 - sum((u / sum(u))^(1 - a) * (v / sum(v))^a)
 *    c(m, sd(M), mean(M) - m, 2 * m - quantile(M, c(.975, .025)))
 */
static void the_draws_are_those_of_r(void **state)
{
    static const struct {
        double alpha, value, error, bias, low, high;
    } cases[] = {
        {0.3, 0.07731887749, 0.02238069592, 0.04906836109, -0.02047023455, 0.06653653503},
        {0.5, 0.07085360563, 0.01762521508, 0.04156148159, -0.00847673649, 0.06045584396},
        {0.7, 0.05184897037, 0.01209261304, 0.02917379012, -0.002907417636, 0.04446410095},
    };
    const drawn_market market = drawn_market_of_forty();
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_bootstrap found = bootstrap(
            &market, (kt_bootstrap_settings){.alpha = cases[i].alpha, .draws = 20000, .seed = 1},
            *state);
        const double error = cases[i].error;
        assert_close(found.value, cases[i].value, 1e-10);
        assert_close(found.standard_error, error, 0.03 * error);
        assert_close(found.bias, cases[i].bias, 4.0 * error / sqrt(20000.0));
        assert_close(found.interval_low, cases[i].low, 0.08 * error);
        assert_close(found.interval_high, cases[i].high, 0.08 * error);
    }
}

/* Forty cells of a thousand seekers and hundreds of posts; the delta method is good there. */
static void at_one_half_the_closed_form_is_met_within_two_percent(void **state)
{
    const drawn_market thin = drawn_market_of_forty();
    double u[40], v[40];
    for (size_t i = 0; i < 40; i++) {
        u[i] = 50.0 * thin.u[i];
        v[i] = 40.0 * (thin.v[i] + 2.0);
    }
    const drawn_market market = {.count = 40, .u = u, .v = v};
    const kt_bootstrap found = bootstrap(
        &market, (kt_bootstrap_settings){.alpha = 0.5, .draws = 20000, .seed = 1}, *state);
    const double closed = mismatch(&market, 0.5, *state).model_error;
    assert_close(closed, 0.001244786509, 1e-11); /* R: .5 * sqrt((1 - C^2) * (1/U + 1/V)) */
    assert_close(found.standard_error, closed, 0.02 * closed);
}

static void the_model_error_of_mismatch_is_what_draws_tend_to(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    for (int i = 5; i < 10; i++) {
        const double alpha = i / 20.0;
        const kt_bootstrap found = bootstrap(
            &market, (kt_bootstrap_settings){.alpha = alpha, .draws = 20000, .seed = 1}, *state);
        const kt_mismatch limit = mismatch(&market, alpha, *state);
        assert_true(limit.error_is_limit);
        assert_close(found.standard_error, limit.model_error, 0.02 * limit.model_error);
    }
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
    const kt_bootstrap_settings settings = {.alpha = 0.3, .draws = 60, .seed = 9};
    const kt_bootstrap one = bootstrap(&market, settings, *state);
    const kt_bootstrap other =
        bootstrap(&(drawn_market){.count = 42, .u = u, .v = v}, settings, *state);
    assert_close(one.standard_error, other.standard_error, 0.0);
    assert_close(one.interval_low, other.interval_low, 0.0);
}

static void one_market_does_not_scatter(void **state)
{
    const kt_bootstrap found =
        bootstrap(&(drawn_market){.count = 2, .u = (double[]){7, 0}, .v = (double[]){3, 0}},
                  (kt_bootstrap_settings){.alpha = 0.3, .draws = 50, .seed = 1}, *state);
    assert_string_equal(found.note, "single market");
    assert_close(found.standard_error, 0.0, 1e-15);
}

/* Of one seeker or one post the count is often 0, and such draws are drawn again. */
static void few_seekers_and_posts_still_end(void **state)
{
    const kt_bootstrap found =
        bootstrap(&(drawn_market){.count = 2, .u = (double[]){1, 0}, .v = (double[]){0, 1}},
                  (kt_bootstrap_settings){.alpha = 0.5, .draws = 500, .seed = 1}, *state);
    assert_close(found.value, 1.0, 0.0);
    assert_close(found.standard_error, 0.0, 0.0);
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
        const kt_bootstrap found =
            bootstrap(&(drawn_market){.count = 2, .u = cases[i].u, .v = cases[i].v},
                      (kt_bootstrap_settings){.alpha = 0.5, .draws = 20, .seed = 1}, *state);
        assert_string_equal(found.reason, cases[i].reason);
        assert_true(isnan(found.value) && isnan(found.standard_error) && isnan(found.bias));
    }
}

static void the_measure_gives_the_same(void **state)
{
    const drawn_market market = drawn_market_of_forty();
    const kt_measure *measure = kt_measure_find("bootstrap");
    const kt_group group = {.row_count = market.count,
                            .key = {numbered(market.count, *state)},
                            .figure = {NULL, market.u, market.v}};
    const kt_param_value params[] = {
        {.number = 0.4}, {.number = 99}, {.number = 3}, {.number = 0.9}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(kt_measure_run(measure, &group, params, *state, &found, &err), KT_OK);
    const kt_bootstrap want = bootstrap(
        &market, (kt_bootstrap_settings){.alpha = 0.4, .draws = 99, .seed = 3, .level = 0.9},
        *state);
    assert_close(found_number("bootstrap", found, 0, "value"), want.value, 0.0);
    assert_close(found_number("bootstrap", found, 0, "standard_error"), want.standard_error, 0.0);
    assert_close(found_number("bootstrap", found, 0, "bias"), want.bias, 0.0);
    assert_close(found_number("bootstrap", found, 0, "interval_low"), want.interval_low, 0.0);
    assert_close(found_number("bootstrap", found, 0, "interval_high"), want.interval_high, 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_draws_are_those_of_r),
        ARENA_TEST(at_one_half_the_closed_form_is_met_within_two_percent),
        ARENA_TEST(the_model_error_of_mismatch_is_what_draws_tend_to),
        ARENA_TEST(the_same_seed_gives_the_same_figures_in_any_order_of_cells),
        ARENA_TEST(one_market_does_not_scatter),
        ARENA_TEST(few_seekers_and_posts_still_end),
        ARENA_TEST(without_a_figure_there_is_a_reason),
        ARENA_TEST(the_measure_gives_the_same),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
