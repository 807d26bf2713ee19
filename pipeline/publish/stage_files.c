/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/stage_files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"

#define BLOCK_SIZE ((size_t)1 << 16)
#define FILE_MODE  0444
#define ANY_WRITER 0222

static kt_status write_all(int fd, const char *path, const char *bytes, size_t length,
                           kt_error *err)
{
    for (size_t done = 0; done < length;) {
        const ssize_t put = write(fd, bytes + done, length - done);
        if (put < 0 && errno != EINTR) {
            return kt_fail_errno(err, path, "cannot write");
        }
        done += put > 0 ? (size_t)put : 0;
    }
    return KT_OK;
}

static int create_new(const char *path)
{
    return open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, FILE_MODE);
}

static kt_status sync_and_close(int *fd, const char *path, kt_error *err)
{
    if (fsync(*fd) != 0) {
        return kt_fail_errno(err, path, "cannot sync");
    }
    const int closing = *fd;
    *fd = -1;
    return close(closing) == 0 ? KT_OK : kt_fail_errno(err, path, "cannot close");
}

kt_status kt_stage_write(const char *path, const char *bytes, size_t length, kt_error *err)
{
    KT_AUTO(fd) int fd = create_new(path);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot create");
    }
    KT_TRY(write_all(fd, path, bytes, length, err));
    return sync_and_close(&fd, path, err);
}

static size_t count_lines(const char *bytes, size_t length)
{
    size_t lines = 0;
    const char *const end = bytes + length;
    for (const char *at = bytes; (at = memchr(at, '\n', (size_t)(end - at))) != NULL; at++) {
        lines++;
    }
    return lines;
}

/* Reads a file to its end: its bytes, rows and hash, and a copy of it if there is somewhere to put
 * it. */
static kt_status read_through(const char *path, int copy, const char *copy_path, kt_table_file *out,
                              kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    char block[BLOCK_SIZE];
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    kt_hasher *hasher = kt_hash_start();
    kt_status status = KT_OK;
    size_t bytes = 0, lines = 0;
    for (ssize_t got = 1; got != 0 && status == KT_OK;) {
        got = read(fd, block, sizeof block);
        if (got < 0) {
            status = errno == EINTR ? KT_OK : kt_fail_errno(err, path, "cannot read");
            continue;
        }
        kt_hash_add(hasher, block, (size_t)got);
        bytes += (size_t)got;
        lines += count_lines(block, (size_t)got);
        status = copy < 0 ? KT_OK : write_all(copy, copy_path, block, (size_t)got, err);
    }
    kt_hash_finish(hasher, out->sha256);
    out->bytes = bytes;
    out->rows = lines > 0 ? lines - 1 : 0;
    return status;
}

kt_status kt_stage_read(const char *path, kt_table_file *out, kt_error *err)
{
    return read_through(path, -1, NULL, out, err);
}

static bool is_same_file(const char *a, const char *b)
{
    struct stat one, other;
    return stat(a, &one) == 0 && stat(b, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}

bool kt_stage_link_earlier(const kt_stage_place *place, const kt_shared_file *file, kt_arena *arena)
{
    const char *sum = kt_earlier_sum(&place->earlier, file->name);
    if (sum == NULL || strcmp(sum, file->wanted) != 0) {
        return false;
    }
    kt_table_file there;
    const char *path = kt_path_join(arena, place->earlier.folder, file->name);
    const bool read = file->from != NULL && is_same_file(file->from, path);
    const bool good = read || (kt_stage_read(path, &there, NULL) == KT_OK &&
                               strcmp(there.sha256, file->wanted) == 0);
    return good && link(path, kt_path_join(arena, place->staging, file->name)) == 0;
}

bool kt_stage_link_finding(const char *from, const char *path)
{
    struct stat about;
    return stat(from, &about) == 0 && (about.st_mode & ANY_WRITER) == 0 && link(from, path) == 0;
}

kt_status kt_stage_copy(const char *from, const char *path, kt_table_file *out, kt_error *err)
{
    KT_AUTO(fd) int fd = create_new(path);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot create");
    }
    KT_TRY(read_through(from, fd, path, out, err));
    return sync_and_close(&fd, path, err);
}

kt_status kt_stage_bytes(const kt_stage_place *place, const kt_made_file *file, kt_arena *arena,
                         kt_table_file *is, bool *linked, kt_error *err)
{
    is->bytes = file->length;
    kt_hash_bytes(file->bytes, file->length, is->sha256);
    const kt_shared_file shared = {file->name, is->sha256, NULL};
    *linked = kt_stage_link_earlier(place, &shared, arena);
    const char *path = kt_path_join(arena, place->staging, file->name);
    return *linked ? KT_OK : kt_stage_write(path, file->bytes, file->length, err);
}
