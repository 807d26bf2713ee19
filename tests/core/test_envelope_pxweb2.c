/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"

#include "core/support.h"
#include "core/text.h"

/* In the shape of SCB's TAB6471, June 2026: two counties, an age that is always chosen, two months.
 */
static const char metadata[] =
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"label\":\"Folkmängden per månad\","
    "\"source\":\"SCB\",\"updated\":\"2026-06-08T06:00:00Z\",\"note\":[\"CKM\"],"
    "\"role\":{\"time\":[\"Tid\"],\"metric\":[\"ContentsCode\"]},"
    "\"id\":[\"Region\",\"Alder\",\"ContentsCode\",\"Tid\"],\"size\":[3,2,1,2],\"dimension\":{"
    "\"Region\":{\"label\":\"region\",\"category\":{\"index\":{\"00\":0,\"01\":1,\"03\":2},"
    "\"label\":{\"00\":\"Riket\",\"01\":\"Stockholms län\",\"03\":\"Uppsala län\"}},"
    "\"extension\":{\"elimination\":true,\"show\":\"code_value\",\"codelists\":["
    "{\"id\":\"vs_CKM01Riket\",\"label\":\"riket\",\"type\":\"Valueset\",\"links\":[]},"
    "{\"id\":\"vs_CKM02Län\",\"label\":\"län\",\"type\":\"Valueset\",\"links\":[]}]}},"
    "\"Alder\":{\"label\":\"ålder\",\"category\":{\"index\":{\"TotSA\":0,\"-4\":1}},"
    "\"extension\":{\"elimination\":true,\"eliminationValueCode\":\"TotSA\","
    "\"noteMandatory\":{\"0\":true},\"show\":\"value\",\"codelists\":[]}},"
    "\"ContentsCode\":{\"label\":\"tabellinnehåll\",\"category\":{\"index\":{\"000007SF\":0},"
    "\"label\":{\"000007SF\":\"Folkmängd\"},\"unit\":{\"000007SF\":{\"base\":\"antal\"}}},"
    "\"extension\":{\"elimination\":false,\"refperiod\":{\"000007SF\":\"x\"}}},"
    "\"Tid\":{\"label\":\"månad\",\"category\":{\"index\":{\"2026M03\":0,\"2026M04\":1}},"
    "\"extension\":{\"elimination\":false,\"show\":\"code\",\"codelists\":[]}}},"
    "\"extension\":{\"noteMandatory\":{\"0\":true},\"px\":{\"tableid\":\"TAB6471\"}},"
    "\"value\":[]}";

static void metadata_of_pxweb_2_tell_what_a_table_offers(void **state)
{
    const bench *made = *state;
    kt_envelope *envelope = NULL;
    kt_error err = {0};
    const kt_document document = {.bytes = metadata, .length = strlen(metadata), .name = "t"};
    assert_int_equal(kt_envelope_pxweb2_metadata(&document, made->arena, &envelope, &err), KT_OK);
    assert_int_equal(envelope->dimension_count, 4);
    assert_int_equal(envelope->cells, 3 * 2 * 1 * 2);
    assert_string_equal(envelope->updated, "2026-06-08T06:00:00Z");
    assert_string_equal(envelope->table, "TAB6471");
    const kt_dimension *d = envelope->dimensions;
    assert_string_equal(kt_codes_label(d[0].codes, 2), "Uppsala län");
    assert_true(d[0].can_be_left_out && d[1].can_be_left_out && !d[2].can_be_left_out);
    assert_null(d[0].total);
    assert_string_equal(d[1].total, "TotSA");
    assert_int_equal(kt_codes_count(d[0].codelists), 2);
    assert_string_equal(kt_codes_at(d[0].codelists, 1), "vs_CKM02Län");
    assert_string_equal(kt_codes_label(d[0].codelists, 1), "län");
    assert_null(d[1].codelists);
    assert_true(d[2].is_metric && d[3].is_time);
}

static void check_refused(const bench *made, kt_envelope_reader read, const char *text,
                          const char *says)
{
    kt_envelope *envelope = NULL;
    kt_error err = {0};
    const kt_document document = {.bytes = text, .length = strlen(text), .name = "t"};
    assert_int_equal(read(&document, made->arena, &envelope, &err), KT_ERR_FORMAT);
    assert_null(envelope);
    assert_true(kt_text_starts(err.message, "t: "));
    if (strstr(err.message, says) == NULL) {
        print_error("%s\nis not: %s\n", err.message, says);
        fail();
    }
}

#define SET(value)                                                            \
    "{\"version\":\"2.0\",\"class\":\"dataset\",\"id\":[\"A\"],\"size\":[1]," \
    "\"dimension\":{\"A\":{\"category\":{\"index\":{\"x\":0}}}}" value "}"

static void what_is_no_metadata_of_pxweb_2_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {SET(",\"value\":[3]"), "figures in \"value\", expected metadata, where it is []"},
        {SET(",\"value\":{}"), "expected metadata"},
        {SET(""), "expected metadata"},
        {"{\"type\":\"Parameter error\",\"title\":\"Non-existent table\",\"status\":404}",
         "the service says \"Non-existent table\""},
        {"{\"title\":\"x\",\"variables\":[]}", "expected a JSON-stat data set"},
        {"<html><body>404</body></html>", "a web page: \"404\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        check_refused(*state, kt_envelope_pxweb2_metadata, cases[i].text, cases[i].says);
    }
}

static void a_code_list_gives_its_codes_in_order(void **state)
{
    static const char list[] =
        "{\"id\":\"agg_Ålder10årJ\",\"label\":\"10-årsklasser\",\"language\":\"sv\","
        "\"type\":\"Aggregation\",\"values\":[{\"code\":\"-9\",\"label\":\"0-9 år\",\"valueMap\":["
        "\"0\",\"1\"]},{\"code\":\"100+\",\"label\":\"100+ år\",\"valueMap\":[\"100+\"]}]}";
    const bench *made = *state;
    kt_codes *codes = NULL;
    kt_error err = {0};
    const kt_document document = {.bytes = list, .length = strlen(list), .name = "t"};
    assert_int_equal(kt_pxweb2_codelist(&document, made->arena, &codes, &err), KT_OK);
    assert_int_equal(kt_codes_count(codes), 2);
    assert_string_equal(kt_codes_at(codes, 0), "-9");
    assert_string_equal(kt_codes_label(codes, 1), "100+ år");
}

static void a_code_list_that_does_not_hold_together_is_refused(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"{\"id\":\"x\",\"values\":[]}", "expected a code list with \"values\""},
        {"{\"type\":\"Parameter error\",\"title\":\"Non-existent codelist\",\"status\":404}",
         "the service says \"Non-existent codelist\""},
        {"{\"values\":[{\"label\":\"x\"}]}", "values[0]: expected a new \"code\""},
        {"{\"values\":[{\"code\":\"a\"},{\"code\":\"a\"}]}", "values[1], a: expected a new"},
        {"[]", "a JSON array"},
    };
    const bench *made = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_codes *codes = NULL;
        kt_error err = {0};
        const kt_document document = {
            .bytes = cases[i].text, .length = strlen(cases[i].text), .name = "t"};
        assert_int_equal(kt_pxweb2_codelist(&document, made->arena, &codes, &err), KT_ERR_FORMAT);
        assert_null(codes);
        assert_non_null(strstr(err.message, cases[i].says));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(metadata_of_pxweb_2_tell_what_a_table_offers),
        in_bench(what_is_no_metadata_of_pxweb_2_is_refused),
        in_bench(a_code_list_gives_its_codes_in_order),
        in_bench(a_code_list_that_does_not_hold_together_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
