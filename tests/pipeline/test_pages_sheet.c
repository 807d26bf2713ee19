/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/sheet.h"

#include "pipeline/publish_support.h"

/* Rows of dim_region by hand: code, level, and what else its columns hold. */
static kt_sheet sheet_of(void *state, const char *const (*cells)[2], size_t count)
{
    kt_arena *arena = ((bench *)state)->arena;
    const kt_schema *schema = kt_contract_find(tree_contract(state), "dim_region");
    const char *const **rows = kt_arena_array(arena, const char *const *, count + 1);
    for (size_t i = 0; i < count; i++) {
        const char **row = kt_arena_array(arena, const char *, schema->column_count);
        for (size_t column = 0; column < schema->column_count; column++) {
            row[column] = "";
        }
        row[kt_schema_column(schema, "code")] = cells[i][0];
        row[kt_schema_column(schema, "level")] = cells[i][1];
        rows[i] = row;
    }
    return (kt_sheet){schema, count, rows};
}

static void rows_are_parted_by_a_cell(void **state)
{
    static const char *const cells[][2] = {{"KU005", "kunta"},
                                           {"MK01", "maakunta"},
                                           {"KU009", "kunta"},
                                           {"", ""},
                                           {"MK02", "maakunta"}};
    static const struct {
        const char *cell;
        const char *codes[3];
    } cases[] = {
        {"kunta", {"KU005", "KU009", NULL}},
        {"maakunta", {"MK01", "MK02", NULL}},
        {"", {"", NULL}},
        {"ely", {NULL}},
    };
    const kt_sheet sheet = sheet_of(*state, cells, COUNT_OF(cells));
    const kt_sheet_parts parts = kt_sheet_split(&sheet, "level", ((bench *)*state)->arena);
    assert_int_equal(kt_codes_count(parts.cells), 3);
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_sheet part = kt_sheet_part(&parts, &sheet, cases[i].cell);
        assert_ptr_equal(part.schema, sheet.schema);
        size_t count = 0;
        for (; cases[i].codes[count] != NULL; count++) {
            assert_true(count < part.row_count);
            assert_string_equal(kt_sheet_cell(&part, count, "code"), cases[i].codes[count]);
        }
        assert_int_equal(part.row_count, count);
    }
}

static void a_sheet_without_rows_has_no_parts(void **state)
{
    const kt_sheet sheet = sheet_of(*state, NULL, 0);
    const kt_sheet_parts parts = kt_sheet_split(&sheet, "level", ((bench *)*state)->arena);
    assert_int_equal(kt_sheet_part(&parts, &sheet, "kunta").row_count, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(rows_are_parted_by_a_cell),
        in_bench(a_sheet_without_rows_has_no_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
