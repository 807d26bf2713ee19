/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/journal.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"

#define FILE_LIMIT ((size_t)1 << 30)

/* The length of the lines that were written to their end. */
static size_t whole_lines(const char *bytes, size_t length)
{
    while (length > 0 && bytes[length - 1] != '\n') {
        length--;
    }
    return length;
}

static size_t count_lines(const char *bytes, size_t length)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += bytes[i] == '\n' ? 1 : 0;
    }
    return count;
}

kt_status kt_journal_read(const char *path, kt_arena *arena, kt_journal_line **out, size_t *count,
                          kt_error *err)
{
    if (!kt_file_exists(path)) {
        *out = NULL;
        *count = 0;
        return KT_OK;
    }
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err));
    length = whole_lines(bytes, length);
    const size_t lines = count_lines(bytes, length);
    kt_journal_line *list = kt_arena_array(arena, kt_journal_line, lines + 1);
    const char *file = kt_arena_copy(arena, path);
    for (size_t i = 0, at = 0; i < lines; i++) {
        const char *end = memchr(bytes + at, '\n', length - at);
        list[i] = (kt_journal_line){file, i + 1, bytes + at, (size_t)(end - (bytes + at))};
        at += list[i].length + 1;
    }
    *out = list;
    *count = lines;
    return KT_OK;
}

static kt_status ends_with_line_feed(const char *path, bool *out, kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0 || fstat(fd, &about) != 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    char last = '\n';
    if (about.st_size > 0 && pread(fd, &last, 1, about.st_size - 1) != 1) {
        return kt_fail_errno(err, path, "cannot read");
    }
    *out = last == '\n';
    return KT_OK;
}

/* What a crash left of a line would spoil the next one. Nobody was told of it. */
static kt_status cut_unfinished(const char *path, kt_error *err)
{
    bool whole = true;
    if (kt_file_exists(path)) {
        KT_TRY(ends_with_line_feed(path, &whole, err));
    }
    if (whole) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("unfinished line", 0);
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, err));
    if (truncate(path, (off_t)whole_lines(bytes, length)) != 0) {
        return kt_fail_errno(err, path, "cannot cut off an unfinished line");
    }
    return KT_OK;
}

kt_status kt_journal_add(const char *path, const char *line, size_t length, kt_error *err)
{
    KT_TRY(cut_unfinished(path, err));
    return kt_file_append(path, line, length, err);
}

kt_status kt_journal_items(const char *path, const kt_journal_form *form, kt_arena *arena,
                           void **out, size_t *count, kt_error *err)
{
    kt_journal_line *lines = NULL;
    KT_TRY(kt_journal_read(path, arena, &lines, count, err));
    char *items = kt_arena_take(arena, *count + 1, form->size);
    for (size_t i = 0; i < *count; i++) {
        json_auto_t *object =
            json_loadb(lines[i].bytes, lines[i].length, JSON_REJECT_DUPLICATES, NULL);
        if (object == NULL || !form->read(object, arena, items + i * form->size)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s:%zu: expected %s", lines[i].file,
                           lines[i].number, form->expected);
        }
    }
    *out = items;
    return KT_OK;
}
