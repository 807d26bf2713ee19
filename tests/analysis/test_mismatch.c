/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include "analysis/drawn_market.h"
#include "analysis/shared.h"
#include "analysis/support.h"
#include "cells.h"

#define ALPHAS 11

static kt_mismatch mismatch(size_t count, const double *u, const double *v, double alpha,
                            kt_arena *arena)
{
    const kt_cells cells = kt_cells_exact(count, u, v);
    kt_mismatch found;
    kt_error err = {0};
    if (kt_mismatch_compute(&cells, &alpha, 1, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void equal_tightness_everywhere_is_no_mismatch(void **state)
{
    for (int tenths = 1; tenths < 10; tenths++) {
        const double alpha = tenths / 10.0;
        const kt_mismatch found =
            mismatch(3, (double[]){10, 20, 70}, (double[]){3, 6, 21}, alpha, *state);
        assert_close(found.value, 0.0, 1e-15);
        assert_true(found.value >= 0.0);
        assert_null(found.reason);
    }
}

static void markets_without_both_are_complete_mismatch(void **state)
{
    const kt_mismatch found = mismatch(2, (double[]){10, 0}, (double[]){0, 5}, 0.4, *state);
    assert_close(found.value, 1.0, 0.0);
    assert_int_equal(found.markets_n, 2);
}

static void the_exponent_belongs_to_the_vacancies(void **state)
{
    /* Shares 16/17, 1/17 of seekers; 1/17, 16/17 of posts. At 1/4: (16^(3/4) + 16^(1/4))/17 =
     * 10/17. With three markets that are not mirror images the two sides differ: python3:
     * 1-sum((y/10)**a*(x/100)**(1-a) for x,y in zip((50,30,20),(2,5,3))), a = .3, .7 */
    const double u[] = {16, 1}, v[] = {1, 16};
    assert_close(mismatch(2, u, v, 0.25, *state).value, 7.0 / 17.0, 1e-15);
    assert_close(mismatch(2, u, v, 0.5, *state).value, 9.0 / 17.0, 1e-15);
    const double x[] = {50, 30, 20}, y[] = {2, 5, 3};
    assert_close(mismatch(3, x, y, 0.3, *state).value, 0.04461762123522725, 1e-15);
    assert_close(mismatch(3, x, y, 0.7, *state).value, 0.04212471092243823, 1e-15);
}

static void exchanging_seekers_and_posts_turns_alpha_over(void **state)
{
    const double u[] = {50, 30, 20, 7}, v[] = {2, 5, 3, 11};
    for (int tenths = 1; tenths < 10; tenths++) {
        const double alpha = tenths / 10.0;
        assert_close(mismatch(4, u, v, alpha, *state).value,
                     mismatch(4, v, u, 1.0 - alpha, *state).value, 1e-14);
    }
}

static void scale_does_not_matter(void **state)
{
    const double u[] = {50, 30, 20}, v[] = {2, 5, 3};
    const double many[] = {50e9, 30e9, 20e9}, few[] = {2e-9, 5e-9, 3e-9};
    assert_close(mismatch(3, many, few, 0.5, *state).value, mismatch(3, u, v, 0.5, *state).value,
                 1e-15);
}

static void splitting_a_market_never_lowers_mismatch(void **state)
{
    uint64_t seed = 11;
    for (int round = 0; round < 500; round++) {
        double u[6], v[6], joined_u[3], joined_v[3];
        for (int i = 0; i < 6; i++) {
            u[i] = 1 + random_below(&seed, 50);
            v[i] = random_below(&seed, 20) + (i == 0);
        }
        for (size_t i = 0; i < 3; i++) {
            joined_u[i] = u[2 * i] + u[2 * i + 1];
            joined_v[i] = v[2 * i] + v[2 * i + 1];
        }
        const double alpha = 0.05 + 0.9 * random_below(&seed, 1000) / 1000.0;
        assert_true(mismatch(6, u, v, alpha, *state).value >=
                    mismatch(3, joined_u, joined_v, alpha, *state).value - 1e-14);
    }
}

static void empty_cells_are_no_markets(void **state)
{
    const double u[] = {50, 0, 20, 0}, v[] = {2, 0, 3, 1};
    const kt_mismatch found = mismatch(4, u, v, 0.5, *state);
    assert_int_equal(found.markets_n, 3);
    const double kept_u[] = {50, 20, 0}, kept_v[] = {2, 3, 1};
    assert_close(found.value, mismatch(3, kept_u, kept_v, 0.5, *state).value, 1e-15);
}

static void a_cell_with_a_missing_figure_is_left_out_of_the_totals_too(void **state)
{
    const double u[] = {16, 1, NAN, 500}, v[] = {1, 16, 400, NAN};
    const kt_mismatch found = mismatch(4, u, v, 0.5, *state);
    assert_close(found.value, 9.0 / 17.0, 1e-15);
    assert_int_equal(found.markets_n, 2);
}

static void one_market_is_zero_with_a_note(void **state)
{
    const kt_mismatch found = mismatch(2, (double[]){7, 0}, (double[]){3, 0}, 0.3, *state);
    assert_close(found.value, 0.0, 0.0);
    assert_close(found.null_value, 0.0, 0.0);
    assert_string_equal(found.note, "single market");
    assert_null(found.reason);
}

static void without_a_figure_there_is_a_reason(void **state)
{
    const struct {
        double u[2], v[2];
        const char *reason;
    } cases[] = {
        {{0, 0}, {1, 2}, "no job seekers in the cells used"},
        {{1, 2}, {0, 0}, "no vacancies in the cells used"},
        {{0, 0}, {0, 0}, "no job seekers in the cells used"},
        {{NAN, 2}, {3, NAN}, "no cell with both figures"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_mismatch found = mismatch(2, cases[i].u, cases[i].v, 0.5, *state);
        assert_string_equal(found.reason, cases[i].reason);
        assert_true(isnan(found.value) && isnan(found.value_low) && isnan(found.value_high));
        assert_true(isnan(found.model_error) && isnan(found.null_value));
        assert_true(isnan(found.excess_over_null));
    }
    assert_string_equal(mismatch(0, NULL, NULL, 0.5, *state).reason, "no cell with both figures");
}

static void a_negative_figure_is_refused_by_its_cell(void **state)
{
    const kt_cells cells = kt_cells_exact(2, (double[]){1, 2}, (double[]){3, -4});
    kt_mismatch found = {.value = 42};
    kt_error err = {0};
    assert_int_equal(kt_mismatch_compute(&cells, &(double){0.5}, 1, *state, &found, &err),
                     KT_ERR_DATA);
    assert_string_equal(err.message, "cell 2: vacancies -4, between -4 and -4, is no count");
    assert_close(found.value, 42, 0.0);
}

static void model_error_is_the_delta_method_of_poisson_counts(void **state)
{
    /* At 1/2 by hand: C = 8/17, 1/U + 1/V = 2/17, so the error is sqrt(225/289 * 2/17)/2.
     * python3, a = .3, .7: sqrt(a*a/V*(sum(w**(2*a-1)*s**(2-2*a))-C*C)+(1-a)**2/U*(sum(w**(2*a)*
     * s**(1-2*a))-C*C)) over the shares s of u, w of v of the second market. */
    const double u[] = {16, 1}, v[] = {1, 16};
    assert_close(mismatch(2, u, v, 0.5, *state).model_error, sqrt(225.0 / 289.0 * 2.0 / 17.0) / 2.0,
                 1e-15);
    const double x[] = {50, 30, 20}, y[] = {2, 5, 3};
    assert_close(mismatch(3, x, y, 0.3, *state).model_error, 0.04687605043102906, 1e-15);
    assert_close(mismatch(3, x, y, 0.7, *state).model_error, 0.04183279900645166, 1e-15);
}

/*
 * R, by the sums themselves; 200,000 draws of the forty cells have .02351594, .02230411, .01880990,
 * and of the four .002367089:
 *
 *    mom <- function(l, p) { k <- 1:ceiling(l + 14 * sqrt(l) + 40); sum(dpois(k, l) * k^p) }
 *    limit <- function(u, v, a) { U <- sum(u); V <- sum(v); i <- u * v > 0
 *      A <- sapply(v[i], mom, a); A2 <- sapply(v[i], mom, 2*a); A1 <- sapply(v[i], mom, a + 1)
 *      B <- sapply(u[i], mom, 1-a); B2 <- sapply(u[i], mom, 2-2*a); B1 <- sapply(u[i], mom, 2-a)
 *      S <- sum(A*B); S/(V^a*U^(1-a)) * sqrt(sum(A2*B2-(A*B)^2)/S^2 + a*a/V + (1-a)^2/U -
 *        2*a*sum(B*(A1-v[i]*A))/(S*V) - 2*(1-a)*sum(A*(B1-u[i]*B))/(S*U)) }
 */
static void where_the_closed_form_is_infinite_the_model_error_is_that_of_a_bootstrap(void **state)
{
    const drawn_market forty = drawn_market_of_forty();
    const struct {
        drawn_market market;
        double alpha, error;
    } cases[] = {
        {forty, 0.25, 0.0235477509369732},
        {forty, 0.3, 0.0223345110992684},
        {forty, 0.45, 0.0188160491057194},
        {{3, (double[]){50, 30, 20}, (double[]){2, 5, 0}}, 0.3, 0.132303562550317},
        {{4, (double[]){5000, 300.5, 20, 4}, (double[]){700, 31, 0, 31.9}},
         0.3,
         0.00237730160701261},
        {{2, (double[]){50, 0}, (double[]){0, 5}}, 0.3, 0.0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const drawn_market *of = &cases[i].market;
        const double alpha = cases[i].alpha, error = cases[i].error;
        const kt_mismatch found = mismatch(of->count, of->u, of->v, alpha, *state);
        assert_true(found.error_is_limit);
        assert_close(found.model_error, error, 1e-6 * error);
        /* The other way round it is the other sum that is infinite. */
        const kt_mismatch turned = mismatch(of->count, of->v, of->u, 1.0 - alpha, *state);
        assert_true(turned.error_is_limit);
        assert_close(turned.model_error, error, 1e-6 * error);
    }
    assert_false(mismatch(forty.count, forty.u, forty.v, 0.5, *state).error_is_limit);
    assert_false(mismatch(forty.count, forty.u, forty.v, 0.7, *state).error_is_limit);
}

/* Where both have a figure and no cell is thin they are one. */
static void the_two_model_errors_meet_where_counts_are_large(void **state)
{
    const double u[] = {50000, 30000, 20000, 1}, v[] = {2000, 5000, 3000, 0};
    const double closed = mismatch(3, u, v, 0.3, *state).model_error;
    assert_close(mismatch(4, u, v, 0.3, *state).model_error, closed, 2e-3 * closed);
}

static void the_null_value_grows_with_markets_and_falls_with_counts(void **state)
{
    /* (K-1)/8 (1/U + 1/V) at 1/2; a(1-a)/2 in place of 1/8 else. */
    const kt_mismatch found = mismatch(3, (double[]){50, 30, 20}, (double[]){2, 5, 3}, 0.5, *state);
    assert_close(found.null_value, 2.0 / 8.0 * (0.01 + 0.1), 1e-15);
    assert_close(found.excess_over_null, found.value - found.null_value, 0.0);
    assert_close(mismatch(3, (double[]){50, 30, 20}, (double[]){2, 5, 3}, 0.2, *state).null_value,
                 0.08 * 2.0 * 0.11, 1e-15);
}

static void an_excess_below_zero_is_not_clipped(void **state)
{
    const kt_mismatch found = mismatch(2, (double[]){1, 1}, (double[]){1, 1}, 0.5, *state);
    assert_close(found.excess_over_null, -1.0 / 8.0 * (0.5 + 0.5), 1e-15);
}

static void the_measure_gives_what_the_night_gives(void **state)
{
    const double u[] = {50, 30, 20, NAN}, v[] = {2, 5, 0, 1};
    const market_case market = {.count = 4, .unemployed = u, .vacancies = v};
    const kt_findings *found = run_market("mismatch", &market, 0.7, *state);
    const kt_mismatch night = mismatch(4, u, v, 0.7, *state);
    assert_close(found_number("mismatch", found, 0, "value"), night.value, 0.0);
    assert_close(found_number("mismatch", found, 0, "value_low"), night.value, 0.0);
    assert_close(found_number("mismatch", found, 0, "value_high"), night.value, 0.0);
    assert_close(found_number("mismatch", found, 0, "model_error"), night.model_error, 0.0);
    assert_close(found_number("mismatch", found, 0, "null_value"), night.null_value, 0.0);
    assert_close(found_number("mismatch", found, 0, "markets_n"), 3.0, 0.0);
}

static void the_published_index_of_the_maakunta_is_met_to_1e_12(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_mismatch_published.csv", *state);
    const kt_csv_table *inputs = shared_csv("methods/maakunta_u_v.csv", *state);
    double worst = 0.0;
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = month_named(inputs, csv_text(want, row, "time"), "u", "v", u, v);
        assert_int_equal(count, 19);
        const double alpha = csv_number(want, row, "a");
        const double value = csv_number(want, row, "value");
        worst = fmax(worst, fabs(mismatch(count, u, v, alpha, *state).value - value));
    }
    assert_int_equal(want->row_count, 214 * ALPHAS);
    print_message("largest difference of %zu figures: %.3g\n", want->row_count, worst);
    assert_close(worst, 0.0, 1e-12);
}

static void the_model_error_of_the_maakunta_is_met_to_1e_12(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = old_month(inputs, csv_text(want, row, "time"), u, v);
        const kt_mismatch found = mismatch(count, u, v, 0.5, *state);
        assert_close(found.value, csv_number(want, row, "M"), 1e-12);
        assert_close(found.model_error, csv_number(want, row, "se_M_poisson_delta"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(equal_tightness_everywhere_is_no_mismatch),
        ARENA_TEST(markets_without_both_are_complete_mismatch),
        ARENA_TEST(the_exponent_belongs_to_the_vacancies),
        ARENA_TEST(exchanging_seekers_and_posts_turns_alpha_over),
        ARENA_TEST(scale_does_not_matter),
        ARENA_TEST(splitting_a_market_never_lowers_mismatch),
        ARENA_TEST(empty_cells_are_no_markets),
        ARENA_TEST(a_cell_with_a_missing_figure_is_left_out_of_the_totals_too),
        ARENA_TEST(one_market_is_zero_with_a_note),
        ARENA_TEST(without_a_figure_there_is_a_reason),
        ARENA_TEST(a_negative_figure_is_refused_by_its_cell),
        ARENA_TEST(model_error_is_the_delta_method_of_poisson_counts),
        ARENA_TEST(where_the_closed_form_is_infinite_the_model_error_is_that_of_a_bootstrap),
        ARENA_TEST(the_two_model_errors_meet_where_counts_are_large),
        ARENA_TEST(the_null_value_grows_with_markets_and_falls_with_counts),
        ARENA_TEST(an_excess_below_zero_is_not_clipped),
        ARENA_TEST(the_measure_gives_what_the_night_gives),
        ARENA_TEST(the_published_index_of_the_maakunta_is_met_to_1e_12),
        ARENA_TEST(the_model_error_of_the_maakunta_is_met_to_1e_12),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
