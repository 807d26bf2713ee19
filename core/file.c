/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "core/cleanup.h"

/* The next bytes of a descriptor, however often a signal interrupts; 0 at its end. */
static kt_status read_piece(int fd, const char *path, char *bytes, size_t room, size_t *got,
                            kt_error *err)
{
    ssize_t count = 0;
    do {
        count = read(fd, bytes, room);
    } while (count < 0 && errno == EINTR);
    if (count < 0) {
        return kt_fail_errno(err, path, "cannot read");
    }
    *got = (size_t)count;
    return KT_OK;
}

static kt_status read_known(int fd, const char *path, char *bytes, size_t size, kt_error *err)
{
    size_t got = 0;
    for (size_t done = 0; done < size; done += got) {
        KT_TRY(read_piece(fd, path, bytes + done, size - done, &got, err));
        if (got == 0) {
            return kt_fail(err, KT_ERR_IO, "%s: became shorter while it was read", path);
        }
    }
    return KT_OK;
}

/* A pipe or a device does not know its size. */
static kt_status read_stream(int fd, const char *path, kt_text *text, kt_error *err)
{
    char piece[16384];
    size_t got = 0;
    do {
        KT_TRY(read_piece(fd, path, piece, sizeof piece, &got, err));
        if (!kt_text_add(text, piece, got)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: longer than the limit of %zu bytes", path,
                           text->limit);
        }
    } while (got > 0);
    return KT_OK;
}

kt_status kt_file_read(const char *path, size_t limit_bytes, kt_arena *arena, char **bytes,
                       size_t *length, kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    return kt_file_read_open((kt_open_file){fd, path}, limit_bytes, arena, bytes, length, err);
}

kt_status kt_file_read_open(kt_open_file file, size_t limit_bytes, kt_arena *arena, char **bytes,
                            size_t *length, kt_error *err)
{
    const int fd = file.fd;
    const char *path = file.path;
    struct stat about;
    if (fstat(fd, &about) != 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    if (S_ISDIR(about.st_mode)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a folder where a file is expected", path);
    }
    if (!S_ISREG(about.st_mode)) {
        KT_AUTO(text) kt_text text = {.limit = limit_bytes};
        KT_TRY(read_stream(fd, path, &text, err));
        *bytes = kt_arena_copy_n(arena, text.length == 0 ? "" : text.bytes, text.length);
        *length = text.length;
        return KT_OK;
    }
    if ((uintmax_t)about.st_size > limit_bytes) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %jd bytes, more than the limit of %zu", path,
                       (intmax_t)about.st_size, limit_bytes);
    }
    const size_t size = (size_t)about.st_size;
    char *content = kt_arena_take(arena, size + 1, 1);
    KT_TRY(read_known(fd, path, content, size, err));
    *bytes = content;
    *length = size;
    return KT_OK;
}

/* What cannot be created for want of its folder is an output that cannot be created. */
static kt_status fail_create(kt_error *err, const char *path, const char *what)
{
    kt_error why = {0};
    const kt_status status = kt_fail_errno(&why, path, what);
    return kt_fail(err, status == KT_ERR_NOT_FOUND ? KT_ERR_CANTCREATE : status, "%s", why.message);
}

static kt_status write_all(int fd, const char *path, const char *bytes, size_t length,
                           kt_error *err)
{
    size_t done = 0;
    while (done < length) {
        const ssize_t put = write(fd, bytes + done, length - done);
        if (put < 0 && errno != EINTR) {
            return kt_fail_errno(err, path, "cannot write");
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return KT_OK;
}

static kt_status sync_and_close(int *fd, const char *path, kt_error *err)
{
    const int open_fd = *fd;
    if (fsync(open_fd) != 0 && errno != EINVAL && errno != EROFS) {
        return kt_fail_errno(err, path, "cannot sync");
    }
    *fd = -1;
    if (close(open_fd) != 0) {
        return kt_fail_errno(err, path, "cannot close");
    }
    return KT_OK;
}

/*
 * A new file beside path, under a name that nobody else writes: mkstemp would do, but it leaves a
 * file that only its owner may read, whatever the umask says.
 */
static int create_beside(const char *path, kt_text *name)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    for (long attempt = 0; attempt < 100; attempt++) {
        kt_text_clear(name);
        kt_text_print(name, "%s.%ld-%lx.tmp", path, (long)getpid(), now.tv_nsec + attempt);
        const int fd = open(name->bytes, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fd >= 0 || errno != EEXIST) {
            return fd;
        }
    }
    return -1;
}

static kt_status fill_and_rename(int fd, const char *temporary, const char *path, const void *bytes,
                                 size_t length, kt_error *err)
{
    KT_AUTO(fd) int open_fd = fd;
    KT_TRY(write_all(open_fd, path, bytes, length, err));
    KT_TRY(sync_and_close(&open_fd, path, err));
    if (rename(temporary, path) != 0) {
        return fail_create(err, path, "cannot rename to this name");
    }
    return KT_OK;
}

static kt_status sync_parent(const char *path, kt_error *err)
{
    KT_AUTO(text) kt_text folder = {0};
    const char *slash = strrchr(path, '/');
    const size_t length = slash == NULL ? 0 : (size_t)(slash - path);
    kt_text_print(&folder, "%.*s", (int)length, path);
    if (length == 0) {
        kt_text_put(&folder, slash == NULL ? "." : "/");
    }
    return kt_folder_sync(folder.bytes, err);
}

kt_status kt_file_write(const char *path, const void *bytes, size_t length, kt_error *err)
{
    KT_AUTO(text) kt_text temporary = {0};
    const int fd = create_beside(path, &temporary);
    if (fd < 0) {
        return fail_create(err, path, "cannot create");
    }
    const kt_status status = fill_and_rename(fd, temporary.bytes, path, bytes, length, err);
    if (status != KT_OK) {
        (void)unlink(temporary.bytes);
        return status;
    }
    return sync_parent(path, err);
}

/* One write, so that a reader never sees half of it; what a full disk took in part is taken back.
 */
static kt_status append_once(int fd, const char *path, const void *bytes, size_t length,
                             kt_error *err)
{
    struct stat before;
    if (fstat(fd, &before) != 0) {
        return kt_fail_errno(err, path, "cannot read its size");
    }
    ssize_t put = 0;
    do {
        put = write(fd, bytes, length);
    } while (put < 0 && errno == EINTR);
    if (put < 0) {
        return kt_fail_errno(err, path, "cannot write");
    }
    if ((size_t)put < length) {
        const int undone = ftruncate(fd, before.st_size);
        return kt_fail(err, KT_ERR_IO, "%s: only %zd of %zu bytes could be written%s", path, put,
                       length, undone == 0 ? "" : ", and they could not be taken back");
    }
    return KT_OK;
}

kt_status kt_file_append(const char *path, const void *bytes, size_t length, kt_error *err)
{
    const bool is_new = !kt_file_exists(path);
    KT_AUTO(fd) int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (fd < 0) {
        return fail_create(err, path, "cannot open for writing");
    }
    KT_TRY(append_once(fd, path, bytes, length, err));
    KT_TRY(sync_and_close(&fd, path, err));
    return is_new ? sync_parent(path, err) : KT_OK;
}

bool kt_file_exists(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0;
}

char *kt_path_join(kt_arena *arena, const char *folder, const char *name)
{
    if (name[0] == '/') {
        return kt_arena_copy(arena, name);
    }
    return kt_arena_print(arena, "%s%s%s", folder, kt_text_ends(folder, "/") ? "" : "/", name);
}

char *kt_path_folder(kt_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL) {
        return kt_arena_copy(arena, ".");
    }
    return kt_arena_copy_n(arena, path, slash == path ? 1 : (size_t)(slash - path));
}

static bool is_same_folder(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

/* Whether "<before>name/.." is what stands before it: not behind a link, nor above the root. */
static bool leads_back(kt_arena *arena, const char *path, const char *name, const char *up)
{
    const char *before = name == path ? "." : kt_arena_copy_n(arena, path, (size_t)(name - path));
    const bool is_up = up - name == 2 && strncmp(name, "..", 2) == 0;
    return up > name && !is_up &&
           is_same_folder(kt_arena_copy_n(arena, path, (size_t)(up - path) + strlen("/..")),
                          before);
}

char *kt_path_fold(kt_arena *arena, const char *path)
{
    char *folded = kt_arena_copy(arena, path);
    char *up = NULL;
    for (char *from = folded; (up = strstr(from, "/../")) != NULL;) {
        char *name = up;
        while (name > folded && name[-1] != '/') {
            name--;
        }
        from = up + strlen("/..");
        if (leads_back(arena, folded, name, up)) {
            const char *rest = up + strlen("/../");
            memmove(name, rest, strlen(rest) + 1);
            from = folded;
        }
    }
    return folded;
}
