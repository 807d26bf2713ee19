/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "core/cleanup.h"
#include "server/described.h"
#include "server/scene.h"
#include "support/check.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define TABLE           "/api/v2/tables/TAB1"
#define GET             TABLE "/data?outputFormat=json-stat2&"

static kt_scene *start(kt_test_service service)
{
    const kt_server_options options = {.service = service};
    kt_scene *s = kt_scene_start(&options);
    kt_problems *problems = kt_problems_new(s->arena);
    kt_served_table *table =
        kt_served_table_load(KT_ROOT "/tests/fixtures/server/ledige.json", s->arena, problems);
    assert_int_equal(kt_problems_count(problems), 0);
    kt_server_add(s->server, table);
    return s;
}

static int set_up(void **state)
{
    *state = start(KT_TEST_SCB);
    return 0;
}

static int tear_down(void **state)
{
    kt_scene_end(*state);
    return 0;
}

/* The answer as JSON; the limiter forgets the call. */
static json_t *call(kt_scene *s, const char *path, const char *body)
{
    json_error_t at;
    kt_server_rest(s->server);
    kt_scene_call(s, path, body);
    json_t *root = json_loadb(s->body.bytes, s->body.length, JSON_REJECT_DUPLICATES, &at);
    if (root == NULL) {
        print_error("%ld %s: %.300s\n", s->status, at.text, s->body.bytes);
    }
    assert_non_null(root);
    return root;
}

static const char *compact(kt_scene *s, const json_t *value)
{
    char *words = json_dumps(value, JSON_COMPACT | JSON_ENCODE_ANY);
    const char *kept = words == NULL ? "nothing" : kt_arena_copy(s->arena, words);
    free(words);
    return kept;
}

static const char *member(kt_scene *s, const json_t *root, const char *name)
{
    return compact(s, json_object_get(root, name));
}

static void each_selection_gives_its_cells(void **state)
{
    static const struct {
        const char *query, *size, *value;
    } cases[] = {
        /* codes, in the table's order and in letters of any case */
        {"valueCodes[Region]=31,03&valuecodes[kjonn]=1&valueCodes[ContentsCode]=LEDIGE&"
         "valueCodes[Tid]=2026M01",
         "[2,1,1,1]", "[12,22]"},
        /* a variable that can be left out is its total, and no dimension */
        {"valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Ledige&valueCodes[Tid]=2026M01", "[1,1,1]",
         "[102]"},
        {"valueCodes[Region]=*&valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Ledige&"
         "valueCodes[Tid]=top(1)",
         "[4,1,1,1]", "[103,13,23,33]"},
        {"valueCodes[Region]=3?&valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Ledige&"
         "valueCodes[time]=bottom(1)",
         "[2,1,1,1]", "[20,30]"},
        {"valueCodes[Region]=3*&valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Led*&"
         "valueCodes[Tid]=[top(1,1)]",
         "[2,1,1,1]", "[22,32]"},
        {"valueCodes[Region]=[RANGE(31,03)]&valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Ledige&"
         "valueCodes[Tid]=from(2026M01)",
         "[2,1,1,2]", "[12,13,22,23]"},
        {"valueCodes[Region]=top(1),[bottom(1)]&valueCodes[Kjonn]=2&valueCodes[ContentsCode]="
         "Ledige&valueCodes[Tid]=to(2025M12)",
         "[2,1,1,2]", "[200,201,34,35]"},
        /* a value set, and an aggregation with its sums; a hidden part hides the sum, nil is zero
         */
        {"codelist[Region]=vs_Fylker&valueCodes[Region]=*&valueCodes[Kjonn]=2&"
         "valueCodes[ContentsCode]=Ledige&valueCodes[Tid]=2026M02",
         "[3,1,1,1]", "[17,27,37]"},
        {"codelist[Region]=agg_Parts&valueCodes[Region]=a,b&valueCodes[Kjonn]=2&"
         "valueCodes[ContentsCode]=Stillinger&valueCodes[Tid]=from(2026M01)",
         "[2,1,1,2]", "[16,null,0,9]"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        char *path = kt_arena_print(s->arena, "%s%s", GET, cases[i].query);
        json_auto_t *root = call(s, path, NULL);
        assert_int_equal(s->status, 200);
        assert_string_equal(member(s, root, "size"), cases[i].size);
        assert_string_equal(member(s, root, "value"), cases[i].value);
    }
}

static void a_post_asks_for_the_same(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(
        s, TABLE "/data?lang=en&outputFormat=json-stat2",
        "{\"selection\":[{\"variableCode\":\"Region\",\"codelist\":\"agg_Parts\",\"valueCodes\":["
        "\"a\"]},{\"variableCode\":\"Kjonn\",\"valueCodes\":[\"1\",\"2\"]},{\"variableCode\":"
        "\"ContentsCode\",\"valueCodes\":[\"Stillinger\"]},{\"variableCode\":\"Tid\","
        "\"valueCodes\":[\"top(1)\"]}]}");
    assert_string_equal(member(s, root, "id"), "[\"Region\",\"Kjonn\",\"ContentsCode\",\"Tid\"]");
    assert_string_equal(member(s, root, "value"), "[10,null]");
    assert_string_equal(member(s, root, "status"), "{\"1\":\"...\"}");
    assert_string_equal(member(s, root, "role"),
                        "{\"time\":[\"Tid\"],\"geo\":[\"Region\"],\"metric\":[\"ContentsCode\"]}");
    assert_string_equal(member(s, root, "updated"), "\"2026-06-08T06:00:00Z\"");
    assert_int_equal(kt_server_calls(s->server, KT_CALL_DATA), 1);
}

static void nothing_selected_is_the_default_selection(void **state)
{
    kt_scene *s = *state;
    /* One variable has to be chosen, so it stands whole; of the others the last one, first content,
     * newest period. */
    json_auto_t *get = call(s, TABLE "/data", NULL);
    assert_string_equal(member(s, get, "size"), "[2,1,1]");
    assert_string_equal(member(s, get, "value"), "[103,203]");
    json_auto_t *post = call(s, TABLE "/data", "{\"selection\":[]}");
    assert_true(json_equal(get, post));
}

#define FULL "valueCodes[Kjonn]=1&valueCodes[ContentsCode]=Ledige&valueCodes[Tid]=2026M01&"

static void each_mistake_has_its_problem(void **state)
{
    static const struct {
        const char *path;
        long status;
        const char *title;
    } cases[] = {
        {GET "valueCodes[Kjonn]=1", 400, "Missing selection for mandantory variable"},
        {GET FULL "valueCodes[Alder]=1", 400, "Non-existent variable"},
        {GET FULL "valueCodes[Region]=99", 400, "Non-existent value"},
        {GET FULL "valueCodes[Region]=9*", 400, "Non-existent value"},
        {GET FULL "valueCodes[Region]=from(99)", 400, "Non-existent value"},
        {GET FULL "valueCodes[Region]=top(0)", 400, "Illegal selection expression"},
        {GET FULL "valueCodes[Region]=top(1,1)", 400, "Illegal selection expression"}, /* no [ ] */
        {GET FULL "valueCodes[Region]=range(03)", 400, "Illegal selection expression"},
        {GET FULL "valueCodes[Region]=03&codelist[Region]=vs_Other", 400, "Non-existent codelist"},
        {GET FULL "valueCodes[Region]=0&codelist[Region]=vs_Fylker", 400, "Non-existent value"},
        {TABLE "/data?outputFormat=csv3", 400, "Unsupported output format"},
        {"/api/v2/tables/TAB2", 404, "Non-existent table"},
        {"/api/v2/tables/TAB2/metadata", 404, "Non-existent table"},
        {"/api/v2/codelists/vs_Other", 404, "Non-existent codelist"},
        {"/api/v2/tables?pageNumber=9", 404, "Non-existent page"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_auto_t *root = call(s, cases[i].path, NULL);
        assert_int_equal(s->status, cases[i].status);
        assert_int_equal(json_integer_value(json_object_get(root, "status")), cases[i].status);
        assert_string_equal(json_string_value(json_object_get(root, "title")), cases[i].title);
        assert_string_equal(member(s, root, "type"), "\"Parameter error\"");
    }
}

static void a_body_that_cannot_be_read_is_refused(void **state)
{
    static const struct {
        const char *body;
    } cases[] = {
        {""},
        {"{"},
        {"[]"},
        {"{\"selection\":3}"},
        {"{\"selection\":[{\"valueCodes\":[\"1\"]}]}"},
        {"{\"selection\":[{\"variableCode\":\"Tid\",\"valueCodes\":[1]}]}"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_auto_t *root = call(s, TABLE "/data", cases[i].body);
        assert_int_equal(s->status, 400);
        assert_non_null(json_object_get(root, "title"));
    }
}

static void too_many_cells_are_a_bad_request_with_a_problem(void **state)
{
    (void)state;
    const kt_server_options small = {.service = KT_TEST_SCB, .max_cells = 100};
    kt_scene *s = kt_scene_start(&small);
    json_auto_t *root = call(s,
                             "/api/v2/tables/12r5/data?valueCodes[timeperiod_m]=*&"
                             "valueCodes[contentscode]=*",
                             NULL);
    assert_int_equal(s->status, 400);
    assert_string_equal(compact(s, root),
                        "{\"type\":\"Parameter error\",\"title\":\"Too many cells selected\","
                        "\"status\":400,\"detail\":\"Too many cells selected\"}");
    kt_scene_end(s);
}

static void an_address_that_is_too_long_is_not_found(void **state)
{
    kt_scene *s = *state;
    KT_AUTO(text) kt_text path = {0};
    kt_text_put(&path, GET FULL "valueCodes[Region]=03");
    while (path.length < 2050) {
        kt_text_put(&path, ",03");
    }
    json_decref(call(s, path.bytes, NULL));
    assert_int_equal(s->status, 200);
    while (path.length < 2110) {
        kt_text_put(&path, ",03");
    }
    kt_scene_call(s, path.bytes, NULL);
    assert_int_equal(s->status, 404);
    assert_non_null(strstr(s->headers.bytes, "text/html"));
}

static void metadata_name_all_there_is_and_the_code_lists(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(s, TABLE "/metadata?lang=en", NULL);
    assert_string_equal(member(s, root, "size"), "[4,2,2,4]");
    assert_string_equal(member(s, root, "value"), "[]");
    const json_t *dimensions = json_object_get(root, "dimension");
    const json_t *region = json_object_get(json_object_get(dimensions, "Region"), "extension");
    assert_true(json_is_true(json_object_get(region, "elimination")));
    assert_string_equal(member(s, region, "eliminationValueCode"), "\"0\"");
    const json_t *list = json_array_get(json_object_get(region, "codelists"), 1);
    assert_string_equal(member(s, list, "id"), "\"agg_Parts\"");
    assert_string_equal(member(s, list, "type"), "\"Aggregation\"");
    assert_int_equal(kt_server_calls(s->server, KT_CALL_METADATA), 1);
}

static void a_code_list_says_what_its_values_are(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(s, "/api/v2/codeLists/agg_Parts?lang=en", NULL);
    assert_string_equal(
        member(s, root, "values"),
        "[{\"code\":\"a\",\"label\":\"Oslo and around\",\"valueMap\":[\"03\",\"32\"]},"
        "{\"code\":\"b\",\"label\":\"Rest\",\"valueMap\":[\"31\"]}]");
    assert_int_equal(kt_server_calls(s->server, KT_CALL_CODELIST), 1);
}

static void a_table_says_when_it_ends_and_that_it_is_discontinued(void **state)
{
    kt_scene *s = *state;
    json_auto_t *before = call(s, TABLE, NULL);
    assert_string_equal(member(s, before, "firstPeriod"), "\"2025M11\"");
    assert_string_equal(member(s, before, "lastPeriod"), "\"2026M02\"");
    assert_string_equal(member(s, before, "updated"), "\"2026-06-08T06:00:00Z\"");
    assert_string_equal(member(s, before, "discontinued"), "false");
    kt_server_discontinue(s->server, "TAB1");
    json_auto_t *after = call(s, TABLE "?lang=en", NULL);
    assert_string_equal(member(s, after, "discontinued"), "true");
    assert_int_equal(kt_server_calls(s->server, KT_CALL_ABOUT), 2);
}

static void tables_are_listed_page_by_page(void **state)
{
    kt_scene *s = *state;
    static const struct {
        const char *path, *ids;
        int found, pages;
    } cases[] = {
        {"/api/v2/tables", "12r5 12ti TAB1 ", 3, 1},
        {"/api/v2/tables/?pageSize=2", "12r5 12ti ", 3, 2},
        {"/api/v2/tables?pagesize=2&pageNumber=2", "TAB1 ", 3, 2},
        {"/api/v2/tables?query=vacancies", "TAB1 ", 1, 1},
        {"/api/v2/tables?query=kuukausi", "12r5 12ti ", 2, 1},
        {"/api/v2/tables?pastDays=1", "", 0, 1},
        {"/api/v2/tables?query=nothing", "", 0, 1},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_auto_t *root = call(s, cases[i].path, NULL);
        const json_t *page = json_object_get(root, "page");
        const json_t *tables = json_object_get(root, "tables");
        const char *ids = "";
        for (size_t n = 0; n < json_array_size(tables); n++) {
            const json_t *id = json_object_get(json_array_get(tables, n), "id");
            ids = kt_arena_print(s->arena, "%s%s ", ids, json_string_value(id));
        }
        assert_string_equal(ids, cases[i].ids);
        assert_int_equal(json_integer_value(json_object_get(page, "totalElements")),
                         cases[i].found);
        assert_int_equal(json_integer_value(json_object_get(page, "totalPages")), cases[i].pages);
    }
}

static void discontinued_tables_are_listed_when_they_are_asked_for(void **state)
{
    kt_scene *s = *state;
    kt_server_discontinue(s->server, "12ti");
    json_auto_t *without = call(s, "/api/v2/tables", NULL);
    assert_int_equal(json_array_size(json_object_get(without, "tables")), 2);
    json_auto_t *with = call(s, "/api/v2/tables?includeDiscontinued=true", NULL);
    assert_int_equal(json_array_size(json_object_get(with, "tables")), 3);
}

static void pages_are_linked(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(s, "/api/v2/tables?pageSize=1&pageNumber=2", NULL);
    const json_t *links = json_object_get(json_object_get(root, "page"), "links");
    static const char *const rels[] = {"next", "last", "previous"};
    static const char *const pages[] = {"pageNumber=3", "pageNumber=3", "pageNumber=1"};
    for (size_t i = 0; i < 3; i++) {
        const json_t *link = json_array_get(links, i);
        assert_string_equal(json_string_value(json_object_get(link, "rel")), rels[i]);
        assert_non_null(strstr(json_string_value(json_object_get(link, "href")), pages[i]));
    }
}

static void each_service_tells_its_own_limits(void **state)
{
    (void)state;
    static const struct {
        kt_test_service service;
        const char *path, *cells, *calls, *window, *format;
    } cases[] = {
        {KT_TEST_SCB, "/api/v2/config", "150000", "3", "1", "\"json-stat2\""},
        {KT_TEST_LATVIA, "/api/v2/config", "10000", "30", "10", "\"px\""},
        {KT_TEST_SSB, "/api/pxwebapi/v2/config", "800000", "nothing", "nothing", "\"json-stat2\""},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        kt_scene *s = start(cases[i].service);
        json_auto_t *root = call(s, cases[i].path, NULL);
        assert_string_equal(member(s, root, "maxDataCells"), cases[i].cells);
        assert_string_equal(member(s, root, "maxCallsPerTimeWindow"), cases[i].calls);
        assert_string_equal(member(s, root, "timeWindow"), cases[i].window);
        assert_string_equal(member(s, root, "defaultDataFormat"), cases[i].format);
        const bool ssb = cases[i].service == KT_TEST_SSB;
        assert_true(ssb == (strstr(s->headers.bytes, "x-ratelimit-limit: 40") != NULL));
        kt_scene_end(s);
    }
}

static void a_call_above_the_limit_is_told_when_to_come_again(void **state)
{
    kt_scene *s = *state;
    for (int i = 0; i < 4; i++) {
        kt_scene_call(s, "/api/v2/config", NULL);
        assert_int_equal(s->status, i < 3 ? 200 : 429);
    }
    assert_non_null(strstr(s->headers.bytes, "Retry-After: 1\r\n"));
    assert_int_equal(kt_server_refused(s->server), 1);
}

static void latvia_answers_with_a_px_file_unless_told_otherwise(void **state)
{
    (void)state;
    kt_scene *s = start(KT_TEST_LATVIA);
    kt_scene_call(s, TABLE "/data?" FULL, NULL);
    assert_int_equal(s->status, 200);
    assert_non_null(strstr(s->body.bytes, "CHARSET=\"ANSI\";"));
    assert_non_null(strstr(s->body.bytes, "CODES(\"month\")=\"2026M01\";"));
    assert_non_null(strstr(s->body.bytes, "DATA=\n102\n;"));
    json_auto_t *root = call(s, GET FULL, NULL);
    assert_string_equal(member(s, root, "value"), "[102]");
    kt_scene_end(s);
}

static void statistics_finland_has_no_version_2(void **state)
{
    (void)state;
    kt_scene *s = start(KT_TEST_STATFIN);
    kt_scene_call(s, "/api/v2/config", NULL);
    assert_int_equal(s->status, 404);
    kt_scene_end(s);
}

static void faults_hold_here_too(void **state)
{
    static const struct {
        kt_fault fault;
        long status;
        const char *shows;
    } cases[] = {
        {KT_FAULT_TOO_LARGE, 400, "Too many cells selected"},
        {KT_FAULT_WRONG_CODE, 200, "\"ZZ99\""},
        {KT_FAULT_FEWER, 200, "\"size\":[2,1,1,1]"},
        {KT_FAULT_NEGATIVE, 200, "-3]"},
        {KT_FAULT_OTHER_TABLE, 200, "\"tableid\":\"12ti\""},
        {KT_FAULT_REPUBLISH, 200, "2026-06-09T06:00:00Z"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_fault_rule rule = {.fault = cases[i].fault, .call = KT_CALL_DATA};
        kt_server_behave(s->server);
        kt_server_fault(s->server, &rule);
        json_decref(call(s, GET FULL "codelist[Region]=vs_Fylker&valueCodes[Region]=*", NULL));
        assert_int_equal(s->status, cases[i].status);
        assert_non_null(strstr(s->body.bytes, cases[i].shows));
    }
}

int main(void)
{
#define KT_CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        KT_CASE(each_selection_gives_its_cells),
        KT_CASE(a_post_asks_for_the_same),
        KT_CASE(nothing_selected_is_the_default_selection),
        KT_CASE(each_mistake_has_its_problem),
        KT_CASE(a_body_that_cannot_be_read_is_refused),
        cmocka_unit_test(too_many_cells_are_a_bad_request_with_a_problem),
        KT_CASE(an_address_that_is_too_long_is_not_found),
        KT_CASE(metadata_name_all_there_is_and_the_code_lists),
        KT_CASE(a_code_list_says_what_its_values_are),
        KT_CASE(a_table_says_when_it_ends_and_that_it_is_discontinued),
        KT_CASE(tables_are_listed_page_by_page),
        KT_CASE(discontinued_tables_are_listed_when_they_are_asked_for),
        KT_CASE(pages_are_linked),
        cmocka_unit_test(each_service_tells_its_own_limits),
        KT_CASE(a_call_above_the_limit_is_told_when_to_come_again),
        cmocka_unit_test(latvia_answers_with_a_px_file_unless_told_otherwise),
        cmocka_unit_test(statistics_finland_has_no_version_2),
        KT_CASE(faults_hold_here_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
