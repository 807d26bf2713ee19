/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "support/arena.h"
#include "transform/reader.h"

#define FILE_OF(more, data)                                             \
    "CODEPAGE=\"iso-8859-1\";LANGUAGE=\"fi\";STUB=\"a\";HEADING=\"b\";" \
    "VALUES(\"a\")=\"x\",\"y\";VALUES(\"b\")=\"u\",\"v\";" more "DATA=" data ";"

static kt_status read_text(kt_arena *arena, const char *text, kt_figures **out, kt_error *err)
{
    const kt_document document = {.bytes = text, .length = strlen(text), .name = "reply"};
    return kt_reader_find("px")->read(&document, arena, out, err);
}

typedef struct reading {
    const char *text;
    double value[4];       /* NAN where there is none */
    const char *symbol[4]; /* "" for none */
} reading;

static void expect_cell(const kt_figures *figures, size_t cell, double value, const char *symbol)
{
    const uint8_t number = figures->symbol[cell];
    assert_string_equal(number == 0 ? "" : figures->symbols[number - 1], symbol);
    assert_int_equal(isnan(figures->value[cell]), isnan(value));
    if (!isnan(value)) {
        assert_close(figures->value[cell], value, 0);
    }
}

static void figures_and_symbols_are_read_in_every_way_they_are_written(void **state)
{
    static const reading cases[] = {
        {FILE_OF("", "\n1 2.5 \n-3 0 \n"), {1, 2.5, -3, 0}, {"", "", "", ""}},
        {FILE_OF("", "1,2,3,4"), {1, 2, 3, 4}, {"", "", "", ""}},
        {FILE_OF("", "1\t2;3\r\n4"), {1, 2, 3, 4}, {"", "", "", ""}},
        {FILE_OF("", "1 \"..\" \"-\" \"......\""), {1, NAN, NAN, NAN}, {"", "..", "-", "......"}},
        {FILE_OF("", "1 .. - ."), {1, NAN, NAN, NAN}, {"", "..", "-", "."}},
        /* SSB shows its first symbol as "..": the mark in DATA is "." all the same. */
        {FILE_OF("DATASYMBOL1=\"..\";DATASYMBOL2=\"...\";DATASYMBOL3=\":\";DATASYMBOLNIL=\"0\";",
                 "\".\" \"..\" \"...\" \"-\""),
         {NAN, NAN, NAN, NAN},
         {"..", "...", ":", "0"}},
        {FILE_OF("DATASYMBOL6=\"x\";DATASYMBOLSUM=\"*\";DATASYMBOL1=\"\";",
                 "\"......\" \".......\" \"........\" \".\""),
         {NAN, NAN, NAN, NAN},
         {"x", "*", "........", "."}},
        {FILE_OF("", "\"c\" 123456789012345678 1e3 00"),
         {NAN, 123456789012345678.0, 1000, 0},
         {"c", "", "", ""}},
        {FILE_OF("KEYS(\"a\")=VALUES;", "\"y\",3,\"..\""), {0, 0, 3, NAN}, {"", "", "", ".."}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_figures *figures = NULL;
        kt_error err = {0};
        const kt_status status = read_text(*state, cases[i].text, &figures, &err);
        assert_string_equal(err.message, "");
        assert_int_equal(status, KT_OK);
        for (size_t cell = 0; cell < 4; cell++) {
            expect_cell(figures, cell, cases[i].value[cell], cases[i].symbol[cell]);
        }
    }
}

static void what_is_no_figure_is_refused_with_its_line(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {FILE_OF("", "\n1 2 \n3 x"),
         "reply: line 3: \"x\" in DATA, expected a figure, or a symbol between quotes"},
        {FILE_OF("", "1 2 3 4,5"), "goes on up to 5 values, expected 4"},
        {FILE_OF("", "1 2 3 +4"), "\"+4\" in DATA, expected a figure"},
        {FILE_OF("", "1 2 3 nan"), "\"nan\" in DATA, expected a figure"},
        {FILE_OF("", "1 2 3 1e999"), "\"1e999\" in DATA, expected a figure"},
        {FILE_OF("", "1 2 3 0x1"), "\"0x1\" in DATA, expected a figure"},
        {FILE_OF("", "1 2 3 \"\""), "\"\" in DATA, expected a figure or a symbol"},
        {FILE_OF("", "1 2 \"3 4"), "DATA ends after 3 values, expected 4"},
        {"{\"error\":\"x\"}", "expected a PX file, but the service says \"x\""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        kt_figures *figures = NULL;
        kt_error err = {0};
        assert_int_equal(read_text(*state, cases[i].text, &figures, &err), KT_ERR_FORMAT);
        if (strstr(err.message, cases[i].says) == NULL) {
            print_error("%s\n", err.message);
        }
        assert_non_null(strstr(err.message, cases[i].says));
        assert_null(strchr(err.message, '\n'));
    }
}

/* Each mark is looked up once: hidden cells take no more room than figures. */
static void hidden_cells_need_no_memory_of_their_own(void **state)
{
    enum { CELLS = 200000 };
    (void)state;
    KT_AUTO(text) kt_text file = {0};
    kt_text_put(&file, "CODEPAGE=\"utf-8\";STUB=\"a\";DATASYMBOL3=\"...\";VALUES(\"a\")=\"0\"");
    for (int i = 1; i < CELLS; i++) {
        kt_text_print(&file, ",\"%d\"", i);
    }
    kt_text_put(&file, ";DATA=");
    kt_arena *plain = kt_arena_open("figures", 0);
    kt_arena *hidden = kt_arena_open("symbols", 0);
    kt_figures *figures = NULL;
    kt_error err = {0};
    KT_AUTO(text) kt_text other = {0};
    kt_text_put(&other, file.bytes);
    for (int i = 0; i < CELLS; i++) {
        kt_text_put(&file, "11111 ");
        kt_text_put(&other, "\"...\" ");
    }
    kt_text_put(&file, ";");
    kt_text_put(&other, ";");
    assert_int_equal(read_text(plain, file.bytes, &figures, &err), KT_OK);
    assert_int_equal(read_text(hidden, other.bytes, &figures, &err), KT_OK);
    expect_cell(figures, CELLS - 1, NAN, "...");
    assert_true(kt_arena_used(hidden) < kt_arena_used(plain) + 100000);
    kt_arena_free(plain);
    kt_arena_free(hidden);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_and_symbols_are_read_in_every_way_they_are_written),
        cmocka_unit_test(hidden_cells_need_no_memory_of_their_own),
        cmocka_unit_test(what_is_no_figure_is_refused_with_its_line),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
