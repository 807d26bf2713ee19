/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

#define ID "efficient_unemployment"

static kt_status try_rates(double u, double v, const char *const *params, kt_arena *arena,
                           kt_findings **out, kt_error *err)
{
    const kt_measure *measure = kt_measure_find(ID);
    const kt_group group = {.row_count = 1, .figure = {&u, &v}};
    kt_param_value values[KT_MEASURE_PARAMS];
    for (size_t i = 0; i < kt_measure_param_count(measure); i++) {
        const char *text = params == NULL ? NULL : params[i];
        assert_int_equal(kt_param_read(&measure->params[i], text, &values[i], err), KT_OK);
    }
    return kt_measure_run(measure, &group, values, arena, out, err);
}

static const kt_findings *rates(double u, double v, const char *const *params, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_rates(u, v, params, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void the_root_of_both_rates(void **state)
{
    /* sqrt(.09 x .01) = .03 */
    const kt_findings *found = rates(0.09, 0.01, NULL, *state);
    assert_close(found->number[0], 0.03, 1e-15);
    assert_close(found->number[1], 0.06, 1e-15);
    assert_close(found->number[2], 1.0, 1e-15);
    assert_null(found->reason[0]);
}

static void the_general_form_by_hand(void **state)
{
    /* eps 2, kappa .5, zeta .5: (.5 x 2 x .01 x .01 / .5)^(1/3) = .0002^(1/3); theta* = .5. */
    const kt_findings *found =
        rates(0.1, 0.01, (const char *const[]){"sufficient", "2", "0.5", "0.5"}, *state);
    assert_close(found->number[0], cbrt(0.0002), 1e-15);
    assert_close(found->number[1], 0.1 - cbrt(0.0002), 1e-15);
    assert_close(found->number[2], 0.5, 1e-15);
}

/* With eps = 1 and kappa = 1 - zeta nothing is left but the root. */
static void the_two_forms_meet(void **state)
{
    const kt_findings *found =
        rates(0.08, 0.03, (const char *const[]){"sufficient", "1", "0.75", "0.25"}, *state);
    assert_close(found->number[0], sqrt(0.08 * 0.03), 1e-15);
    assert_close(found->number[2], 1.0, 1e-15);
}

static void without_a_rate_there_is_a_reason(void **state)
{
    static const struct {
        double u, v;
        const char *reason;
    } cases[] = {{NAN, 0.02, "no unemployment rate"},
                 {0.08, NAN, "no vacancy rate"},
                 {0.0, 0.02, "no job seekers"},
                 {0.08, 0.0, "no vacancies"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_findings *found = rates(cases[i].u, cases[i].v, NULL, *state);
        assert_string_equal(found->reason[0], cases[i].reason);
        assert_true(isnan(found->number[0]) && isnan(found->number[1]) && isnan(found->number[2]));
    }
}

static void percentages_are_refused(void **state)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_rates(0.08, 2.5, NULL, *state, &found, &err), KT_ERR_DATA);
    assert_string_equal(err.message,
                        "row 1, column vacancy_rate: 2.5, expected a share of at most 1");
}

/* Michaillat and Saez (2024), quarters of 1951 to 2024. */
static void every_quarter_of_the_united_states_equals_the_published_one(void **state)
{
    const kt_csv_table *want =
        shared_csv("methods/us_efficient_unemployment_quarterly.csv", *state);
    assert_true(want->row_count > 290);
    for (size_t row = 0; row < want->row_count; row++) {
        const kt_findings *found =
            rates(csv_number(want, row, "u"), csv_number(want, row, "v"), NULL, *state);
        assert_close(found->number[0], csv_number(want, row, "u_star"), 1e-12);
        assert_close(found->number[1], csv_number(want, row, "gap"), 1e-12);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_root_of_both_rates),
        ARENA_TEST(the_general_form_by_hand),
        ARENA_TEST(the_two_forms_meet),
        ARENA_TEST(without_a_rate_there_is_a_reason),
        ARENA_TEST(percentages_are_refused),
        ARENA_TEST(every_quarter_of_the_united_states_equals_the_published_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
