/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/support.h"
#include "protocol.h"

static const kt_protocol *pxweb(void)
{
    const kt_protocol *protocol = kt_protocol_find("pxweb");
    assert_non_null(protocol);
    return protocol;
}

static kt_source source_at(const char *base_url, const char *format)
{
    return (kt_source){.id = "12r5", .base_url = base_url, .format = format};
}

static kt_answer answer_with(const char *body)
{
    return (kt_answer){.status = 200, .body = {"?config", body, strlen(body)}};
}

static kt_wanted two_variables(void)
{
    static const char *const areas[] = {"SSS", "MK01", "MK02"};
    static const char *const months[] = {"2026M05", "2026M06"};
    return (kt_wanted){
        .variables = {{.name = "Alue", .codes = areas, .count = 3, .role = KT_ROLE_REGION},
                      {.name = "timeperiod_m",
                       .codes = months,
                       .count = 2,
                       .role = KT_ROLE_PERIOD,
                       .is_time = true}},
        .variable_count = 2};
}

static void a_protocol_nobody_wrote_is_not_found(void **state)
{
    (void)state;
    assert_null(kt_protocol_find("gopher"));
}

static void the_limits_stand_one_level_above_the_database(void **state)
{
    kt_source source = source_at("https://pxdata.stat.fi/PxWeb/api/v1/fi/StatFin", "json");
    assert_string_equal(pxweb()->limits(&source, arena_of(*state)).url,
                        "https://pxdata.stat.fi/PxWeb/api/v1/fi/?config");
    source.base_url = "http://a.fi";
    assert_string_equal(pxweb()->limits(&source, arena_of(*state)).url, "http://a.fi/?config");
}

static void limits_are_read_as_the_service_writes_them(void **state)
{
    (void)state;
    kt_error err = {0};
    kt_service_limits limits = {0};
    const char *config =
        "{\"maxValues\":100,\"maxCells\":120000,\"maxCalls\":40,\"timeWindow\":60,\"CORS\":true}";
    kt_answer answer = answer_with(config);
    assert_ok(pxweb()->read_limits(&answer, &limits, &err));
    assert_int_equal(limits.cells, 120000);
    assert_int_equal(limits.calls, 40);
    assert_close(limits.window_s, 60.0, 0.0);
    const char *older = "{\"maxValues\":1000,\"maxCalls\":10,\"timeWindow\":10}";
    answer = answer_with(older);
    assert_ok(pxweb()->read_limits(&answer, &limits, &err));
    assert_int_equal(limits.cells, 1000);
}

static void limits_that_make_no_sense_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *config, *says;
    } cases[] = {
        {"<html>", "expected the service's limits as a JSON object"},
        {"[]", "expected the service's limits as a JSON object"},
        {"", "expected the service's limits as a JSON object"},
        {"{}", "?config: maxValues: expected a whole number"},
        {"{\"maxCells\":0}", "?config: maxCells: expected a whole number"},
        {"{\"maxCells\":1e300}", "?config: maxCells: expected a whole number"},
        {"{\"maxCells\":\"120000\"}", "?config: maxCells: expected a whole number"},
        {"{\"maxCells\":10,\"maxCalls\":-1}", "?config: maxCalls: expected a whole number"},
        {"{\"maxCells\":10,\"maxCalls\":1.5}", "?config: maxCalls: expected a whole number"},
        {"{\"maxCells\":10,\"maxCalls\":1}", "?config: timeWindow: expected a whole number"},
        {"{\"maxCells\":10,\"maxCalls\":1,\"timeWindow\":86400}",
         "?config: timeWindow: 86400 s, expected at most 3600"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        kt_service_limits limits = {0};
        const kt_answer answer = answer_with(cases[i].config);
        assert_int_equal(pxweb()->read_limits(&answer, &limits, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
    }
}

static void a_query_names_each_code_of_its_part(void **state)
{
    const kt_wanted wanted = two_variables();
    const kt_part part = {.start = {1, 0}, .count = {2, 1}};
    const kt_source source = source_at("https://a.fi/StatFin", "json-stat2");
    const kt_target target = {&source, "tyonv/12r5.px"};
    const kt_request request = pxweb()->data(&target, &wanted, &part, arena_of(*state));
    assert_string_equal(request.method, "POST");
    assert_string_equal(request.url, "https://a.fi/StatFin/tyonv/12r5.px");
    assert_string_equal(
        request.body,
        "{\"query\":["
        "{\"code\":\"Alue\",\"selection\":{\"filter\":\"item\",\"values\":[\"MK01\",\"MK02\"]}},"
        "{\"code\":\"timeperiod_m\",\"selection\":{\"filter\":\"item\",\"values\":[\"2026M05\"]}}],"
        "\"response\":{\"format\":\"json-stat2\"}}");
}

static void a_probe_asks_for_one_cell_of_the_newest_period(void **state)
{
    const kt_wanted wanted = two_variables();
    const kt_source source = source_at("https://a.fi/StatFin", "json");
    const kt_target target = {&source, "tyonv/12r5.px"};
    assert_string_equal(
        pxweb()->probe(&target, &wanted, arena_of(*state)).body,
        "{\"query\":["
        "{\"code\":\"Alue\",\"selection\":{\"filter\":\"item\",\"values\":[\"SSS\"]}},"
        "{\"code\":\"timeperiod_m\",\"selection\":{\"filter\":\"top\",\"values\":[\"1\"]}}],"
        "\"response\":{\"format\":\"json\"}}");
}

static void what_was_asked_is_read_back_from_the_query(void **state)
{
    kt_codes *codes = kt_codes_new(arena_of(*state));
    const kt_wanted wanted = two_variables();
    const kt_part part = {.start = {1, 0}, .count = {2, 1}};
    const kt_source source = source_at("https://a.fi/StatFin", "json");
    const kt_target target = {&source, "tyonv/12r5.px"};
    const kt_receipt query = {.request =
                                  pxweb()->data(&target, &wanted, &part, arena_of(*state)).body};
    const kt_receipt probe = {.request = pxweb()->probe(&target, &wanted, arena_of(*state)).body};
    const kt_receipt nonsense = {.request = "not json"};
    assert_true(pxweb()->asked(&query, "Alue", codes));
    assert_int_equal(kt_codes_count(codes), 2);
    assert_string_equal(kt_codes_at(codes, 1), "MK02");
    assert_false(pxweb()->asked(&query, "Toimiala", codes));
    assert_false(pxweb()->asked(&probe, "timeperiod_m", codes));
    assert_false(pxweb()->asked(&nonsense, "Alue", codes));
    assert_int_equal(kt_codes_count(codes), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_protocol_nobody_wrote_is_not_found),
        in_bench(the_limits_stand_one_level_above_the_database),
        cmocka_unit_test(limits_are_read_as_the_service_writes_them),
        cmocka_unit_test(limits_that_make_no_sense_are_named),
        in_bench(a_query_names_each_code_of_its_part),
        in_bench(a_probe_asks_for_one_cell_of_the_newest_period),
        in_bench(what_was_asked_is_read_back_from_the_query),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
