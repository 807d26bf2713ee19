/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/publish.h"

#include <limits.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>

#include "pipeline/numbered_run.h"
#include "publish/check_output.h"

#define KILLS   200    /* KT_KILLS, where it is set */
#define READS   100000 /* KT_READS: at least so many, by all readers together */
#define READERS 2

/* What readers in processes of their own have done. */
typedef struct watch {
    atomic_uint reads, moves; /* moves: reads that found another run than the one before */
    atomic_bool over;
} watch;

static unsigned asked_for(const char *name, unsigned otherwise)
{
    const char *asked = getenv(name);
    return asked == NULL ? otherwise : (unsigned)strtoul(asked, NULL, 10);
}

static double seconds_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static kt_status publish_number(void *state, unsigned number, kt_error *err)
{
    const bench *made = state;
    kt_publish_result result = {0};
    kt_publication publication = numbered_publication(state, number);
    publication.threads = 1;
    return kt_publish(&publication, made->arena, &result, err);
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

/* The number behind a mark in a file of a run; UINT_MAX where either is missing. */
static unsigned number_in(kt_arena *arena, const char *run, const char *name, const char *mark)
{
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(kt_path_join(arena, run, name), 1 << 20, arena, &bytes, &length, NULL) !=
        KT_OK) {
        return UINT_MAX;
    }
    const char *at = strstr(bytes, mark);
    return at == NULL ? UINT_MAX : (unsigned)strtoul(at + strlen(mark), NULL, 10);
}

/* Follows `current` once and reads two tables and the manifest of that run; UINT_MAX unless all
 * three are there and of one run. */
static unsigned read_once(const char *published)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("reader", 0);
    const char *run = kt_published_current(published, arena);
    if (run == NULL) {
        return UINT_MAX;
    }
    const unsigned one = number_in(arena, run, "csv/observations/observations_2023.csv", "104,E,");
    const unsigned two = number_in(arena, run, "csv/checks/checks.csv", "passed,");
    const char *id =
        kt_arena_print(arena, "\"run_id\": \"%016x\"", one == UINT_MAX ? one : one - NUMBER_BASE);
    return one == two && number_in(arena, run, "MANIFEST.json", id) != UINT_MAX ? one : UINT_MAX;
}

static pid_t start_reader(const char *published, watch *shared)
{
    const pid_t parent = getpid();
    const pid_t child = fork();
    assert_true(child >= 0);
    const struct timespec pause = {.tv_nsec = 1000000};
    unsigned last = 0;
    while (child == 0 && !atomic_load(&shared->over) && getppid() == parent) {
        const unsigned found = read_once(published);
        if (found == UINT_MAX) {
            _exit(1);
        }
        atomic_fetch_add(&shared->reads, 1);
        atomic_fetch_add(&shared->moves, found != last ? 1 : 0);
        last = found;
        nanosleep(&pause, NULL); /* the publisher has to get on */
    }
    if (child == 0) {
        _exit(0);
    }
    return child;
}

static void kill_many(void *state, unsigned kills, double whole)
{
    unsigned ended = 0;
    unsigned seed = 20261121;
    for (unsigned i = 2; i < kills + 2; i++) {
        seed = seed * 1103515245U + 12345U;
        write_number(state, i);
        ended += publish_and_kill(state, i, whole * 1.6 * ((seed >> 16) % 1000) / 1000) ? 1 : 0;
        assert_current_verifies(state);
    }
    print_message("%u of %u children ended before they were killed\n", ended, kills);
    assert_true(ended < kills);
}

/* Waits until all have read enough, and ends them: each must say that it never met a run that was
 * torn, missing or mixed. */
static void end_readers(const pid_t *readers, watch *shared, unsigned reads)
{
    const struct timespec pause = {.tv_nsec = 10000000};
    int status = 0;
    while (atomic_load(&shared->reads) < reads && waitpid(readers[0], &status, WNOHANG) == 0) {
        nanosleep(&pause, NULL);
    }
    atomic_store(&shared->over, true);
    for (size_t i = 0; i < READERS; i++) {
        const bool reaped = waitpid(readers[i], &status, 0) == readers[i];
        assert_true(reaped && WIFEXITED(status) && WEXITSTATUS(status) == 0);
    }
    print_message("%u reads, %u of another run than the one before\n", atomic_load(&shared->reads),
                  atomic_load(&shared->moves));
    assert_true(atomic_load(&shared->moves) > READERS);
}

static void a_kill_at_any_moment_leaves_a_run_that_verifies(void **state)
{
    kt_error err = {0};
    const unsigned kills = asked_for("KT_KILLS", KILLS);
    KT_AUTO(file) FILE *file = tmpfile();
    assert_non_null(file);
    assert_int_equal(ftruncate(fileno(file), sizeof(watch)), 0);
    watch *shared = mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED, fileno(file), 0);
    pid_t readers[READERS];
    assert_ptr_not_equal(shared, MAP_FAILED);
    write_number(*state, 0);
    must(publish_number(*state, 0, &err), &err);
    for (size_t i = 0; i < READERS; i++) {
        readers[i] = start_reader(path_of(*state, "published"), shared);
    }
    write_number(*state, 1);
    const double start = seconds_now();
    must(publish_number(*state, 1, &err), &err);
    const double whole = seconds_now() - start;
    kill_many(*state, kills, whole);
    write_number(*state, kills + 2);
    must(publish_number(*state, kills + 2, &err), &err);
    assert_current_verifies(*state);
    end_readers(readers, shared, asked_for("KT_READS", READS));
    assert_int_equal(munmap(shared, sizeof *shared), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        in_bench(a_kill_at_any_moment_leaves_a_run_that_verifies),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
