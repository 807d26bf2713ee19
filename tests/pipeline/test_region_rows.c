/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook/region_rows.h"

#include "pipeline/publish_support.h"

static const kt_site_region regions[] = {
    {"maakunta", "MK01"}, {"maakunta", "MK02"}, {"maakunta", "MK04"}, {"tyollisyysalue", "TA01"}};

/* A file of a table while it is made: cells of named columns, the others empty. */
typedef struct filling {
    const kt_schema *schema;
    kt_text text;
} filling;

static filling begin(void *state, const char *table)
{
    filling to = {.schema = kt_contract_find(tree_contract(state), table)};
    assert_non_null(to.schema);
    for (size_t i = 0; i < to.schema->column_count; i++) {
        kt_text_print(&to.text, "%s%s", i == 0 ? "" : ",", to.schema->columns[i].name);
    }
    kt_text_put_char(&to.text, '\n');
    return to;
}

static const char *cell_of(const char *name, const char *const *columns, const char *const *cells)
{
    size_t at = 0;
    while (columns[at] != NULL && strcmp(columns[at], name) != 0) {
        at++;
    }
    return columns[at] == NULL ? "" : cells[at];
}

/* columns and cells end with NULL. */
static void add_row(filling *to, const char *const *columns, const char *const *cells)
{
    for (size_t i = 0; i < to->schema->column_count; i++) {
        kt_text_print(&to->text, "%s%s", i == 0 ? "" : ",",
                      cell_of(to->schema->columns[i].name, columns, cells));
    }
    kt_text_put_char(&to->text, '\n');
}

static void end(void *state, filling *to, const char *file)
{
    bench *made = state;
    kt_error err = {0};
    const char *folder = path_of(state, kt_arena_print(made->arena, "csv/%s", to->schema->table));
    assert_int_equal(kt_folder_make(folder, &err), KT_OK);
    assert_int_equal(kt_file_write(kt_path_join(made->arena, folder, file), to->text.bytes,
                                   to->text.length, &err),
                     KT_OK);
    kt_text_free(&to->text);
}

static void add_months(filling *to, const char *code, const char *month, int rows)
{
    static const char *const columns[] = {"time_period", "region_level", "region_code",
                                          "group_code", NULL};
    for (int i = 0; i < rows; i++) {
        char group[16];
        snprintf(group, sizeof group, "G%05d", i);
        add_row(to, columns, (const char *const[]){month, "maakunta", code, group, NULL});
    }
}

typedef struct reading {
    kt_region_source from;
    kt_region_book *books;
} reading;

static reading read_books(void *state)
{
    bench *made = state;
    kt_error err = {0};
    reading out = {.from = {.csv = path_of(state, "csv"),
                            .contract = tree_contract(state),
                            .regions = regions,
                            .count = COUNT_OF(regions),
                            .threads = 2}};
    const kt_status status = kt_region_books_read(&out.from, made->arena, &out.books, &err);
    assert_string_equal(err.message, "");
    assert_int_equal(status, KT_OK);
    return out;
}

static const kt_region_table *table_of(const reading *read, size_t region, const char *table)
{
    const kt_schema *schema = kt_contract_find(read->from.contract, table);
    return &read->books[region].tables[schema - read->from.contract->tables];
}

static void the_newest_whole_months_that_fit_are_taken(void **state)
{
    filling before = begin(*state, "target_groups"), of = begin(*state, "target_groups");
    add_months(&before, "MK04", "2020M12", 1); /* 25 months before 2023M01 end in 2021M01 */
    end(*state, &before, "target_groups_2020.csv");
    for (int month = 1; month <= 12; month++) {
        char name[16];
        snprintf(name, sizeof name, "2022M%02d", month);
        add_months(&of, "MK01", name, 100); /* 100 + 100 + 100 = 300 rows are three months */
        add_months(&of, "MK04", name, 2);   /* twelve months of two, and the newest of one */
    }
    add_months(&of, "MK02", "2022M12", 1);
    end(*state, &of, "target_groups_2022.csv");
    filling newest = begin(*state, "target_groups");
    add_months(&newest, "MK01", "2023M01", 100);
    add_months(&newest, "MK02", "2023M01", 400); /* more than fit, and yet the newest month */
    add_months(&newest, "MK04", "2023M01", 1);
    end(*state, &newest, "target_groups_2023.csv");

    const reading read = read_books(*state);
    assert_int_equal(table_of(&read, 0, "target_groups")->rows, 300);
    assert_string_equal(table_of(&read, 0, "target_groups")->cells.bytes, "2022M11");
    assert_int_equal(table_of(&read, 1, "target_groups")->rows, 400);
    assert_string_equal(table_of(&read, 1, "target_groups")->cells.bytes, "2023M01");
    assert_int_equal(table_of(&read, 2, "target_groups")->rows, 25);
    assert_false(kt_region_has_sheet(table_of(&read, 3, "target_groups")));
    kt_region_books_free(read.books, &read.from);
}

static void a_row_is_of_every_region_that_it_names(void **state)
{
    static const char *const columns[] = {"time_period", "scope", "region_level", "region_code",
                                          NULL};
    filling of = begin(*state, "contributions");
    add_row(&of, columns, (const char *const[]){"2023M01", "MK01", "maakunta", "MK02", NULL});
    add_row(&of, columns, (const char *const[]){"2023M01", "MK01", "maakunta", "MK01", NULL});
    add_row(&of, columns, (const char *const[]){"2023M01", "SSS", "maakunta", "TA01", NULL});
    add_row(&of, columns, (const char *const[]){"2023M01", "SSS", "tyollisyysalue", "TA01", NULL});
    end(*state, &of, "contributions_2023.csv");
    filling internal = begin(*state, "project_overlaps");
    add_row(&internal, (const char *const[]){"coordinator_area_a", NULL},
            (const char *const[]){"MK01", NULL});
    end(*state, &internal, "project_overlaps.csv");

    const reading read = read_books(*state);
    assert_int_equal(table_of(&read, 0, "contributions")->rows, 2);
    assert_int_equal(table_of(&read, 1, "contributions")->rows, 1);
    assert_int_equal(table_of(&read, 3, "contributions")->rows, 1);
    assert_int_equal(table_of(&read, 0, "project_overlaps")->rows, 0);
    kt_region_books_free(read.books, &read.from);
}

static void what_no_cell_can_hold_keeps_its_table_out(void **state)
{
    static const char *const columns[] = {"region_level", "region_code", "indicator", NULL};
    bench *made = *state;
    char *text = kt_arena_array(made->arena, char, KT_SHEET_MOST_TEXT + 2);
    memset(text, 'a', KT_SHEET_MOST_TEXT + 1);
    filling of = begin(*state, "breaks");
    add_row(&of, columns, (const char *const[]){"maakunta", "MK01", text, NULL});
    add_row(&of, columns, (const char *const[]){"maakunta", "MK02", text + 1, NULL});
    end(*state, &of, "breaks.csv");

    const reading read = read_books(*state);
    const kt_region_table *out = table_of(&read, 0, "breaks"), *in = table_of(&read, 1, "breaks");
    assert_int_equal(out->rows, 1);
    assert_string_equal(out->unfit, "text");
    assert_false(kt_region_has_sheet(out));
    assert_null(in->unfit);
    assert_true(kt_region_has_sheet(in));
    kt_region_books_free(read.books, &read.from);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(the_newest_whole_months_that_fit_are_taken),
        in_bench(a_row_is_of_every_region_that_it_names),
        in_bench(what_no_cell_can_hold_keeps_its_table_out),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
