/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static const kt_findings *entropy(size_t count, const double *values, kt_arena *arena)
{
    const kt_group group = {
        .row_count = count, .key = {numbered(count, arena)}, .figure = {NULL, values}};
    kt_findings *found = NULL;
    kt_error err = {0};
    if (kt_measure_run(kt_measure_find("entropy"), &group, NULL, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void shares_of_two_three_and_five_tenths(void **state)
{
    /* -(.2 ln .2 + .3 ln .3 + .5 ln .5) */
    assert_close(entropy(3, (double[]){30, 20, 50}, *state)->number[0],
                 -(0.2 * log(0.2) + 0.3 * log(0.3) + 0.5 * log(0.5)), 1e-15);
}

static void even_shares_and_all_in_one_are_the_two_ends(void **state)
{
    assert_close(entropy(4, (double[]){7, 7, 7, 7}, *state)->number[0], log(4.0), 1e-15);
    assert_close(entropy(4, (double[]){0, 0, 9, 0}, *state)->number[0], 0.0, 1e-15);
}

static void a_market_without_a_figure_is_left_out(void **state)
{
    assert_close(entropy(4, (double[]){30, NAN, 20, 50}, *state)->number[0],
                 -(0.2 * log(0.2) + 0.3 * log(0.3) + 0.5 * log(0.5)), 1e-15);
}

static void without_figures_there_is_a_reason_and_with_one_market_a_note(void **state)
{
    const kt_findings *found = entropy(2, (double[]){0, 0}, *state);
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0], "the figures sum to zero");
    assert_string_equal(entropy(1, (double[]){NAN}, *state)->reason[0], "no market with a figure");
    found = entropy(1, (double[]){3}, *state);
    assert_close(found->number[0], 0.0, 0.0);
    assert_string_equal(found->note[0], "single market");
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const struct {
        const char *input, *reference;
    } columns[] = {{"Tyottomat", "entropy_u"}};
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        for (size_t row = 0; row < want->row_count; row++) {
            double values[32], again[32];
            const size_t count = month_named(inputs, csv_text(want, row, "time"), columns[i].input,
                                             columns[i].input, values, again);
            assert_close(entropy(count, values, *state)->number[0],
                         csv_number(want, row, columns[i].reference), 1e-12);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(shares_of_two_three_and_five_tenths),
        ARENA_TEST(even_shares_and_all_in_one_are_the_two_ends),
        ARENA_TEST(a_market_without_a_figure_is_left_out),
        ARENA_TEST(without_figures_there_is_a_reason_and_with_one_market_a_note),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
