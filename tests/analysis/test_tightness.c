/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/tightness.h"

#include "analysis/shared.h"
#include "analysis/support.h"

static const kt_findings *tightness(size_t rows, const double *u, const double *v, kt_arena *arena)
{
    const kt_group group = {.row_count = rows, .figure = {u, v}};
    kt_findings *found = NULL;
    kt_error err = {0};
    if (kt_measure_run(kt_measure_find("tightness"), &group, NULL, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void rows_are_summed_before_they_are_divided(void **state)
{
    /* (10 + 30) / (100 + 60) = 1/4; the mean of the ratios would be .3 */
    const kt_findings *found = tightness(2, (double[]){100, 60}, (double[]){10, 30}, *state);
    assert_close(found->number[0], 0.25, 1e-15);
    assert_null(found->reason[0]);
}

static void a_row_with_one_figure_alone_is_left_out(void **state)
{
    const kt_findings *found = tightness(2, (double[]){100, 60}, (double[]){10, NAN}, *state);
    assert_close(found->number[0], 0.1, 1e-15);
}

static void without_job_seekers_there_is_a_reason(void **state)
{
    const kt_findings *found = tightness(1, (double[]){0}, (double[]){10}, *state);
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0], "no job seekers");
    found = tightness(1, (double[]){NAN}, (double[]){10}, *state);
    assert_true(isnan(found->number[0]));
    assert_string_equal(found->reason[0],
                        "a row without one of its figures: the sums are not known");
}

static void no_vacancies_is_a_tightness_of_zero(void **state)
{
    const kt_findings *found = tightness(1, (double[]){5}, (double[]){0}, *state);
    assert_close(found->number[0], 0.0, 0.0);
    assert_null(found->reason[0]);
}

static void the_range_is_fewest_posts_over_most_seekers_and_the_reverse(void **state)
{
    (void)state;
    const kt_interval got =
        kt_tightness((kt_interval){10, 8, 20}, (kt_interval){.value = 5, .low = 4, .high = 6});
    assert_close(got.value, 0.5, 1e-15);
    assert_close(got.low, 0.2, 1e-15);
    assert_close(got.high, 0.75, 1e-15);
}

static void there_is_no_upper_end_where_there_may_be_no_job_seeker(void **state)
{
    (void)state;
    const kt_interval got =
        kt_tightness((kt_interval){2, 0, 4}, (kt_interval){.value = 5, .low = 5, .high = 5});
    assert_close(got.value, 2.5, 0.0);
    assert_close(got.low, 1.25, 0.0);
    assert_true(isnan(got.high));
    const kt_interval none =
        kt_tightness((kt_interval){0, 0, 4}, (kt_interval){.value = 6, .low = 5, .high = 8});
    assert_true(isnan(none.value) && isnan(none.high));
    assert_close(none.low, 1.25, 0.0);
    assert_true(isnan(kt_tightness((kt_interval){NAN, NAN, NAN}, (kt_interval){1, 1, 1}).low));
}

static void every_month_of_the_maakunta_equals_the_reference(void **state)
{
    const kt_csv_table *want = shared_csv("methods/maakunta_indices_a05.csv", *state);
    for (size_t row = 0; row < want->row_count; row++) {
        const double u = csv_number(want, row, "U"), v = csv_number(want, row, "V");
        const kt_findings *found = tightness(1, &u, &v, *state);
        assert_close(found->number[0], csv_number(want, row, "theta"), 1e-15);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(rows_are_summed_before_they_are_divided),
        ARENA_TEST(a_row_with_one_figure_alone_is_left_out),
        ARENA_TEST(without_job_seekers_there_is_a_reason),
        ARENA_TEST(no_vacancies_is_a_tightness_of_zero),
        cmocka_unit_test(the_range_is_fewest_posts_over_most_seekers_and_the_reverse),
        cmocka_unit_test(there_is_no_upper_end_where_there_may_be_no_job_seeker),
        ARENA_TEST(every_month_of_the_maakunta_equals_the_reference),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
