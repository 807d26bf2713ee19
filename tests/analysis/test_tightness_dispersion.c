/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

#define ID "tightness_dispersion"

static const kt_findings *spread(size_t count, const double *u, const double *v, double alpha,
                                 kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return run_market(ID, &market, alpha, arena);
}

static void a_small_market_by_hand(void **state)
{
    /* ln theta is 0 for three quarters of the job seekers and ln 16 for the others: p (1-p) ln^2 */
    const kt_findings *found = spread(2, (double[]){30, 10}, (double[]){30, 160}, 0.25, *state);
    const double variance = 3.0 / 16.0 * log(16.0) * log(16.0);
    assert_close(found_number(ID, found, 0, "value"), variance, 1e-14);
    assert_close(found_number(ID, found, 0, "mismatch_implied"), 1.0 - exp(-3.0 / 32.0 * variance),
                 1e-15);
    assert_close(found_number(ID, found, 0, "markets_n"), 2.0, 0.0);
    assert_null(found->note[0]);
}

static void the_same_tightness_everywhere_is_zero(void **state)
{
    const kt_findings *found = spread(2, (double[]){3, 6}, (double[]){1, 2}, 0.5, *state);
    assert_close(found_number(ID, found, 0, "value"), 0.0, 1e-30);
    assert_close(found_number(ID, found, 0, "mismatch_implied"), 0.0, 1e-30);
}

static void markets_without_seekers_or_posts_are_left_out_and_counted(void **state)
{
    const double u[] = {30, 9, 0, 10, 0, 7}, v[] = {30, 0, 4, 160, 0, NAN};
    const kt_findings *found = spread(6, u, v, 0.5, *state);
    assert_close(found_number(ID, found, 0, "value"), 3.0 / 16.0 * log(16.0) * log(16.0), 1e-14);
    assert_close(found_number(ID, found, 0, "markets_n"), 2.0, 0.0);
    assert_string_equal(found->note[0], "markets without job seekers or posts left out: 2");
}

static void without_a_figure_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const struct {
        double u[2], v[2];
        const char *reason;
    } cases[] = {
        {{3, 0}, {0, 5}, "no market has both job seekers and posts"},
        {{0, 0}, {1, 5}, "no job seekers in the cells used"},
        {{3, 4}, {0, 0}, "no vacancies in the cells used"},
        {{NAN, 4}, {1, NAN}, "no cell with both figures"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found = spread(2, cases[i].u, cases[i].v, 0.5, *state);
        assert_true(isnan(found_number(ID, found, 0, "value")));
        assert_true(isnan(found_number(ID, found, 0, "mismatch_implied")));
        assert_string_equal(found->reason[0], cases[i].reason);
    }
    const kt_findings *found = spread(1, (double[]){4}, (double[]){1}, 0.5, *state);
    assert_close(found_number(ID, found, 0, "value"), 0.0, 0.0);
    assert_string_equal(found->note[0], "single market");
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = old_month(inputs, csv_text(want, row, "time"), u, v);
        assert_close(found_number(ID, spread(count, u, v, 0.5, *state), 0, "value"),
                     csv_number(want, row, "var_log_theta_w"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_small_market_by_hand),
        ARENA_TEST(the_same_tightness_everywhere_is_zero),
        ARENA_TEST(markets_without_seekers_or_posts_are_left_out_and_counted),
        ARENA_TEST(without_a_figure_there_is_a_reason_and_with_one_market_a_note),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
