/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/score_report.h"

#include <math.h>

#include "core/support.h"

#define HEAD "hankekoodi;mittari;jakso;vaihe;n;keskiarvo;keskihajonta;pvm\n"

static const kt_laarit *clusters(bench *made)
{
    const kt_laarit *all =
        kt_laarit_load(KT_ROOT "/config/projects", NULL, made->arena, kt_problems_new(made->arena));
    assert_non_null(all);
    return all;
}

static kt_status read_words(bench *made, const char *words, kt_score_report *out, kt_error *err)
{
    const kt_project_file file = {.bytes = words, .length = strlen(words), .name = "s.csv"};
    return kt_score_report_read(&file, clusters(made), made->arena, out, err);
}

static void a_report_gives_means_of_many(void **state)
{
    kt_score_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state,
                                HEAD "S30001;tyokyky;2024-H1;alku;42;5,25;1.5;31.7.2024\n"
                                     "S30001;tyokyky;END;loppu;40;6.5;;\n"
                                     "S30001;tyokyky;END;seuranta;0;;;\n",
                                &found, &err),
                     KT_OK);
    assert_int_equal(found.row_count, 3);
    assert_string_equal(found.rows[0].scale->code, "tyokyky");
    assert_close(found.rows[0].mean, 5.25, 0);
    assert_close(found.rows[0].sd, 1.5, 0);
    assert_int_equal(found.rows[0].reported_day, 19935); /* days from 1970 to 31 July 2024 */
    assert_int_equal(found.rows[1].stage, KT_SCORE_END);
    assert_true(isnan(found.rows[1].sd) && isnan(found.rows[2].mean));
}

/* The scale goes from 0 to 10. Of a mean of 5 and four answers the widest deviation is
 * sqrt(25 * 4 / 3) = 5.77. One of a hundred and one is a reject; of fewer it refuses the file. */
static void wrong_rows_are_told_with_their_line(void **state)
{
    static const struct {
        const char *row, *told;
    } cases[] = {
        {";tyokyky;2024;alku;4;5;1;", "row 2: column hankekoodi: \"\", expected a project's code"},
        {"S1;tyyli;2024;alku;4;5;1;", "column mittari: \"tyyli\", expected a scale of laari.json"},
        {"S1;tyokyky;2024-Q1;alku;4;5;1;", "column jakso: \"2024-Q1\", expected 2024"},
        {"S1;tyokyky;2024;keski;4;5;1;", "column vaihe: \"keski\", expected alku, loppu or"},
        {"S1;tyokyky;2024;alku;;5;1;", "column n: \"\", expected how many persons answered"},
        {"S1;tyokyky;2024;alku;4.5;5;1;", "column n: \"4.5\", expected how many"},
        {"S1;tyokyky;2024;alku;4;10,5;1;", "column keskiarvo: \"10,5\", expected a mean from 0 to"},
        {"S1;tyokyky;2024;alku;0;5;;", "column keskiarvo: \"5\", expected a mean from 0 to 10, no"},
        {"S1;tyokyky;2024;alku;4;5;5.9;", "column keskihajonta: \"5.9\", expected a deviation"},
        {"S1;tyokyky;2024;alku;4;5;-1;", "column keskihajonta: \"-1\", expected a deviation"},
        {"S1;tyokyky;2024;alku;1;5;1;", "column keskihajonta: \"1\", expected a deviation"},
        {"S1;tyokyky;2024;alku;4;5;1;31.2.2024", "column pvm: \"31.2.2024\", expected a day"},
    };
    bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_score_report found = {0};
        kt_error err = {0};
        const char *words = kt_arena_print(made->arena, "%s%s\n", HEAD, cases[i].row);
        assert_int_equal(read_words(made, words, &found, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].told);
        for (int row = 0; row < 100; row++) {
            words = kt_arena_print(made->arena, "%sS%d;tyokyky;2024;alku;4;5;5.8;\n", words, row);
        }
        assert_int_equal(read_words(made, words, &found, &err), KT_OK);
        assert_int_equal(found.row_count, 100);
        assert_int_equal(found.reject_count, 1);
        assert_int_equal(found.rejects[0].line, 2);
    }
}

static void the_same_figure_twice_is_told(void **state)
{
    kt_score_report found = {0};
    kt_error err = {0};
    assert_int_equal(read_words(*state,
                                HEAD "S1;tyokyky;2024;alku;9;5;;\nS1;tyokyky;2024;START;9;6;;\n",
                                &found, &err),
                     KT_ERR_FORMAT);
    assert_says(&err, "row 3: row 2 has the same figure of this project");
}

static void reports_of_indicators_are_none_of_scores(void **state)
{
    (void)state;
    const char *other = "hankekoodi;indikaattori;jakso;sukupuoli;tavoite;toteuma;pvm\n";
    const kt_project_file scores = {.bytes = HEAD, .length = strlen(HEAD), .name = "s.csv"};
    const kt_project_file counts = {.bytes = other, .length = strlen(other), .name = "r.csv"};
    assert_true(kt_score_report_is(&scores));
    assert_false(kt_score_report_is(&counts));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_report_gives_means_of_many),
        cmocka_unit_test(wrong_rows_are_told_with_their_line),
        cmocka_unit_test(the_same_figure_twice_is_told),
        cmocka_unit_test(reports_of_indicators_are_none_of_scores),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
