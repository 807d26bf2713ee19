/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static double value_of(size_t count, const double *u, const double *v, const char *result,
                       kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return found_number("hellinger", run_market("hellinger", &market, 0, arena), 0, result);
}

static void a_small_market_by_hand(void **state)
{
    /* (sqrt .8 - sqrt .2)^2 = .8 + .2 - 2 sqrt .16 = .2, twice, halved: H^2 = .2 */
    const double u[] = {80, 20}, v[] = {2, 8};
    assert_close(value_of(2, u, v, "value", *state), sqrt(0.2), 1e-15);
    assert_close(value_of(2, u, v, "persons_off_proportion", *state), 60.0, 1e-12);
}

static void no_market_in_common_is_one_and_the_same_spread_is_zero(void **state)
{
    assert_close(value_of(2, (double[]){3, 0}, (double[]){0, 5}, "value", *state), 1.0, 0.0);
    assert_close(value_of(2, (double[]){3, 6}, (double[]){1, 2}, "value", *state), 0.0, 1e-15);
}

static void its_square_is_the_mismatch_index_at_one_half(void **state)
{
    uint64_t seed = 3;
    for (int round = 0; round < 300; round++) {
        double u[5], v[5];
        for (int i = 0; i < 5; i++) {
            u[i] = random_below(&seed, 60) + (i == 0);
            v[i] = random_below(&seed, 15) + (i == 0);
        }
        const market_case market = {.count = 5, .unemployed = u, .vacancies = v};
        const double m = run_market("mismatch", &market, 0.5, *state)->number[0];
        const double h = value_of(5, u, v, "value", *state);
        assert_close(h * h, m, 1e-14);
    }
}

static void without_vacancies_there_is_a_reason(void **state)
{
    const market_case market = {2, NULL, (double[]){3, 4}, (double[]){0, 0}};
    const kt_findings *found = run_market("hellinger", &market, 0, *state);
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0], "no vacancies in the cells used");
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], v[32];
        const size_t count = old_month(inputs, csv_text(want, row, "time"), u, v);
        assert_close(value_of(count, u, v, "value", *state), csv_number(want, row, "hellinger"),
                     1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(a_small_market_by_hand),
        ARENA_TEST(no_market_in_common_is_one_and_the_same_spread_is_zero),
        ARENA_TEST(its_square_is_the_mismatch_index_at_one_half),
        ARENA_TEST(without_vacancies_there_is_a_reason),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
