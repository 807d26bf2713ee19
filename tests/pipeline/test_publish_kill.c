/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish.h"

#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "pipeline/publish_run.h"
#include "publish/check_output.h"

#define KILLS 200

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* Each attempt is a run of its own: another run_id, and another figure in the findings. */
static kt_status publish_number(void *state, unsigned number, kt_error *err)
{
    bench *made = state;
    kt_publish_result result = {0};
    kt_publication publication =
        tiny_publication(state, kt_arena_print(made->arena, "%016x", number));
    publication.threads = 1;
    return kt_publish(&publication, made->arena, &result, err);
}

static void write_numbered_findings(void *state, unsigned number)
{
    bench *made = state;
    write_findings(state, "observations/observations_2023.csv", "3000,A",
                   kt_arena_print(made->arena, "%u,A", 3000 + number));
}

/* True if the child ended by itself before it was killed. */
static bool publish_and_kill(void *state, unsigned number, double after_s)
{
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        kt_error err = {0};
        _exit(publish_number(state, number, &err) == KT_OK ? 0 : 1);
    }
    const struct timespec pause = {(time_t)after_s,
                                   (long)(1e9 * (after_s - (double)(long)after_s))};
    nanosleep(&pause, NULL);
    assert_int_equal(kill(child, SIGKILL), 0);
    int status = 0;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFEXITED(status);
}

static void assert_current_verifies(void *state)
{
    kt_error err = {0};
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("check", 0);
    const char *current = kt_published_current(path_of(state, "published"), arena);
    assert_non_null(current);
    kt_problems *problems = kt_problems_new(arena);
    must(kt_check_output(current, tree_contract(state), 1, arena, problems, &err), &err);
    if (kt_problems_count(problems) > 0) {
        print_error("%s\n", kt_problems_at(problems, 0));
    }
    assert_int_equal(kt_problems_count(problems), 0);
}

static void a_kill_at_any_moment_leaves_a_run_that_verifies(void **state)
{
    kt_error err = {0};
    write_numbered_findings(*state, 0);
    must(publish_number(*state, 0, &err), &err);
    write_numbered_findings(*state, 1);
    const double start = seconds_now();
    must(publish_number(*state, 1, &err), &err);
    const double whole = seconds_now() - start;

    unsigned ended = 0;
    unsigned seed = 20261121;
    for (unsigned i = 2; i < KILLS + 2; i++) {
        seed = seed * 1103515245U + 12345U;
        write_numbered_findings(*state, i);
        ended += publish_and_kill(*state, i, whole * 1.6 * ((seed >> 16) % 1000) / 1000) ? 1 : 0;
        assert_current_verifies(*state);
    }
    print_message("%u of %u children ended before they were killed\n", ended, KILLS);
    assert_true(ended < KILLS);
    write_numbered_findings(*state, KILLS + 2);
    must(publish_number(*state, KILLS + 2, &err), &err);
    assert_current_verifies(*state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_kill_at_any_moment_leaves_a_run_that_verifies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
