/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "limiter.h"

#include "fetch/support.h"

/* The window is a second longer than the service says: it counts from arrival, we from sending. */
#define WINDOW_S 60.0

static double hand_now(const void *context)
{
    return *(const double *)context;
}

static kt_limiter *open_limiter(void *state, const double *hand)
{
    kt_error err = {0};
    kt_limiter *limiter = NULL;
    const kt_clock clock = {.now = hand_now, .context = hand};
    assert_ok(kt_limiter_open(path_of(state, "limiter"), "pxdata.stat.fi", clock, arena_of(state),
                              &limiter, &err));
    return limiter;
}

static void call_times(kt_limiter *limiter, size_t times)
{
    kt_error err = {0};
    for (size_t i = 0; i < times; i++) {
        assert_ok(kt_limiter_count(limiter, &err));
    }
}

static void calls_go_at_once_until_the_window_is_full(void **state)
{
    double hand = 1000.0;
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 3, WINDOW_S);
    call_times(limiter, 2);
    assert_close(kt_limiter_wait(limiter), 0.0, 0.0);
    call_times(limiter, 1);
    assert_close(kt_limiter_wait(limiter), 61.0, 1e-9);
}

static void the_window_slides_with_its_oldest_call(void **state)
{
    double hand = 1000.0;
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 2, WINDOW_S);
    call_times(limiter, 1);
    hand = 1040.0;
    call_times(limiter, 1);
    assert_close(kt_limiter_wait(limiter), 21.0, 1e-9);
    hand = 1061.0;
    assert_close(kt_limiter_wait(limiter), 0.0, 1e-9);
    call_times(limiter, 1);
    assert_close(kt_limiter_wait(limiter), 40.0, 1e-9);
}

static void calls_of_an_earlier_run_count(void **state)
{
    double hand = 1000.0;
    kt_limiter *first = open_limiter(*state, &hand);
    kt_limiter_set(first, 3, WINDOW_S);
    call_times(first, 3);
    hand = 1010.0;
    kt_limiter *second = open_limiter(*state, &hand);
    assert_close(kt_limiter_wait(second), 51.0, 1e-9);
    kt_limiter_set(second, 4, WINDOW_S);
    assert_close(kt_limiter_wait(second), 0.0, 1e-9);
}

static void two_services_on_a_host_are_counted_together(void **state)
{
    double hand = 1000.0;
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 3, WINDOW_S);
    call_times(limiter, 3);
    kt_limiter_set(limiter, 30, 10.0);
    hand = 1020.0;
    call_times(limiter, 1);
    kt_limiter_set(limiter, 3, WINDOW_S);
    assert_close(kt_limiter_wait(limiter), 41.0, 1e-9);
}

static void a_refusal_blocks_for_as_long_as_the_service_says(void **state)
{
    double hand = 1000.0;
    kt_error err = {0};
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 3, WINDOW_S);
    assert_ok(kt_limiter_block(limiter, 30.0, &err));
    assert_close(kt_limiter_wait(limiter), 30.0, 1e-9);
    hand = 1010.0;
    assert_close(kt_limiter_wait(open_limiter(*state, &hand)), 20.0, 1e-9);
}

static void an_absurd_refusal_is_capped(void **state)
{
    double hand = 1000.0;
    kt_error err = {0};
    kt_limiter *limiter = open_limiter(*state, &hand);
    assert_ok(kt_limiter_block(limiter, 1e9, &err));
    assert_close(kt_limiter_wait(limiter), KT_WAIT_MOST_S, 1e-9);
}

static void a_clock_that_went_back_makes_nobody_wait_for_years(void **state)
{
    double hand = 1e9;
    kt_error err = {0};
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 1, WINDOW_S);
    call_times(limiter, 1);
    assert_ok(kt_limiter_block(limiter, 5.0, &err));
    hand = 1000.0;
    assert_true(kt_limiter_wait(limiter) <= KT_WAIT_MOST_S);
    assert_true(kt_limiter_wait(open_limiter(*state, &hand)) <= KT_WAIT_MOST_S);
}

static void a_file_that_says_nonsense_counts_as_absent(void **state)
{
    static const char *const nonsense[] = {"", "{", "[1,2]", "{\"calls\":\"x\",\"times\":{}}"};
    double hand = 1000.0;
    kt_error err = {0};
    assert_ok(kt_folder_make(path_of(*state, "limiter"), &err));
    for (size_t i = 0; i < COUNT_OF(nonsense); i++) {
        (void)write_words(*state, "limiter/pxdata.stat.fi.calls.json", nonsense[i]);
        assert_close(kt_limiter_wait(open_limiter(*state, &hand)), 0.0, 0.0);
    }
}

static void what_a_killed_run_left_is_gone_at_the_next_start(void **state)
{
    double hand = 1000.0;
    kt_error err = {0};
    assert_ok(kt_folder_make(path_of(*state, "limiter"), &err));
    const char *left = write_words(*state, "limiter/pxdata.stat.fi.calls.json.1-2.tmp", "{");
    (void)open_limiter(*state, &hand);
    assert_false(kt_file_exists(left));
}

static void the_estimate_is_the_least_time_of_further_calls(void **state)
{
    double hand = 1000.0;
    kt_limiter *limiter = open_limiter(*state, &hand);
    kt_limiter_set(limiter, 39, WINDOW_S);
    call_times(limiter, 3);
    assert_close(kt_limiter_estimate(limiter, 36), 0.0, 1e-9);
    assert_close(kt_limiter_estimate(limiter, 37), 61.0, 1e-9);
    assert_close(kt_limiter_estimate(limiter, 36 + 39), 61.0, 1e-9);
    assert_close(kt_limiter_estimate(limiter, 36 + 39 + 1), 122.0, 1e-9);
    assert_close(kt_limiter_wait(limiter), 0.0, 0.0);
}

static void a_host_with_a_port_has_a_file_of_its_own(void **state)
{
    double hand = 1000.0;
    kt_error err = {0};
    kt_limiter *limiter = NULL;
    const kt_clock clock = {.now = hand_now, .context = &hand};
    assert_ok(kt_limiter_open(path_of(*state, "limiter"), "[::1]:8081", clock, arena_of(*state),
                              &limiter, &err));
    call_times(limiter, 1);
    assert_true(kt_file_exists(path_of(*state, "limiter/___1__8081.calls.json")));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(calls_go_at_once_until_the_window_is_full),
        in_bench(the_window_slides_with_its_oldest_call),
        in_bench(calls_of_an_earlier_run_count),
        in_bench(two_services_on_a_host_are_counted_together),
        in_bench(a_refusal_blocks_for_as_long_as_the_service_says),
        in_bench(an_absurd_refusal_is_capped),
        in_bench(a_clock_that_went_back_makes_nobody_wait_for_years),
        in_bench(a_file_that_says_nonsense_counts_as_absent),
        in_bench(a_host_with_a_port_has_a_file_of_its_own),
        in_bench(what_a_killed_run_left_is_gone_at_the_next_start),
        in_bench(the_estimate_is_the_least_time_of_further_calls),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
