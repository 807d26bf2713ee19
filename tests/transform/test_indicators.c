/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicators.h"

#include "core/csv.h"
#include "core/support.h"

#define FOLDER    KT_ROOT "/config/projects"
#define CATALOGUE KT_SHARED "/data/projects/indicator_catalogue.csv"
#define MAPPING   KT_SHARED "/data/projects/indicator_mapping_2014_to_2021.csv"

static const kt_indicators *load_tree(bench *made)
{
    kt_problems *problems = kt_problems_new(made->arena);
    const kt_indicators *all = kt_indicators_load(FOLDER, made->arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(all);
    return all;
}

static void the_catalogue_has_both_periods(void **state)
{
    const kt_indicators *all = load_tree(*state);
    assert_int_equal(all->count, 57);
    const kt_indicator *found = kt_indicator_find(all, "EECR04");
    assert_non_null(found);
    assert_string_equal(found->kind, "result_immediate");
    assert_int_equal(found->parent_count, 2);
    assert_string_equal(found->parents[1], "EECO04");
    assert_true(kt_indicator_find(all, "EECO12")->sensitive);
    assert_false(kt_indicator_find(all, "EECO02")->sensitive);
    assert_string_equal(kt_indicator_find(all, "CO15")->comparability, "split");
    assert_int_equal(kt_indicator_find(all, "CO15")->successor_count, 3);
    assert_null(kt_indicator_find(all, "EECO99"));
}

/* EECO02 + EECO04 + EECO05 = EECO01, of the facts' list of checks. */
static void checks_name_indicators_of_their_period(void **state)
{
    const kt_indicators *all = load_tree(*state);
    bool found = false;
    for (size_t i = 0; i < all->check_count; i++) {
        const kt_indicator_check *check = &all->checks[i];
        assert_string_equal(kt_indicator_find(all, check->left[0])->period, check->period);
        assert_string_equal(kt_indicator_find(all, check->right[0])->period, check->period);
        if (strcmp(check->id, "status_adds_up") == 0) {
            found = true;
            assert_int_equal(check->relation, KT_CHECK_EQUAL);
            assert_int_equal(check->left_count, 3);
            assert_string_equal(check->right[0], "EECO01");
        }
    }
    assert_true(found);
}

static void codes_and_successors_are_those_of_the_regulations(void **state)
{
    bench *made = *state;
    const kt_indicators *all = load_tree(made);
    kt_csv_table *list = NULL, *mapping = NULL;
    kt_error err = {0};
    if (!kt_file_exists(CATALOGUE)) {
        skip();
    }
    assert_int_equal(kt_csv_load(CATALOGUE, 1 << 20, made->arena, &list, &err), KT_OK);
    assert_int_equal(kt_csv_load(MAPPING, 1 << 20, made->arena, &mapping, &err), KT_OK);
    assert_int_equal(list->row_count, all->count);
    for (size_t i = 0; i < list->row_count; i++) {
        const kt_indicator *one = kt_indicator_find(all, kt_csv_cell(list, i, 0));
        assert_non_null(one);
        assert_string_equal(one->period, kt_csv_cell(list, i, 1));
        assert_string_equal(one->kind, kt_csv_cell(list, i, 2));
        assert_string_equal(one->level, kt_csv_cell(list, i, 3));
    }
    for (size_t i = 0; i < mapping->row_count; i++) {
        const char *code = kt_csv_cell(mapping, i, 0);
        if (code[0] != '\0') {
            assert_string_equal(kt_indicator_find(all, code)->comparability,
                                kt_csv_cell(mapping, i, 2));
        }
    }
}

static void mistakes_are_told_with_row_and_column(void **state)
{
    static const char head[] = "code,period,kind,level,unit,parents,sensitive,successors,"
                               "comparability,name_fi,name_sv,name_en\n";
    static const char checks[] = "id,period,left,relation,right\n";
    static const struct {
        const char *row, *check, *told;
    } cases[] = {
        {"A,2021-2027,output,persons,x,,no,,,a,b,c\n", "",
         "row 2, column level: \"persons\", expected one of participants"},
        {"A,2021-2027,output,score,x,B,no,,,a,b,c\n", "", "row 2, column parents: \"B\""},
        {"A,2021-2027,output,score,x,,no,,,a,,c\n", "", "row 2, column name_sv: \"\""},
        {"A,2021-2027,output,score,x,,no,,,a,b,c\nA,2021-2027,output,score,x,,no,,,a,b,c\n", "",
         "row 3, column code: \"A\", expected each code once"},
        {"A,2021-2027,output,score,x,,no,,,a,b,c\n", "x,2021-2027,A,below,A\n",
         "row 2, column relation: \"below\", expected one of equal, at_most"},
        {"A,2021-2027,output,score,x,,no,,,a,b,c\n", "x,2021-2027,A+Z,equal,A\n",
         "row 2, column left: \"A+Z\", expected codes of indicators.csv"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_problems *problems = kt_problems_new(made->arena);
        (void)write_words(made, "indicators.csv",
                          kt_arena_print(made->arena, "%s%s", head, cases[i].row));
        (void)write_words(made, "indicator_checks.csv",
                          kt_arena_print(made->arena, "%s%s", checks, cases[i].check));
        assert_null(kt_indicators_load(made->folder, made->arena, problems));
        assert_non_null(strstr(kt_problems_at(problems, 0), cases[i].told));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_catalogue_has_both_periods),
        cmocka_unit_test(checks_name_indicators_of_their_period),
        cmocka_unit_test(codes_and_successors_are_those_of_the_regulations),
        cmocka_unit_test(mistakes_are_told_with_row_and_column),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
