/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/support.h"
#include "protocol.h"

#define BASE "https://a.se/api/v2"

static const kt_protocol *pxweb2(void)
{
    const kt_protocol *protocol = kt_protocol_find("pxweb2");
    assert_non_null(protocol);
    return protocol;
}

static kt_source source_in(const char *language)
{
    return (kt_source){
        .id = "TAB1", .base_url = BASE, .format = "json-stat2", .language = language};
}

static kt_answer answer_with(long status, const char *headers, const char *body)
{
    return (kt_answer){.status = status, .headers = headers, .body = {"t", body, strlen(body)}};
}

static const char *const regions[] = {"01", "03", "Övr, 1"};
static const char *const months[] = {"2026M03", "2026M04"};

static kt_wanted two_variables(void)
{
    return (kt_wanted){
        .variables =
            {{.name = "Län", .codes = regions, .count = 3, .role = KT_ROLE_REGION},
             {.name = "Tid", .codes = months, .count = 2, .role = KT_ROLE_PERIOD, .is_time = true}},
        .variable_count = 2};
}

static void each_question_has_its_address(void **state)
{
    const kt_source source = source_in("sv");
    const kt_source plain = source_in(NULL);
    const kt_target target = {&source, "TAB1"};
    const kt_target plainly = {&plain, "TAB1"};
    kt_arena *arena = arena_of(*state);
    assert_string_equal(pxweb2()->limits(&source, arena).url, BASE "/config");
    assert_string_equal(pxweb2()->metadata(&target, arena).url,
                        BASE "/tables/TAB1/metadata?lang=sv");
    assert_string_equal(pxweb2()->metadata(&plainly, arena).url, BASE "/tables/TAB1/metadata");
    assert_string_equal(pxweb2()->about(&target, arena).url, BASE "/tables/TAB1?lang=sv");
    assert_string_equal(pxweb2()->code_list(&source, "vs_Län", arena).url,
                        BASE "/codelists/vs_L%C3%A4n?lang=sv");
    assert_string_equal(pxweb2()->code_list(&source, "vs_Län", arena).method, "GET");
}

static void limits_are_read_from_the_configuration_or_the_headers(void **state)
{
    (void)state;
    static const struct {
        const char *headers, *config;
        size_t cells, calls;
        double window_s;
    } cases[] = {
        /* Statistics Sweden, June 2026 */
        {NULL, "{\"maxDataCells\":150000,\"maxCallsPerTimeWindow\":3,\"timeWindow\":1}", 150000, 3,
         1.0},
        /* Statistics Norway */
        {"Content-Type: application/json\r\nX-RateLimit-Limit: 40\r\nX-RateLimit-Reset: 12\r\n",
         "{\"maxDataCells\":800000}", 800000, 40, 60.0},
        {"x-ratelimit-limit: 100\r\nx-ratelimit-reset: 600\r\n", "{\"maxDataCells\":5}", 5, 100,
         600.0},
        {"x-ratelimit-limit: 100\r\nx-ratelimit-reset: 86400\r\n", "{\"maxDataCells\":5}", 5, 100,
         60.0},
        {"x-ratelimit-limit: none\r\n", "{\"maxDataCells\":800000}", 800000, 0, 60.0},
        {NULL, "{\"maxDataCells\":800000}", 800000, 0, 60.0},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        kt_service_limits limits = {0};
        const kt_answer answer = answer_with(200, cases[i].headers, cases[i].config);
        assert_ok(pxweb2()->read_limits(&answer, &limits, &err));
        assert_int_equal(limits.cells, cases[i].cells);
        assert_int_equal(limits.calls, cases[i].calls);
        assert_close(limits.window_s, cases[i].window_s, 0.0);
    }
}

static void limits_that_make_no_sense_are_named(void **state)
{
    (void)state;
    static const struct {
        const char *config, *says;
    } cases[] = {
        {"<html>", "expected the service's limits as a JSON object"},
        {"{}", "maxDataCells: expected a whole number"},
        {"{\"maxDataCells\":10,\"maxCallsPerTimeWindow\":0}",
         "maxCallsPerTimeWindow: expected a whole number"},
        {"{\"maxDataCells\":10,\"maxCallsPerTimeWindow\":3}",
         "timeWindow: expected a whole number"},
        {"{\"maxDataCells\":10,\"maxCallsPerTimeWindow\":3,\"timeWindow\":86400}",
         "timeWindow: 86400 s, expected at most 3600"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        kt_service_limits limits = {0};
        const kt_answer answer = answer_with(200, NULL, cases[i].config);
        assert_int_equal(pxweb2()->read_limits(&answer, &limits, &err), KT_ERR_FORMAT);
        assert_says(&err, cases[i].says);
    }
}

static void a_table_may_say_that_it_is_discontinued(void **state)
{
    (void)state;
    static const struct {
        const char *body;
        kt_status status;
        bool discontinued;
    } cases[] = {
        {"{\"id\":\"TAB1\",\"discontinued\":true}", KT_OK, true},
        {"{\"id\":\"TAB1\",\"discontinued\":false}", KT_OK, false},
        {"{\"id\":\"TAB1\",\"discontinued\":null}", KT_OK, false},
        {"{\"id\":\"TAB1\"}", KT_OK, false}, /* as SCB writes it */
        {"{\"discontinued\":true}", KT_ERR_FORMAT, false},
        {"<html>", KT_ERR_FORMAT, false},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_error err = {0};
        bool discontinued = false;
        const kt_answer answer = answer_with(200, NULL, cases[i].body);
        assert_int_equal(pxweb2()->read_about(answer.body, &discontinued, &err), cases[i].status);
        assert_int_equal(discontinued, cases[i].discontinued);
    }
}

static void a_short_question_is_an_address(void **state)
{
    const kt_wanted wanted = two_variables();
    const kt_part part = {.start = {0, 1}, .count = {2, 1}};
    const kt_source source = source_in("sv");
    const kt_target target = {&source, "TAB1"};
    const kt_request request = pxweb2()->data(&target, &wanted, &part, arena_of(*state));
    assert_string_equal(request.method, "GET");
    assert_null(request.body);
    assert_string_equal(request.url,
                        BASE "/tables/TAB1/data?lang=sv&outputFormat=json-stat2"
                             "&valueCodes%5BL%C3%A4n%5D=01,03&valueCodes%5BTid%5D=2026M04");
}

static void a_code_with_a_comma_is_sent_in_a_body(void **state)
{
    const kt_wanted wanted = two_variables();
    const kt_part part = {.start = {2, 0}, .count = {1, 2}};
    const kt_source source = source_in(NULL);
    const kt_target target = {&source, "TAB1"};
    const kt_request request = pxweb2()->data(&target, &wanted, &part, arena_of(*state));
    assert_string_equal(request.method, "POST");
    assert_string_equal(request.url, BASE "/tables/TAB1/data?outputFormat=json-stat2");
    assert_string_equal(request.body,
                        "{\"selection\":[{\"variableCode\":\"Län\",\"valueCodes\":[\"Övr, 1\"]},"
                        "{\"variableCode\":\"Tid\",\"valueCodes\":[\"2026M03\",\"2026M04\"]}]}");
}

/* "0001" ... : enough of them make any address too long. */
static kt_wanted many_codes(size_t count, kt_arena *arena)
{
    const char **codes = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        codes[i] = kt_arena_print(arena, "%04zu", i);
    }
    kt_wanted wanted = two_variables();
    wanted.variables[0].codes = codes;
    wanted.variables[0].count = count;
    return wanted;
}

static void no_address_passes_two_thousand_letters(void **state)
{
    kt_arena *arena = arena_of(*state);
    const kt_source source = source_in("sv");
    const kt_target target = {&source, "TAB1"};
    size_t addresses = 0;
    for (size_t count = 350; count < 400; count++) {
        const kt_wanted wanted = many_codes(count, arena);
        const kt_part part = {.count = {count, 1}};
        const kt_request request = pxweb2()->data(&target, &wanted, &part, arena);
        const bool get = strcmp(request.method, "GET") == 0;
        assert_true(strlen(request.url) < 2000);
        assert_true(get == (request.body == NULL));
        addresses += get;
    }
    assert_in_range(addresses, 1, 49);
}

static void a_code_list_is_named_with_its_variable(void **state)
{
    const kt_variable_spec spec = {.code_list = "vs_Län"};
    const kt_source source = source_in(NULL);
    const kt_target target = {&source, "TAB1"};
    const kt_part plain = {.start = {0, 0}, .count = {1, 1}};
    const kt_part comma = {.start = {2, 0}, .count = {1, 1}};
    kt_wanted wanted = two_variables();
    wanted.variables[0].spec = &spec;
    assert_non_null(strstr(pxweb2()->data(&target, &wanted, &plain, arena_of(*state)).url,
                           "&valueCodes%5BL%C3%A4n%5D=01&codelist%5BL%C3%A4n%5D=vs_L%C3%A4n&"));
    assert_non_null(strstr(pxweb2()->data(&target, &wanted, &comma, arena_of(*state)).body,
                           "{\"variableCode\":\"Län\",\"valueCodes\":[\"Övr, 1\"],\"codelist\":"
                           "\"vs_Län\"}"));
}

static void a_probe_asks_for_one_cell_of_the_newest_period(void **state)
{
    const kt_wanted wanted = two_variables();
    const kt_source source = source_in(NULL);
    const kt_target target = {&source, "TAB1"};
    assert_string_equal(pxweb2()->probe(&target, &wanted, arena_of(*state)).url,
                        BASE "/tables/TAB1/data?outputFormat=json-stat2"
                             "&valueCodes%5BL%C3%A4n%5D=01&valueCodes%5BTid%5D=top%281%29");
}

static void a_bad_request_may_mean_too_many_cells(void **state)
{
    (void)state;
    static const struct {
        long status;
        const char *body;
        kt_meaning means;
    } cases[] = {
        {400,
         "{\"type\":\"Parameter error\",\"title\":\"Too many cells selected\",\"status\":400,"
         "\"detail\":\"Too many cells selected\"}",
         KT_MEANS_TOO_LARGE},
        {400,
         "{\"type\":\"Parameter error\",\"title\":\"Missing selection for mandantory variable\","
         "\"status\":400}",
         KT_MEANS_ITS_STATUS},
        {400, "Bad Request", KT_MEANS_ITS_STATUS},
        {400, "", KT_MEANS_ITS_STATUS},
        {404, "{\"title\":\"Non-existent table\",\"status\":404}", KT_MEANS_ITS_STATUS},
        {200, "{\"title\":\"Too many cells selected\"}", KT_MEANS_ITS_STATUS},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_answer answer = answer_with(cases[i].status, NULL, cases[i].body);
        assert_int_equal(pxweb2()->meaning(&answer), cases[i].means);
    }
}

static kt_receipt receipt_of(kt_request request)
{
    return (kt_receipt){.method = request.method, .url = request.url, .request = request.body};
}

static void what_was_asked_is_read_back_from_address_and_body(void **state)
{
    kt_arena *arena = arena_of(*state);
    const kt_wanted wanted = two_variables();
    const kt_source source = source_in("sv");
    const kt_target target = {&source, "TAB1"};
    const kt_part short_part = {.start = {0, 0}, .count = {2, 1}};
    const kt_part long_part = {.start = {2, 1}, .count = {1, 1}};
    const kt_receipt get = receipt_of(pxweb2()->data(&target, &wanted, &short_part, arena));
    const kt_receipt post = receipt_of(pxweb2()->data(&target, &wanted, &long_part, arena));
    kt_codes *codes = kt_codes_new(arena);
    assert_true(pxweb2()->asked(&get, "Län", codes));
    assert_true(pxweb2()->asked(&post, "Län", codes));
    assert_true(pxweb2()->asked(&get, "Tid", codes));
    assert_true(pxweb2()->asked(&post, "Tid", codes));
    static const char *const all[] = {"01", "03", "Övr, 1", "2026M03", "2026M04"};
    assert_int_equal(kt_codes_count(codes), 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(kt_codes_at(codes, i), all[i]);
    }
}

static void a_probe_names_no_period(void **state)
{
    kt_arena *arena = arena_of(*state);
    kt_wanted wanted = two_variables();
    const kt_source source = source_in("sv");
    const kt_target target = {&source, "TAB1"};
    const kt_receipt get = receipt_of(pxweb2()->probe(&target, &wanted, arena));
    wanted.variables[0].codes = regions + 2;
    const kt_receipt post = receipt_of(pxweb2()->probe(&target, &wanted, arena));
    const kt_receipt nonsense = {.url = BASE, .request = "not json"};
    const kt_receipt other = {.url = BASE "/tables/TAB1/metadata?lang=sv"};
    kt_codes *codes = kt_codes_new(arena);
    assert_string_equal(post.method, "POST");
    assert_false(pxweb2()->asked(&get, "Tid", codes));
    assert_false(pxweb2()->asked(&post, "Tid", codes));
    assert_false(pxweb2()->asked(&get, "Alder", codes));
    assert_false(pxweb2()->asked(&nonsense, "Tid", codes));
    assert_false(pxweb2()->asked(&other, "Tid", codes));
    assert_int_equal(kt_codes_count(codes), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(each_question_has_its_address),
        cmocka_unit_test(limits_are_read_from_the_configuration_or_the_headers),
        cmocka_unit_test(limits_that_make_no_sense_are_named),
        cmocka_unit_test(a_table_may_say_that_it_is_discontinued),
        in_bench(a_short_question_is_an_address),
        in_bench(a_code_with_a_comma_is_sent_in_a_body),
        in_bench(no_address_passes_two_thousand_letters),
        in_bench(a_code_list_is_named_with_its_variable),
        in_bench(a_probe_asks_for_one_cell_of_the_newest_period),
        cmocka_unit_test(a_bad_request_may_mean_too_many_cells),
        in_bench(what_was_asked_is_read_back_from_address_and_body),
        in_bench(a_probe_names_no_period),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
