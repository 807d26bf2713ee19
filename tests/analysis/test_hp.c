/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/shared.h"
#include "analysis/support.h"

/*
 * Solved without rounding: (I + lambda D'D) t = y by elimination over fractions (Python 3,
 * fractions.Fraction). R's solve(diag(8) + 1600 * crossprod(diff(diag(8), differences = 2)), y)
 * differs by 2e-12.
 */
static const double digits[] = {3, 1, 4, 1, 5, 9, 2, 6};

static const double at_1600[] = {1.9998104774503704, 2.5351197776078953, 3.071054196217014,
                                 3.6072794018683147, 4.14404165427975,   4.679957663543107,
                                 5.214179113716243,  5.748557715317307};

#define DIGITS 8
#define MOST   240

static const char *const *months(size_t count, const char *frequency, kt_arena *arena)
{
    const char **names = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        const size_t in_year = strcmp(frequency, "M") == 0 ? 12 : 4;
        names[i] = kt_arena_print(arena, in_year == 12 ? "%zu%s%02zu" : "%zu%s%zu",
                                  2006 + i / in_year, frequency, i % in_year + 1);
    }
    return names;
}

static const kt_findings *filter(size_t count, const char *const *periods, const double *value,
                                 const char *lambda, kt_arena *arena)
{
    const kt_measure *measure = kt_measure_find("hp");
    const kt_group group = {.row_count = count, .key = {periods}, .figure = {NULL, value}};
    kt_param_value params[KT_MEASURE_PARAMS];
    kt_findings *found = NULL;
    kt_error err = {0};
    assert_int_equal(kt_param_read(&measure->params[0], lambda, &params[0], &err), KT_OK);
    if (kt_measure_run(measure, &group, params, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

static void check_trend(const kt_findings *found, const double *want, size_t first)
{
    for (size_t i = 0; i < DIGITS; i++) {
        assert_close(found->number[2 * (first + i)], want[i], 1e-12);
        assert_close(found->number[2 * (first + i) + 1], digits[i] - want[i], 1e-12);
        assert_null(found->reason[first + i]);
    }
}

static void eight_figures_equal_the_dense_solution(void **state)
{
    static const double at_10[] = {2.0207467317115797, 2.460685552695737, 2.998549700508736,
                                   3.5861959467098456, 4.27562609280746,  4.86022234563899,
                                   5.205804302761099,  5.592169327166553};
    const char *const *quarters = months(DIGITS, "Q", *state);
    check_trend(filter(DIGITS, quarters, digits, "1600", *state), at_1600, 0);
    check_trend(filter(DIGITS, quarters, digits, NULL, *state), at_1600, 0);
    check_trend(filter(DIGITS, months(DIGITS, "M", *state), digits, "10", *state), at_10, 0);
}

/* Lambda 0 leaves every figure; a straight line is its own trend at any lambda. */
static void the_ends_of_smoothness(void **state)
{
    const char *const *quarters = months(DIGITS, "Q", *state);
    const kt_findings *found = filter(DIGITS, quarters, digits, "0", *state);
    check_trend(found, digits, 0);
    double line[DIGITS];
    for (size_t i = 0; i < DIGITS; i++) {
        line[i] = 100.0 - 7.0 * (double)i;
    }
    found = filter(DIGITS, quarters, line, "1e9", *state);
    for (size_t i = 0; i < DIGITS; i++) {
        assert_close(found->number[2 * i], line[i], 1e-12);
    }
}

static void rows_come_in_time_and_empty_ends_are_left_out(void **state)
{
    static const double value[] = {NAN, 6, 2, 9, 5, 1, 4, 1, 3, NAN};
    const char *const *forwards = months(DIGITS + 2, "Q", *state);
    const char *backwards[DIGITS + 2];
    for (size_t i = 0; i < DIGITS + 2; i++) {
        backwards[i] = forwards[DIGITS + 1 - i];
    }
    const kt_findings *found = filter(DIGITS + 2, backwards, value, "1600", *state);
    check_trend(found, at_1600, 1);
    assert_string_equal(found->key[0], "2006Q1");
    assert_string_equal(found->reason[0], "no figure");
    assert_string_equal(found->reason[DIGITS + 1], "no figure");
    assert_true(isnan(found->number[0]));
}

static void a_series_with_a_hole_has_no_trend(void **state)
{
    static const double value[] = {3, 1, NAN, 1, 5, 9, 2, 6};
    const char *const *quarters = months(DIGITS, "Q", *state);
    const kt_findings *found = filter(DIGITS, quarters, value, "1600", *state);
    assert_string_equal(found->reason[0], "no figure in 2006Q3, amid the series");
    assert_string_equal(found->reason[7], "no figure in 2006Q3, amid the series");
    const char *gap[] = {"2006M01", "2006M02", "2006M04", "2006M05"};
    found = filter(4, gap, digits, "1600", *state);
    assert_string_equal(found->reason[3], "a gap before 2006M04");
    assert_true(isnan(found->number[0]));
    found = filter(2, gap, digits, "1600", *state);
    assert_string_equal(found->reason[1], "fewer than three figures");
}

/* Log of unemployed, 2006 to 2023, solved with 60 digits. */
static void the_logarithm_of_the_unemployed_equals_the_exact_trend(void **state)
{
    const kt_csv_table *want = shared_csv("methods/hp_exact.csv", *state);
    double value[MOST];
    assert_true(want->row_count == 214);
    for (size_t row = 0; row < want->row_count; row++) {
        value[row] = log(csv_number(want, row, "u"));
    }
    const kt_findings *found =
        filter(want->row_count, months(want->row_count, "M", *state), value, NULL, *state);
    for (size_t row = 0; row < want->row_count; row++) {
        assert_close(found->number[2 * row], csv_number(want, row, "hp14400_trend_log_u"), 1e-10);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(eight_figures_equal_the_dense_solution),
        ARENA_TEST(the_ends_of_smoothness),
        ARENA_TEST(rows_come_in_time_and_empty_ends_are_left_out),
        ARENA_TEST(a_series_with_a_hole_has_no_trend),
        ARENA_TEST(the_logarithm_of_the_unemployed_equals_the_exact_trend),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
