/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/support.h"

#include "measure_params.h"
#include "measure_rows.h"

static const kt_measure *measure_called(const char *id)
{
    const kt_measure *measure = kt_measure_find(id);
    assert_non_null(measure);
    return measure;
}

/* What is read from words; by may be NULL. Released with the rows. */
static kt_status read_rows(void *state, const char *id, const char *words, const char *const *by,
                           kt_measure_rows **out, kt_error *err)
{
    const bench *made = state;
    size_t by_count = 0;
    while (by != NULL && by[by_count] != NULL) {
        by_count++;
    }
    KT_AUTO(file) FILE *file = fopen(write_words(state, "in.csv", words), "rb");
    assert_non_null(file);
    const kt_measure_input input = {.file = file, .name = "in.csv", .by = by, .by_count = by_count};
    return kt_measure_rows_read(&input, measure_called(id), made->arena, out, err);
}

static void columns_are_found_by_name_in_any_order(void **state)
{
    const bench *made = *state;
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    assert_int_equal(read_rows(*state, "mismatch",
                               "vacancies,other,market,unemployed\n5,x,a,10\n7,y,b,20\n", NULL,
                               &rows, &err),
                     KT_OK);
    assert_int_equal(kt_measure_rows_groups(rows), 1);
    const kt_group *group = kt_measure_rows_group(rows, 0, NULL, made->arena);
    assert_int_equal(group->row_count, 2);
    assert_string_equal(group->key[0][1], "b");
    assert_close(group->figure[1][0], 10.0, 0.0);
    assert_close(group->figure[2][1], 7.0, 0.0);
    assert_null(group->low[1]);
    assert_int_equal(group->row_number[1], 3);
}

static void months_are_the_groups_where_nothing_else_is_said(void **state)
{
    const bench *made = *state;
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    static const char words[] = "time_period,market,unemployed,vacancies\n"
                                "2023M10,a,1,2\n2023M09,a,3,4\n2023M10,b,5,6\n";
    assert_int_equal(read_rows(*state, "mismatch", words, NULL, &rows, &err), KT_OK);
    assert_int_equal(kt_measure_rows_groups(rows), 2);
    assert_string_equal(kt_measure_rows_value(rows, 0, 0, made->arena), "2023M10");
    assert_string_equal(kt_measure_rows_value(rows, 1, 0, made->arena), "2023M09");
    assert_int_equal(kt_measure_rows_group(rows, 0, NULL, made->arena)->row_count, 2);
    assert_int_equal(kt_measure_rows_group(rows, 1, NULL, made->arena)->row_count, 1);
}

static void a_measure_over_time_keeps_its_months_together(void **state)
{
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    static const char words[] = "time_period,market,employment\n2023M10,a,1\n2023M11,a,2\n";
    assert_int_equal(read_rows(*state, "lilien", words, NULL, &rows, &err), KT_OK);
    assert_int_equal(kt_measure_rows_groups(rows), 1);
}

static void groups_can_be_made_of_several_columns(void **state)
{
    const bench *made = *state;
    static const char *const by[] = {"scope", "time_period", NULL};
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    static const char words[] = "time_period,scope,market,unemployed,vacancies\n"
                                "2023M10,MK01,a,1,2\n2023M10,,a,3,4\n";
    assert_int_equal(read_rows(*state, "mismatch", words, by, &rows, &err), KT_OK);
    assert_int_equal(kt_measure_rows_groups(rows), 2);
    assert_string_equal(kt_measure_rows_value(rows, 0, 0, made->arena), "MK01");
    assert_string_equal(kt_measure_rows_value(rows, 1, 0, made->arena), "");
    assert_string_equal(kt_measure_rows_value(rows, 1, 1, made->arena), "2023M10");
}

static void parts_of_one_cell_are_added_and_a_missing_part_leaves_no_sum(void **state)
{
    const bench *made = *state;
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    static const char words[] = "market,unemployed,vacancies,vacancies_low,vacancies_high\n"
                                "a,1,2,,\na,10,,1,4\nb,3,,,\nb,4,5,,\n";
    assert_int_equal(read_rows(*state, "mismatch", words, NULL, &rows, &err), KT_OK);
    const kt_group *group = kt_measure_rows_group(rows, 0, NULL, made->arena);
    assert_int_equal(group->row_count, 2);
    assert_int_equal(kt_measure_rows_merged(rows), 2);
    assert_close(group->figure[1][0], 11.0, 0.0);
    assert_close(group->figure[2][0], 4.5, 0.0); /* 2 and the middle of 1 and 4 */
    assert_close(group->low[2][0], 3.0, 0.0);
    assert_close(group->high[2][0], 6.0, 0.0);
    assert_close(group->figure[1][1], 7.0, 0.0);
    assert_true(isnan(group->figure[2][1]));
}

/* January has b, a, c, and then all over again; February another order. */
static void parts_of_one_cell_are_added_wherever_they_stand(void **state)
{
    const bench *made = *state;
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    static const char words[] = "time_period,market,unemployed,vacancies\n"
                                "M01,b,1,1\nM01,a,2,2\nM01,c,3,3\nM01,a,10,20\nM02,c,4,4\n"
                                "M01,b,30,40\nM02,a,5,5\nM02,c,50,60\nM01,c,70,80\nM02,b,6,6\n";
    static const char *const markets[2][3] = {{"b", "a", "c"}, {"c", "a", "b"}};
    static const double unemployed[2][3] = {{31, 12, 73}, {54, 5, 6}};
    assert_int_equal(read_rows(*state, "mismatch", words, NULL, &rows, &err), KT_OK);
    assert_int_equal(kt_measure_rows_merged(rows), 4);
    for (size_t i = 0; i < 2; i++) {
        const kt_group *group = kt_measure_rows_group(rows, i, NULL, made->arena);
        assert_int_equal(group->row_count, 3);
        for (size_t cell = 0; cell < 3; cell++) {
            assert_string_equal(group->key[0][cell], markets[i][cell]);
            assert_close(group->figure[1][cell], unemployed[i][cell], 0.0);
        }
    }
}

static const struct {
    const char *words, *told;
} wrong[] = {
    {"market,unemployed\na,1\n", "in.csv: no column \"vacancies\", which mismatch needs"},
    {"market;unemployed;vacancies\na;1;2\n", "in.csv: columns are separated by ';', expected ','"},
    {"market,unemployed,vacancies,market\na,1,2,a\n", "in.csv: row 1, column 4: a second market"},
    {"market,unemployed,vacancies\na,1,2\nb,x,3\n", "in.csv: row 3, column 2 (unemployed): \"x\""},
    {"market,unemployed,vacancies\na,1,2\nb,1e999,3\n", "row 3, column 2 (unemployed)"},
    {"market,unemployed,vacancies\na,1,-2\n", "in.csv: row 2, column vacancies: -2 is below zero"},
    {"market,unemployed,vacancies\n,1,2\n", "in.csv: row 2, column 1 (market): empty"},
    {"market,unemployed,vacancies\na,1\n", "in.csv: row 2"},
    {"market,unemployed,vacancies\na,\"1,2\n", "in.csv: row 2"},
    {"market,unemployed,vacancies\na\xff,1,2\n", "in.csv: row 2"},
    {"market,unemployed,unemployed_low,unemployed_high,vacancies\na,9,1,4,1\n", "row 2"},
    {"", "in.csv"},
};

static void wrong_data_is_told_with_row_and_column(void **state)
{
    for (size_t i = 0; i < COUNT_OF(wrong); i++) {
        KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
        kt_error err = {0};
        const kt_status status = read_rows(*state, "mismatch", wrong[i].words, NULL, &rows, &err);
        assert_true(status == KT_ERR_DATA || status == KT_ERR_FORMAT);
        assert_says(&err, wrong[i].told);
    }
}

static void a_group_column_that_is_not_there_is_told(void **state)
{
    static const char *const by[] = {"region", NULL};
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    assert_int_equal(
        read_rows(*state, "mismatch", "market,unemployed,vacancies\n", by, &rows, &err),
        KT_ERR_DATA);
    assert_says(&err, "in.csv: no column \"region\", which --by names");
}

static void many_cells_come_back_in_their_order(void **state)
{
    const bench *made = *state;
    KT_AUTO(text) kt_text words = {0};
    kt_text_put(&words, "time_period,market,unemployed,vacancies\n");
    for (int i = 0; i < 60000; i++) { /* more than a piece of the store, and its slots grow */
        kt_text_print(&words, "2023M%02d,K%d,%d,1\n", i % 3 + 1, i / 3, i);
    }
    KT_AUTO(measure_rows) kt_measure_rows *rows = NULL;
    kt_error err = {0};
    assert_int_equal(read_rows(*state, "mismatch", words.bytes, NULL, &rows, &err), KT_OK);
    assert_int_equal(kt_measure_rows_groups(rows), 3);
    for (size_t group = 0; group < 3; group++) {
        const kt_group *cells = kt_measure_rows_group(rows, group, NULL, made->arena);
        assert_int_equal(cells->row_count, 20000);
        for (size_t i = 0; i < cells->row_count; i++) {
            assert_true(cells->figure[1][i] == (double)(3 * i + group));
        }
    }
}

static kt_status read_grid(void *state, const char *const *words, size_t count, kt_param_grid *out,
                           kt_error *err)
{
    const bench *made = state;
    return kt_param_grid_read(measure_called("mismatch"), words, count, made->arena, out, err);
}

static void several_values_make_several_combinations(void **state)
{
    static const char *const words[] = {"alpha=0.3,0.5", "alpha=0.7"};
    kt_param_grid grid;
    kt_error err = {0};
    assert_int_equal(read_grid(*state, words, 2, &grid, &err), KT_OK);
    assert_int_equal(grid.combinations, 3);
    static const double want[] = {0.3, 0.5, 0.7};
    for (size_t i = 0; i < 3; i++) {
        kt_param_value values[KT_MEASURE_PARAMS];
        kt_param_grid_at(&grid, i, values);
        assert_close(values[0].number, want[i], 0.0);
    }
}

static void wrong_parameters_are_a_matter_of_usage(void **state)
{
    static const struct {
        const char *word, *told;
    } words[] = {
        {"alhpa=0.5", "mismatch has no parameter \"alhpa\"; it has alpha"},
        {"alpha", "expected NAME=VALUE, found \"alpha\""},
        {"=1", "expected NAME=VALUE"},
        {"alpha=", "alpha"},
        {"alpha=0", "alpha"},
        {"alpha=1", "alpha"},
        {"alpha=0.5,", "alpha"},
        {"alpha=0,5", "alpha"},
    };
    for (size_t i = 0; i < COUNT_OF(words); i++) {
        kt_param_grid grid;
        kt_error err = {0};
        assert_int_equal(read_grid(*state, &words[i].word, 1, &grid, &err), KT_ERR_USAGE);
        assert_says(&err, words[i].told);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(columns_are_found_by_name_in_any_order),
        in_bench(months_are_the_groups_where_nothing_else_is_said),
        in_bench(a_measure_over_time_keeps_its_months_together),
        in_bench(groups_can_be_made_of_several_columns),
        in_bench(parts_of_one_cell_are_added_and_a_missing_part_leaves_no_sum),
        in_bench(parts_of_one_cell_are_added_wherever_they_stand),
        in_bench(wrong_data_is_told_with_row_and_column),
        in_bench(a_group_column_that_is_not_there_is_told),
        in_bench(many_cells_come_back_in_their_order),
        in_bench(several_values_make_several_combinations),
        in_bench(wrong_parameters_are_a_matter_of_usage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
