/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "two_sources_rows.h"

#include <math.h>

#include "support/check.h"

static const kt_source_pair mean = {.months = KT_MONTHS_MEAN};

static kt_period period_of(const char *text)
{
    kt_period period;
    assert_true(kt_period_read(text, &period));
    return period;
}

static void assert_month(kt_period period, const char *name)
{
    char text[KT_PERIOD_SIZE];
    assert_string_equal(kt_period_write(period, text), name);
}

static void a_quarter_has_its_three_months(void **state)
{
    (void)state;
    const kt_month_list list = kt_pair_months(&mean, KT_MONTHLY, period_of("2023Q3"));
    assert_int_equal(list.count, 3);
    assert_month(list.at[0], "2023M07");
    assert_month(list.at[2], "2023M09");
}

static void a_year_has_twelve_and_a_month_itself(void **state)
{
    (void)state;
    const kt_month_list year = kt_pair_months(&mean, KT_MONTHLY, period_of("Y2023"));
    assert_int_equal(year.count, 12);
    assert_month(year.at[11], "2023M12");
    const kt_month_list month = kt_pair_months(&mean, KT_MONTHLY, period_of("2023M05"));
    assert_int_equal(month.count, 1);
    assert_month(month.at[0], "2023M05");
}

/* 15 February of a common year lies 15 days after 31 January and 13 before the 28th. */
static void the_month_end_nearest_to_the_reference_day_stands_for_the_quarter(void **state)
{
    static const struct {
        int month, day;
        const char *quarter, *nearest;
    } cases[] = {{3, 1, "2023Q1", "2023M02"},  {2, 15, "2023Q1", "2023M02"},
                 {2, 14, "2023Q1", "2023M01"}, {2, 15, "2024Q1", "2024M02"},
                 {2, 1, "2023Q3", "2023M07"},  {1, 1, "2023Q1", "2022M12"},
                 {1, 20, "2023Q2", "2023M04"}, {3, 28, "2023Q4", "2023M12"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_source_pair pair = {.months = KT_MONTHS_NEAREST,
                                     .reference_month = cases[i].month,
                                     .reference_day = cases[i].day};
        const kt_month_list list = kt_pair_months(&pair, KT_MONTHLY, period_of(cases[i].quarter));
        assert_int_equal(list.count, 1);
        assert_month(list.at[0], cases[i].nearest);
    }
}

static kt_published_figure figure(double value, kt_obs obs)
{
    return (kt_published_figure){{value, value, value}, obs};
}

static void a_mean_needs_all_its_months(void **state)
{
    static const struct {
        kt_obs third;
        double value;
        char letter;
    } cases[] = {{KT_OBS_OBSERVED, 20, 'P'},      {KT_OBS_PROVISIONAL, 20, 'P'},
                 {KT_OBS_ESTIMATED, 20, 'E'},     {KT_OBS_BREAK, 20, 'B'},
                 {KT_OBS_PROTECTED, NAN, 'Q'},    {KT_OBS_MISSING, NAN, 'O'},
                 {KT_OBS_NOT_COLLECTED, NAN, 'L'}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const double third = isnan(cases[i].value) ? NAN : 31.0;
        const kt_published_figure months[] = {figure(10, KT_OBS_OBSERVED),
                                              figure(20, KT_OBS_PROVISIONAL),
                                              figure(third, cases[i].third)};
        const kt_published_figure found = kt_pair_mean(months, 3);
        assert_int_equal(kt_obs_letter(found.obs), cases[i].letter);
        assert_true(isnan(cases[i].value) ? isnan(found.is.value)
                                          : found.is.value == cases[i].value);
    }
}

static void what_nobody_asked_of_has_no_ratio(void **state)
{
    (void)state;
    const kt_published_figure four = figure(4, KT_OBS_OBSERVED);
    const kt_published_figure none = figure(0, KT_OBS_OBSERVED);
    const kt_published_figure late = figure(8, KT_OBS_PROVISIONAL);
    const kt_published_figure hidden = figure(NAN, KT_OBS_PROTECTED);
    assert_true(kt_pair_ratio(four, late).is.value == 0.5);
    assert_int_equal(kt_pair_ratio(four, late).obs, KT_OBS_PROVISIONAL);
    assert_int_equal(kt_pair_ratio(four, none).obs, KT_OBS_IMPOSSIBLE);
    assert_true(isnan(kt_pair_ratio(four, none).is.value));
    assert_int_equal(kt_pair_ratio(hidden, late).obs, KT_OBS_PROTECTED);
    assert_true(kt_pair_ratio(none, late).is.value == 0.0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_quarter_has_its_three_months),
        cmocka_unit_test(a_year_has_twelve_and_a_month_itself),
        cmocka_unit_test(the_month_end_nearest_to_the_reference_day_stands_for_the_quarter),
        cmocka_unit_test(a_mean_needs_all_its_months),
        cmocka_unit_test(what_nobody_asked_of_has_no_ratio),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
