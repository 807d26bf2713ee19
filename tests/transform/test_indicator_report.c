/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicator_report.h"

#include <math.h>

#include "core/support.h"

#define HEAD "hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n"

static const kt_indicators *catalogue(bench *made)
{
    const kt_indicators *all =
        kt_indicators_load(KT_ROOT "/config/projects", made->arena, kt_problems_new(made->arena));
    assert_non_null(all);
    return all;
}

static kt_status read_words(bench *made, const char *words, kt_indicator_report *out, kt_error *err)
{
    const kt_project_file file = {.bytes = words, .length = strlen(words), .name = "r.csv"};
    return kt_indicator_report_read(&file, catalogue(made), made->arena, out, err);
}

static void a_report_gives_targets_and_figures(void **state)
{
    kt_indicator_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state,
                                HEAD "S30001;EECO01;2024-H1;kaikki;100;42;31.7.2024\n"
                                     "S30001;EECO01;2024-H1;n;;20;2024-07-31\n"
                                     "S30001;EECO02;END;;50;;\n",
                                &found, &err),
                     KT_OK);
    assert_int_equal(found.row_count, 3);
    assert_int_equal(found.reject_count, 0);
    assert_string_equal(found.rows[0].project, "S30001");
    assert_true(found.rows[0].target == 100.0 && found.rows[0].realised == 42.0);
    assert_int_equal(found.rows[0].reported_day, found.rows[1].reported_day);
    assert_int_equal(found.rows[0].reported_day, 19935); /* days from 1970 to 31 July 2024 */
    assert_int_equal(found.rows[1].sex, KT_SEX_F);
    assert_true(isnan(found.rows[1].target) && isnan(found.rows[2].realised));
    assert_string_equal(found.rows[2].period, "END");
    assert_int_equal(found.rows[2].line, 4);
}

static void columns_may_stand_in_any_order_and_with_commas(void **state)
{
    kt_indicator_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state,
                                "\xef\xbb\xbfToteuma,Hankekoodi,Indikaattori,Jakso,Pvm,Sukupuoli,"
                                "Tavoite\r\n7,S30001,EECO05,2025,,m,9\r\n",
                                &found, &err),
                     KT_OK);
    assert_int_equal(found.row_count, 1);
    assert_true(found.rows[0].realised == 7.0 && found.rows[0].target == 9.0);
    assert_int_equal(found.rows[0].sex, KT_SEX_M);
}

/* One wrong row of a hundred and one is a reject; of fewer it refuses the file. */
static void wrong_rows_are_told_with_their_line(void **state)
{
    static const struct {
        const char *row, *told;
    } cases[] = {
        {";EECO01;2024;;1;;", "row 2: column hankekoodi: \"\", expected a project's code"},
        {"S1;EECO77;2024;;1;;",
         "column indikaattori: \"EECO77\", expected a code of indicators.csv"},
        {"1;EECO01;2024-H1;;1;;",
         "column hankekoodi: \"1\", expected a project's code, such as S30001"},
        {"S1;EECO01;2024-Q1;;1;;", "column jakso: \"2024-Q1\", expected 2024, 2024-H1 or END"},
        {"S1;EECO01;2024;x;1;;", "column sukupuoli: \"x\", expected kaikki, n, m or muu"},
        {"S1;EECO01;2024;;-1;;", "column tavoite: \"-1\", expected a count of 0 or more"},
        {"S1;EECO01;2024;;;1,5;", "column toteuma: \"1,5\", expected a count of 0 or more"},
        {"S1;EECO01;2024;;;1;31.2.2024", "column pvm: \"31.2.2024\", expected a day as 31.12.2026"},
        {"S1;EECO01;2024;;;1;31.12.2", "column pvm: \"31.12.2\", expected a day as 31.12.2026"},
        {"S1;EECO01;2024;;;;", "neither tavoite nor toteuma, expected one of them"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_indicator_report found = {0};
        kt_error err = {0};
        const char *words = kt_arena_print(made->arena, "%s%s\n", HEAD, cases[i].row);
        assert_int_equal(read_words(made, words, &found, &err), KT_ERR_FORMAT);
        assert_non_null(strstr(err.message, cases[i].told));
        for (int row = 0; row < 100; row++) {
            words = kt_arena_print(made->arena, "%sS%d;EECO01;2024;;1;;\n", words, 30000 + row);
        }
        assert_int_equal(read_words(made, words, &found, &err), KT_OK);
        assert_int_equal(found.row_count, 100);
        assert_int_equal(found.reject_count, 1);
        assert_int_equal(found.rejects[0].line, 2);
        assert_true(found.rejects[0].shown == NULL || strchr(found.rejects[0].shown, '"') == NULL);
    }
}

static void the_same_figure_twice_is_told(void **state)
{
    kt_indicator_report found = {0};
    kt_error err = {0};
    assert_int_equal(
        read_words(*state, HEAD "S1;EECO01;2024;;1;;\nS1;EECO01;2024;kaikki;2;;\n", &found, &err),
        KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "row 3: row 2 has the same figure of this project"));
}

static void what_a_figure_is_known_from_may_be_said(void **state)
{
    kt_indicator_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state,
                                "hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm;"
                                "peruste\nS1;EECO01;2024;;1;;;kohderyhmä\nS2;EECO01;2024;;1;;;\n",
                                &found, &err),
                     KT_OK);
    assert_string_equal(kt_indicator_basis_name(found.rows[0].basis), "target_group");
    assert_string_equal(kt_indicator_basis_name(found.rows[1].basis), "");
    assert_int_equal(read_words(*state,
                                "hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm;"
                                "peruste\nS1;EECO01;2024;;1;;;kuulopuhe\n",
                                &found, &err),
                     KT_ERR_FORMAT);
    assert_says(&err, "column peruste: \"kuulopuhe\", expected osallistujatiedot");
}

/* EECR04 of 6 is above EECO02 + EECO04 = 3 + 2, of women too (2 above 1 + 0); EECO02 + EECO04 +
 * EECO05 = 10 of a total of 10 is as it has to be; 31 is above 3 times 10. Of 2025 nobody says the
 * base. */
static void what_cannot_be_is_told_with_row_and_column(void **state)
{
    bench *made = *state;
    kt_indicator_report found = {0};
    kt_error err = {0};
    kt_list_warning lines[2] = {{0}};
    assert_int_equal(read_words(made,
                                HEAD "S1;EECO01;2024;;;10;\nS1;EECO02;2024;;;3;\n"
                                     "S1;EECO04;2024;;;2;\nS1;EECO05;2024;;;5;\n"
                                     "S1;EECR04;2024;;;6;\nS1;EECO02;2024;n;;1;\n"
                                     "S1;EECO04;2024;n;;0;\nS1;EECR04;2024;n;;2;\n"
                                     "S1;EECR04;2025;;;9;\nS2;EECO19;2024;;10;31;\n"
                                     "S2;EECO18;2024;;10;30;\n",
                                &found, &err),
                     KT_OK);
    const kt_indicators *all = catalogue(made);
    assert_int_equal(kt_indicator_report_doubts(&found, all, 3.0, 2, made->arena, lines), 3);
    assert_string_equal(lines[0].shown, "row 6, column toteuma: expected at most EECO02+EECO04");
    assert_string_equal(lines[0].words,
                        "row 6, column toteuma: EECR04 of S1 in 2024 is 6, expected at "
                        "most 5, EECO02+EECO04 (employed_within_jobless)");
    assert_non_null(strstr(lines[1].words, "row 9, column toteuma: EECR04 of S1 in 2024 is 2"));
    kt_list_warning more[9] = {{0}};
    assert_int_equal(kt_indicator_report_doubts(&found, all, 3.0, 9, made->arena, more), 3);
    assert_string_equal(more[2].shown,
                        "row 11, column toteuma: expected at most 3 times the target");
    assert_string_equal(more[2].words,
                        "row 11, column toteuma: EECO19 of S2 in 2024 is 31, expected at "
                        "most 3 times the target of 10");
}

static void other_files_are_no_reports(void **state)
{
    (void)state;
    static const struct {
        const char *words;
        bool is;
    } cases[] = {{HEAD, true},
                 {"Toteuma,Hankekoodi,Indikaattori,Jakso,Pvm,Sukupuoli,Tavoite\n", true},
                 {"Koodi,Rahasto,Hankkeen nimi\n", false},
                 {"hankekoodi;indikaattori;jakso\n", true}, /* whose lacking columns are told */
                 {"", false}};
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_project_file file = {
            .bytes = cases[i].words, .length = strlen(cases[i].words), .name = "r.csv"};
        assert_int_equal(kt_indicator_report_is(&file), cases[i].is);
    }
    kt_indicator_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state, "hankekoodi;indikaattori;jakso\n", &found, &err),
                     KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "r.csv: row 1: no column sukupuoli, expected it"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_gives_targets_and_figures),
        cmocka_unit_test(columns_may_stand_in_any_order_and_with_commas),
        cmocka_unit_test(wrong_rows_are_told_with_their_line),
        cmocka_unit_test(the_same_figure_twice_is_told),
        cmocka_unit_test(what_a_figure_is_known_from_may_be_said),
        cmocka_unit_test(what_cannot_be_is_told_with_row_and_column),
        cmocka_unit_test(other_files_are_no_reports),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
