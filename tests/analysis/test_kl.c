/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static double value_of(size_t count, const double *u, const double *v, kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return found_number("kl", run_market("kl", &market, 0, arena), 0, "value");
}

static void a_small_market_by_hand(void **state)
{
    /* v .2 .8, u .8 .2: .2 ln(1/4) + .8 ln 4 = .6 ln 4 */
    assert_close(value_of(2, (double[]){80, 20}, (double[]){2, 8}, *state), 0.6 * log(4.0), 1e-15);
    /* a market without posts adds nothing but its job seekers: v 1 0, u 1/2 1/2 */
    assert_close(value_of(2, (double[]){5, 5}, (double[]){3, 0}, *state), log(2.0), 1e-15);
    assert_close(value_of(2, (double[]){3, 6}, (double[]){1, 2}, *state), 0.0, 1e-15);
}

static void without_a_figure_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const struct {
        double u[2], v[2];
        const char *reason;
    } cases[] = {
        {{3, 0}, {1, 5}, "infinite: a market has posts and no job seekers"},
        {{0, 0}, {1, 5}, "no job seekers in the cells used"},
        {{3, 4}, {0, 0}, "no vacancies in the cells used"},
        {{NAN, 4}, {1, NAN}, "no cell with both figures"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const market_case market = {2, NULL, cases[i].u, cases[i].v};
        const kt_findings *found = run_market("kl", &market, 0, *state);
        assert_true(isnan(found->number[0]));
        assert_string_equal(found->reason[0], cases[i].reason);
    }
    const market_case single = {1, NULL, (double[]){4}, (double[]){1}};
    const kt_findings *found = run_market("kl", &single, 0, *state);
    assert_close(found->number[0], 0.0, 0.0);
    assert_string_equal(found->note[0], "single market");
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = old_month(inputs, csv_text(want, row, "time"), u, v);
        assert_close(value_of(count, u, v, *state), csv_number(want, row, "kl_vu"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_small_market_by_hand),
        ARENA_TEST(without_a_figure_there_is_a_reason_and_with_one_market_a_note),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
