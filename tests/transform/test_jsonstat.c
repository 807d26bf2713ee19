/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <stdio.h>
#include <string.h>

#include "core/file.h"
#include "support/arena.h"

#define HEAD                                                                          \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\",\"B\"],\"size\":[2,2]," \
    "\"dimension\":{\"A\":{\"category\":{\"index\":[\"a\",\"b\"]}},"                  \
    "\"B\":{\"category\":{\"index\":{\"y\":1,\"x\":0}}}}"
#define FIXTURES KT_SHARED "/data/fixtures/"

static kt_status read_text(kt_arena *arena, const char *text, kt_figures **out, kt_error *err)
{
    const kt_document document = {.bytes = text, .length = strlen(text), .name = "reply"};
    return kt_reader_find("json-stat2")->read(&document, arena, out, err);
}

static const kt_figures *read_well(kt_arena *arena, const char *text)
{
    kt_figures *figures = NULL;
    kt_error err = {0};
    if (read_text(arena, text, &figures, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    assert_non_null(figures);
    return figures;
}

static const char *symbol_at(const kt_figures *figures, size_t cell)
{
    return figures->symbol[cell] == 0 ? "" : figures->symbols[figures->symbol[cell] - 1];
}

typedef struct reading {
    const char *text;
    double value[4]; /* NAN where there is none */
    const char *symbol[4];
} reading;

static const reading readings[] = {
    {HEAD ",\"value\":[1,2,3,4]}", {1, 2, 3, 4}, {"", "", "", ""}},
    {HEAD ", \"value\" : [ 1 ,\n2\t, null , -4.5 ] }", {1, 2, NAN, -4.5}, {"", "", "", ""}},
    {HEAD ",\"value\":{\"3\":7,\"0\":1}}", {1, NAN, NAN, 7}, {"", "", "", ""}},
    {HEAD ",\"value\":{}}", {NAN, NAN, NAN, NAN}, {"", "", "", ""}},
    {HEAD ",\"value\":{\"1\":null}}", {NAN, NAN, NAN, NAN}, {"", "", "", ""}},
    {HEAD ",\"value\":[1,null,3,null],\"status\":{\"1\":\"...\",\"3\":\"-\"}}",
     {1, NAN, 3, NAN},
     {"", "...", "", "-"}},
    {HEAD ",\"status\":[\"a\",null,\"\",\"a\"],\"value\":[1,2,3,4]}",
     {1, 2, 3, 4},
     {"a", "", "", "a"}},
    {HEAD ",\"value\":[1,2,3,4],\"status\":\"p\"}", {1, 2, 3, 4}, {"p", "p", "p", "p"}},
    {HEAD ",\"value\":[1,2,3,4],\"status\":[\"p\"]}", {1, 2, 3, 4}, {"p", "p", "p", "p"}},
    {HEAD ",\"value\":[1,2,3,4],\"status\":{}}", {1, 2, 3, 4}, {"", "", "", ""}},
    {HEAD ",\"value\":[1,2,3,4],\"status\":null}", {1, 2, 3, 4}, {"", "", "", ""}},
    {HEAD ",\"value\":[1,2,3,4],\"status\":{\"0\":\"\\u002e\\u002E\\\"\"}}",
     {1, 2, 3, 4},
     {"..\"", "", "", ""}},
    {HEAD ",\"value\":[0,-0,0.1,1e3]}", {0, 0, 0.1, 1000}, {"", "", "", ""}},
    {HEAD ",\"value\":[999999999999999,0.000000000000001,1234567890.12345,12345678901234567890]}",
     {999999999999999.0, 0.000000000000001, 1234567890.12345, 12345678901234567890.0},
     {"", "", "", ""}},
    {HEAD ",\"value\":[1E2,2e-1,3.5e+1,9007199254740993]}",
     {100, 0.2, 35, 9007199254740992.0},
     {"", "", "", ""}},
};

static void every_shape_of_value_and_status_is_read(void **state)
{
    for (size_t i = 0; i < sizeof readings / sizeof readings[0]; i++) {
        const kt_figures *figures = read_well(*state, readings[i].text);
        assert_int_equal(figures->envelope->cells, 4);
        for (size_t cell = 0; cell < 4; cell++) {
            const double want = readings[i].value[cell];
            assert_true(isnan(want) ? isnan(figures->value[cell]) : figures->value[cell] == want);
            assert_string_equal(symbol_at(figures, cell), readings[i].symbol[cell]);
        }
    }
}

static void a_zero_is_never_negative(void **state)
{
    const kt_figures *figures = read_well(*state, HEAD ",\"value\":[-0,-0.0,0,-0.00]}");
    for (size_t cell = 0; cell < 4; cell++) {
        assert_false(signbit(figures->value[cell]));
    }
}

static void positions_come_from_the_index_and_not_from_its_order(void **state)
{
    const kt_figures *figures = read_well(*state, HEAD ",\"value\":[1,2,3,4]}");
    assert_string_equal(kt_codes_at(figures->envelope->dimensions[1].codes, 0), "x");
    assert_string_equal(kt_codes_at(figures->envelope->dimensions[1].codes, 1), "y");
}

static void a_dimension_of_one_category_needs_no_index(void **state)
{
    const kt_figures *figures = read_well(
        *state, "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\",\"T\"],\"size\":[1,2],"
                "\"dimension\":{\"A\":{\"category\":{\"label\":{\"a\":\"one\"}}},"
                "\"T\":{\"category\":{\"index\":[\"2026M05\",\"2026M06\"]}}},\"value\":[1,2]}");
    assert_int_equal(figures->envelope->cells, 2);
    assert_string_equal(kt_codes_at(figures->envelope->dimensions[0].codes, 0), "a");
}

typedef struct fault {
    const char *text, *said;
} fault;

static const fault faults[] = {
    {HEAD ",\"value\":[1,2,3]}", "reply: value has 3 figures, expected 4"},
    {HEAD ",\"value\":[1,2,3,4,5]}", "reply: value has more than 4 figures"},
    {HEAD ",\"value\":[]}", "0 values, but the sizes multiply to 4; metadata have none"},
    {HEAD ",\"value\":[1,2,3,]}", "expected a number or null in value"},
    {HEAD ",\"value\":[1,\"2\",3,4]}", "found '\"2\",3,4]}', expected a number or null in value"},
    {HEAD ",\"value\":[1,\"]\",3,4]}", "\"value\": \"]\", expected numbers and null"},
    {HEAD ",\"value\":[1,2 3,4]}", "found '3,4]}', expected ',' or ']' in value"},
    {HEAD ",\"value\":[1,+2,3,4]}", "byte"},
    {HEAD ",\"value\":[1,02,3,4]}", "byte"},
    {HEAD ",\"value\":[1,2.,3,4]}", "byte"},
    {HEAD ",\"value\":[1,.2,3,4]}", "byte"},
    {HEAD ",\"value\":[1,nan,3,4]}", "byte"},
    {HEAD ",\"value\":[1,nul,3,4]}", "byte"},
    {HEAD ",\"value\":[1,1e999,3,4]}", "expected a number or null in value"},
    {HEAD ",\"value\":[1,-,3,4]}", "byte"},
    {HEAD ",\"value\":[[1,2,3,4]]}", "sizes multiply to 4"},
    {HEAD ",\"value\":\"abc\"}", "expected value to be an array or an object"},
    {HEAD ",\"value\":{\"4\":1}}", "key \"4\", expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"01\":1}}", "key \"01\", expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"-1\":1}}", "key \"-1\", expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"\":1}}", "key \"\", expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"1x\":1}}", "key \"1x\", expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"99999999999999999999999\":1}}", "expected a cell from 0 to 3"},
    {HEAD ",\"value\":{\"1\":1,\"1\":2}}", "value has cell 1 twice"},
    {HEAD ",\"value\":{\"1\":\"1\"}}", "expected a number or null in value"},
    {HEAD ",\"value\":{\"1\" 1}}", "expected ':'"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":{\"4\":\"a\"}}", "key \"4\", expected a cell"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":{\"1\":\"a\",\"1\":\"b\"}}", "status has cell 1 twice"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":{\"1\":3}}", "found '3}}', expected a text in status"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":[\"a\",\"b\"]}", "status has 2 texts, expected 4 or 1"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":[\"a\",\"b\",\"c\",\"d\",\"e\"]}",
     "status has more than 4 texts"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":7}", "expected a text in status"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":\"\\x\"}", "byte"},
    {HEAD ",\"value\":[1,2,3,4],\"status\":\"\xff\"}", "one that is no UTF-8"},
    {HEAD ",\"value\":[1,2,3,4],\"value\":[1,2,3,4]}", "value"},
    {HEAD ",\"value\":[1,2,3,4]", "byte"},
    {HEAD ",\"value\":[1,2,3,4]} x", "byte"},
    {HEAD ",\"value\":[1,2,3,4", "byte"},
    {HEAD "}", "value"},
    {"", "reply"},
    {"[]", "reply"},
    {"{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\"],\"size\":[99999999999],"
     "\"dimension\":{},\"value\":{}}",
     "reply"},
};

static void each_fault_is_refused_with_one_line(void **state)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        kt_figures *figures = NULL;
        kt_error err = {0};
        const kt_status status = read_text(*state, faults[i].text, &figures, &err);
        if (status != KT_ERR_FORMAT || strstr(err.message, faults[i].said) == NULL) {
            print_error("%s\n  gave %d: %s\n", faults[i].text, status, err.message);
            fail();
        }
        assert_null(figures);
        assert_null(strchr(err.message, '\n'));
        assert_int_equal(strncmp(err.message, "reply: ", 7), 0);
    }
}

static void more_symbols_than_a_source_can_have_are_refused(void **state)
{
    char text[8192] = "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\"],\"size\":[300],"
                      "\"dimension\":{\"A\":{\"category\":{\"index\":[\"0\"";
    size_t length = strlen(text);
    for (int i = 1; i < 300; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, ",\"%d\"", i);
    }
    length += (size_t)snprintf(text + length, sizeof text - length,
                               "]}}},\"value\":{},\"status\":[\"s0\"");
    for (int i = 1; i < 300; i++) {
        length += (size_t)snprintf(text + length, sizeof text - length, ",\"s%d\"", i);
    }
    (void)snprintf(text + length, sizeof text - length, "]}");
    kt_figures *figures = NULL;
    kt_error err = {0};
    assert_int_equal(read_text(*state, text, &figures, &err), KT_ERR_FORMAT);
    assert_non_null(strstr(err.message, "more than 255 texts in status"));
}

static const kt_figures *read_fixture(kt_arena *arena, const char *name, const char *format)
{
    char *bytes = NULL;
    size_t length = 0;
    kt_error err = {0};
    kt_figures *figures = NULL;
    const char *path = kt_path_join(arena, FIXTURES, name);
    assert_int_equal(kt_file_read(path, (size_t)1 << 26, arena, &bytes, &length, &err), KT_OK);
    const kt_document document = {.bytes = bytes, .length = length, .name = path};
    if (kt_reader_find(format)->read(&document, arena, &figures, &err) != KT_OK) {
        print_error("%s\n", err.message);
    }
    return figures;
}

static void error_replies_and_other_documents_are_refused(void **state)
{
    static const char *const names[] = {"errors/eurostat_413_async_sdmx.xml",
                                        "errors/v1_400_parameter_error.json",
                                        "errors/v1_400_plain.txt",
                                        "errors/v1_400_variable.json",
                                        "errors/v1_403_too_many.json",
                                        "errors/v1_429.json",
                                        "errors/v2_400_missing_selection.json",
                                        "errors/v2_400_too_many_cells.json",
                                        "errors/v2_404_table.json",
                                        "jsonstat/notjsonstat.json",
                                        "jsonstat/order.json", /* its values are texts */
                                        "jsonstat/dimension.json",
                                        "jsonstat/collection.json",
                                        "jsonstat/bundle.json"};
    if (!kt_file_exists(FIXTURES)) {
        skip();
    }
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        for (size_t r = 0; kt_reader_at(r) != NULL; r++) {
            char *bytes = NULL;
            size_t length = 0;
            kt_error err = {0};
            kt_figures *figures = NULL;
            const char *path = kt_path_join(*state, FIXTURES, names[i]);
            assert_int_equal(kt_file_read(path, 1 << 20, *state, &bytes, &length, &err), KT_OK);
            const kt_document document = {.bytes = bytes, .length = length, .name = names[i]};
            assert_int_equal(kt_reader_at(r)->read(&document, *state, &figures, &err),
                             KT_ERR_FORMAT);
            assert_non_null(strstr(err.message, names[i]));
            assert_null(strchr(err.message, '\n'));
        }
    }
}

#define SET_1(label, rest)                                                              \
    "{\"label\":\"" label "\"," rest ",\"dimension\":{\"id\":[\"A\"],\"size\":[\"3\"]," \
    "\"A\":{\"category\":{\"index\":[\"a\",\"b\",\"c\"]}}}}"
#define ITEM_2(label, rest)                                                                \
    "{\"class\":\"dataset\",\"label\":\"" label "\"," rest ",\"id\":[\"A\"],\"size\":[3]," \
    "\"dimension\":{\"A\":{\"category\":{\"index\":[\"a\",\"b\",\"c\"]}}}}"

/* The figures of the data set that the source file means, wherever they stand beside others'. */
static void figures_are_those_of_the_data_set_that_is_meant(void **state)
{
    static const char *const texts[] = {
        "{\"one\":" SET_1("x", "\"value\":[9,9,9]") ",\"two\":" SET_1(
            "y", "\"status\":{\"2\":\"..\"},\"value\":[1,2.5,null]") "}",
        "{\"status\":" SET_1("x", "\"value\":{\"0\":9}") ",\"two\":" SET_1(
            "y", "\"value\":{\"1\":2.5,\"0\":1},\"status\":[null,\"\",\"..\"]") "}",
        "{\"class\":\"collection\",\"version\":\"2.0\",\"link\":{\"item\":[" ITEM_2(
            "one", "\"value\":[9,9,9]") "," ITEM_2("two", "\"value\":[1,2.5,null],\"status\":{"
                                                          "\"2\":\"..\"}") "]}}",
    };
    const kt_source source = {.id = "t", .dataset = "two"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        const kt_document document = {texts[i], strlen(texts[i]), "reply", &source};
        kt_figures *figures = NULL;
        kt_error err = {0};
        const kt_status status =
            kt_reader_find("json-stat2")->read(&document, *state, &figures, &err);
        assert_string_equal(err.message, "");
        assert_int_equal(status, KT_OK);
        assert_close(figures->value[0], 1, 0);
        assert_close(figures->value[1], 2.5, 0);
        assert_true(isnan(figures->value[2]));
        assert_string_equal(symbol_at(figures, 2), "..");
    }
}

static void numbers_for_symbols_become_words_unless_the_source_file_knows_them(void **state)
{
    static const char text[] =
        "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\"],\"size\":[4],"
        "\"dimension\":{\"A\":{\"category\":{\"index\":[\"a\",\"b\",\"c\",\"d\"]}}},"
        "\"value\":[null,null,null,null],\"status\":{\"0\":\"2\",\"1\":\"3\",\"2\":\"8\","
        "\"3\":\"9\"},\"extension\":{\"missingValueDescriptions\":{\"2\":\"Not applicable\","
        "\"3\":\"Data is subject to secrecy\",\"9\":\"\"}}}";
    kt_symbol_spec known[] = {{.symbol = "3", .obs = KT_OBS_PROTECTED}};
    const kt_source source = {.id = "t", .symbols = known, .symbol_count = 1};
    const kt_document document = {text, strlen(text), "reply", &source};
    kt_figures *figures = NULL;
    kt_error err = {0};
    assert_int_equal(kt_reader_find("json-stat2")->read(&document, *state, &figures, &err), KT_OK);
    assert_string_equal(symbol_at(figures, 0), "Not applicable");
    assert_string_equal(symbol_at(figures, 1), "3");
    assert_string_equal(symbol_at(figures, 2), "8");
    assert_string_equal(symbol_at(figures, 3), "9");
}

static size_t cell_of(const kt_figures *figures, const char *const *codes)
{
    size_t cell = 0;
    for (size_t d = 0; d < figures->envelope->dimension_count; d++) {
        const kt_codes *list = figures->envelope->dimensions[d].codes;
        cell = cell * kt_codes_count(list) + kt_codes_find(list, codes[d]);
    }
    return cell;
}

/* Figures of June 2026 as the reply in PX-JSON of the same table has them in words. */
static void a_real_reply_is_read_to_the_unit(void **state)
{
    if (!kt_file_exists(FIXTURES)) {
        skip();
    }
    const kt_figures *figures =
        read_fixture(*state, "derived/12r5_2026M06.jsonstat2.json", "json-stat2");
    assert_non_null(figures);
    static const char *const country[8] = {"SSS", "2026M06", "TYOTTOMATLOPUSSA"};
    static const char *const nowhere[8] = {"MKJO", "2026M06", "AVPAIKATLOPUSSA"};
    assert_close(figures->value[cell_of(figures, country)], 352001, 0);
    assert_close(figures->value[cell_of(figures, nowhere)], 7661, 0);
    size_t hidden = 0;
    for (size_t i = 0; i < figures->envelope->cells; i++) {
        hidden += strcmp(symbol_at(figures, i), "...") == 0;
        assert_true(isnan(figures->value[i]) == (figures->symbol[i] != 0));
    }
    assert_int_equal(hidden, 904);
}

static void other_offices_replies_are_read(void **state)
{
    if (!kt_file_exists(FIXTURES)) {
        skip();
    }
    const kt_figures *euro =
        read_fixture(*state, "eurostat/prc_hicp_manr_EA_2025-10_12.json", "json-stat2");
    assert_close(euro->value[2], 2.0, 0);
    const kt_figures *next =
        read_fixture(*state, "jsonstat/statfin_pxapi_style_with_nulls.json", "json-stat2");
    assert_string_equal(symbol_at(next, 11), "Not applicable");
    assert_close(next->value[12], -1.31, 0);
    assert_non_null(read_fixture(*state, "v1_misc/ssb_13861_jsonstat2.json", "json-stat2"));
    assert_non_null(
        read_fixture(*state, "statfin_v1_2026/11re_three_cities.jsonstat2.json", "json-stat2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_shape_of_value_and_status_is_read),
        cmocka_unit_test(a_zero_is_never_negative),
        cmocka_unit_test(positions_come_from_the_index_and_not_from_its_order),
        cmocka_unit_test(a_dimension_of_one_category_needs_no_index),
        cmocka_unit_test(each_fault_is_refused_with_one_line),
        cmocka_unit_test(more_symbols_than_a_source_can_have_are_refused),
        cmocka_unit_test(error_replies_and_other_documents_are_refused),
        cmocka_unit_test(figures_are_those_of_the_data_set_that_is_meant),
        cmocka_unit_test(numbers_for_symbols_become_words_unless_the_source_file_knows_them),
        cmocka_unit_test(a_real_reply_is_read_to_the_unit),
        cmocka_unit_test(other_offices_replies_are_read),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
