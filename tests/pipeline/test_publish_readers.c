/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish.h"

#include <sys/wait.h>

#include "pipeline/numbered_run.h"

#define RUNS 60

static void publish_number(void *state, unsigned number)
{
    kt_error err = {0};
    kt_publish_result result = {0};
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("run", 0);
    write_number(state, number);
    const kt_publication publication = numbered_publication(state, number);
    must(kt_publish(&publication, arena, &result, &err), &err);
}

static pid_t start_reader(void *state, const char *stop)
{
    const char *published = path_of(state, "published");
    const pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        execlp("python3", "python3", KT_ROOT "/tests/pipeline/package/reader.py",
               KT_ROOT "/pipeline/package/load/kohtaanto.py", published, stop, (char *)NULL);
        _exit(127);
    }
    return child;
}

/* Exit codes of the reader: 0, all that it read was of one run, and `current` moved on under its
 * hands; 3, `current` never did. */
static void a_loader_never_mixes_two_runs_while_others_are_published(void **state)
{
    bench *made = *state;
    kt_error err = {0};
    const char *stop = path_of(*state, "stop");
    if (system("command -v python3 >/dev/null") != 0) {
        skip();
    }
    publish_number(*state, 0);
    const pid_t reader = start_reader(*state, stop);
    for (unsigned i = 1; i < RUNS; i++) {
        publish_number(*state, i);
    }
    must(kt_file_write(stop, "x", 1, &err), &err);
    int status = 0;
    assert_int_equal(waitpid(reader, &status, 0), reader);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
    assert_non_null(kt_published_current(path_of(*state, "published"), made->arena));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_loader_never_mixes_two_runs_while_others_are_published),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
