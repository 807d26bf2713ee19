/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "warning_rows.h"

#include <math.h>

#include "support/arena.h"

#define MONTHS 48

static kt_warning_signal signals[] = {{.name = "inflow"}};

/* Two months, of four years. */
static const kt_warning_plan plan = {
    .months = 2,
    .shown = 25,
    .rules = {.level = 0.8, .rate = 0.05, .family_weight = 10},
    .signals = signals,
    .signal_count = 1,
};

/* 1, 2, 3 ... 48, so that the last two months are 95, and 71, 47 and 23 a year before each. */
static kt_published_figure *counted(kt_arena *arena)
{
    kt_published_figure *at = kt_arena_array(arena, kt_published_figure, MONTHS);
    for (int i = 0; i < MONTHS; i++) {
        const double number = i + 1;
        at[i] = (kt_published_figure){{number, number, number}, KT_OBS_OBSERVED};
    }
    return at;
}

static kt_warning_row newest_of(const kt_published_figure *at, size_t count)
{
    const kt_figure_series series = {.first = {KT_MONTHLY, 0}, .count = count, .at = at};
    return kt_warning_row_at(&plan, &series, count - 1);
}

static void months_are_those_of_the_years_before(void **state)
{
    const kt_warning_row row = newest_of(counted(*state), MONTHS);
    assert_close(row.now, 95.0, 0.0);
    assert_close(row.before[0], 71.0, 0.0);
    assert_close(row.before[1], 47.0, 0.0);
    assert_close(row.before[2], 23.0, 0.0);
    assert_int_equal(row.obs, KT_OBS_OBSERVED);
    assert_int_equal(row.reason, KT_WARNING_WEIGHED);
}

/* What is put at which place of the four years, 0 the oldest: what the row then says. */
static void a_row_is_weighed_by_whole_years_on_one_basis(void **state)
{
    static const struct {
        int place;
        kt_obs put;
        bool absent, shown; /* the figure; the sum of the newest months */
        kt_obs obs;
        kt_warning_reason reason;
    } cases[] = {
        {47, KT_OBS_PROTECTED, true, false, KT_OBS_PROTECTED, KT_WARNING_PROTECTED},
        {46, KT_OBS_MISSING, true, false, KT_OBS_MISSING, KT_WARNING_MISSING},
        {45, KT_OBS_MISSING, true, true, KT_OBS_OBSERVED, KT_WARNING_WEIGHED},
        {35, KT_OBS_PROTECTED, true, true, KT_OBS_OBSERVED, KT_WARNING_PROTECTED},
        {11, KT_OBS_NOT_COLLECTED, true, true, KT_OBS_OBSERVED, KT_WARNING_NOT_COLLECTED},
        {10, KT_OBS_IMPOSSIBLE, true, true, KT_OBS_OBSERVED, KT_WARNING_IMPOSSIBLE},
        {9, KT_OBS_PROTECTED, true, true, KT_OBS_OBSERVED, KT_WARNING_WEIGHED},
        {47, KT_OBS_BREAK, false, false, KT_OBS_IMPOSSIBLE, KT_WARNING_BREAK},
        {46, KT_OBS_BREAK, false, true, KT_OBS_BREAK, KT_WARNING_BREAK},
        {40, KT_OBS_BREAK, false, true, KT_OBS_OBSERVED, KT_WARNING_BREAK},
        {11, KT_OBS_BREAK, false, true, KT_OBS_OBSERVED, KT_WARNING_BREAK},
        {10, KT_OBS_BREAK, false, true, KT_OBS_OBSERVED, KT_WARNING_WEIGHED},
        {47, KT_OBS_ESTIMATED, false, true, KT_OBS_ESTIMATED, KT_WARNING_WEIGHED},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_published_figure *at = counted(*state);
        at[cases[i].place].obs = cases[i].put;
        if (cases[i].absent) {
            at[cases[i].place].is = (kt_interval){NAN, NAN, NAN};
        }
        const kt_warning_row row = newest_of(at, MONTHS);
        assert_int_equal(row.reason, cases[i].reason);
        assert_int_equal(row.obs, cases[i].obs);
        assert_int_equal(!isnan(row.now), cases[i].shown);
    }
}

static void before_the_table_began_nothing_was_collected(void **state)
{
    const kt_warning_row row = newest_of(counted(*state) + 11, MONTHS - 11);
    assert_int_equal(row.reason, KT_WARNING_NOT_COLLECTED);
    assert_close(row.now, 95.0, 0.0);
}

static void what_is_below_zero_is_no_count(void **state)
{
    kt_published_figure *at = counted(*state);
    at[MONTHS - 1].is = (kt_interval){-100, -100, -100};
    const kt_warning_row row = newest_of(at, MONTHS);
    assert_int_equal(row.reason, KT_WARNING_IMPOSSIBLE);
    assert_true(isnan(row.now));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(months_are_those_of_the_years_before),
        ARENA_TEST(a_row_is_weighed_by_whole_years_on_one_basis),
        ARENA_TEST(before_the_table_began_nothing_was_collected),
        ARENA_TEST(what_is_below_zero_is_no_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
