/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/layout.h"
#include "sample.h"
#include "transform/reader.h"

static kt_csv_layout_column long_columns[] = {
    {"Kuukausi", KT_HOLDS_CODES, KT_ROLE_PERIOD, NULL},
    {"Alue", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"Tieto", KT_HOLDS_CODES, KT_ROLE_MEASURE, NULL},
    {"Arvo", KT_HOLDS_FIGURES, KT_ROLES, NULL},
    {"Merkki", KT_HOLDS_SYMBOLS, KT_ROLES, NULL},
    {"Huom*", KT_HOLDS_NOTHING, KT_ROLES, NULL},
};
static kt_csv_layout_column content_columns[] = {
    {"Kuukausi", KT_HOLDS_CODES, KT_ROLE_PERIOD, NULL},
    {"Alue", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"Tyottomat", KT_HOLDS_FIGURES, KT_ROLES, "U"},
    {"Tyottomat_m", KT_HOLDS_SYMBOLS, KT_ROLES, "U"},
    {"Paikat", KT_HOLDS_FIGURES, KT_ROLES, "V"},
};
static kt_csv_layout_column period_columns[] = {
    {"Alue", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"Tieto", KT_HOLDS_CODES, KT_ROLE_MEASURE, NULL},
    {"20*", KT_HOLDS_FIGURES, KT_ROLE_PERIOD, NULL},
};
/* Columns without a name are passed over, whatever a pattern says. */
static kt_csv_layout_column unnamed_columns[] = {
    {"Alue", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"Tieto", KT_HOLDS_CODES, KT_ROLE_MEASURE, NULL},
    {"*", KT_HOLDS_FIGURES, KT_ROLE_PERIOD, NULL},
    {"", KT_HOLDS_NOTHING, KT_ROLES, NULL},
};
static kt_csv_layout_column unnamed_codes[] = {
    {"Kuukausi", KT_HOLDS_CODES, KT_ROLE_PERIOD, NULL},
    {"", KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
    {"Arvo", KT_HOLDS_FIGURES, KT_ROLES, NULL},
};
static const char *missing[] = {"NA"};

#define LAYOUT(list, letter, point, lines)                                                   \
    {                                                                                        \
        "iso-8859-1", letter, point, lines, missing, 1, list, sizeof(list) / sizeof(list)[0] \
    }

static const kt_csv_layout long_form = LAYOUT(long_columns, ';', ',', 1);
static const kt_csv_layout content_form = LAYOUT(content_columns, ',', '.', 0);
static const kt_csv_layout period_form = LAYOUT(period_columns, '\t', '.', 0);

static const kt_csv_layout unnamed_form = LAYOUT(unnamed_columns, ';', '.', 0);
static const kt_csv_layout unnamed_roles = LAYOUT(unnamed_codes, ';', '.', 0);

static kt_source *source_of(kt_arena *arena, const kt_csv_layout *layout)
{
    kt_source *source = sample_source(arena, NULL);
    source->format = "csv";
    source->layout = layout;
    return source;
}

/* Two periods, two regions, two contents in three forms. 2026M06, MK01, V has no figure. */
#define LONG                                                                    \
    "Ty\xf6ttmyys kuukausittain\nKuukausi;Alue;Tieto;Arvo;Merkki;Huomautus\r\n" \
    "2026M05;SSS;U;12;;\r\n2026M05;SSS;V;3;p;x\r\n2026M05;MK01;U;;...;\r\n"     \
    "2026M05;MK01;V;-;;\r\n2026M06;SSS;U;\"14,0\";;\r\n 2026M06 ;SSS;V;4;;\r\n" \
    "2026M06;MK01;U;6;;\r\n"
#define BY_CONTENT                                 \
    "Alue,Kuukausi,Tyottomat,Tyottomat_m,Paikat\n" \
    "SSS,2026M05,12,,3\nMK01,2026M05,...,,-\nMK01,2026-06,6,,NA\nSSS,2026-06,14,,4"
#define BY_PERIOD                                                                    \
    "Tieto\tAlue\t2026M05\t2026M06\nU\tSSS\t12\t14\nU\tMK01\t...\t6\nV\tSSS\t3\t4\n" \
    "V\tMK01\t-\t\n"
/* As a spreadsheet saves it: empty columns behind the last one, and rows with numbers. */
#define UNNAMED                                                        \
    ";Tieto;Alue;2026M05;2026M06;;;;;;;;\r\n1;U;SSS;12;14;;;;;;;;\r\n" \
    "2;U;MK01;...;6;;;;;;;;\r\n3;V;SSS;3;4;;;;;;;;\r\n4;V;MK01;-;;;;;;;;;\r\n"

static void every_form_becomes_the_same_cube(void **state)
{
    static const struct {
        const char *text;
        const kt_csv_layout *layout;
        char letter; /* of the country's vacancies of May: only the long form says p */
    } cases[] = {{LONG, &long_form, 'P'},
                 {BY_CONTENT, &content_form, 'A'},
                 {BY_PERIOD, &period_form, 'A'},
                 {UNNAMED, &unnamed_form, 'A'}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const kt_source *source = source_of(*state, cases[i].layout);
        const kt_cube *cube = sample_cube(source, cases[i].text, *state);
        assert_int_equal(cube->cells, 8);
        assert_exact(cube, cell_at(cube, "2026M05", "unemployed", "SSS", NULL), 12);
        assert_cell(cube, cell_at(cube, "2026M05", "vacancies", "SSS", NULL), cases[i].letter, 3, 3,
                    3);
        assert_cell(cube, cell_at(cube, "2026M05", "unemployed", "MK01", NULL), 'Q', 2.5, 1, 4);
        assert_exact(cube, cell_at(cube, "2026M05", "vacancies", "MK01", NULL), 0);
        assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "SSS", NULL), 14);
        assert_exact(cube, cell_at(cube, "2026M06", "unemployed", "MK01", NULL), 6);
        assert_cell(cube, cell_at(cube, "2026M06", "vacancies", "MK01", NULL), 'O', NAN, 0, 0);
    }
}

static kt_status read_as(kt_arena *arena, const kt_csv_layout *layout, const char *text,
                         kt_figures **out, kt_error *err)
{
    const kt_document document = {text, strlen(text), "reply", source_of(arena, layout)};
    return kt_reader_find("csv")->read(&document, arena, out, err);
}

static void columns_may_stand_in_any_order(void **state)
{
    kt_figures *figures = NULL;
    kt_error err = {0};
    assert_int_equal(read_as(*state, &content_form, BY_CONTENT, &figures, &err), KT_OK);
    const kt_dimension *dimensions = figures->envelope->dimensions;
    assert_int_equal(figures->envelope->cells, 8);
    assert_string_equal(dimensions[0].id, "Alue");
    assert_true(dimensions[0].has_role && dimensions[0].role == KT_ROLE_REGION);
    assert_true(dimensions[1].is_time);
    assert_string_equal(kt_codes_at(dimensions[1].codes, 1), "2026M06");
    assert_string_equal(dimensions[2].id, "contentscode");
    assert_true(dimensions[2].is_metric);
    assert_close(figures->value[0], 12, 0); /* SSS, May, U */
    assert_close(figures->value[1], 3, 0);  /* SSS, May, V */
    assert_close(figures->value[2], 14, 0); /* SSS, June, U */
    assert_close(figures->value[6], 6, 0);  /* MK01, June, U */
    assert_true(isnan(figures->value[7]) && figures->symbol[7] == 0);
    assert_true(isnan(figures->value[4]));
    assert_string_equal(figures->symbols[figures->symbol[4] - 1], "...");
}

#define HEAD "Kuukausi;Alue;Tieto;Arvo;Merkki\n"

static void each_fault_is_told_with_row_and_column(void **state)
{
    static const struct {
        const char *text;
        const kt_csv_layout *layout;
        const char *says;
    } cases[] = {
        {"", &long_form, "reply: not a CSV but an empty body"},
        {"{\"error\":\"Too many values selected\"}", &long_form,
         "reply: expected a CSV, but the service says \"Too many values selected\""},
        {"{\"class\":\"dataset\"}", &long_form, "not a CSV but a JSON object"},
        {"<html>403</html>", &long_form, "not a CSV but a web page: \"403\""},
        {"CHARSET=\"ANSI\";", &long_form, "not a CSV but a PX file"},
        {"VALUES[sv](\"Alue\")=\"Nyland\";", &long_form, "not a CSV but a PX file"},
        {"title", &long_form, "1 lines, expected 1 before the columns"},
        {"title\n", &long_form, "empty, expected a line with column names"},
        {"title\n" HEAD, &long_form, "no row below the names of the columns"},
        {"title\nKuukausi;Alue;Tieto;Arvo\nx", &long_form,
         "row 2: no column Merkki, which the layout names"},
        {"title\nKuukausi;Alue;Tieto;Arvo;Merkki;Sukupuoli\n", &long_form,
         "row 2, column 6 (Sukupuoli): a column that the layout does not name"},
        {"title\nKuukausi;Alue;Alue;Arvo;Merkki\n", &long_form, "row 2, column 3: a second Alue"},
        {"title\n" HEAD "2026M05;SSS;U;1\n", &long_form, "row 3: 4 columns, expected 5"},
        {"title\n" HEAD "2026M05;;U;1;\n", &long_form,
         "reply: row 3, column 2 (Alue): empty, expected a code"},
        {"title\n" HEAD "2026M05;SSS;U;1;\n2026M05;SSS;U;2;\n", &long_form,
         "row 4, column 4 (Arvo): a second figure with these codes, the first is in row 3"},
        {"title\n" HEAD "2026M05;SSS;U;1.5;\n", &long_form,
         "row 3, column 4 (Arvo): \"1.5\" is no number with ',' and no symbol of the source file"},
        {"title\n" HEAD "2026M05;SSS;U;1 234;\n", &long_form, "\"1 234\" is no number"},
        {"title\n" HEAD "2026M05;SSS;U;1,2,3;\n", &long_form, "\"1,2,3\" is no number"},
        {"title\n" HEAD "2026M05;SSS;U;n/a;\n", &long_form, "\"n/a\" is no number"},
        {"title\n" HEAD "2026M05;SSS;U;+1;\n", &long_form, "\"+1\" is no number"},
        {"title\n" HEAD "2026M05;SSS;U;1;?\n", &long_form,
         "row 3, column 5 (Merkki): \"?\", expected a symbol of the source file"},
        {"title\n" HEAD "\n2026M05;SSS;U;1;\n", &long_form, "row 3: an empty line between rows"},
        {"title\n" HEAD "2026M05;SSS;U;\"1;\n", &long_form, "the file ends inside a quoted field"},
        {"Alue,Kuukausi,Tyottomat,Tyottomat_m,Paikat\nSSS,2026M05,12,,3,5\n", &content_form,
         "row 2: 6 columns, expected 5"},
        {"Alue,Kuukausi,Tyottomat,Tyottomat_m,Paikat\nSSS,2026M05,\"12,5\",,3\n", &content_form,
         "row 2, column 3 (Tyottomat): \"12,5\" is no number with '.'"},
        {"Alue\tTieto\nSSS\tU\n", &period_form, "no column 20*, which the layout names"},
        {"Kuukausi;Arvo;;;;;;;;\n2026M05;1;;;;;;;;\n", &unnamed_roles,
         "row 1, column 3 (): no name, expected one, or a column \"\" of nothing in the layout"},
        {"title\nKuukausi;Alue;Tieto;Arvo;Merkki;;\n", &long_form,
         "row 2, column 6 (): no name, expected one"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_figures *figures = NULL;
        kt_error err = {0};
        assert_int_equal(read_as(*state, cases[i].layout, cases[i].text, &figures, &err),
                         KT_ERR_FORMAT);
        if (strstr(err.message, cases[i].says) == NULL) {
            print_error("%s\nis not: %s\n", err.message, cases[i].says);
        }
        assert_non_null(strstr(err.message, cases[i].says));
        assert_null(strchr(err.message, '\n'));
    }
}

/* Words in capitals with brackets and an '=' begin no PX file without its quotes. */
static void names_in_capitals_are_those_of_columns(void **state)
{
    static const char *const names[] = {"ALUE (koodi)", "ALUE[koodi]", "ALUE=koodi", "ALUE"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        kt_csv_layout_column columns[] = {{names[i], KT_HOLDS_CODES, KT_ROLE_REGION, NULL},
                                          {"kk", KT_HOLDS_CODES, KT_ROLE_PERIOD, NULL},
                                          {"n=", KT_HOLDS_FIGURES, KT_ROLES, NULL}};
        const kt_csv_layout layout = LAYOUT(columns, ';', '.', 0);
        kt_figures *figures = NULL;
        kt_error err = {0};
        const char *text = kt_arena_print(*state, "%s;kk;n=\nSSS;2026M05;7\n", names[i]);
        assert_int_equal(read_as(*state, &layout, text, &figures, &err), KT_OK);
        assert_close(figures->value[0], 7, 0);
    }
}

/* A thousand rows of which each has codes of its own would be 10^9 cells. */
static void codes_that_combine_to_more_than_a_reply_can_hold_are_refused(void **state)
{
    KT_AUTO(text) kt_text text = {0};
    kt_text_put(&text, "title\n" HEAD);
    for (int i = 0; i < 1000; i++) {
        kt_text_print(&text, "p%d;r%d;c%d;1;\n", i, i, i);
    }
    kt_figures *figures = NULL;
    kt_error err = {0};
    assert_int_equal(read_as(*state, &long_form, text.bytes, &figures, &err), KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "more cells than the limit"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        ARENA_TEST(every_form_becomes_the_same_cube),
        ARENA_TEST(columns_may_stand_in_any_order),
        ARENA_TEST(each_fault_is_told_with_row_and_column),
        ARENA_TEST(names_in_capitals_are_those_of_columns),
        ARENA_TEST(codes_that_combine_to_more_than_a_reply_can_hold_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
