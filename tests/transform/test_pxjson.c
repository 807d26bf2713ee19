/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <string.h>

#include "core/file.h"
#include "support/arena.h"

#define COLUMNS                                                                      \
    "{\"columns\":[{\"code\":\"Alue\",\"text\":\"Alue\",\"type\":\"d\"},"            \
    "{\"code\":\"timeperiod_m\",\"text\":\"Kuukausi\",\"type\":\"t\"},"              \
    "{\"code\":\"U\",\"text\":\"u\",\"type\":\"c\"},{\"code\":\"V\",\"text\":\"v\"," \
    "\"type\":\"c\"}],\"comments\":[],\"data\":["
#define END      "],\"metadata\":[{\"updated\":\"2026-07-21T05.00.00Z\",\"label\":\"x\"}]}"
#define A        "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[\"12\",\"...\"]}"
#define B        "{\"key\":[\"MK01\",\"2026M06\"],\"values\":[\"0\",\"5.2\"]}"
#define FIXTURES KT_SHARED "/data/fixtures/"

static kt_status read_text(kt_arena *arena, const char *text, kt_figures **out, kt_error *err)
{
    const kt_document document = {.bytes = text, .length = strlen(text), .name = "reply"};
    return kt_reader_find("json")->read(&document, arena, out, err);
}

static void figures_and_symbols_are_told_apart(void **state)
{
    kt_figures *figures = NULL;
    kt_error err = {0};
    assert_int_equal(read_text(*state, COLUMNS A "," B END, &figures, &err), KT_OK);
    assert_int_equal(figures->envelope->cells, 4);
    assert_close(figures->value[0], 12, 0);
    assert_true(isnan(figures->value[1]));
    assert_string_equal(figures->symbols[figures->symbol[1] - 1], "...");
    assert_close(figures->value[2], 0, 0);
    assert_int_equal(figures->symbol[2], 0);
    assert_close(figures->value[3], 5.2, 0);
}

static void members_of_a_row_may_stand_in_any_order(void **state)
{
    kt_figures *figures = NULL;
    kt_error err = {0};
    const char *text = COLUMNS "{ \"values\" : [ \"7\" , \"8\" ] , \"comment\" : {\"a\":[1]} , "
                               "\"key\" : [ \"SSS\" , \"2026M06\" ] }" END;
    assert_int_equal(read_text(*state, text, &figures, &err), KT_OK);
    assert_close(figures->value[1], 8, 0);
}

typedef struct fault {
    const char *text;
} fault;

static const fault faults[] = {
    {COLUMNS A "," A END},                                                        /* a row twice */
    {COLUMNS A ",{\"key\":[\"MK01\",\"2026M07\"],\"values\":[\"1\",\"2\"]}" END}, /* rows missing */
    {COLUMNS "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[\"1\"]}" END}, /* too few figures */
    {COLUMNS "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[\"1\",\"2\",\"3\"]}" END},
    {COLUMNS "{\"key\":[\"SSS\"],\"values\":[\"1\",\"2\"]}" END},
    {COLUMNS "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[1,\"2\"]}" END}, /* a number, no text */
    {COLUMNS "{\"key\":[\"SSS\",\"2026M06\"],\"values\":[\"\",\"2\"]}" END},
    {COLUMNS "{\"key\":[\"SSS\",\"2026M06\"]}" END},
    {COLUMNS "{\"key\":[\"SSS\",7],\"values\":[\"1\",\"2\"]}" END},
    {COLUMNS "[]" END},
    {COLUMNS A "," END},
    {COLUMNS A},
    {COLUMNS A END "x"},
    {"{\"columns\":[],\"data\":[]}"},
    {"{\"data\":[" A "]}"},
    {"Bad Request"},
    {""},
};

static void each_fault_is_refused_with_one_line(void **state)
{
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++) {
        kt_figures *figures = NULL;
        kt_error err = {0};
        const kt_status status = read_text(*state, faults[i].text, &figures, &err);
        if (status != KT_ERR_FORMAT) {
            print_error("%s\n  gave %d: %s\n", faults[i].text, status, err.message);
            fail();
        }
        assert_int_equal(strncmp(err.message, "reply: ", 7), 0);
        assert_null(strchr(err.message, '\n'));
    }
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
    assert_non_null(figures);
    return figures;
}

static size_t dimension_of(const kt_envelope *envelope, const char *id)
{
    size_t d = 0;
    while (strcmp(envelope->dimensions[d].id, id) != 0) {
        d++;
    }
    return d;
}

/* The cell of b that has the codes of a cell of a, whatever the order of the dimensions. */
static size_t same_cell(const kt_envelope *a, size_t cell, const kt_envelope *b)
{
    size_t place[8] = {0}, result = 0;
    for (size_t d = a->dimension_count; d-- > 0;) {
        const size_t size = kt_codes_count(a->dimensions[d].codes);
        const size_t at = dimension_of(b, a->dimensions[d].id);
        place[at] = kt_codes_find(b->dimensions[at].codes,
                                  kt_codes_at(a->dimensions[d].codes, cell % size));
        assert_int_not_equal(place[at], KT_NO_CODE);
        cell /= size;
    }
    for (size_t d = 0; d < b->dimension_count; d++) {
        result = result * kt_codes_count(b->dimensions[d].codes) + place[d];
    }
    return result;
}

static void assert_same_figures(const kt_figures *a, const kt_figures *b)
{
    assert_int_equal(a->envelope->cells, b->envelope->cells);
    for (size_t i = 0; i < a->envelope->cells; i++) {
        const size_t j = same_cell(a->envelope, i, b->envelope);
        assert_true(isnan(a->value[i]) ? isnan(b->value[j]) : a->value[i] == b->value[j]);
        const char *left = a->symbol[i] == 0 ? "" : a->symbols[a->symbol[i] - 1];
        const char *right = b->symbol[j] == 0 ? "" : b->symbols[b->symbol[j] - 1];
        assert_string_equal(left, right);
    }
}

static void both_formats_of_a_real_reply_read_to_the_same_figures(void **state)
{
    if (!kt_file_exists(FIXTURES)) {
        skip();
    }
    assert_same_figures(
        read_fixture(*state, "statfin_v1_2026/12r5_2026M06_all_areas.pxjson.json", "json"),
        read_fixture(*state, "derived/12r5_2026M06.jsonstat2.json", "json-stat2"));
}

static void real_replies_with_and_without_areas_are_read(void **state)
{
    if (!kt_file_exists(FIXTURES)) {
        skip();
    }
    const kt_figures *occupations =
        read_fixture(*state, "statfin_v1_2026/12ti_2026M06_all_areas_3occ.pxjson.json", "json");
    assert_int_equal(occupations->envelope->cells, 421 * 3 * 2);
    (void)read_fixture(*state, "statfin_v1_2026/135z_2026M06.pxjson.json", "json");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_and_symbols_are_told_apart),
        cmocka_unit_test(members_of_a_row_may_stand_in_any_order),
        cmocka_unit_test(each_fault_is_refused_with_one_line),
        cmocka_unit_test(both_formats_of_a_real_reply_read_to_the_same_figures),
        cmocka_unit_test(real_replies_with_and_without_areas_are_read),
    };
    return cmocka_run_group_tests(tests, open_arena, free_arena);
}
