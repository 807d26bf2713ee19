/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static double value_of(size_t count, const double *u, const double *v, const char *result,
                       kt_arena *arena)
{
    const market_case market = {.count = count, .unemployed = u, .vacancies = v};
    return found_number("mismatch_jr", run_market("mismatch_jr", &market, 0, arena), 0, result);
}

static void three_tenths_of_seekers_stand_above_proportion(void **state)
{
    const double u[] = {60, 40}, v[] = {30, 70};
    assert_close(value_of(2, u, v, "value", *state), 0.3, 1e-15);
    assert_close(value_of(2, u, v, "persons_off_proportion", *state), 30.0, 1e-12);
}

static void equal_tightness_everywhere_is_zero(void **state)
{
    const double u[] = {30, 60}, v[] = {10, 20};
    assert_close(value_of(2, u, v, "value", *state), 0.0, 1e-15);
    assert_close(value_of(2, u, v, "persons_off_proportion", *state), 0.0, 1e-12);
}

static void no_market_in_common_is_one(void **state)
{
    const double u[] = {30, 60, 0}, v[] = {0, 0, 20};
    assert_close(value_of(3, u, v, "value", *state), 1.0, 1e-15);
    assert_close(value_of(3, u, v, "persons_off_proportion", *state), 90.0, 1e-12);
}

static void a_missing_figure_leaves_its_cell_out(void **state)
{
    const double u[] = {60, 40, 1000}, v[] = {30, 70, NAN};
    assert_close(value_of(3, u, v, "value", *state), 0.3, 1e-15);
}

static void without_figures_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const market_case nobody = {2, NULL, (double[]){0, 0}, (double[]){1, 2}};
    const kt_findings *found = run_market("mismatch_jr", &nobody, 0, *state);
    assert_true(isnan(found->number[0]) && isnan(found->number[1]));
    assert_string_equal(found->reason[0], "no job seekers in the cells used");
    const market_case single = {1, NULL, (double[]){4}, (double[]){1}};
    found = run_market("mismatch_jr", &single, 0, *state);
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
        assert_close(value_of(count, u, v, "value", *state), csv_number(want, row, "jr_half_abs"),
                     1e-12);
        const double persons = csv_number(want, row, "jr_workers_to_move");
        assert_close(value_of(count, u, v, "persons_off_proportion", *state), persons,
                     1e-12 * persons);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(three_tenths_of_seekers_stand_above_proportion),
        ARENA_TEST(equal_tightness_everywhere_is_zero),
        ARENA_TEST(no_market_in_common_is_one),
        ARENA_TEST(a_missing_figure_leaves_its_cell_out),
        ARENA_TEST(without_figures_there_is_a_reason_and_with_one_market_a_note),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
