/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/open_night.h"
#include "protocol.h"

#define BASE  "/eurostat/api/dissemination/statistics/1.0/data/"
#define TABLE BASE "une_rt_m?format=JSON&lang=EN"
#define WHOLE TABLE "&geo=EU27_2020&geo=FI&geo=SE&unit=PC_ACT&unit=THS_PER&freq=M"
#define PROBE TABLE "&geo=EU27_2020&unit=PC_ACT&freq=M&lastTimePeriod=1"

static open_night *open_at(size_t max_cells)
{
    const kt_server_options service = {
        .service = KT_TEST_EUROSTAT, .max_cells = max_cells, .max_calls = 500, .window_s = 1};
    open_night *of = open_night_at(&service, KT_ROOT "/tests/fixtures/fetch/une_rt_m.json");
    kt_problems *problems = kt_problems_new(of->arena);
    of->table =
        kt_served_table_load(KT_ROOT "/tests/fixtures/server/une_rt_m.json", of->arena, problems);
    assert_non_null(of->table);
    kt_server_add(of->server, of->table);
    of->redirect.from = "https://ec.europa.eu";
    return of;
}

static int open_eurostat(void **state)
{
    *state = open_at(0);
    return 0;
}

#define at_eurostat(test) cmocka_unit_test_setup_teardown(test, open_eurostat, close_open_night)

static const kt_protocol *eurostat(void)
{
    const kt_protocol *protocol = kt_protocol_find("eurostat");
    assert_non_null(protocol);
    return protocol;
}

/* The address that a selection of two variables and the time gives. */
static const char *url_for(const kt_variable_spec *time, kt_arena *arena)
{
    static const char *const areas[] = {"EU27_2020", "FI"};
    static const char *const any[] = {"*"};
    const kt_source source = {.base_url = "https://ec.europa.eu/data", .language = "fi"};
    const kt_target target = {&source, "jvs_q_nace2"};
    const kt_wanted wanted = {
        .variables = {{.name = "GEO", .codes = areas, .count = 2},
                      {.name = "nace_r2", .codes = any, .count = 1, .is_open = true},
                      {.name = "time",
                       .codes = any,
                       .count = 1,
                       .is_time = true,
                       .is_open = true,
                       .spec = time}},
        .variable_count = 3};
    const kt_part part = {.start = {1, 0, 0}, .count = {1, 1, 1}};
    return eurostat()->data(&target, &wanted, &part, arena).url;
}

static void filters_name_codes_and_one_bound_of_time(void **state)
{
    static const struct {
        kt_variable_spec time;
        const char *url;
    } cases[] = {
        {{.name_count = 0}, "&geo=FI"},
        {{.newest = 8}, "&geo=FI&lastTimePeriod=8"},
        {{.first = "2015M01"}, "&geo=FI&sinceTimePeriod=2015-01"},
        {{.first = "2015Q2"}, "&geo=FI&sinceTimePeriod=2015-Q2"},
        {{.first = "Y2015"}, "&geo=FI&sinceTimePeriod=2015"},
        {{.first = "2015M01", .newest = 8}, "&geo=FI&lastTimePeriod=8"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        const char *start = "https://ec.europa.eu/data/jvs_q_nace2?format=JSON&lang=EN";
        const char *url = url_for(&cases[i].time, arena_of(*state));
        assert_true(kt_text_starts(url, start));
        assert_string_equal(url + strlen(start), cases[i].url);
    }
}

static void what_was_asked_is_read_back_from_the_address(void **state)
{
    kt_codes *codes = kt_codes_new(arena_of(*state));
    const kt_receipt receipt = {.url = "https://a/x?format=JSON&geo=FI&GEO=%C3%84&sex=T"};
    assert_true(eurostat()->asked(&receipt, "geo", codes));
    assert_int_equal(kt_codes_count(codes), 2);
    assert_string_equal(kt_codes_at(codes, 1), "Ä");
    assert_false(eurostat()->asked(&receipt, "age", codes));
    assert_true(eurostat()->asked(&receipt, "Sex", codes));
    const kt_receipt bare = {.url = "https://a/x"};
    assert_false(eurostat()->asked(&bare, "geo", codes));
}

static void one_call_brings_the_table_and_a_probe_shows_it_unchanged(void **state)
{
    open_night *of = *state;
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_int_equal(of->result.plan->cells, 3 * 2 * 3);
    assert_string_equal(address_of_call(of, 0), WHOLE);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
    assert_string_equal(vintage_of_night(of)->replies[0]->first_period, "2026-07");
    assert_string_equal(vintage_of_night(of)->replies[0]->last_period, "2026-09");
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_string_equal(address_of_call(of, 0), PROBE);
}

static void a_table_that_was_updated_is_fetched_whole(void **state)
{
    open_night *of = *state;
    fetch_open(of, KT_FETCH_FETCHED);
    kt_server_republish(of->server, "une_rt_m");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
    assert_string_equal(address_of_call(of, 1), WHOLE);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
}

static void history_that_the_service_drops_stays_in_the_archive(void **state)
{
    open_night *of = *state;
    fetch_open(of, KT_FETCH_FETCHED);
    kt_server_cut(of->server, "une_rt_m", "2026-08", NULL);
    kt_server_republish(of->server, "une_rt_m");
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_int_equal(vintage->reply_count, 2);
    assert_string_equal(vintage->replies[0]->first_period, "2026-07");
    assert_string_equal(vintage->replies[1]->first_period, "2026-08");
}

static void a_table_that_lost_its_newest_period_is_refused(void **state)
{
    open_night *of = *state;
    fetch_open(of, KT_FETCH_FETCHED);
    kt_server_cut(of->server, "une_rt_m", NULL, "2026-08");
    fetch_fails(of, "ends with 2026-08, expected 2026-09 or later");
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
}

/* The service drops a code that it does not know without a word. */
static void a_wanted_code_that_is_gone_is_named(void **state)
{
    static const char *wanted[] = {"EU27_2020", "FI", "SX"};
    open_night *of = *state;
    of->source->variables[0].want = wanted;
    fetch_fails(of, "the reply lacks geo=SX, which was asked for");
    assert_int_equal(of->result.status, KT_ERR_FORMAT);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
}

static void a_pattern_is_open_and_must_stand_for_something(void **state)
{
    static const char *areas[] = {"EU27_2020", "F*"};
    static const char *wrong[] = {"EU27_2020", "F*", "DK*"};
    open_night *of = *state;
    of->source->variables[0].want = areas;
    of->source->variables[0].want_count = 2;
    fetch_open(of, KT_FETCH_FETCHED);
    assert_string_equal(address_of_call(of, 0), TABLE "&unit=PC_ACT&unit=THS_PER&freq=M");
    of->source->variables[0].want = wrong;
    of->source->variables[0].want_count = 3;
    of->source->whole_every_days = 0;
    fetch_fails(of, "variable geo (region): no value matches DK*");
}

static void a_code_never_asked_for_makes_the_table_due(void **state)
{
    static const char *few[] = {"EU27_2020", "FI"};
    open_night *of = *state;
    const char **all = of->source->variables[0].want;
    of->source->variables[0].want = few;
    of->source->variables[0].want_count = 2;
    fetch_open(of, KT_FETCH_FETCHED);
    of->source->variables[0].want = all;
    of->source->variables[0].want_count = 3;
    fetch_open(of, KT_FETCH_FETCHED);
    fetch_open(of, KT_FETCH_UNCHANGED);
}

/* Three areas, two units and three months are 18 cells, and the fixture limits them to 9. */
static void what_is_too_big_is_halved_along_the_codes_that_are_named(void **state)
{
    (void)state;
    open_night *of = open_at(9);
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_true(vintage->reply_count >= 2);
    kt_codes *areas = kt_codes_new(of->arena);
    for (size_t i = 0; i < vintage->reply_count; i++) {
        assert_true(eurostat()->asked(vintage->replies[i], "geo", areas));
    }
    assert_int_equal(kt_codes_count(areas), 3);
    fetch_open(of, KT_FETCH_UNCHANGED);
    kt_server_republish(of->server, "une_rt_m");
    fetch_open(of, KT_FETCH_FETCHED);
    void *closing = of;
    assert_int_equal(close_open_night(&closing), 0);
}

/* 600 areas of eight letters make an address of 8 KB. */
static void a_long_list_of_codes_is_asked_for_in_several_addresses(void **state)
{
    open_night *of = *state;
    const char **codes = kt_arena_array(of->arena, const char *, 600);
    const char *values = "\"EU27_2020\"";
    codes[0] = "EU27_2020";
    for (size_t i = 1; i < 600; i++) {
        codes[i] = kt_arena_print(of->arena, "R%07zu", i);
        values = kt_arena_print(of->arena, "%s,\"%s\"", values, codes[i]);
    }
    const char *words = kt_arena_print(
        of->arena,
        "{\"id\":\"long\",\"title\":\"t\",\"source\":\"s\",\"updated\":\"2026-10-30T10:00:00Z\","
        "\"variables\":[{\"code\":\"freq\",\"text\":\"f\",\"values\":[\"M\"]},"
        "{\"code\":\"unit\",\"text\":\"u\",\"values\":[\"PC_ACT\",\"THS_PER\"]},"
        "{\"code\":\"geo\",\"text\":\"g\",\"values\":[%s]},"
        "{\"code\":\"time\",\"text\":\"t\",\"is\":\"time\",\"first\":\"2026-07\",\"count\":1}]}",
        values);
    serve_file(of, "long.json", words);
    kt_problems *problems = kt_problems_new(of->arena);
    kt_server_add(of->server,
                  kt_served_table_load(kt_path_join(of->arena, of->folder, "served/long.json"),
                                       of->arena, problems));
    assert_int_equal(kt_problems_count(problems), 0);
    of->source->addresses[0].path = "long";
    of->source->variables[0].want = codes;
    of->source->variables[0].want_count = 600;
    fetch_open(of, KT_FETCH_FETCHED);
    const kt_vintage *vintage = vintage_of_night(of);
    assert_true(vintage->reply_count > 1);
    assert_int_equal(of->result.plan->cells, 600 * 2);
    for (size_t i = 0; i < vintage->reply_count; i++) {
        assert_true(strlen(vintage->replies[i]->url) <= 4000);
    }
    fetch_open(of, KT_FETCH_UNCHANGED);
    const kt_fault_rule busy = {.fault = KT_FAULT_UNAVAILABLE, .call = KT_CALL_DATA};
    of->source->whole_every_days = 0;
    of->options.retry_budget = 0;
    kt_server_fault(of->server, &busy);
    fetch_fails(of, "...: HTTP 503"); /* the address is cut, not what is wrong */
}

static void a_service_that_puts_off_every_size_is_left_alone(void **state)
{
    static const kt_fault faults[] = {KT_FAULT_TOO_LARGE, KT_FAULT_ASYNC, KT_FAULT_ASYNC_SAID};
    static const char *const words[] = {"EXTRACTION_TOO_BIG", "ASYNCHRONOUS", "ASYNCHRONOUS"};
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        assert_int_equal(open_eurostat(state), 0);
        open_night *of = *state;
        const kt_fault_rule rule = {.fault = faults[i], .call = KT_CALL_ANY};
        kt_server_fault(of->server, &rule);
        fetch_fails(of, words[i]);
        assert_int_equal(of->result.status, KT_ERR_HTTP);
        assert_true(kt_server_calls(of->server, KT_CALL_ANY) <= 11 + 20); /* halves, retries */
        assert_int_equal(close_open_night(state), 0);
    }
}

static void an_answer_that_is_put_off_once_is_halved(void **state)
{
    open_night *of = *state;
    const kt_fault_rule rule = {.fault = KT_FAULT_ASYNC_SAID, .call = KT_CALL_ANY, .times = 1};
    kt_server_fault(of->server, &rule);
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of_night(of)->reply_count, 2);
    assert_null(vintage_of_night(of)->last_fault);
}

static void each_refusal_is_one_line_in_the_words_of_the_service(void **state)
{
    static const struct {
        kt_fault fault;
        const char *says;
    } cases[] = {
        {KT_FAULT_NO_RESULTS, "the selection has no figures: HTTP 400 (100: "},
        {KT_FAULT_UNAVAILABLE, "HTTP 503"},
        {KT_FAULT_TOO_MANY, "HTTP 429"},
        {KT_FAULT_HTML, "a web page"},
        {KT_FAULT_EMPTY, "an empty body"},
        {KT_FAULT_WRONG_CODE, "variable freq (fixed) has no value M"},
        {KT_FAULT_FEWER, "the reply"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(open_eurostat(state), 0);
        open_night *of = *state;
        const kt_fault_rule rule = {.fault = cases[i].fault, .call = KT_CALL_ANY, .seconds = 0.01};
        of->options.retry_budget = 0;
        kt_server_fault(of->server, &rule);
        fetch_fails(of, cases[i].says);
        assert_int_equal(vintage_of_night(of)->reply_count, 0);
        assert_int_equal(close_open_night(state), 0);
    }
}

static void a_data_set_is_looked_for_at_its_other_addresses(void **state)
{
    static kt_address_spec addresses[] = {
        {.path = "une_rt_m", .from_day = INT64_MIN, .until_day = 0},
        {.path = "une_rt_m26", .from_day = 1, .until_day = INT64_MAX}};
    open_night *of = *state;
    of->source->addresses = addresses;
    of->source->address_count = 2;
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    addresses[0].path = "une_rt_y";
    fetch_fails(of, "une_rt_m26");
    assert_non_null(strstr(of->result.message, "nor is it at any of 1 other places"));
}

static void a_selection_without_figures_is_asked_for_at_no_other_address(void **state)
{
    static kt_address_spec addresses[] = {
        {.path = "une_rt_m", .from_day = INT64_MIN, .until_day = INT64_MAX},
        {.path = "une_rt_m26", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    open_night *of = *state;
    const kt_fault_rule rule = {.fault = KT_FAULT_NO_RESULTS, .call = KT_CALL_ANY};
    of->source->addresses = addresses;
    of->source->address_count = 2;
    kt_server_fault(of->server, &rule);
    fetch_fails(of, "the selection has no figures: HTTP 400 (100: ");
    assert_null(strstr(of->result.message, "other places"));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
}

static void a_variable_is_asked_for_by_its_other_names(void **state)
{
    static const char *names[] = {"geo_r21", "geo"};
    open_night *of = *state;
    of->source->variables[0].names = names;
    of->source->variables[0].name_count = 2;
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_string_equal(address_of_call(of, 0), PROBE);
}

static void a_dry_run_tells_its_one_call(void **state)
{
    open_night *of = *state;
    of->options.dry_run = true;
    fetch_open(of, KT_FETCH_PLANNED);
    assert_int_equal(of->result.plan->call_count, 1);
    assert_non_null(strstr(of->result.plan->calls[0].url, WHOLE));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(filters_name_codes_and_one_bound_of_time),
        in_bench(what_was_asked_is_read_back_from_the_address),
        at_eurostat(one_call_brings_the_table_and_a_probe_shows_it_unchanged),
        at_eurostat(a_table_that_was_updated_is_fetched_whole),
        at_eurostat(history_that_the_service_drops_stays_in_the_archive),
        at_eurostat(a_table_that_lost_its_newest_period_is_refused),
        at_eurostat(a_wanted_code_that_is_gone_is_named),
        at_eurostat(a_pattern_is_open_and_must_stand_for_something),
        at_eurostat(a_code_never_asked_for_makes_the_table_due),
        cmocka_unit_test(what_is_too_big_is_halved_along_the_codes_that_are_named),
        at_eurostat(a_long_list_of_codes_is_asked_for_in_several_addresses),
        cmocka_unit_test(a_service_that_puts_off_every_size_is_left_alone),
        at_eurostat(an_answer_that_is_put_off_once_is_halved),
        cmocka_unit_test(each_refusal_is_one_line_in_the_words_of_the_service),
        at_eurostat(a_data_set_is_looked_for_at_its_other_addresses),
        at_eurostat(a_selection_without_figures_is_asked_for_at_no_other_address),
        at_eurostat(a_variable_is_asked_for_by_its_other_names),
        at_eurostat(a_dry_run_tells_its_one_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
