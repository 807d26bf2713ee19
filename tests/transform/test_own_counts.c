/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/own_counts.h"

#include "core/support.h"

#define HEADER "region_code,period,name,value,unit,source\n"
#define ROW    "MK19,2026M06,Yrityskäynnit,42,kpl,Lapin omat\n"

static struct {
    kt_arena *arena;
    const kt_classification *regions;
} of;

static int open_regions(void **state)
{
    (void)state;
    of.arena = kt_arena_open("own counts", 0);
    kt_problems *problems = kt_problems_new(of.arena);
    const kt_classifications *all =
        kt_classifications_load(KT_ROOT "/config/classifications", of.arena, problems);
    of.regions = all == NULL ? NULL : &all->regions;
    return all == NULL;
}

static int close_regions(void **state)
{
    (void)state;
    kt_arena_free(of.arena);
    return 0;
}

static const kt_own_file *add(kt_own_counts *all, const char *name, const char *words)
{
    const kt_project_file file = {.bytes = words, .length = strlen(words), .name = name};
    kt_own_counts_add(all, &file, of.regions, of.arena);
    return &all->files[all->count - 1];
}

static const kt_own_file *read_one(const char *words)
{
    kt_own_counts *all = kt_arena_new(of.arena, kt_own_counts);
    return add(all, "own.csv", words);
}

/* Blanks around cells are none of theirs; a year is written as the contract does. */
static void rows_are_read_in_any_order_of_columns(void **state)
{
    (void)state;
    const kt_own_file *file =
        read_one("name,value,source,unit,period,region_code\n"
                 "Yrityskäynnit,-12.5, Lapin omat ,kpl,2026M06,MK19\n"
                 "=1+1 <b>,1e3,me,,2026,SSS\n\"Rivi, jossa on pilkku\",0,me,%,2026-Q2,KU698\n");
    char period[KT_PERIOD_SIZE];
    assert_null(file->held);
    assert_int_equal(file->row_count, 3);
    assert_string_equal(file->rows[0].region->level, "maakunta");
    assert_string_equal(file->rows[0].source, "Lapin omat");
    assert_true(file->rows[0].value == -12.5);
    assert_string_equal(file->rows[1].name, "=1+1 <b>");
    assert_string_equal(file->rows[1].unit, "");
    assert_true(file->rows[1].value == 1000.0);
    assert_string_equal(file->rows[1].region->level, "country");
    assert_string_equal(kt_period_write(file->rows[1].period, period), "Y2026");
    assert_string_equal(file->rows[2].name, "Rivi, jossa on pilkku");
    assert_string_equal(kt_period_write(file->rows[2].period, period), "2026Q2");
}

/* As a Finnish spreadsheet saves it: Windows-1252, semicolons, decimal commas, empty rows at the
 * end. "ä" is 0xe4 there. */
static void a_sheet_with_semicolons_has_decimal_commas(void **state)
{
    (void)state;
    const kt_own_file *file = read_one(
        "region_code;period;name;value;unit;source\r\n"
        "MK19;2026M06;Yritysk\xe4ynnit;1,5;kpl;me\r\nMK19;2026M05;x;1.25;;me\r\n;;;;;\r\n");
    assert_null(file->held);
    assert_int_equal(file->row_count, 2);
    assert_string_equal(file->rows[0].name, "Yrityskäynnit");
    assert_true(file->rows[0].value == 1.5);
    assert_true(file->rows[1].value == 1.25);
}

static void a_mistake_holds_its_file_with_one_line(void **state)
{
    (void)state;
    static const struct {
        const char *words, *held;
    } cases[] = {
        {"", "own.csv: "},
        {"region_code,period,name,value,unit\n",
         "own.csv: row 1: expected the columns region_code, period, name, value, unit, source"},
        {"region_code,period,name,value,unit,source,more\nMK19,2026M06,a,1,,me,x\n",
         "own.csv: row 1: expected the columns"},
        {"MK19,2026M06,a,1,kpl,me\n", "own.csv: row 1: expected the columns"},
        {HEADER "MK91,2026M06,a,1,kpl,me\n",
         "own.csv: row 2, column region_code: \"MK91\", expected the code of a region, such as MK"},
        {HEADER "Lappi,2026M06,a,1,kpl,me\n", "row 2, column region_code: \"Lappi\", expected the"},
        {HEADER "_X,2026M06,a,1,kpl,me\n", "row 2, column region_code: \"_X\", expected the"},
        {HEADER ROW "MK19,kesäkuu 2026,a,1,kpl,me\n",
         "own.csv: row 3, column period: \"kesäkuu 2026\", expected a period such as 2026M06"},
        {HEADER "MK19,2026M13,a,1,kpl,me\n", "row 2, column period: \"2026M13\", expected"},
        {HEADER "MK19,2206M06,a,1,kpl,me\n", "row 2, column period: \"2206M06\", expected"},
        {HEADER "MK19,2026M06,a,kaksi,kpl,me\n",
         "row 2, column value: \"kaksi\", expected a number such as 12 or 12.5"},
        {HEADER "MK19,2026M06,a,,kpl,me\n", "row 2, column value: \"\", expected a number"},
        {HEADER "MK19,2026M06,a,\"1,234\",kpl,me\n", "row 2, column value: \"1,234\", expected"},
        {HEADER "MK19,2026M06,a,1 234,kpl,me\n", "row 2, column value: \"1 234\", expected"},
        {HEADER "MK19,2026M06,a,1e99,kpl,me\n", "row 2, column value: \"1e99\", expected"},
        {HEADER "MK19,2026M06,a,nan,kpl,me\n", "row 2, column value: \"nan\", expected"},
        {HEADER "MK19,2026M06, ,1,kpl,me\n",
         "row 2, column name: \"\", expected a text of 1 to 120 letters"},
        {HEADER "MK19,2026M06,a,1,kpl,\n", "row 2, column source: \"\", expected a text of 1 to"},
        {HEADER "MK19,2026M06,a,1,kilometriäkilometriäkilometriäkilometriä!,me\n",
         "row 2, column unit: \"kilometriäkilo"},
        {HEADER "MK19,2026M06,\"a\nb\",1,kpl,me\n",
         "row 2, column name: \"a b\", expected one line without control characters"},
        {HEADER "MK19,2026M06,a\xe2\x80\xaexyz,1,kpl,me\n",
         "row 2, column name: \"a xyz\", expected one line without control"},
        {HEADER "MK19,2026M06,a,1,k\tpl,me\n", "row 2, column unit: \"k pl\", expected one line"},
        {HEADER ROW ROW, "own.csv: row 3, column name: \"Yrityskäynnit\", expected each region, "
                         "period and name once, and own.csv row 2 has these"},
        {HEADER "MK19,2026-06,a,1,kpl,me\nMK19,2026M06,a,2,kpl,me\n", "row 3, column name: \"a\""},
        {HEADER "MK19,x,,1,kpl,me\nMK19,x,a,1,kpl,me\n", "row 2, column period: \"x\", expected a "
                                                         "period such as 2026M06, 2026Q2 or 2026 "
                                                         "(and 2 more)"},
        {HEADER "MK19,2026M06,a,1,kpl\n", "own.csv: row 2"},
        {HEADER "MK19,2026M06,\"a,1,kpl,me\n", "own.csv: "},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_own_file *file = read_one(cases[i].words);
        kt_error said = {0};
        assert_non_null(file->held);
        (void)kt_fail(&said, KT_ERR_FORMAT, "%s", file->held);
        assert_says(&said, cases[i].held);
        assert_int_equal(file->row_count, 0);
    }
}

/* The table of checks is public: it has no cell of the file. */
static void what_all_may_read_has_no_cell_of_the_file(void **state)
{
    (void)state;
    const kt_own_file *file = read_one(HEADER "MK19,2026M06,a,salaisuus,kpl,me\n");
    assert_string_equal(file->held_shown,
                        "row 2, column value: expected a number such as 12 or 12.5");
    assert_string_equal(read_one(HEADER "MK19,x")->held_shown, "cannot be read as a table");
}

static void the_other_files_stand(void **state)
{
    (void)state;
    kt_own_counts *all = kt_arena_new(of.arena, kt_own_counts);
    add(all, "a.csv", HEADER "MK18,2026M06,a,1,kpl,me\nMK18,2026M06,b,x,kpl,me\n");
    add(all, "b.csv", HEADER "MK18,2026M06,a,2,kpl,me\n");
    add(all, "c.csv", HEADER "MK18,2026M05,a,3,kpl,me\nMK18,2026M06,a,3,kpl,me\n");
    add(all, "d.csv", HEADER "MK18,2026M05,a,4,kpl,me\n");
    kt_own_counts_hold(all, "e.ods", "expected a CSV", of.arena);
    assert_int_equal(all->count, 5);
    assert_int_equal(all->held, 3);
    assert_non_null(all->files[0].held);
    assert_null(all->files[1].held); /* a.csv has the same, but does not count */
    assert_string_equal(all->files[2].held,
                        "c.csv: row 3, column name: \"a\", expected each region, period and name "
                        "once, and b.csv row 2 has these");
    assert_null(all->files[3].held);
    assert_true(all->files[3].rows[0].value == 4.0);
    assert_string_equal(all->files[4].held, "e.ods: expected a CSV");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_read_in_any_order_of_columns),
        cmocka_unit_test(a_sheet_with_semicolons_has_decimal_commas),
        cmocka_unit_test(a_mistake_holds_its_file_with_one_line),
        cmocka_unit_test(what_all_may_read_has_no_cell_of_the_file),
        cmocka_unit_test(the_other_files_stand),
    };
    return cmocka_run_group_tests(tests, open_regions, close_regions);
}
