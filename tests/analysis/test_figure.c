/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/support.h"

static const kt_input count = {.name = "unemployed", .kind = KT_INPUT_COUNT, .ranged = true};
static const kt_input number = {.name = "value", .kind = KT_INPUT_NUMBER};

static void assert_same(double got, double want)
{
    if (isnan(want)) {
        assert_true(isnan(got));
    } else {
        assert_close(got, want, 0.0);
    }
}

static void figures_are_completed(void **state)
{
    (void)state;
    const struct {
        const kt_input *input;
        kt_figure given, settled;
    } cases[] = {
        {&count, {7, NAN, NAN}, {7, 7, 7}},         /* exact */
        {&count, {0, NAN, NAN}, {0, 0, 0}},         /* an observed zero */
        {&count, {NAN, NAN, NAN}, {NAN, NAN, NAN}}, /* missing is never zero */
        {&count, {NAN, 1, 4}, {2.5, 1, 4}},         /* protected: the middle of its ends */
        {&count, {2, 1, 4}, {2, 1, 4}},
        {&number, {-3, NAN, NAN}, {-3, -3, -3}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_figure figure = cases[i].given;
        assert_int_equal(kt_figure_settle(cases[i].input, 2, &figure, NULL), KT_OK);
        assert_same(figure.value, cases[i].settled.value);
        assert_same(figure.low, cases[i].settled.low);
        assert_same(figure.high, cases[i].settled.high);
    }
}

static void figures_that_cannot_be_true_name_row_and_column(void **state)
{
    (void)state;
    const struct {
        const kt_input *input;
        kt_figure given;
        const char *message;
    } cases[] = {
        {&count, {-1, NAN, NAN}, "row 9, column unemployed: -1 is below zero"},
        {&count, {1, -1, 2}, "row 9, column unemployed_low: -1 is below zero"},
        {&count, {INFINITY, NAN, NAN}, "row 9, column unemployed: inf is not a finite number"},
        {&count,
         {1e16, NAN, NAN},
         "row 9, column unemployed: 10000000000000000 is larger than any "
         "count"},
        {&count, {2, 1, NAN}, "row 9, column unemployed_high: empty, but its other end is 1"},
        {&count, {2, NAN, 4}, "row 9, column unemployed_low: empty, but its other end is 4"},
        {&count, {2, 4, 1}, "row 9, column unemployed_low: 4 is above unemployed_high, 1"},
        {&count, {5, 1, 4}, "row 9, column unemployed: 5 is not between 1 and 4"},
        {&number, {-INFINITY, NAN, NAN}, "row 9, column value: -inf is not a finite number"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_figure figure = cases[i].given;
        kt_error err = {0};
        assert_int_equal(kt_figure_settle(cases[i].input, 9, &figure, &err), KT_ERR_DATA);
        assert_string_equal(err.message, cases[i].message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_are_completed),
        cmocka_unit_test(figures_that_cannot_be_true_name_row_and_column),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
