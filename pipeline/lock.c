/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pipeline/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"

/* Only for people: the lock itself is flock's. */
static void write_holder(int lock)
{
    char line[32];
    const int length = snprintf(line, sizeof line, "%ld\n", (long)getpid());
    if (ftruncate(lock, 0) != 0 || pwrite(lock, line, (size_t)length, 0) != (ssize_t)length) {
        (void)ftruncate(lock, 0);
    }
}

static long read_holder(int lock)
{
    char line[32] = "";
    const ssize_t length = pread(lock, line, sizeof line - 1, 0);
    return length > 0 ? strtol(line, NULL, 10) : 0;
}

kt_status kt_lock_take(const char *workspace, kt_arena *arena, int *lock, kt_error *err)
{
    KT_TRY(kt_folder_make(workspace, err));
    const char *path = kt_path_join(arena, workspace, "lock");
    const int file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0644);
    if (file < 0) {
        return kt_fail_errno(err, path, "cannot open the lock");
    }
    if (flock(file, LOCK_EX | LOCK_NB) != 0) {
        const int reason = errno;
        const long holder = read_holder(file);
        (void)close(file);
        errno = reason;
        return reason == EWOULDBLOCK
                   ? kt_fail(err, KT_ERR_BUSY, "%s: another run (process %ld) holds the lock", path,
                             holder)
                   : kt_fail_errno(err, path, "cannot lock");
    }
    write_holder(file);
    *lock = file;
    return KT_OK;
}

long kt_lock_holder(const char *path)
{
    KT_AUTO(fd) int file = open(path, O_RDONLY | O_CLOEXEC);
    const bool is_held = file >= 0 && flock(file, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    return is_held ? read_holder(file) : -1;
}

void kt_lock_release(int lock)
{
    if (lock >= 0) {
        (void)close(lock);
    }
}
