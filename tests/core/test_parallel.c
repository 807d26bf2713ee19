/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/parallel.h"

#include <stdatomic.h>
#include <stdint.h>

#include "core/support.h"

#define JOBS 500

typedef struct tally {
    uint32_t slots[JOBS];
    atomic_size_t begun;
    size_t fail_from, fail_step; /* jobs fail_from, fail_from + fail_step, ... fail */
} tally;

static kt_status work(void *context, size_t index, kt_error *err)
{
    tally *seen = context;
    atomic_fetch_add(&seen->begun, 1);
    if (index >= seen->fail_from && (index - seen->fail_from) % seen->fail_step == 0) {
        return kt_fail(err, KT_ERR_DATA, "job %zu", index);
    }
    seen->slots[index] += (uint32_t)index + 1;
    return KT_OK;
}

static void every_job_runs_exactly_once_on_any_number_of_threads(void **state)
{
    (void)state;
    static const unsigned threads[] = {0, 1, 2, 3, 16, 1000};
    for (size_t t = 0; t < COUNT_OF(threads); t++) {
        tally seen = {.fail_from = JOBS, .fail_step = 1};
        kt_error error = {0};
        assert_int_equal(kt_parallel(JOBS, threads[t], work, &seen, &error), KT_OK);
        for (size_t i = 0; i < JOBS; i++) {
            assert_int_equal(seen.slots[i], i + 1);
        }
    }
}

static void the_failure_of_the_lowest_job_is_the_one_returned(void **state)
{
    (void)state;
    for (unsigned threads = 1; threads <= 8; threads++) {
        tally seen = {.fail_from = 37, .fail_step = 3};
        kt_error error = {0};
        assert_int_equal(kt_parallel(JOBS, threads, work, &seen, &error), KT_ERR_DATA);
        assert_string_equal(error.message, "job 37");
        assert_true(atomic_load(&seen.begun) < JOBS);
        for (size_t i = 0; i < 37; i++) {
            assert_int_equal(seen.slots[i], i + 1);
        }
    }
}

static void no_jobs_are_no_work(void **state)
{
    (void)state;
    tally seen = {.fail_from = 0, .fail_step = 1};
    kt_error error = {0};
    assert_int_equal(kt_parallel(0, 4, work, &seen, &error), KT_OK);
    assert_int_equal(atomic_load(&seen.begun), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_job_runs_exactly_once_on_any_number_of_threads),
        cmocka_unit_test(the_failure_of_the_lowest_job_is_the_one_returned),
        cmocka_unit_test(no_jobs_are_no_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
