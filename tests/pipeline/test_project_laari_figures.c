/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/laari_figures.h"

#include "core/support.h"

/* The first half year contradicts itself, the second does not; a later report says the first one
 * otherwise, so the version before it is not current. */
static const kt_reported reported[] = {
    {.project = "S1", .code = "EECO01", .period = "2024-H1", .value = 9.0},
    {.project = "S1", .code = "EECO01", .period = "2024-H1", .value = 10.0, .current = true},
    {.project = "S1", .code = "EECO01", .period = "2024-H2", .value = 12.0, .current = true},
    {.project = "S1",
     .code = "EECO01",
     .period = "2024-H2",
     .target = true,
     .value = 40.0,
     .current = true},
};

static const bool hidden[COUNT_OF(reported)] = {false};
static const bool first_doubted[COUNT_OF(reported)] = {true, true, false, false};
static const bool second_doubted[COUNT_OF(reported)] = {false, false, true, false};

static kt_own_figure realised(const bool *doubted, bool summed, const char *until)
{
    const kt_own_reports own = {reported, hidden, doubted, COUNT_OF(reported)};
    return kt_own_figure_of(own, "EECO01", false, summed, kt_report_period_end(until));
}

static void a_check_that_failed_in_an_older_period_leaves_the_newer_figure(void **state)
{
    (void)state;
    const kt_own_figure newest = realised(first_doubted, false, "2024-H2");
    assert_close(newest.value, 12.0, 0.0);
    assert_string_equal(newest.period, "2024-H2");
    assert_false(newest.doubted);
    assert_true(realised(first_doubted, false, "2024-H1").doubted);
    assert_true(realised(second_doubted, false, "2024-H2").doubted);
    assert_false(realised(second_doubted, false, "2024-H1").doubted);
}

/* By hand: 10 + 12. */
static void a_sum_over_periods_is_in_doubt_with_any_of_them(void **state)
{
    (void)state;
    assert_close(realised(first_doubted, true, "2024-H2").value, 22.0, 0.0);
    assert_true(realised(first_doubted, true, "2024-H2").doubted);
    assert_true(realised(second_doubted, true, "2024-H2").doubted);
    assert_false(realised(second_doubted, true, "2024-H1").doubted);
}

static void what_is_realised_says_nothing_of_the_target(void **state)
{
    (void)state;
    const kt_own_reports own = {reported, hidden, second_doubted, COUNT_OF(reported)};
    const kt_own_figure target = kt_own_figure_of(own, "EECO01", true, false, KT_END_DAY);
    assert_close(target.value, 40.0, 0.0);
    assert_false(target.doubted);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_check_that_failed_in_an_older_period_leaves_the_newer_figure),
        cmocka_unit_test(a_sum_over_periods_is_in_doubt_with_any_of_them),
        cmocka_unit_test(what_is_realised_says_nothing_of_the_target),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
