/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fetch/night.h"

/* The receipts of the archive as if all of it had been so many days ago. */
static void let_days_pass(night *of, int days)
{
    static const char mark[] = "\"time\":\"";
    const char *folder = kt_path_join(of->arena, of->folder, "archive/receipts");
    kt_error err = {0};
    char **names = NULL;
    size_t count = 0;
    assert_ok(kt_folder_list(folder, of->arena, &names, &count, &err));
    for (size_t i = 0; i < count; i++) {
        const char *path = kt_path_join(of->arena, folder, names[i]);
        char *bytes = NULL;
        size_t length = 0;
        assert_ok(kt_file_read(path, (size_t)1 << 24, of->arena, &bytes, &length, &err));
        for (char *at = strstr(bytes, mark); at != NULL; at = strstr(at + 1, mark)) {
            char moment[KT_INSTANT_SIZE];
            kt_instant time = 0;
            const char *text = kt_arena_copy_n(of->arena, at + strlen(mark), 20);
            assert_true(kt_instant_read(text, false, &time));
            (void)kt_instant_write(time - (kt_instant)days * 86400, moment);
            memcpy(at + strlen(mark), moment, 20);
        }
        assert_ok(kt_file_write(path, bytes, length, &err));
    }
}

static void once_a_week(night *of)
{
    of->r5->every_days = 7;
    of->r5->whole_every_days = 28;
}

static void check_rests(night *of)
{
    fetch_to(of, KT_FETCH_UNCHANGED);
    assert_true(of->results[0].rests_until != KT_NO_INSTANT);
    assert_null(of->results[0].plan);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_ANY), 0);
}

static void a_table_of_once_a_week_costs_no_call_in_between(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_true(of->results[0].rests_until == KT_NO_INSTANT);
    check_rests(of);
    assert_int_equal(of->results[0].rests_until, (kt_instant_now() / 86400 + 7) * 86400);
    let_days_pass(of, 6);
    check_rests(of);
    assert_int_equal(of->results[0].rests_until, (kt_instant_now() / 86400 + 1) * 86400);
    let_days_pass(of, 1);
    fetch_to(of, KT_FETCH_UNCHANGED);
    assert_true(of->results[0].rests_until == KT_NO_INSTANT);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 1);
}

static void a_week_is_counted_from_the_last_question(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    let_days_pass(of, 7);
    fetch_to(of, KT_FETCH_UNCHANGED);
    let_days_pass(of, 6);
    check_rests(of);
}

static void a_publication_in_between_is_fetched_when_the_week_is_over(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    kt_server_republish(of->server, "12r5");
    check_rests(of);
    let_days_pass(of, 7);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), 25 * 3 * 3); /* refetch_periods is 3 */
}

static void a_question_that_failed_is_asked_again_the_next_night(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    let_days_pass(of, 7);
    const kt_fault_rule silent = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_PROBE};
    kt_server_fault(of->server, &silent);
    fetch_to(of, KT_FETCH_FAILED);
    kt_server_behave(of->server);
    fetch_to(of, KT_FETCH_UNCHANGED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_PROBE), 1);
    check_rests(of);
}

static void news_that_could_not_be_fetched_are_fetched_the_next_night(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    let_days_pass(of, 7);
    kt_server_republish(of->server, "12r5");
    const kt_fault_rule refused = {.fault = KT_FAULT_BAD_REQUEST, .call = KT_CALL_DATA};
    kt_server_fault(of->server, &refused);
    fetch_to(of, KT_FETCH_FAILED);
    kt_server_behave(of->server);
    fetch_to(of, KT_FETCH_FETCHED);
    check_rests(of);
}

static void a_campaign_that_was_broken_off_is_ended_the_next_night(void **state)
{
    night *of = *state;
    once_a_week(of);
    of->options.parallel = 1;
    of->cancel_after = 1 + 1 + 2; /* limits, metadata, two of three pieces */
    assert_int_equal(fetch_some(of, 1), KT_ERR_CANCELLED);
    atomic_store(&of->cancelled, 0);
    of->cancel_after = 0;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(kt_server_calls(of->server, KT_CALL_DATA), 1);
    check_rests(of);
}

static void what_was_never_asked_for_does_not_wait_for_the_week(void **state)
{
    night *of = *state;
    static const char *few[] = {"SSS", "MK01"};
    const char **all = of->r5->variables[0].want;
    once_a_week(of);
    of->r5->variables[0].want = few;
    of->r5->variables[0].want_count = 2;
    fetch_to(of, KT_FETCH_FETCHED);
    check_rests(of);
    of->r5->variables[0].want = all;
    of->r5->variables[0].want_count = 1;
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), R5_CELLS);
}

static void a_day_that_is_yet_to_come_spares_no_question(void **state)
{
    night *of = *state;
    once_a_week(of);
    fetch_to(of, KT_FETCH_FETCHED);
    let_days_pass(of, -2);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), R5_CELLS);
}

static void only_the_newest_period_is_fetched_and_older_ones_stay(void **state)
{
    night *of = *state;
    once_a_week(of);
    of->r5->variables[1].newest = 1;
    kt_server_cut(of->server, "12r5", NULL, "2023M11");
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), 25 * 3);
    kt_server_cut(of->server, "12r5", NULL, NULL);
    kt_server_republish(of->server, "12r5");
    let_days_pass(of, 7);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(cells_fetched(of), 25 * 3);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, 2); /* 2023M11 and 2023M12 */
    kt_server_republish(of->server, "12r5");
    let_days_pass(of, 7);
    fetch_to(of, KT_FETCH_FETCHED);
    assert_int_equal(vintage_of(of, "12r5")->reply_count, 2); /* the corrected one took its place */
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        at_night(a_table_of_once_a_week_costs_no_call_in_between),
        at_night(a_week_is_counted_from_the_last_question),
        at_night(a_publication_in_between_is_fetched_when_the_week_is_over),
        at_night(a_question_that_failed_is_asked_again_the_next_night),
        at_night(news_that_could_not_be_fetched_are_fetched_the_next_night),
        at_night(a_campaign_that_was_broken_off_is_ended_the_next_night),
        at_night(what_was_never_asked_for_does_not_wait_for_the_week),
        at_night(a_day_that_is_yet_to_come_spares_no_question),
        at_night(only_the_newest_period_is_fetched_and_older_ones_stay),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
