/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "core/text.h"
#include "fetch/night.h"

/* How each misbehaviour of a service is told in the receipt, and whether its body is kept. */
static const struct {
    const char *name, *says;
    kt_fault fault;
    bool has_body;
} faults[] = {
    {"unavailable", "HTTP 503", KT_FAULT_UNAVAILABLE, true},
    {"silent", "", KT_FAULT_SILENT, false},
    {"stall", "", KT_FAULT_STALL, true},
    {"drip", "", KT_FAULT_DRIP, true},
    {"cut", "", KT_FAULT_CUT, true},
    {"cut unsaid", "", KT_FAULT_CUT_UNSAID, true},
    {"empty", "", KT_FAULT_EMPTY, true},
    {"html", "", KT_FAULT_HTML, true},
    {"garbage", "", KT_FAULT_GARBAGE, true},
    {"other table", "", KT_FAULT_OTHER_TABLE, true},
    {"wrong code", "the reply lacks", KT_FAULT_WRONG_CODE, true},
    {"fewer", "the reply", KT_FAULT_FEWER, true},
    {"bomb", "larger than the limit of 1048576 bytes", KT_FAULT_BOMB, true},
    {"bad gzip", "", KT_FAULT_BAD_GZIP, true},
    {"huge", "larger than the limit of 1048576 bytes", KT_FAULT_HUGE, true},
};

static void assert_told(night *of, size_t i)
{
    const kt_receipt *bad = last_bad(of);
    if (bad == NULL || strstr(bad->fault, faults[i].says) == NULL ||
        strpbrk(bad->fault, "\r\n") != NULL || (bad->sha256[0] != '\0') != faults[i].has_body) {
        print_error("%s: %s, body %s\n", faults[i].name, bad == NULL ? "no fault" : bad->fault,
                    bad == NULL ? "" : bad->sha256);
        fail();
    }
}

/* Each fault, once in the data: the night is whole all the same, and the fault is on record. */
static void a_passing_fault_is_on_record_and_survived(void **state)
{
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        const kt_fault_rule once = {.fault = faults[i].fault,
                                    .call = KT_CALL_DATA,
                                    .after = 1,
                                    .times = 1,
                                    .seconds = 60,
                                    .size = (size_t)8 << 20};
        of->options.total_timeout_s = faults[i].fault == KT_FAULT_DRIP ? 2 : 20;
        kt_server_fault(of->server, &once);
        fetch_to(of, KT_FETCH_FETCHED);
        assert_told(of, i);
        assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
        assert_null(vintage_of(of, "12r5")->last_fault);
        assert_int_equal(close_night(state), 0);
    }
}

/* Each fault for ever, on a table that we have: it fails, and what we have stands. */
static void a_lasting_fault_leaves_the_last_good_table(void **state)
{
    for (size_t i = 0; i < COUNT_OF(faults); i++) {
        if (faults[i].fault == KT_FAULT_FEWER) {
            continue; /* of the one cell of a probe nothing can be left out */
        }
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        const kt_fault_rule always = {.fault = faults[i].fault,
                                      .call = KT_CALL_PROBE,
                                      .seconds = 60,
                                      .size = (size_t)8 << 20};
        of->options.total_timeout_s = faults[i].fault == KT_FAULT_DRIP ? 2 : 20;
        of->options.retry_budget = 0;
        fetch_to(of, KT_FETCH_FETCHED);
        kt_server_fault(of->server, &always);
        fetch_to(of, KT_FETCH_FAILED);
        assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 1);
        assert_told(of, i);
        assert_true(of->results[0].status == KT_ERR_HTTP ||
                    of->results[0].status == KT_ERR_UNREACHED ||
                    of->results[0].status == KT_ERR_FORMAT);
        assert_true(kt_text_starts(of->results[0].message, "12r5: POST https://pxdata.stat.fi/"));
        assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
        assert_non_null(vintage_of(of, "12r5")->last_fault);
        assert_int_equal(close_night(state), 0);
    }
}

static void the_body_of_a_fault_can_be_read_again(void **state)
{
    night *of = *state;
    kt_error err = {0};
    char *bytes = NULL;
    size_t length = 0;
    const kt_fault_rule once = {.fault = KT_FAULT_HTML, .call = KT_CALL_DATA, .times = 1};
    kt_server_fault(of->server, &once);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_ok(kt_archive_load(of->archive, last_bad(of)->sha256, of->arena, &bytes, &length, &err));
    assert_non_null(strstr(bytes, "<html"));
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void a_refusal_is_waited_out_and_costs_no_retry(void **state)
{
    static const kt_retry_after spellings[] = {KT_RETRY_AFTER_NONE, KT_RETRY_AFTER_SECONDS,
                                               KT_RETRY_AFTER_DATE, KT_RETRY_AFTER_NONSENSE};
    for (size_t i = 0; i < COUNT_OF(spellings); i++) {
        assert_int_equal(open_night(state), 0);
        night *of = *state;
        const kt_fault_rule refuse = {.fault = KT_FAULT_TOO_MANY,
                                      .call = KT_CALL_DATA,
                                      .times = 2,
                                      .seconds = 2,
                                      .retry_after = spellings[i]};
        of->options.retry_budget = 0;
        kt_server_fault(of->server, &refuse);
        const double start = seconds_now();
        fetch_to(of, KT_FETCH_FETCHED);
        assert_true(seconds_now() - start >= 0.9);
        assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), R5_PARTS + 2);
        assert_int_equal(close_night(state), 0);
    }
}

static void a_service_that_refuses_for_ever_is_left_alone(void **state)
{
    night *of = *state;
    const kt_fault_rule refuse = {.fault = KT_FAULT_TOO_MANY, .call = KT_CALL_DATA};
    of->options.parallel = 1;
    kt_server_fault(of->server, &refuse);
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_HTTP);
    assert_non_null(strstr(of->results[0].message, "HTTP 429"));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 6);
}

static void a_service_says_when_to_come_back_after_a_fault(void **state)
{
    night *of = *state;
    const kt_fault_rule busy = {.fault = KT_FAULT_UNAVAILABLE,
                                .call = KT_CALL_DATA,
                                .times = 1,
                                .seconds = 2,
                                .retry_after = KT_RETRY_AFTER_SECONDS};
    kt_server_fault(of->server, &busy);
    const double start = seconds_now();
    fetch_to(of, KT_FETCH_FETCHED);
    assert_true(seconds_now() - start >= 2.0);
}

static void the_budget_of_retries_is_for_the_whole_run(void **state)
{
    night *of = *state;
    const kt_fault_rule busy = {.fault = KT_FAULT_UNAVAILABLE, .call = KT_CALL_DATA};
    of->options.retry_budget = 3;
    of->options.parallel = 1;
    kt_server_fault(of->server, &busy);
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].state, KT_FETCH_FAILED);
    assert_int_equal(of->results[1].state, KT_FETCH_FAILED);
    assert_non_null(strstr(of->results[0].message, "no retries are left"));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 4 + 1);
}

static void a_redirect_on_the_same_host_is_followed_and_the_receipt_names_the_original(void **state)
{
    night *of = *state;
    size_t count = 0;
    const kt_fault_rule redirect = {
        .fault = KT_FAULT_REDIRECT, .call = KT_CALL_METADATA, .times = 1};
    kt_server_fault(of->server, &redirect);
    fetch_to(of, KT_FETCH_FETCHED);
    const kt_receipt *receipts = receipts_of(of, &count);
    for (size_t i = 0; i < count; i++) {
        assert_true(kt_text_starts(receipts[i].url, "https://pxdata.stat.fi/PxWeb/api/v1/fi/"));
        assert_int_equal(receipts[i].status, 200);
    }
}

static void a_service_that_does_not_answer_is_unreached(void **state)
{
    night *of = *state;
    of->redirect.to = "http://127.0.0.1:1";
    of->options.retry_budget = 2;
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].status, KT_ERR_UNREACHED);
    assert_int_equal(of->results[1].status, KT_ERR_UNREACHED);
    assert_int_equal(of->results[0].calls, 3);
    assert_int_equal(of->results[1].calls, 0);
    assert_true(kt_text_starts(of->results[1].message, "12ti: "));
}

static kt_status go_away(void *context, const kt_receipt *receipt, kt_error *err)
{
    (void)err;
    night *of = context;
    of->redirect.to =
        receipt->purpose == KT_PURPOSE_CONFIG ? "http://127.0.0.1:1" : of->redirect.to;
    return KT_OK;
}

static void a_host_that_is_away_is_asked_once_for_each_further_table(void **state)
{
    night *of = *state;
    of->options.exchanged = go_away;
    assert_int_equal(fetch_some(of, 2), KT_OK);
    assert_int_equal(of->results[0].status, KT_ERR_UNREACHED);
    assert_int_equal(of->results[1].status, KT_ERR_UNREACHED);
    assert_int_equal(of->results[0].calls, 1 + 3);
    assert_int_equal(of->results[1].calls, 1);
    assert_true(kt_text_starts(of->results[0].message, "12r5: "));
    assert_null(strstr(of->results[0].message, "GET"));
    assert_string_equal(strchr(of->results[0].message, ' '), strchr(of->results[1].message, ' '));
}

/* libcurl itself asks once more where a connection that it kept open turns out to be dead. */
static void a_connection_that_is_reset_is_asked_again(void **state)
{
    night *of = *state;
    kt_fault_rule reset = {.fault = KT_FAULT_RESET, .call = KT_CALL_DATA, .times = 4};
    kt_server_fault(of->server, &reset);
    fetch_to(of, KT_FETCH_FETCHED);
    reset.times = 0;
    reset.call = KT_CALL_PROBE;
    kt_server_fault(of->server, &reset);
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_UNREACHED);
    assert_string_equal(last_bad(of)->sha256, "");
    assert_int_equal(vintage_of(of, "12r5")->reply_count, R5_PARTS);
}

static void limits_that_make_no_sense_are_refused(void **state)
{
    night *of = *state;
    const kt_fault_rule html = {.fault = KT_FAULT_HTML, .call = KT_CALL_CONFIG};
    of->options.retry_budget = 1;
    kt_server_fault(of->server, &html);
    fetch_to(of, KT_FETCH_FAILED);
    assert_int_equal(of->results[0].status, KT_ERR_FORMAT);
    assert_non_null(strstr(of->results[0].message, "?config"));
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 2);
}

static void what_cannot_be_archived_ends_the_run(void **state)
{
    night *of = *state;
    char *receipts = kt_path_join(of->arena, of->folder, "archive/receipts");
    kt_error err = {0};
    assert_ok(kt_folder_remove(receipts, &err));
    assert_int_equal(fetch_some(of, 1), KT_ERR_NOT_FOUND);
    assert_non_null(strstr(of->err.message, "archive/receipts"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_passing_fault_is_on_record_and_survived),
        cmocka_unit_test(a_lasting_fault_leaves_the_last_good_table),
        at_night(the_body_of_a_fault_can_be_read_again),
        cmocka_unit_test(a_refusal_is_waited_out_and_costs_no_retry),
        at_night(a_service_that_refuses_for_ever_is_left_alone),
        at_night(a_service_says_when_to_come_back_after_a_fault),
        at_night(the_budget_of_retries_is_for_the_whole_run),
        at_night(a_redirect_on_the_same_host_is_followed_and_the_receipt_names_the_original),
        at_night(a_service_that_does_not_answer_is_unreached),
        at_night(a_host_that_is_away_is_asked_once_for_each_further_table),
        at_night(a_connection_that_is_reset_is_asked_again),
        at_night(limits_that_make_no_sense_are_refused),
        at_night(what_cannot_be_archived_ends_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
