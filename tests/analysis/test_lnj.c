/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

static kt_status try_lnj(size_t count, const double *u, const double *l, kt_arena *arena,
                         kt_findings **out, kt_error *err)
{
    const kt_group group = {
        .row_count = count, .key = {numbered(count, arena)}, .figure = {NULL, u, NULL, l}};
    return kt_measure_run(kt_measure_find("lnj"), &group, NULL, arena, out, err);
}

static const kt_findings *lnj(size_t count, const double *u, const double *l, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_lnj(count, u, l, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void two_equal_markets_with_rates_of_5_and_15_percent(void **state)
{
    /* Relative rates 1/2 and 3/2, weights 1/2: half of 1/4. */
    assert_close(lnj(2, (double[]){5, 15}, (double[]){100, 100}, *state)->number[0], 0.125, 1e-15);
    assert_close(found_number("lnj", lnj(2, (double[]){5, 15}, (double[]){100, 100}, *state), 0,
                              "variation"),
                 0.5, 1e-15);
}

static void the_same_rate_everywhere_is_zero(void **state)
{
    assert_close(lnj(2, (double[]){5, 20}, (double[]){100, 400}, *state)->number[0], 0.0, 1e-30);
}

static void a_market_with_a_missing_figure_is_left_out(void **state)
{
    const double u[] = {5, 15, 80}, l[] = {100, 100, NAN};
    assert_close(lnj(3, u, l, *state)->number[0], 0.125, 1e-15);
}

static void without_job_seekers_or_labour_force_there_is_a_reason(void **state)
{
    const kt_findings *found = lnj(2, (double[]){0, 0}, (double[]){100, 100}, *state);
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0], "no job seekers");
    found = lnj(1, (double[]){0}, (double[]){0}, *state);
    assert_string_equal(found->reason[0], "no market with both figures and a labour force");
    found = lnj(1, (double[]){5}, (double[]){50}, *state);
    assert_string_equal(found->note[0], "single market");
}

static void unemployed_outside_any_labour_force_are_refused(void **state)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_lnj(2, (double[]){5, 2}, (double[]){50, 0}, *state, &found, &err),
                     KT_ERR_DATA);
    assert_string_equal(err.message, "row 2, column labour_force: 0, but 2 are unemployed");
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    const kt_csv_table *inputs = shared_csv_gz(OLD_MAAKUNTA, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        double u[32], l[32];
        const size_t count =
            month_named(inputs, csv_text(want, row, "time"), "Tyottomat", "Tyovoima", u, l);
        assert_close(lnj(count, u, l, *state)->number[0],
                     csv_number(want, row, "lnj_half_var_rel_u"), 1e-12);
        assert_close(found_number("lnj", lnj(count, u, l, *state), 0, "variation"),
                     csv_number(want, row, "cv_u"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(two_equal_markets_with_rates_of_5_and_15_percent),
        ARENA_TEST(the_same_rate_everywhere_is_zero),
        ARENA_TEST(a_market_with_a_missing_figure_is_left_out),
        ARENA_TEST(without_job_seekers_or_labour_force_there_is_a_reason),
        ARENA_TEST(unemployed_outside_any_labour_force_are_refused),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
