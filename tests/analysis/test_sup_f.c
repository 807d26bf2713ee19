/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stddef.h>

#include "analysis/nile.h"
#include "analysis/timed.h"

/* R: library(strucchange); sctest(Fstats(as.numeric(Nile) ~ 1, from = .15), type = "supF");
 *    y ~ x with x <- 1:100, from = .05 */
static void the_nile_breaks_after_1898(void **state)
{
    double x[NILE_YEARS];
    const char *const *years = periods_from("Y1871", NILE_YEARS, *state);
    const timed mean = {NILE_YEARS, years, nile, NULL}, line = {NILE_YEARS, years, nile, nile_x(x)};
    const kt_findings *found = run_timed("sup_f", &mean, NULL, *state);
    assert_close(found_number("sup_f", found, 0, "statistic"), 75.929769427485425, 1e-10);
    assert_close(found_number("sup_f", found, 0, "p_value"), 2.2204460492503131e-16, 1e-8);
    assert_string_equal(found_text("sup_f", found, 0, "period"), "Y1898");
    const char *const given[KT_MEASURE_PARAMS] = {"0.05"};
    found = run_timed("sup_f", &line, given, *state);
    assert_close(found_number("sup_f", found, 0, "statistic"), 38.947901268728778, 1e-10);
    assert_close(found_number("sup_f", found, 0, "p_value"), 1.5042551992916486e-07, 1e-8);
    assert_string_equal(found_text("sup_f", found, 0, "period"), "Y1898");
}

static void rows_may_come_in_any_order_and_ends_may_be_empty(void **state)
{
    /* 2020M02 to 2020M05 are 2 1 | 7 8: one mean leaves 37, two leave 1, so F = 36 / (1 / 2) */
    const char *const period[] = {"2020M05", "2020M03", "2020M01", "2020M02", "2020M04"};
    const double y[] = {8, 1, NAN, 2, 7};
    const timed rows = {5, period, y, NULL};
    const kt_findings *found = run_timed("sup_f", &rows, NULL, *state);
    assert_close(found_number("sup_f", found, 0, "statistic"), 72.0, 1e-12);
    assert_string_equal(found_text("sup_f", found, 0, "period"), "2020M03");
    assert_string_equal(found->note[0], "periods without a figure left out at the ends: 1");
}

static void what_cannot_be_tested_has_a_reason(void **state)
{
    const double gap[] = {1, NAN, 3, 4, 5}, few[] = {1, 2, 3}, none[] = {NAN};
    const struct {
        size_t count;
        const double *y;
        const char *reason;
    } cases[] = {
        {5, gap, "a gap: no figure for 2020M02"},
        {3, few, "observations: 3, at least 4 are needed"},
        {1, none, "no period has a figure"},
    };
    for (size_t i = 0; i < 3; i++) {
        const timed rows = {cases[i].count, periods_from("2020M01", cases[i].count, *state),
                            cases[i].y, NULL};
        const kt_findings *found = run_timed("sup_f", &rows, NULL, *state);
        assert_string_equal(found->reason[0], cases[i].reason);
        assert_true(isnan(found_number("sup_f", found, 0, "p_value")));
        assert_null(found_text("sup_f", found, 0, "period"));
    }
}

static void half_of_the_observations_cannot_be_left_out_at_either_end(void **state)
{
    const timed rows = {NILE_YEARS, periods_from("Y1871", NILE_YEARS, *state), nile, NULL};
    const char *const given[KT_MEASURE_PARAMS] = {"0.5"};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_timed("sup_f", &rows, given, *state, &found, &err), KT_ERR_USAGE);
    assert_string_equal(err.message,
                        "parameter trimming: \"0.5\" is not a number above 0 and below 0.5");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(the_nile_breaks_after_1898),
        ARENA_TEST(rows_may_come_in_any_order_and_ends_may_be_empty),
        ARENA_TEST(what_cannot_be_tested_has_a_reason),
        ARENA_TEST(half_of_the_observations_cannot_be_left_out_at_either_end),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
