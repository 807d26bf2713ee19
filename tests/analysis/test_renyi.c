/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static double value_of(size_t count, const double *u, const double *v, double alpha,
                       kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return found_number("renyi", run_market("renyi", &market, alpha, arena), 0, "value");
}

static void a_small_market_by_hand(void **state)
{
    /* u .8 .2, v .2 .8: at 1/2 the sum is 2 sqrt(.16) = .8; at 1/4 .8^.75 .2^.25 + .2^.75 .8^.25 */
    const double u[] = {80, 20}, v[] = {2, 8};
    assert_close(value_of(2, u, v, 0.5, *state), -2.0 * log(0.8), 1e-14);
    const double matched = pow(.8, .75) * pow(.2, .25) + pow(.2, .75) * pow(.8, .25);
    assert_close(value_of(2, u, v, 0.25, *state), -log(matched) / 0.75, 1e-14);
}

static void the_same_spread_is_zero(void **state)
{
    assert_close(value_of(3, (double[]){3, 6, 0}, (double[]){1, 2, 0}, 0.3, *state), 0.0, 1e-15);
}

static void without_a_figure_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const struct {
        double u[2], v[2];
        const char *reason;
    } cases[] = {
        {{3, 0}, {0, 5}, "infinite: no market has both job seekers and posts"},
        {{0, 0}, {1, 5}, "no job seekers in the cells used"},
        {{3, 4}, {0, 0}, "no vacancies in the cells used"},
        {{NAN, 4}, {1, NAN}, "no cell with both figures"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const market_case market = {2, NULL, cases[i].u, cases[i].v};
        const kt_findings *found = run_market("renyi", &market, 0.5, *state);
        assert_true(isnan(found->number[0]));
        assert_string_equal(found->reason[0], cases[i].reason);
    }
    const market_case single = {1, NULL, (double[]){4}, (double[]){1}};
    const kt_findings *found = run_market("renyi", &single, 0.5, *state);
    assert_close(found->number[0], 0.0, 0.0);
    assert_string_equal(found->note[0], "single market");
}

static void a_market_with_a_missing_figure_is_left_out(void **state)
{
    const double u[] = {80, 20, 500}, v[] = {2, 8, NAN};
    assert_close(value_of(3, u, v, 0.5, *state), -2.0 * log(0.8), 1e-14);
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = old_month(inputs, csv_text(want, row, "time"), u, v);
        assert_close(value_of(count, u, v, 0.5, *state), csv_number(want, row, "renyi"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_small_market_by_hand),
        ARENA_TEST(the_same_spread_is_zero),
        ARENA_TEST(without_a_figure_there_is_a_reason_and_with_one_market_a_note),
        ARENA_TEST(a_market_with_a_missing_figure_is_left_out),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
