/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "server/described.h"
#include "server/scene.h"
#include "support/check.h"

#define COUNT_OF(array) (sizeof(array) / sizeof((array)[0]))
#define BASE            "/eurostat/api/dissemination/statistics/1.0/data/"
#define GET             BASE "une_rt_m?format=JSON&lang=en"

static kt_scene *start(size_t max_cells)
{
    const kt_server_options options = {.service = KT_TEST_EUROSTAT, .max_cells = max_cells};
    kt_scene *s = kt_scene_start(&options);
    kt_problems *problems = kt_problems_new(s->arena);
    kt_server_add(s->server, kt_served_table_load(KT_ROOT "/tests/fixtures/server/une_rt_m.json",
                                                  s->arena, problems));
    assert_int_equal(kt_problems_count(problems), 0);
    return s;
}

static int set_up(void **state)
{
    *state = start(0);
    return 0;
}

static int tear_down(void **state)
{
    kt_scene_end(*state);
    return 0;
}

static json_t *call(kt_scene *s, const char *path)
{
    kt_scene_call(s, path, NULL);
    json_t *root = json_loadb(s->body.bytes, s->body.length, JSON_REJECT_DUPLICATES, NULL);
    if (root == NULL) {
        print_error("%ld: %.300s\n", s->status, s->body.bytes);
    }
    assert_non_null(root);
    return root;
}

static const char *member(kt_scene *s, const json_t *root, const char *name)
{
    char *words = json_dumps(json_object_get(root, name),
                             JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(6));
    const char *kept = words == NULL ? "nothing" : kt_arena_copy(s->arena, words);
    free(words);
    return kept;
}

static void each_filter_gives_its_cells(void **state)
{
    static const struct {
        const char *filters, *size, *value, *status;
    } cases[] = {
        {"&unit=PC_ACT&geo=FI&time=2026-08", "[1,1,1,1]", "{\"0\":9.4}", "{\"0\":\"p\"}"},
        /* in letters of any case, repeated */
        {"&UNIT=pc_act&geo=fi&geo=se&time=2026-07", "[1,1,2,1]", "{\"0\":9.1,\"1\":8.8}",
         "nothing"},
        {"&unit=PC_ACT&geo=FI&sinceTimePeriod=2026-08", "[1,1,1,2]", "{\"0\":9.4}",
         "{\"0\":\"p\"}"},
        {"&unit=PC_ACT&geo=FI&untilTimePeriod=2026-07", "[1,1,1,1]", "{\"0\":9.1}", "nothing"},
        /* the newest period may be there without a figure */
        {"&unit=PC_ACT&geo=FI&lastTimePeriod=2", "[1,1,1,2]", "{\"0\":9.4}", "{\"0\":\"p\"}"},
        {"&unit=THS_PER&geoLevel=country&time=2026-07", "[1,1,2,1]", "{\"0\":259,\"1\":501}",
         "nothing"},
        {"&unit=PC_ACT&geoLevel=aggregate&time=2026-07", "[1,1,1,1]", "{\"0\":5.9}", "nothing"},
        /* a letter without a figure */
        {"&unit=PC_ACT&geoLevel=nuts2", "[1,1,1,3]", "{}", "{\"0\":\"c\",\"1\":\"u\"}"},
        /* a code that is not there selects nothing, and is no error */
        {"&unit=PC_ACT&geo=XX", "[1,1,0,3]", "{}", "nothing"},
        {"&unit=PC_ACT&geo=XX&geo=FI&time=2026-07", "[1,1,1,1]", "{\"0\":9.1}", "nothing"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_auto_t *root = call(s, kt_arena_print(s->arena, "%s%s", GET, cases[i].filters));
        assert_int_equal(s->status, 200);
        assert_string_equal(member(s, root, "size"), cases[i].size);
        assert_string_equal(member(s, root, "value"), cases[i].value);
        assert_string_equal(member(s, root, "status"), cases[i].status);
    }
}

static void an_answer_has_no_roles_and_tells_its_empty_positions(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(s, BASE "UNE_RT_M?format=JSON&unit=PC_ACT");
    assert_null(json_object_get(root, "role"));
    assert_string_equal(member(s, root, "id"), "[\"freq\",\"unit\",\"geo\",\"time\"]");
    assert_string_equal(member(s, root, "updated"), "\"2026-10-30T11:00:00+0100\"");
    const json_t *extension = json_object_get(root, "extension");
    assert_string_equal(member(s, extension, "positions-with-no-data"),
                        "{\"freq\":[],\"unit\":[],\"geo\":[3],\"time\":[2]}");
    assert_string_equal(member(s, extension, "id"), "\"UNE_RT_M\"");
    assert_string_equal(member(s, json_object_get(extension, "status"), "label"),
                        "{\"c\":\"confidential\",\"p\":\"provisional\",\"u\":\"low "
                        "reliability\"}");
}

static void annotations_tell_the_ends_and_the_update(void **state)
{
    kt_scene *s = *state;
    json_auto_t *root = call(s, GET "&geo=FI&lastTimePeriod=1");
    const json_t *list = json_object_get(json_object_get(root, "extension"), "annotation");
    static const char *const told[] = {
        "{\"type\":\"OBS_PERIOD_OVERALL_LATEST\",\"title\":\"2026-09\"}",
        "{\"type\":\"OBS_PERIOD_OVERALL_OLDEST\",\"title\":\"2026-07\"}",
        "{\"type\":\"UPDATE_DATA\",\"date\":\"2026-10-30T11:00:00+0100\"}",
    };
    char *words = json_dumps(list, JSON_COMPACT);
    for (size_t i = 0; i < COUNT_OF(told); i++) {
        assert_non_null(strstr(words, told[i]));
    }
    free(words);
}

static void each_mistake_has_its_code(void **state)
{
    static const struct {
        const char *path;
        long status;
        int id;
    } cases[] = {
        {BASE "une_rt_x?format=JSON", 404, 100},
        {BASE "une_rt_m?format=TSV", 400, 140},
        {GET "&lastTimePeriod=none", 400, 140},
        {GET "&region=FI", 400, 150},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        json_auto_t *root = call(s, cases[i].path);
        const json_t *error = json_array_get(json_object_get(root, "error"), 0);
        assert_int_equal(s->status, cases[i].status);
        assert_int_equal(json_integer_value(json_object_get(error, "status")), cases[i].status);
        assert_int_equal(json_integer_value(json_object_get(error, "id")), cases[i].id);
        assert_non_null(json_string_value(json_object_get(error, "label")));
    }
}

static void what_is_too_big_is_said_before_anything_else(void **state)
{
    (void)state;
    kt_scene *s = start(20);
    json_auto_t *root = call(s, GET "&region=FI"); /* 24 cells, and no such dimension */
    const json_t *error = json_array_get(json_object_get(root, "error"), 0);
    assert_int_equal(s->status, 413);
    assert_string_equal(json_string_value(json_object_get(error, "label")),
                        "EXTRACTION_TOO_BIG: The requested extraction is too big, estimated 24 "
                        "rows, max authorised is 20, please change your filters to reduce the "
                        "extraction size");
    json_auto_t *less = call(s, GET "&unit=PC_ACT");
    assert_int_equal(s->status, 200);
    assert_non_null(json_object_get(less, "value"));
    kt_scene_end(s);
}

static void faults_hold_here_too(void **state)
{
    static const struct {
        kt_fault fault;
        long status;
        const char *shows;
    } cases[] = {
        {KT_FAULT_TOO_LARGE, 413, "<faultstring>EXTRACTION_TOO_BIG: "},
        {KT_FAULT_ASYNC, 413, "{\"error\":[{\"status\":413,\"id\":413,\"label\":\"ASYNCHRONOUS_"},
        {KT_FAULT_ASYNC_SAID, 200, "{\"warning\":{\"status\":413,\"label\":\"ASYNCHRONOUS_"},
        {KT_FAULT_NO_RESULTS, 400, "\"id\":100"},
        {KT_FAULT_WRONG_CODE, 200, "\"ZZ99\":0"},
        {KT_FAULT_FEWER, 200, "\"size\":[1,2,3,3]"},
        {KT_FAULT_FRACTION, 200, "\"23\":1.5"},
        {KT_FAULT_OTHER_TABLE, 200, "\"id\":\"12TI\""},
        {KT_FAULT_UNAVAILABLE, 503, "Busy"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const kt_fault_rule rule = {.fault = cases[i].fault};
        kt_server_behave(s->server);
        kt_server_fault(s->server, &rule);
        kt_scene_call(s, GET, NULL);
        assert_int_equal(s->status, cases[i].status);
        assert_non_null(strstr(s->body.bytes, cases[i].shows));
    }
}

static void the_address_is_kept_as_it_was_sent(void **state)
{
    kt_scene *s = *state;
    json_decref(call(s, GET "&geo=F%49"));
    kt_server_call seen;
    assert_true(kt_server_call_at(s->server, 0, &seen));
    assert_string_equal(seen.address, GET "&geo=F%49");
    assert_string_equal(seen.path, BASE "une_rt_m");
    assert_int_equal(seen.cells, 6);
}

int main(void)
{
#define KT_CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        KT_CASE(each_filter_gives_its_cells),
        KT_CASE(an_answer_has_no_roles_and_tells_its_empty_positions),
        KT_CASE(annotations_tell_the_ends_and_the_update),
        KT_CASE(each_mistake_has_its_code),
        cmocka_unit_test(what_is_too_big_is_said_before_anything_else),
        KT_CASE(faults_hold_here_too),
        KT_CASE(the_address_is_kept_as_it_was_sent),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
