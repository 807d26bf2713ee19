/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dated.h"
#include "fetch/documents.h"
#include "fetch/open_night.h"

static int open_http(void **state)
{
    const kt_server_options service = {.service = KT_TEST_FILES, .max_calls = 500, .window_s = 1};
    open_night *of = open_night_at(&service, KT_ROOT "/tests/fixtures/fetch/address.json");
    of->redirect.from = "https://files.example";
    *state = of;
    return 0;
}

#define at_http(test) cmocka_unit_test_setup_teardown(test, open_http, close_open_night)

static void serve_document(open_night *of, const char *name, const document *words)
{
    serve_file(of, name, write_document(of->arena, words));
}

static void serve_two_months(open_night *of, const char *name, const char *figures)
{
    const document words = two_months(figures);
    serve_document(of, name, &words);
}

static void a_file_is_fetched_by_one_call_and_the_same_bytes_are_no_news(void **state)
{
    open_night *of = *state;
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_string_equal(address_of_call(of, 0), "/open/new.json");
    const kt_receipt *reply = vintage_of_night(of)->replies[0];
    assert_string_equal(reply->url, "https://files.example/open/new.json");
    assert_string_equal(reply->first_period, "2026M05");
    assert_string_equal(reply->last_period, "2026M06");
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
}

static void other_bytes_are_a_new_edition(void **state)
{
    open_night *of = *state;
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,9");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of_night(of)->reply_count, 1);
}

static void what_a_file_no_longer_has_stays_in_the_archive(void **state)
{
    open_night *of = *state;
    document later = two_months("9,9,9,9,9,9,9,9");
    later.months = "\"2026M06\",\"2026M07\"";
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    serve_document(of, "open/new.json", &later);
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of_night(of)->reply_count, 2);
    assert_string_equal(vintage_of_night(of)->replies[1]->last_period, "2026M07");
}

static void a_file_that_ends_earlier_than_it_did_is_refused(void **state)
{
    open_night *of = *state;
    document earlier = two_months("1,2,3,4");
    earlier.months = "\"2026M05\"";
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    serve_document(of, "open/new.json", &earlier);
    fetch_fails(of, "ends with 2026M05, expected 2026M06 or later");
    assert_int_equal(of->result.status, KT_ERR_DATA);
}

static void a_file_that_moved_is_found_at_its_other_address(void **state)
{
    open_night *of = *state;
    serve_two_months(of, "open/old.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
    fetch_open(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 1);
    assert_null(vintage_of_night(of)->last_fault);
}

/* The server of files passes over a query. */
static void a_query_of_an_address_is_sent_as_it_is_written(void **state)
{
    open_night *of = *state;
    static kt_address_spec address[] = {
        {.path = "new.json?lang=fi&from=2026%2D05", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    of->source->addresses = address;
    of->source->address_count = 1;
    serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_string_equal(address_of_call(of, 0), "/open/new.json?lang=fi&from=2026%2D05");
    assert_string_equal(vintage_of_night(of)->replies[0]->url,
                        "https://files.example/open/new.json?lang=fi&from=2026%2D05");
    fetch_open(of, KT_FETCH_UNCHANGED);
}

static void a_file_that_is_nowhere_names_its_address(void **state)
{
    open_night *of = *state;
    fetch_fails(of, "https://files.example/open/new.json: HTTP 404; nor is it at any of 1 other");
    assert_int_equal(of->result.status, KT_ERR_HTTP);
}

/* The files of this month and of the last one are not there yet. */
static void the_newest_file_of_an_address_with_a_date_is_taken(void **state)
{
    open_night *of = *state;
    static kt_address_spec dated[] = {
        {.path = "{year}/v{month}.json", .from_day = INT64_MIN, .until_day = INT64_MAX}};
    const char **paths = NULL;
    of->source->addresses = dated;
    of->source->address_count = 1;
    (void)kt_dated_paths(dated[0].path, kt_instant_now(), of->arena, &paths);
    serve_two_months(of, kt_arena_print(of->arena, "open/%s", paths[2]), "1,2,3,4,5,6,7,8");
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 3);
    fetch_open(of, KT_FETCH_UNCHANGED);
    document later = two_months("9,9,9,9,9,9,9,9");
    later.months = "\"2026M06\",\"2026M07\"";
    serve_document(of, kt_arena_print(of->arena, "open/%s", paths[1]), &later);
    fetch_open(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
    assert_int_equal(vintage_of_night(of)->reply_count, 2);
}

static void a_document_that_is_not_what_is_wanted_is_told_in_one_line(void **state)
{
    static const struct {
        const char *name;
        document words;
        const char *says;
    } cases[] = {
        {"code",
         {"", "\"SSS1\",\"MK01\"", "\"2026M05\"", "\"U\",\"V\"", "1,2,3,4"},
         "variable area (region) has no value SSS"},
        {"pattern",
         {"", "\"SSS\"", "\"2026M05\"", "\"U\",\"V\"", "1,2"},
         "variable area (region): no value matches MK*"},
        {"content",
         {"", "\"SSS\",\"MK01\"", "\"2026M05\"", "\"U\",\"W\"", "1,2,3,4"},
         "variable content (measure) has no value V"},
        {"period",
         {"", "\"SSS\",\"MK01\"", "\"2026Q1\"", "\"U\",\"V\"", "1,2,3,4"},
         "2026Q1 is no month"},
        {"values", {"", "\"SSS\",\"MK01\"", "\"2026M05\"", "\"U\",\"V\"", "1,2,3"}, "value"},
    };
    open_night *of = *state;
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        serve_document(of, "open/new.json", &cases[i].words);
        fetch_fails(of, cases[i].says);
        assert_int_equal(of->result.status, KT_ERR_FORMAT);
    }
    serve_file(of, "open/new.json", "<!DOCTYPE html><html><title>Moved</title></html>");
    fetch_fails(of, "a web page");
}

static void faults_on_the_way_are_survived_or_told(void **state)
{
    static const struct {
        kt_fault fault;
        const char *says;
    } cases[] = {
        {KT_FAULT_UNAVAILABLE, "HTTP 503"},
        {KT_FAULT_SILENT, ""},
        {KT_FAULT_STALL, ""},
        {KT_FAULT_CUT, ""},
        {KT_FAULT_EMPTY, ""},
        {KT_FAULT_HTML, "a web page"},
        {KT_FAULT_GARBAGE, ""},
        {KT_FAULT_RESET, ""},
        {KT_FAULT_HUGE, "larger than the limit of 1048576 bytes"},
        {KT_FAULT_FORBIDDEN, "HTTP 403"},
    };
    for (size_t i = 0; i < COUNT_OF(cases); i++) {
        assert_int_equal(open_http(state), 0);
        open_night *of = *state;
        kt_fault_rule rule = {
            .fault = cases[i].fault, .call = KT_CALL_ANY, .seconds = 60, .size = (size_t)8 << 20};
        of->options.retry_budget = 0;
        serve_two_months(of, "open/new.json", "1,2,3,4,5,6,7,8");
        fetch_open(of, KT_FETCH_FETCHED);
        kt_server_fault(of->server, &rule);
        fetch_fails(of, cases[i].says);
        assert_int_equal(vintage_of_night(of)->reply_count, 1);
        assert_non_null(vintage_of_night(of)->last_fault);
        kt_server_behave(of->server);
        fetch_open(of, KT_FETCH_UNCHANGED);
        assert_null(vintage_of_night(of)->last_fault);
        assert_int_equal(close_open_night(state), 0);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_http(a_file_is_fetched_by_one_call_and_the_same_bytes_are_no_news),
        at_http(other_bytes_are_a_new_edition),
        at_http(what_a_file_no_longer_has_stays_in_the_archive),
        at_http(a_file_that_ends_earlier_than_it_did_is_refused),
        at_http(a_file_that_moved_is_found_at_its_other_address),
        at_http(a_query_of_an_address_is_sent_as_it_is_written),
        at_http(a_file_that_is_nowhere_names_its_address),
        at_http(the_newest_file_of_an_address_with_a_date_is_taken),
        at_http(a_document_that_is_not_what_is_wanted_is_told_in_one_line),
        cmocka_unit_test(faults_on_the_way_are_survived_or_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
