/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "workbook/writer.h"

#include "pipeline/publish_support.h"

static void assert_escaped(const char *text, const char *wanted)
{
    kt_text out = {0};
    kt_workbook_escape(text, &out);
    assert_string_equal(out.bytes == NULL ? "" : out.bytes, wanted);
    kt_text_free(&out);
}

/* ECMA-376 part 1, 22.9.2.19: _xHHHH_ is a letter; what only looks like it begins with _x005F_. */
static void a_text_is_read_back_as_it_was(void **state)
{
    (void)state;
    assert_escaped("=1+1 <b>", "=1+1 <b>");
    assert_escaped("a_x000D_b", "a_x005F_x000D_b");
    assert_escaped("_x005F_x000d_", "_x005F_x005F_x005F_x000d_");
    assert_escaped("_x00_ _x0G00_ _x0000", "_x00_ _x0G00_ _x0000");
    assert_escaped("a\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbd", "a_xFFFE__xFFFF_\xef\xbf\xbd");
}

/* (datetime.date(2026, 6, 1) - datetime.date(1899, 12, 30)).days == 46174; 1 March 1900 is 61. */
static void days_are_counted_as_workbooks_do(void **state)
{
    double day = 0.0;
    (void)state;
    assert_true(kt_workbook_day("2026-06-01", &day));
    assert_true(day == 46174.0);
    assert_true(kt_workbook_day("1970-01-01", &day));
    assert_true(day == 25569.0);
    assert_true(kt_workbook_day("1900-03-01", &day));
    assert_true(day == 61.0);
    assert_false(kt_workbook_day("1900-02-28", &day));
    assert_false(kt_workbook_day("2026-02-30", &day));
    assert_false(kt_workbook_day("2026M06", &day));
    assert_false(kt_workbook_day("", &day));
}

static kt_workbook_format format_of(const kt_contract *contract, const char *table,
                                    const char *column)
{
    const kt_schema *schema = kt_contract_find(contract, table);
    assert_non_null(schema);
    const size_t at = kt_schema_column(schema, column);
    assert_true(at != KT_NO_COLUMN);
    return kt_workbook_format_of(&schema->columns[at]);
}

static void columns_look_as_their_types_say(void **state)
{
    const kt_contract *contract = tree_contract(*state);
    assert_int_equal(format_of(contract, "observations", "unemployed"), KT_WORKBOOK_COUNT);
    assert_int_equal(format_of(contract, "observations", "period_start"), KT_WORKBOOK_DAY);
    assert_int_equal(format_of(contract, "observations", "region_code"), KT_WORKBOOK_PLAIN);
    assert_int_equal(format_of(contract, "observations", "tightness"), KT_WORKBOOK_PLAIN);
    assert_int_equal(format_of(contract, "sectors", "employed_year"), KT_WORKBOOK_WHOLE);
    assert_int_equal(format_of(contract, "mismatch", "unemployed_coverage"), KT_WORKBOOK_SHARE);
    assert_int_equal(format_of(contract, "mismatch", "alpha"), KT_WORKBOOK_PLAIN);
    assert_int_equal(format_of(contract, "coverage", "funding_eur"), KT_WORKBOOK_MONEY);
}

/* Sheets are called after their tables: a name of more letters would be no name of a sheet. */
static void every_table_can_be_a_sheet(void **state)
{
    const kt_contract *contract = tree_contract(*state);
    for (size_t i = 0; i < contract->table_count; i++) {
        const char *table = contract->tables[i].table;
        assert_true(strlen(table) <= KT_SHEET_NAME_LIMIT);
        assert_null(strpbrk(table, "[]:*?/\\"));
        assert_string_not_equal(table, KT_WORKBOOK_COVER);
        assert_string_not_equal(table, KT_WORKBOOK_COLUMNS);
        assert_string_not_equal(table, "history");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_text_is_read_back_as_it_was),
        in_bench(days_are_counted_as_workbooks_do),
        in_bench(columns_look_as_their_types_say),
        in_bench(every_table_can_be_a_sheet),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
