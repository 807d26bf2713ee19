/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <jansson.h>
#include <string.h>

#include "server/scene.h"
#include "support/check.h"

#define ALL "{\"query\":[],\"response\":{\"format\":\"json-stat2\"}}"

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

static void call_with(kt_scene *s, kt_fault fault)
{
    const kt_fault_rule rule = {.fault = fault, .seconds = 5, .size = (size_t)64 << 20};
    kt_server_behave(s->server);
    kt_server_fault(s->server, &rule);
    kt_scene_call(s, KT_SCENE_12R5, ALL);
}

static void each_fault_looks_to_a_client_as_it_is_named(void **state)
{
    static const struct {
        kt_fault fault;
        CURLcode outcome;
        long status;
        const char *shows; /* in the body; NULL: nothing is asked of it */
    } cases[] = {
        {KT_FAULT_TOO_MANY, CURLE_OK, 429, "Too many"},
        {KT_FAULT_UNAVAILABLE, CURLE_OK, 503, "<html>"},
        {KT_FAULT_BAD_REQUEST, CURLE_OK, 400, "Bad Request"},
        {KT_FAULT_FORBIDDEN, CURLE_OK, 403, "<html>"},
        {KT_FAULT_MISSING, CURLE_OK, 404, "<html>"},
        {KT_FAULT_REDIRECT, CURLE_OK, 302, NULL},
        {KT_FAULT_RESET, CURLE_RECV_ERROR, 0, NULL},
        {KT_FAULT_SILENT, CURLE_OPERATION_TIMEDOUT, 0, NULL},
        {KT_FAULT_STALL, CURLE_OPERATION_TIMEDOUT, 200, "{\"version\""},
        {KT_FAULT_DRIP, CURLE_OPERATION_TIMEDOUT, 200, "{"},
        {KT_FAULT_CUT, CURLE_PARTIAL_FILE, 200, "{\"version\""},
        {KT_FAULT_CUT_UNSAID, CURLE_OK, 200, "{\"version\""},
        {KT_FAULT_EMPTY, CURLE_OK, 200, NULL},
        {KT_FAULT_HTML, CURLE_OK, 200, "<html>"},
        {KT_FAULT_GARBAGE, CURLE_OK, 200, "\xF6"},
        {KT_FAULT_OTHER_TABLE, CURLE_OK, 200, "\"tableid\":\"12ti\""},
        {KT_FAULT_WRONG_CODE, CURLE_OK, 200, "\"version\""},
        {KT_FAULT_FEWER, CURLE_OK, 200, "\"size\":[35,3]"},
        {KT_FAULT_NEGATIVE, CURLE_OK, 200, ",-3]"},
        {KT_FAULT_FRACTION, CURLE_OK, 200, ",1.5]"},
        {KT_FAULT_EXCESS, CURLE_OK, 200, ",1000000000]"},
        {KT_FAULT_BOMB, CURLE_WRITE_ERROR, 200, "        "},
        {KT_FAULT_BAD_GZIP, CURLE_BAD_CONTENT_ENCODING, 200, NULL},
        {KT_FAULT_HUGE, CURLE_WRITE_ERROR, 200, "{   "},
        {KT_FAULT_REPUBLISH, CURLE_OK, 200, "2023-11-22T06:00:00Z"},
        {KT_FAULT_TOO_LARGE, CURLE_OK, 403, "Access denied"},
        {KT_FAULT_OLD_DATE, CURLE_OK, 200, "\"version\""},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const bool endless = cases[i].outcome == CURLE_OPERATION_TIMEDOUT;
        curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, endless ? 500L : 60000L);
        call_with(s, cases[i].fault);
        print_message("%s\n", kt_fault_name(cases[i].fault));
        assert_int_equal(s->outcome, cases[i].outcome);
        assert_int_equal(s->status, cases[i].status);
        assert_true(cases[i].shows == NULL || strstr(s->body.bytes, cases[i].shows) != NULL);
    }
}

static void half_a_body_is_no_json(void **state)
{
    kt_scene *s = *state;
    call_with(s, KT_FAULT_CUT_UNSAID);
    assert_int_equal(s->outcome, CURLE_OK);
    assert_null(strstr(s->headers.bytes, "Content-Length"));
    assert_null(json_loadb(s->body.bytes, s->body.length, 0, NULL));
}

static void retry_after_is_written_as_asked(void **state)
{
    static const struct {
        kt_retry_after how;
        const char *shows;
    } cases[] = {
        {KT_RETRY_AFTER_SECONDS, "Retry-After: 7\r\n"},
        {KT_RETRY_AFTER_DATE, " GMT\r\n"},
        {KT_RETRY_AFTER_NONSENSE, "Retry-After: soon\r\n"},
    };
    kt_scene *s = *state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const kt_fault_rule rule = {
            .fault = KT_FAULT_TOO_MANY, .retry_after = cases[i].how, .seconds = 7};
        kt_server_behave(s->server);
        kt_server_fault(s->server, &rule);
        kt_scene_call(s, KT_SCENE_12R5, NULL);
        const char *line = strstr(s->headers.bytes, "Retry-After: ");
        assert_non_null(line);
        assert_non_null(strstr(line, cases[i].shows));
    }
}

static void a_rule_waits_and_ends_as_ordered(void **state)
{
    kt_scene *s = *state;
    const kt_fault_rule rule = {.fault = KT_FAULT_UNAVAILABLE,
                                .call = KT_CALL_DATA,
                                .table = "12ti",
                                .after = 1,
                                .times = 2};
    kt_server_fault(s->server, &rule);
    static const long wanted[] = {200, 503, 503, 200};
    for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
        kt_scene_call(s, KT_SCENE_12TI, NULL);
        assert_int_equal(s->status, 200);
        kt_scene_call(s, KT_SCENE_12R5, ALL);
        assert_int_equal(s->status, 200);
        kt_scene_call(s, KT_SCENE_12TI, ALL);
        assert_int_equal(s->status, wanted[i]);
    }
}

static void a_wrong_code_is_in_the_reply_and_nothing_else_changes(void **state)
{
    kt_scene *s = *state;
    call_with(s, KT_FAULT_WRONG_CODE);
    kt_scene_call(s, KT_SCENE_12R5,
                  "{\"query\":[{\"code\":\"Alue\",\"selection\":{\"filter\":\"item\",\"values\":["
                  "\"MK01\",\"MK02\"]}}]}");
    assert_non_null(strstr(s->body.bytes, "\"index\":{\"ZZ99\":0,\"MK02\":1}"));
    assert_null(strstr(s->body.bytes, "MK01"));
}

static void a_rule_is_read_from_text(void **state)
{
    (void)state;
    kt_error err = {0};
    kt_fault_rule rule;
    char good[] = "stall,call=data,table=12ti,after=3,times=1,seconds=2.5,retry-after=date";
    assert_int_equal(kt_fault_rule_read(good, &rule, &err), KT_OK);
    assert_int_equal(rule.fault, KT_FAULT_STALL);
    assert_int_equal(rule.call, KT_CALL_DATA);
    assert_string_equal(rule.table, "12ti");
    assert_int_equal(rule.after, 3);
    assert_int_equal(rule.times, 1);
    assert_close(rule.seconds, 2.5, 0);
    assert_int_equal(rule.retry_after, KT_RETRY_AFTER_DATE);
    char unknown[] = "explode";
    assert_int_equal(kt_fault_rule_read(unknown, &rule, &err), KT_ERR_USAGE);
    assert_string_equal(err.message, "--fault: no fault is called 'explode'");
    char wrong[] = "stall,times=often";
    assert_int_equal(kt_fault_rule_read(wrong, &rule, &err), KT_ERR_USAGE);
}

static void stopping_does_not_wait_for_a_stalled_call(void **state)
{
    kt_scene *s = *state;
    curl_easy_setopt(s->curl, CURLOPT_TIMEOUT_MS, 200L);
    const kt_fault_rule rule = {.fault = KT_FAULT_STALL, .seconds = 600};
    kt_server_fault(s->server, &rule);
    kt_scene_call(s, KT_SCENE_12R5, ALL);
    assert_int_equal(s->outcome, CURLE_OPERATION_TIMEDOUT);
    kt_server_stop(s->server);
    s->server = NULL;
}

int main(void)
{
#define KT_CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        KT_CASE(each_fault_looks_to_a_client_as_it_is_named),
        KT_CASE(half_a_body_is_no_json),
        KT_CASE(retry_after_is_written_as_asked),
        KT_CASE(a_rule_waits_and_ends_as_ordered),
        KT_CASE(a_wrong_code_is_in_the_reply_and_nothing_else_changes),
        KT_CASE(a_rule_is_read_from_text),
        KT_CASE(stopping_does_not_wait_for_a_stalled_call),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
