/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/margin.h"

#include "core/support.h"

static void a_cross_table_has_a_margin_for_each_row_and_column(void **state)
{
    const bench *made = *state;
    const double value[] = {9, 4, 5, 7, 3, 4};
    const kt_margin_table *table = kt_margins_cross(2, 3, value, value, made->arena);
    assert_int_equal(table->cell_count, 6);
    assert_int_equal(table->margin_count, 5);
    assert_int_equal(table->margins[1].kind, KT_PARTS_MAKE_TOTAL);
    assert_int_equal(table->margins[1].total, 3);
    assert_int_equal(table->margins[1].part_count, 2);
    assert_int_equal(table->margins[1].parts[1], 5);
    assert_int_equal(table->margins[4].kind, KT_PARTS_WITHIN_TOTAL);
    assert_int_equal(table->margins[4].total, 2);
    assert_int_equal(table->margins[4].part_count, 1);
    assert_int_equal(table->margins[4].parts[0], 5);
    assert_int_equal(kt_margins_check(table, NULL), KT_OK);
}

static void the_index_names_the_margins_of_a_cell(void **state)
{
    const bench *made = *state;
    const double value[] = {9, 4, 5, 7, 3, 4};
    const kt_margin_table *table = kt_margins_cross(2, 3, value, value, made->arena);
    const kt_margin_index index = kt_margins_index(table, made->arena);
    assert_int_equal(index.start[6], 12);
    assert_int_equal(index.start[6] - index.start[5], 2);
    assert_int_equal(index.margins[index.start[5]], 1);
    assert_int_equal(index.margins[index.start[5] + 1], 4);
    assert_int_equal(index.margins[index.start[0]], 0);
    assert_int_equal(index.margins[index.start[0] + 1], 2);
}

static void what_is_no_interval_of_whole_counts_is_refused(void **state)
{
    const bench *made = *state;
    const struct {
        double low, high;
    } cases[] = {{NAN, 1}, {-1, 1}, {2, 1}, {1.5, 2}, {1, 2.5}, {INFINITY, INFINITY}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const double low[] = {9, cases[i].low, 5, 7, 3, 4}, high[] = {9, cases[i].high, 5, 7, 3, 4};
        kt_error error = {0};
        assert_int_equal(kt_margins_check(kt_margins_cross(2, 3, low, high, made->arena), &error),
                         KT_ERR_DATA);
        assert_says(&error, "cell 2");
    }
}

static void a_margin_over_cells_that_are_not_there_is_a_bug(void **state)
{
    (void)state;
    const double value[] = {3, 3};
    const kt_margin margin = {.total = 0, .part_count = 1, .parts = (const size_t[]){2}};
    const kt_margin_table table = {2, value, value, 1, &margin};
    kt_error error = {0};
    assert_int_equal(kt_margins_check(&table, &error), KT_ERR_BUG);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_cross_table_has_a_margin_for_each_row_and_column),
        in_bench(the_index_names_the_margins_of_a_cell),
        in_bench(what_is_no_interval_of_whole_counts_is_refused),
        cmocka_unit_test(a_margin_over_cells_that_are_not_there_is_a_bug),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
