/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"

#include "core/support.h"
#include "core/text.h"

static kt_envelope *read_fixture(const bench *made, const char *name, kt_envelope_reader read)
{
    char *path = kt_arena_print(made->arena, "%s/tests/fixtures/core/%s", KT_ROOT, name);
    char *bytes = NULL;
    size_t length = 0;
    kt_envelope *envelope = NULL;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1 << 20, made->arena, &bytes, &length, &error), KT_OK);
    const kt_document document = {.bytes = bytes, .length = length, .name = name};
    const kt_status status = read(&document, made->arena, &envelope, &error);
    assert_string_equal(error.message, "");
    assert_int_equal(status, KT_OK);
    return envelope;
}

static void a_jsonstat_reply_tells_its_dimensions_and_its_update(void **state)
{
    const kt_envelope *envelope =
        read_fixture(*state, "12ti_part.jsonstat2.json", kt_envelope_jsonstat);
    assert_int_equal(envelope->dimension_count, 4);
    assert_int_equal(envelope->cells, 5 * 4 * 2 * 2);
    assert_string_equal(envelope->updated, "2026-07-21T05:00:00Z");
    assert_string_equal(envelope->table, "12ti");
    const kt_dimension *dimensions = envelope->dimensions;
    assert_string_equal(dimensions[1].id, "Ammattiryhmä");
    assert_string_equal(dimensions[2].label, "Kuukausi");
    assert_string_equal(kt_codes_at(dimensions[0].codes, 4), "MKJO");
    assert_string_equal(kt_codes_label(dimensions[0].codes, 1), "Uusimaa");
    assert_true(dimensions[0].is_geo && dimensions[0].can_be_left_out);
    assert_true(dimensions[2].is_time && !dimensions[2].can_be_left_out);
    assert_true(dimensions[3].is_metric && !dimensions[3].is_time);
}

static void a_pxjson_reply_has_its_contents_as_the_last_dimension(void **state)
{
    const kt_envelope *envelope = read_fixture(*state, "12r5_part.pxjson.json", kt_envelope_pxjson);
    assert_int_equal(envelope->dimension_count, 3);
    assert_int_equal(envelope->cells, 4 * 2 * 3);
    assert_string_equal(envelope->updated, "2026-07-21T05.00.00Z");
    assert_null(envelope->table);
    assert_string_equal(kt_codes_at(envelope->dimensions[0].codes, 3), "KU091");
    assert_true(envelope->dimensions[1].is_time);
    assert_string_equal(envelope->dimensions[2].id, "contentscode");
    assert_true(envelope->dimensions[2].is_metric);
    assert_string_equal(kt_codes_at(envelope->dimensions[2].codes, 2), "TYOVOIMATK");
}

static void metadata_tells_what_a_table_offers(void **state)
{
    const kt_envelope *envelope =
        read_fixture(*state, "12ti_metadata.json", kt_envelope_pxweb_metadata);
    assert_int_equal(envelope->dimension_count, 4);
    assert_int_equal(envelope->cells, 7 * 4 * 3 * 2);
    assert_null(envelope->updated);
    assert_true(envelope->dimensions[0].is_geo && envelope->dimensions[0].can_be_left_out);
    assert_true(envelope->dimensions[2].is_time);
    assert_string_equal(kt_codes_label(envelope->dimensions[3].codes, 1),
                        "Avoimet työpaikat laskentapäivänä (lkm.)");
}

static kt_status read_words(const bench *made, kt_envelope_reader read, const char *text,
                            kt_envelope **out, kt_error *err)
{
    const kt_document document = {.bytes = text, .length = strlen(text), .name = "t"};
    return read(&document, made->arena, out, err);
}

/* A data set of two dimensions, its pieces put together. */
#define SET(ids, sizes, dimensions, rest)                                       \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":" ids ",\"size\":" sizes \
    ",\"dimension\":{" dimensions "}," rest "}"
#define DIM_A "\"A\":{\"category\":{\"index\":{\"x\":1,\"y\":0}}}"
#define DIM_B "\"B\":{\"label\":\"Be\",\"category\":{\"label\":{\"only\":\"Ainoa\"}}}"

static void index_may_be_object_array_or_absent(void **state)
{
    const bench *made = *state;
    static const char *const texts[] = {
        SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,null]"),
        SET("[\"A\",\"B\"]", "[2,1]", "\"A\":{\"category\":{\"index\":[\"y\",\"x\"]}}," DIM_B,
            "\"value\":{\"1\":2.5},\"role\":null,\"updated\":null"),
        "\xef\xbb\xbf" SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,null]") "\r\n",
    };
    for (size_t i = 0; i < COUNT_OF(texts); i++) {
        kt_envelope *envelope = NULL;
        kt_error error = {0};
        assert_int_equal(read_words(made, kt_envelope_jsonstat, texts[i], &envelope, &error),
                         KT_OK);
        const kt_dimension *a = &envelope->dimensions[0];
        const kt_dimension *b = &envelope->dimensions[1];
        assert_string_equal(kt_codes_at(a->codes, 0), "y");
        assert_string_equal(kt_codes_label(a->codes, 1), "x");
        assert_string_equal(a->label, "A");
        assert_string_equal(b->label, "Be");
        assert_string_equal(kt_codes_at(b->codes, 0), "only");
        assert_string_equal(kt_codes_label(b->codes, 0), "Ainoa");
        assert_false(a->is_time || a->is_metric || a->can_be_left_out);
        assert_int_equal(envelope->cells, 2);
    }
}

typedef struct refused_case {
    const char *text, *says;
} refused_case;

static void check_refused(const bench *made, kt_envelope_reader read, const refused_case *cases,
                          size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kt_envelope *envelope = NULL;
        kt_error error = {0};
        assert_int_equal(read_words(made, read, cases[i].text, &envelope, &error), KT_ERR_FORMAT);
        assert_true(kt_text_starts(error.message, "t: "));
        assert_says(&error, cases[i].says);
        assert_null(envelope);
    }
}

static void a_data_set_that_does_not_hold_together_is_refused(void **state)
{
    static const refused_case cases[] = {
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1]"),
         "1 values, but the sizes multiply to 2"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,2,3]"),
         "3 values, but the sizes multiply to 2"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":{\"2\":1}"),
         "the key \"2\" is not one of 0 to 1"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":{\"01\":1}"),
         "the key \"01\" is not one of 0 to 1"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":{\"1\":1,\"1\":2}"),
         "the key \"1\" is not one of 0 to 1, each once"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,\"..\"]"),
         "t: \"value\": \"..\", expected numbers and null"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,[2]]"),
         "\"value\": [2], expected numbers and null"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":{\"1\":\"2\"}"),
         "\"value\": \"2\", expected numbers and null"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,2],\"status\":{\"1\":3}"),
         "\"status\": 3, expected texts"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":7"),
         "\"value\": expected an array or an object"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"label\":\"\""),
         "\"value\": expected an array or an object"},
        {SET("[\"A\",\"B\"]", "[3,1]", DIM_A "," DIM_B, "\"value\":[1,2,3]"),
         "dimension A: 2 categories, but its size is 3"},
        {SET("[\"A\",\"B\"]", "[2]", DIM_A "," DIM_B, "\"value\":[1,2]"),
         "\"size\": expected one for each of the 2 dimensions"},
        {SET("[\"A\",\"B\"]", "[\"2\",1]", DIM_A "," DIM_B, "\"value\":[1,2]"),
         "\"size\" of A: expected a count above zero"},
        {SET("[\"A\",\"B\"]", "[2,0]", DIM_A "," DIM_B, "\"value\":[]"),
         "\"size\" of B: expected a count above zero"},
    };
    check_refused(*state, kt_envelope_jsonstat, cases, COUNT_OF(cases));
}

static void dimensions_that_do_not_hold_together_are_refused(void **state)
{
    static const refused_case cases[] = {
        {SET("[\"A\",\"A\"]", "[2,2]", DIM_A, "\"value\":[1,2,3,4]"),
         "\"id\": expected distinct texts"},
        {SET("[\"A\",1]", "[2,2]", DIM_A, "\"value\":[1]"), "\"id\": expected distinct texts"},
        {SET("[]", "[]", "", "\"value\":[1]"), "\"id\": expected an array of texts"},
        {SET("[\"A\",\"C\"]", "[2,1]", DIM_A, "\"value\":[1,2]"),
         "\"dimension\": none of the id C"},
        {SET("[\"A\",\"C\"]", "[2,1]", DIM_A ",\"C\":{}", "\"value\":[1,2]"),
         "dimension C: no \"category\""},
        {SET("[\"A\"]", "[2]", "\"A\":{\"category\":{\"index\":{\"x\":0,\"y\":0}}}",
             "\"value\":[1,2]"),
         "dimension A: the positions in \"index\" are not 0 to 1, each once (y)"},
        {SET("[\"A\"]", "[2]", "\"A\":{\"category\":{\"index\":{\"x\":0,\"y\":2}}}",
             "\"value\":[1,2]"),
         "the positions in \"index\""},
        {SET("[\"A\"]", "[2]", "\"A\":{\"category\":{\"index\":[\"x\",\"x\"]}}", "\"value\":[1,2]"),
         "dimension A: the code x is there twice"},
        {SET("[\"A\"]", "[2]", "\"A\":{\"category\":{\"index\":[\"x\",2]}}", "\"value\":[1,2]"),
         "dimension A: \"index\": expected texts"},
        {SET("[\"A\"]", "[2]", "\"A\":{\"category\":{\"label\":{\"x\":\"1\",\"y\":\"2\"}}}",
             "\"value\":[1,2]"),
         "dimension A: \"index\": expected an object or an array"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B,
             "\"value\":[1,2],\"role\":{\"time\":[\"Aika\"]}"),
         "role time: no dimension Aika"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B,
             "\"value\":[1,2],\"role\":{\"time\":\"A\"}"),
         "role time: expected an array"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,2],\"updated\":7"),
         "\"updated\": expected a text"},
        {SET("[\"A\",\"B\"]", "[2,1]", DIM_A "," DIM_B, "\"value\":[1,2],\"value\":[3,4]"),
         "the key \"value\" is there twice"},
        {SET("[\"A\",\"B\"]", "[99999,1]", DIM_A "," DIM_B, "\"value\":[1,2]"),
         "dimension A: 2 categories, but its size is 99999"},
    };
    check_refused(*state, kt_envelope_jsonstat, cases, COUNT_OF(cases));
}

static void what_is_no_data_set_is_called_what_it_is(void **state)
{
    static const refused_case cases[] = {
        {"", "not a JSON object but an empty body"},
        {"  \n", "not a JSON object but an empty body"},
        {"Bad Request", "not a JSON object but plain text: \"Bad Request\""},
        {"\x1f\x8b\x08", "t: not a JSON object but a packed file, expected it unpacked"},
        {"[1,2]", "not a JSON object but a JSON array: \"[1,2]\""},
        {"<!DOCTYPE html>\n<html><head><title>403 - Forbidden</title></head></html>",
         "not a JSON object but a web page: \"403 - Forbidden\""},
        {"\xef\xbb\xbf<HTML><p>L\xc3\xa4hde</p>", "a web page: \"\xef\xbb\xbf"},
        {"<?xml version=\"1.0\"?><S:Fault>413</S:Fault>", "not a JSON object but XML: \"413\""},
        {"\xff\xfe{\0", "plain text: \"??{\""},
        {"{\"error\":\"Too many values selected\"}",
         "the service says \"Too many values selected\""},
        {"{\"title\":\"Non-existent table\",\"status\":404}",
         "expected a JSON-stat data set, but the service says \"Non-existent table\""},
        {"{\"type_of_json\":\"Not json stat\"}",
         "expected a JSON-stat data set; it begins \"{\"type_of_json\":\"Not json stat\"}\""},
        {"{\"class\":\"picture\",\"version\":\"2.0\"}",
         "JSON-stat of class \"picture\", expected a dataset"},
        {"{\"error\":[{\"status\":400,\"id\":150,\"label\":\"Invalid dimension value\"}]}",
         "expected a JSON-stat data set, but the service says \"Invalid dimension value\""},
        {"{\"warning\":{\"status\":413,\"label\":\"ASYNCHRONOUS_RESPONSE\"}}",
         "but the service says \"ASYNCHRONOUS_RESPONSE\""},
        {"{\"error\":[],\"title\":\"Not found\"}", "but the service says \"Not found\""},
        {"{\"error\":7}", "expected a JSON-stat data set; it begins \"{\"error\":7}\""},
        {"{\"class\":\"dataset\",\"version\":\"1.3\"}", "JSON-stat version \"1.3\", expected 2.0"},
        {"{\"class\":\"dataset\",\"id\":[\"A\"],\"dimension\":{}}",
         "JSON-stat version \"\", expected 2.0"},
        {"{\"class\":\"dataset\",\"version\":\"2.1\",\"dimension\":{}}",
         "JSON-stat version \"2.1\", expected 2.0"},
        {"{\"class\":\"dataset\"}", "JSON-stat version \"\", expected 2.0"},
        {"{\"dataset\":{\"value\":[1]}}", "expected a JSON-stat data set"},
        {"{\"value\":[1],\"dimension\":{}}",
         "a JSON-stat data set without \"class\" and \"version\", expected dataset and 2.0"},
        {"{\"class\":\"dataset\",\"value\":[1,2", "the JSON ends in the middle, at byte 31"},
        {"{\"class\":\"dataset\"} trailing", "byte 20: expected nothing more"},
        {"{\"class\":\"data\xe4set\"}", "byte 14: not UTF-8"},
    };
    check_refused(*state, kt_envelope_jsonstat, cases, COUNT_OF(cases));
}

static void a_reply_that_is_cut_anywhere_is_refused(void **state)
{
    const bench *made = *state;
    char *path =
        kt_arena_print(made->arena, "%s/tests/fixtures/core/12ti_part.jsonstat2.json", KT_ROOT);
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1 << 20, made->arena, &bytes, &length, &error), KT_OK);
    for (size_t cut = 0; cut < length - 2; cut += 13) {
        kt_envelope *envelope = NULL;
        char *part = kt_arena_copy_n(made->arena, bytes, cut);
        const kt_document document = {.bytes = part, .length = cut, .name = "t"};
        assert_int_equal(kt_envelope_jsonstat(&document, made->arena, &envelope, &error),
                         KT_ERR_FORMAT);
        assert_null(envelope);
    }
}

static void a_page_in_place_of_a_reply_is_told_by_its_title(void **state)
{
    const bench *made = *state;
    char *path = kt_arena_print(made->arena, "%s/tests/fixtures/core/forbidden.html", KT_ROOT);
    char *bytes = NULL;
    size_t length = 0;
    kt_envelope *envelope = NULL;
    kt_error error = {0};
    assert_int_equal(kt_file_read(path, 1 << 20, made->arena, &bytes, &length, &error), KT_OK);
    const kt_document document = {.bytes = bytes, .length = length, .name = "12ti"};
    assert_int_equal(kt_envelope_jsonstat(&document, made->arena, &envelope, &error),
                     KT_ERR_FORMAT);
    assert_says(&error, "12ti: not a JSON object but a web page: \"403 - Forbidden: Access is "
                        "denied.");
}

#define COLUMNS                                                        \
    "{\"columns\":[{\"code\":\"A\",\"text\":\"Alue\",\"type\":\"d\"}," \
    "{\"code\":\"V\",\"text\":\"Paikat\",\"type\":\"c\"}],"
#define ROW(key, value) "{\"key\":[\"" key "\"],\"values\":[\"" value "\"]}"

static void pxjson_that_does_not_hold_together_is_refused(void **state)
{
    static const refused_case cases[] = {
        {"{\"error\":\"x\"}",
         "expected PX-JSON with \"columns\" and \"data\", but the service says"},
        {"{\"columns\":[],\"data\":[]}", "\"columns\": expected a column of type c"},
        {"{\"columns\":[{\"code\":\"A\",\"type\":\"z\"}]}",
         "columns[0]: expected a code and a type of d, t or c"},
        {"{\"columns\":[{\"code\":\"V\",\"type\":\"c\"},{\"code\":\"A\",\"type\":\"d\"}]}",
         "the key column A stands behind the contents"},
        {"{\"columns\":[{\"code\":\"A\",\"type\":\"d\"},{\"code\":\"A\",\"type\":\"d\"}]}",
         "a second column A"},
        {"{\"columns\":[{\"code\":\"V\",\"type\":\"c\"},{\"code\":\"V\",\"type\":\"c\"}]}",
         "a second column V"},
        {COLUMNS "\"data\":{}}", "\"data\": expected an array of rows"},
        {COLUMNS "\"data\":[7]}", "data[0]: expected an object"},
        {COLUMNS "\"data\":[" ROW("x", "1") ",{\"key\":[],\"values\":[\"1\"]}]}",
         "data[1]: \"key\": expected 1, one for each column"},
        {COLUMNS "\"data\":[{\"key\":[\"x\"],\"values\":[\"1\",\"2\"]}]}",
         "data[0]: \"values\": expected 1, one for each column"},
        {COLUMNS "\"data\":[{\"key\":[7],\"values\":[\"1\"]}]}", "data[0]: expected a key"},
        {COLUMNS "\"data\":[" ROW("x", "1") "," ROW("x", "2") "]}",
         "2 rows, but the keys combine to 1"},
        {COLUMNS "\"data\":[" ROW("x", "1"), "the JSON ends in the middle"},
    };
    check_refused(*state, kt_envelope_pxjson, cases, COUNT_OF(cases));
}

/* Room for the keys of a million rows of sixty-four columns would be half a GB. */
static void pxjson_rows_that_cannot_hold_their_keys_are_refused_before_room_is_made(void **state)
{
    bench *made = *state;
    KT_AUTO(text) kt_text body = {0};
    kt_text_put(&body, "{\"columns\":[");
    for (int i = 0; i < 64; i++) {
        kt_text_print(&body, "{\"code\":\"k%d\",\"type\":\"d\"},", i);
    }
    kt_text_put(&body, "{\"code\":\"c\",\"type\":\"c\"}],\"data\":[0");
    for (int i = 1; i < 1000000; i++) {
        kt_text_put(&body, ",0");
    }
    kt_text_put(&body, "]}");
    const refused_case refused = {body.bytes, "too short for 1000000 rows with 64 keys each"};
    check_refused(made, kt_envelope_pxjson, &refused, 1);
}

static void pxjson_rows_may_come_in_any_order_but_each_once(void **state)
{
    const bench *made = *state;
    static const char head[] = "{\"columns\":[{\"code\":\"A\",\"type\":\"d\"},"
                               "{\"code\":\"t\",\"type\":\"t\"},{\"code\":\"V\",\"type\":\"c\"}],"
                               "\"data\":[{\"key\":[\"x\",\"2026M01\"],\"values\":[\"1\"]},"
                               "{\"key\":[\"y\",\"2026M02\"],\"values\":[\"2\"]},";
    kt_envelope *envelope = NULL;
    kt_error error = {0};
    char *whole = kt_arena_print(made->arena,
                                 "%s{\"key\":[\"\\u0079\",\"2026M01\"],\"values\":[\"3\"]},"
                                 "{\"key\":[\"x\",\"2026M02\"],\"values\":[\"4\"]}]}",
                                 head);
    assert_int_equal(read_words(made, kt_envelope_pxjson, whole, &envelope, &error), KT_OK);
    assert_int_equal(envelope->cells, 4);
    char *twice = kt_arena_print(made->arena,
                                 "%s{\"key\":[\"x\",\"2026M01\"],\"values\":[\"3\"]},"
                                 "{\"key\":[\"x\",\"2026M02\"],\"values\":[\"4\"]}]}",
                                 head);
    assert_int_equal(read_words(made, kt_envelope_pxjson, twice, &envelope, &error), KT_ERR_FORMAT);
    assert_says(&error, "data[2]: its keys are there twice");
}

static void metadata_that_does_not_hold_together_is_refused(void **state)
{
    static const refused_case cases[] = {
        {"{\"error\":\"Parameter error\"}", "expected PxWeb metadata with \"variables\", but the "
                                            "service says \"Parameter error\""},
        {"{\"title\":\"x\",\"variables\":[]}", "\"variables\": expected at least one"},
        {"{\"version\":\"2.0\",\"class\":\"dataset\",\"dimension\":{}}",
         "expected PxWeb metadata with \"variables\", found JSON-stat"},
        {"{\"variables\":[{\"text\":\"x\"}]}", "variables[0]: no \"code\""},
        {"{\"variables\":[{\"code\":\"A\",\"values\":null}]}", "variable A: no list of values"},
        {"{\"variables\":[{\"code\":\"A\",\"values\":[\"x\",\"x\"]}]}",
         "variable A: value 1, x: expected a new text"},
        {"{\"variables\":[{\"code\":\"A\",\"values\":[7]}]}",
         "variable A: value 0: expected a new text"},
        {"{\"variables\":[{\"code\":\"A\",\"values\":[\"x\"],\"valueTexts\":[]}]}",
         "variable A: 1 values, but 0 texts"},
        {"{\"variables\":[{\"code\":\"A\",\"values\":[\"x\"]},{\"code\":\"A\",\"values\":[\"x\"]}]"
         "}",
         "a second variable A"},
        {"Bad Request", "plain text: \"Bad Request\""},
    };
    check_refused(*state, kt_envelope_pxweb_metadata, cases, COUNT_OF(cases));
}

static void more_variables_than_any_table_has_are_refused(void **state)
{
    KT_AUTO(text) kt_text columns = {0};
    KT_AUTO(text) kt_text variables = {0};
    for (int i = 0; i < 65; i++) {
        kt_text_print(&columns, "{\"code\":\"d%d\",\"type\":\"d\"},", i);
        kt_text_print(&variables, "%s{\"code\":\"d%d\",\"values\":[\"x\"]}", i == 0 ? "" : ",", i);
    }
    const bench *made = *state;
    const refused_case metadata[] = {
        {kt_arena_print(made->arena, "{\"variables\":[%s]}", variables.bytes),
         "65 dimensions, expected at most 64"}};
    const refused_case rows[] = {
        {kt_arena_print(made->arena,
                        "{\"columns\":[%s{\"code\":\"c\",\"type\":\"c\"}],\"data\":[]}",
                        columns.bytes),
         "65 dimensions, expected at most 64"}};
    check_refused(made, kt_envelope_pxweb_metadata, metadata, 1);
    check_refused(made, kt_envelope_pxjson, rows, 1);
}

static void readers_are_found_by_the_format_that_a_source_names(void **state)
{
    (void)state;
    assert_ptr_equal(kt_envelope_reader_find("json-stat2"), kt_envelope_jsonstat);
    assert_ptr_equal(kt_envelope_reader_find("json"), kt_envelope_pxjson);
    assert_null(kt_envelope_reader_find("jsonstat2"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_jsonstat_reply_tells_its_dimensions_and_its_update),
        cmocka_unit_test(a_pxjson_reply_has_its_contents_as_the_last_dimension),
        cmocka_unit_test(metadata_tells_what_a_table_offers),
        cmocka_unit_test(index_may_be_object_array_or_absent),
        cmocka_unit_test(a_data_set_that_does_not_hold_together_is_refused),
        cmocka_unit_test(dimensions_that_do_not_hold_together_are_refused),
        cmocka_unit_test(what_is_no_data_set_is_called_what_it_is),
        cmocka_unit_test(a_reply_that_is_cut_anywhere_is_refused),
        cmocka_unit_test(a_page_in_place_of_a_reply_is_told_by_its_title),
        cmocka_unit_test(pxjson_that_does_not_hold_together_is_refused),
        cmocka_unit_test(pxjson_rows_that_cannot_hold_their_keys_are_refused_before_room_is_made),
        cmocka_unit_test(pxjson_rows_may_come_in_any_order_but_each_once),
        cmocka_unit_test(metadata_that_does_not_hold_together_is_refused),
        cmocka_unit_test(more_variables_than_any_table_has_are_refused),
        cmocka_unit_test(readers_are_found_by_the_format_that_a_source_names),
    };
    return cmocka_run_group_tests(tests, open_bench, close_bench);
}
