/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

typedef struct line {
    const char *period, *market;
    double employment;
} line;

static kt_status try_lilien(size_t count, const line *rows, kt_arena *arena, kt_findings **out,
                            kt_error *err)
{
    const char **periods = kt_arena_array(arena, const char *, count);
    const char **markets = kt_arena_array(arena, const char *, count);
    double *employment = kt_arena_array(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        periods[i] = rows[i].period;
        markets[i] = rows[i].market;
        employment[i] = rows[i].employment;
    }
    const kt_group group = {
        .row_count = count, .key = {periods, markets}, .figure = {NULL, NULL, employment}};
    return kt_measure_run(kt_measure_find("lilien"), &group, NULL, arena, out, err);
}

static const kt_findings *lilien(size_t count, const line *rows, kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_lilien(count, rows, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static double value(const kt_findings *found, size_t row)
{
    return found_number("lilien", found, row, "value");
}

static double turbulence(const kt_findings *found, size_t row)
{
    return found_number("lilien", found, row, "turbulence");
}

static void two_sectors_that_exchange_a_tenth(void **state)
{
    /* E stays 200, shares .5 .5 become .55 .45 */
    const line rows[] = {{"2020Q1", "TOL-C", 100},
                         {"2020Q1", "TOL-F", 100},
                         {"2020Q2", "TOL-C", 110},
                         {"2020Q2", "TOL-F", 90}};
    const kt_findings *found = lilien(4, rows, *state);
    assert_int_equal(found->row_count, 2);
    assert_string_equal(found->key[1], "2020Q2");
    assert_close(value(found, 1), sqrt(0.55 * log(1.1) * log(1.1) + 0.45 * log(0.9) * log(0.9)),
                 1e-15);
    assert_close(turbulence(found, 1), 0.05, 1e-15);
    assert_null(found->reason[1]);
    assert_null(found->note[1]);
}

static void growth_that_all_sectors_share_is_no_shift(void **state)
{
    const line rows[] = {
        {"Y2020", "a", 100}, {"Y2020", "b", 50}, {"Y2021", "a", 120}, {"Y2021", "b", 60}};
    const kt_findings *found = lilien(4, rows, *state);
    assert_close(value(found, 1), 0.0, 1e-15);
    assert_close(turbulence(found, 1), 0.0, 1e-15);
}

static void rows_may_come_in_any_order(void **state)
{
    const line rows[] = {
        {"2020Q2", "b", 90}, {"2020Q1", "b", 100}, {"2020Q2", "a", 110}, {"2020Q1", "a", 100}};
    const kt_findings *found = lilien(4, rows, *state);
    assert_string_equal(found->key[0], "2020Q1");
    assert_close(turbulence(found, 1), 0.05, 1e-15);
}

static void the_first_period_and_one_after_a_gap_have_reasons(void **state)
{
    const line rows[] = {{"2020M11", "a", 1}, {"2020M12", "a", 2}, {"2021M02", "a", 2}};
    const kt_findings *found = lilien(3, rows, *state);
    assert_string_equal(found->reason[0], "first period");
    assert_null(found->reason[1]);
    assert_string_equal(found->note[1], "single market");
    assert_string_equal(found->reason[2], "the period before is missing");
    assert_true(isnan(value(found, 2)) && isnan(turbulence(found, 2)));
}

static void a_sector_that_closes_turns_over_but_has_no_logarithm(void **state)
{
    /* a 100 -> 110, b 100 -> 90, c 50 -> 0. sigma over a and b as above. Shares .4 .4 .2 become
     * .55 .45 0: half of .15 + .05 + .2 */
    const line rows[] = {{"2020Q1", "a", 100}, {"2020Q1", "b", 100}, {"2020Q1", "c", 50},
                         {"2020Q2", "a", 110}, {"2020Q2", "b", 90},  {"2020Q2", "c", 0}};
    const kt_findings *found = lilien(6, rows, *state);
    assert_close(value(found, 1), sqrt(0.55 * log(1.1) * log(1.1) + 0.45 * log(0.9) * log(0.9)),
                 1e-15);
    assert_close(turbulence(found, 1), 0.2, 1e-15);
    assert_string_equal(found->note[1], "sectors left out, new, closed or without a figure: 1");
}

static void a_sector_without_a_figure_or_a_row_is_left_out_of_both(void **state)
{
    const line rows[] = {{"2020Q1", "a", 100}, {"2020Q1", "b", 100}, {"2020Q1", "c", NAN},
                         {"2020Q2", "a", 110}, {"2020Q2", "b", 90},  {"2020Q2", "c", 5},
                         {"2020Q2", "d", 7}};
    const kt_findings *found = lilien(7, rows, *state);
    assert_close(turbulence(found, 1), 0.05, 1e-15);
    assert_string_equal(found->note[1], "sectors left out, new, closed or without a figure: 2");
}

static void nobody_employed_is_a_reason(void **state)
{
    const line rows[] = {{"2020Q1", "a", 0}, {"2020Q2", "a", 0}};
    assert_string_equal(lilien(2, rows, *state)->reason[1],
                        "no sector with employment in both periods");
    assert_int_equal(lilien(0, rows, *state)->row_count, 0);
}

static void a_bad_period_names_its_row(void **state)
{
    const line bad[] = {{"2020Q1", "a", 1}, {"2020Q5", "a", 1}};
    const line mixed[] = {{"2020Q1", "a", 1}, {"2020M05", "a", 1}};
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(try_lilien(2, bad, *state, &found, &err), KT_ERR_DATA);
    assert_string_equal(err.message,
                        "row 2, column time_period: \"2020Q5\" is not a period such as "
                        "2026M06, 2026Q2 or Y2026");
    assert_int_equal(try_lilien(2, mixed, *state, &found, &err), KT_ERR_DATA);
    assert_string_equal(
        err.message,
        "row 2, column time_period: \"2020M05\" is not of the frequency of \"2020Q1\"");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(two_sectors_that_exchange_a_tenth),
        ARENA_TEST(growth_that_all_sectors_share_is_no_shift),
        ARENA_TEST(rows_may_come_in_any_order),
        ARENA_TEST(the_first_period_and_one_after_a_gap_have_reasons),
        ARENA_TEST(a_sector_that_closes_turns_over_but_has_no_logarithm),
        ARENA_TEST(a_sector_without_a_figure_or_a_row_is_left_out_of_both),
        ARENA_TEST(nobody_employed_is_a_reason),
        ARENA_TEST(a_bad_period_names_its_row),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
