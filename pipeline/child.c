/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "child.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

#include "pipeline/signals.h"

#define NAP_NS 2000000 /* between two looks at it */

static int64_t now_ns(void)
{
    struct timespec now;
    (void)clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

/* A group of its own, so that what it starts ends with it; no signal that we ignore or hold back.
 */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, usual;
    (void)sigemptyset(&none);
    (void)sigemptyset(&usual);
    (void)sigaddset(&usual, SIGPIPE);
    int failed = posix_spawnattr_setpgroup(attributes, 0);
    failed |= posix_spawnattr_setsigmask(attributes, &none);
    failed |= posix_spawnattr_setsigdefault(attributes, &usual);
    failed |= posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK |
                                                       POSIX_SPAWN_SETSIGDEF);
    return failed;
}

static int set_files(posix_spawn_file_actions_t *files, const char *folder)
{
    int failed = posix_spawn_file_actions_addchdir_np(files, folder);
    failed |= posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0);
    failed |= posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0);
    failed |= posix_spawn_file_actions_adddup2(files, 1, 2);
    failed |= posix_spawn_file_actions_addclosefrom_np(files, 3);
    return failed;
}

/* 0, or the system's reason. */
static int start(const kt_child *child, pid_t *out)
{
    char path[] = "PATH=/usr/local/bin:/usr/bin:/bin", locale[] = "LC_ALL=C",
         scratch[] = "TMPDIR=.";
    char *const environment[] = {path, locale, scratch, NULL};
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;
    (void)posix_spawnattr_init(&attributes);
    (void)posix_spawn_file_actions_init(&files);
    int failed = set_attributes(&attributes);
    failed = failed != 0 ? failed : set_files(&files, child->folder);
    failed = failed != 0
                 ? failed
                 : posix_spawn(out, child->path, &files, &attributes, child->words, environment);
    (void)posix_spawn_file_actions_destroy(&files);
    (void)posix_spawnattr_destroy(&attributes);
    return failed;
}

/* Of its processor time too: should we be killed, it does not stay for ever. */
static void set_limits(const kt_child *child, pid_t pid)
{
    const struct rlimit size = {child->size_limit_bytes, child->size_limit_bytes};
    const struct rlimit seconds = {child->time_limit_s, child->time_limit_s};
    const struct rlimit none = {0, 0};
    (void)prlimit(pid, RLIMIT_FSIZE, &size, NULL);
    (void)prlimit(pid, RLIMIT_CPU, &seconds, NULL);
    (void)prlimit(pid, RLIMIT_CORE, &none, NULL);
}

/* False if it has to be ended: its time is over, or a signal came. It stays to be waited for. */
static bool wait_for_end(const kt_child *child, pid_t pid)
{
    const int64_t deadline = now_ns() + (int64_t)child->time_limit_s * 1000000000;
    const struct timespec nap = {0, NAP_NS};
    for (;;) {
        siginfo_t about = {0};
        if (waitid(P_PID, (id_t)pid, &about, WEXITED | WNOHANG | WNOWAIT) != 0 ||
            about.si_pid != 0) {
            return true;
        }
        if (now_ns() >= deadline || kt_signals_received() != 0) {
            return false;
        }
        (void)nanosleep(&nap, NULL);
    }
}

static const char *reason_of(const kt_child *child, int status, kt_arena *arena)
{
    if (WIFEXITED(status)) {
        return WEXITSTATUS(status) == 0 ? NULL
                                        : kt_arena_print(arena, "%s ended with exit code %d",
                                                         child->words[0], WEXITSTATUS(status));
    }
    if (WTERMSIG(status) == SIGXFSZ) {
        return kt_arena_print(arena, "%s wrote a file of more than %zu bytes", child->words[0],
                              child->size_limit_bytes);
    }
    return kt_arena_print(arena, "%s was ended by signal %d", child->words[0], WTERMSIG(status));
}

kt_status kt_child_run(const kt_child *child, kt_arena *arena, const char **reason, kt_error *err)
{
    pid_t pid = 0;
    int status = 0;
    const int failed = start(child, &pid);
    if (failed != 0) {
        *reason = kt_arena_print(arena, "%s cannot be run: %s", child->words[0], strerror(failed));
        return KT_OK;
    }
    set_limits(child, pid);
    const bool ended = wait_for_end(child, pid);
    (void)kill(-pid, SIGKILL); /* its number is taken until it is waited for */
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
    }
    KT_TRY(kt_signals_check(err));
    *reason = ended ? reason_of(child, status, arena)
                    : kt_arena_print(arena, "%s took more than %u s", child->words[0],
                                     child->time_limit_s);
    return KT_OK;
}
