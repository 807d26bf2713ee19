/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "server/scene.h"
#include "support/check.h"

#define R5 KT_SCENE_12R5
#define TI KT_SCENE_12TI

static int set_up_strict(void **state)
{
    const kt_server_options strict = {.max_cells = 50, .max_calls = 3, .window_s = 1};
    *state = kt_scene_start(&strict);
    return 0;
}

static int set_up(void **state)
{
    *state = kt_scene_start(NULL);
    return 0;
}

static int tear_down(void **state)
{
    kt_scene_end(*state);
    return 0;
}

static json_t *parsed(const kt_scene *s)
{
    json_error_t at;
    json_t *root = json_loadb(s->body.bytes, s->body.length, JSON_REJECT_DUPLICATES, &at);
    if (root == NULL) {
        print_error("%s: %.200s\n", at.text, s->body.bytes);
    }
    assert_non_null(root);
    return root;
}

static double at(const json_t *root, const char *name, size_t index)
{
    return json_number_value(json_array_get(json_object_get(root, name), index));
}

static void limits_are_told(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(s, "/PxWeb/api/v1/fi/?config", NULL);
    json_auto_t *root = parsed(s);
    assert_int_equal(json_integer_value(json_object_get(root, "maxCells")), 120000);
    assert_int_equal(json_integer_value(json_object_get(root, "maxCalls")), 40);
    assert_int_equal(json_integer_value(json_object_get(root, "timeWindow")), 60);
    assert_int_equal(kt_server_calls(s->server, KT_CALL_CONFIG), 1);
}

static void metadata_names_every_variable(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(s, TI, NULL);
    json_auto_t *root = parsed(s);
    const json_t *variables = json_object_get(root, "variables");
    static const char *const codes[] = {"Alue", "Ammattiryhmä", "timeperiod_m", "contentscode"};
    static const size_t counts[] = {20, 5, 36, 2};
    assert_int_equal(json_array_size(variables), 4);
    for (size_t i = 0; i < 4; i++) {
        const json_t *v = json_array_get(variables, i);
        assert_string_equal(json_string_value(json_object_get(v, "code")), codes[i]);
        assert_int_equal(json_array_size(json_object_get(v, "values")), counts[i]);
        assert_true(json_is_true(json_object_get(v, "time")) == (i == 2));
        assert_true(json_is_true(json_object_get(v, "elimination")) == (i < 2));
    }
}

static void a_query_gets_the_cells_in_the_tables_order(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(
        s, R5,
        "{\"query\":[{\"code\":\"Alue\",\"selection\":{\"filter\":\"item\",\"values\":[\"MK02\","
        "\"MK01\"]}},{\"code\":\"timeperiod_m\",\"selection\":{\"filter\":\"item\",\"values\":["
        "\"2022M02\"]}},{\"code\":\"contentscode\",\"selection\":{\"filter\":\"item\",\"values\":"
        "[\"AVPAIKATLOPUSSA\"]}}],\"response\":{\"format\":\"json-stat2\"}}");
    json_auto_t *root = parsed(s);
    const char *first[] = {"MK01", "2022M02", "AVPAIKATLOPUSSA"};
    const char *second[] = {"MK02", "2022M02", "AVPAIKATLOPUSSA"};
    assert_close(at(root, "value", 0), kt_test_figure(first, 3), 0);
    assert_close(at(root, "value", 1), kt_test_figure(second, 3), 0);
    assert_close(at(root, "size", 0), 2, 0);
    assert_string_equal(json_string_value(json_object_get(root, "updated")),
                        "2023-11-21T06:00:00Z");
}

static void a_protected_cell_is_null_with_its_symbol(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(s, TI, "{\"query\":[],\"response\":{\"format\":\"json-stat2\"}}");
    json_auto_t *root = parsed(s);
    /* Alue and Ammattiryhmä are left out: 36 periods x 2 contents of the totals; each 7th is
     * hidden. */
    assert_int_equal(json_array_size(json_object_get(root, "value")), 72);
    assert_true(json_is_null(json_array_get(json_object_get(root, "value"), 6)));
    const json_t *status = json_object_get(root, "status");
    assert_int_equal(json_object_size(status), 10);
    assert_string_equal(json_string_value(json_object_get(status, "6")), "...");
    assert_int_equal(json_array_size(json_object_get(root, "id")), 2);
}

static void top_is_the_newest_period(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(
        s, R5,
        "{\"query\":[{\"code\":\"timeperiod_m\",\"selection\":{\"filter\":\"top\",\"values\":["
        "\"1\"]}},{\"code\":\"contentscode\",\"selection\":{\"filter\":\"top\",\"values\":[\"1\"]}"
        "}],\"response\":{\"format\":\"json\"}}");
    json_auto_t *root = parsed(s);
    const json_t *row = json_array_get(json_object_get(root, "data"), 0);
    const json_t *key = json_array_get(json_object_get(row, "key"), 0);
    assert_string_equal(json_string_value(key), "2023M12");
    const json_t *about = json_array_get(json_object_get(root, "metadata"), 0);
    assert_string_equal(json_string_value(json_object_get(about, "updated")),
                        "2023-11-21T06.00.00Z");
    assert_int_equal(kt_server_calls(s->server, KT_CALL_PROBE), 1);
}

static void patterns_select_and_gzip_packs(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(
        s, R5,
        "{\"query\":[{\"code\":\"Alue\",\"selection\":{\"filter\":\"all\",\"values\":[\"KU*\"]}}"
        "],\"response\":{\"format\":\"json-stat2\"}}");
    json_auto_t *root = parsed(s);
    assert_close(at(root, "size", 0), 5, 0);
    assert_non_null(strstr(s->headers.bytes, "Content-Encoding: gzip"));
}

static void what_cannot_be_read_is_a_bad_request(void **state)
{
    kt_scene *s = *state;
    static const struct {
        const char *path, *query;
    } cases[] = {
        {R5, "{"},
        {R5, "[]"},
        {R5, "{\"query\":[],\"response\":{\"format\":\"jsonstat2\"}}"},
        {R5,
         "{\"query\":[{\"code\":\"Maa\",\"selection\":{\"filter\":\"all\",\"values\":[\"*\"]}}]}"},
        {R5, "{\"query\":[{\"code\":\"Alue\",\"selection\":{\"filter\":\"item\",\"values\":["
             "\"MK99\"]}}]}"},
        {R5,
         "{\"query\":[{\"code\":\"Alue\",\"selection\":{\"filter\":\"agg\",\"values\":[\"*\"]}}]}"},
        {"/PxWeb/api/v1/fi/StatFin/tyonv/statfin_tyonv_pxt_12r5.px", NULL},
        {"/PxWeb/api/v1/fi/StatFin/other/12r5.px", NULL},
        {"/PxWeb/api/v1/fi/StatFin/tyonv/12r5.px.px", NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        kt_scene_call(s, cases[i].path, cases[i].query);
        assert_int_equal(s->status, 400);
        assert_string_equal(s->body.bytes, "Bad Request");
    }
}

static void too_many_cells_are_a_page_for_people(void **state)
{
    kt_scene *s = *state;
    kt_scene_call(s, R5, "{\"query\":[]}"); /* 36 x 3 cells of the country, 50 are allowed */
    assert_int_equal(s->status, 403);
    assert_non_null(strstr(s->headers.bytes, "text/html"));
}

static void calls_above_the_limit_are_refused_and_count(void **state)
{
    kt_scene *s = *state;
    for (int i = 0; i < 3; i++) {
        kt_scene_call(s, "/PxWeb/api/v1/fi/?config", NULL);
        assert_int_equal(s->status, 200);
    }
    for (int i = 0; i < 6; i++) {
        kt_scene_call(s, R5, NULL);
        assert_int_equal(s->status, 429);
        assert_non_null(strstr(s->headers.bytes, "Retry-After: 1"));
        assert_true((strstr(s->headers.bytes, "text/html") != NULL) == (i == 5));
    }
    assert_int_equal(kt_server_refused(s->server), 6);
    kt_server_rest(s->server);
    kt_scene_call(s, R5, NULL);
    assert_int_equal(s->status, 200);
}

static void a_table_is_cut_and_republished(void **state)
{
    kt_scene *s = *state;
    kt_server_cut(s->server, "12r5", "2021M03", "2023M10");
    kt_server_republish(s->server, "12r5");
    kt_scene_call(s, R5, "{\"query\":[]}");
    json_auto_t *root = parsed(s);
    assert_close(at(root, "size", 0), 32, 0);
    assert_string_equal(json_string_value(json_object_get(root, "updated")),
                        "2023-11-22T06:00:00Z");
}

static void calls_are_kept_for_the_test_to_look_at(void **state)
{
    kt_scene *s = *state;
    curl_easy_setopt(s->curl, CURLOPT_USERAGENT, "test/1");
    kt_scene_call(s, TI, "{\"query\":[]}");
    kt_server_call seen;
    assert_true(kt_server_call_at(s->server, 0, &seen));
    assert_false(kt_server_call_at(s->server, 1, &seen));
    assert_int_equal(seen.call, KT_CALL_DATA);
    assert_int_equal(seen.cells, 72);
    assert_string_equal(seen.table, "12ti");
    assert_string_equal(seen.method, "POST");
    assert_string_equal(seen.body, "{\"query\":[]}");
    assert_string_equal(seen.user_agent, "test/1");
}

int main(void)
{
#define KT_CASE(name)   cmocka_unit_test_setup_teardown(name, set_up, tear_down)
#define KT_STRICT(name) cmocka_unit_test_setup_teardown(name, set_up_strict, tear_down)
    const struct CMUnitTest tests[] = {
        KT_CASE(limits_are_told),
        KT_CASE(metadata_names_every_variable),
        KT_CASE(a_query_gets_the_cells_in_the_tables_order),
        KT_CASE(a_protected_cell_is_null_with_its_symbol),
        KT_CASE(top_is_the_newest_period),
        KT_CASE(patterns_select_and_gzip_packs),
        KT_CASE(what_cannot_be_read_is_a_bad_request),
        KT_STRICT(too_many_cells_are_a_page_for_people),
        KT_STRICT(calls_above_the_limit_are_refused_and_count),
        KT_CASE(a_table_is_cut_and_republished),
        KT_CASE(calls_are_kept_for_the_test_to_look_at),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
