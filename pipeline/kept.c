/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/number.h"
#include "core/text.h"

#define LIST_NAME  "kept"
#define LIST_LIMIT ((size_t)16 << 20)

#define FIELDS 6

static bool read_text(const char *field, char *out, size_t size)
{
    const size_t length = strlen(field);
    if (length > 0 && length + 1 != size) {
        return false;
    }
    memcpy(out, field, length + 1);
    return true;
}

static bool read_size(const char *field, size_t *out)
{
    double count;
    const bool good = kt_count_read(field, strlen(field), &count);
    *out = good ? (size_t)count : 0;
    return good;
}

/* "<key> <sha256> <checksum> <bytes> <rows> <name>", split in place; false for a line that is none
 * of ours. */
static bool read_line(char *line, kt_kept_file *out)
{
    char *fields[FIELDS] = {line};
    for (size_t i = 1; i < FIELDS; i++) {
        char *blank = strchr(fields[i - 1], ' ');
        if (blank == NULL) {
            return false;
        }
        *blank = '\0';
        fields[i] = blank + 1;
    }
    out->name = fields[5];
    return read_text(fields[0], out->key, sizeof out->key) &&
           read_text(fields[1], out->is.sha256, sizeof out->is.sha256) &&
           read_text(fields[2], out->is.checksum, sizeof out->is.checksum) &&
           read_size(fields[3], &out->is.bytes) && read_size(fields[4], &out->is.rows);
}

kt_kept kt_kept_load(const char *folder, kt_arena *arena)
{
    kt_kept none = {.folder = folder};
    char *bytes = NULL;
    size_t length = 0, lines = 0;
    if (kt_file_read(kt_path_join(arena, folder, LIST_NAME), LIST_LIMIT, arena, &bytes, &length,
                     NULL) != KT_OK) {
        return none;
    }
    for (size_t i = 0; i < length; i++) {
        lines += bytes[i] == '\n' ? 1 : 0;
    }
    kt_kept_file *files = kt_arena_array(arena, kt_kept_file, lines + 1);
    char *line = bytes;
    for (size_t i = 0; i < lines; i++) {
        char *end = strchr(line, '\n');
        if (end == NULL) {
            return none;
        }
        *end = '\0';
        if (!read_line(line, &files[i])) {
            return none;
        }
        line = end + 1;
    }
    return (kt_kept){.folder = folder, .files = files, .count = lines};
}

static bool is_unchanged(const char *path, const char *checksum)
{
    char now[KT_CHECKSUM_SIZE];
    return kt_checksum_file(path, now, NULL) == KT_OK && strcmp(now, checksum) == 0;
}

static const kt_kept_file *find(const kt_kept *list, const char *name)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->files[i].name, name) == 0) {
            return &list->files[i];
        }
    }
    return NULL;
}

const kt_kept_file *kt_kept_find(const kt_kept *list, const char *name)
{
    const kt_kept_file *file = find(list, name);
    return file == NULL || file->is.rows == 0 ? NULL : file;
}

kt_kept kt_kept_copy(const char *folder, const kt_kept_file *files, size_t count, kt_arena *arena)
{
    kt_kept_file *copy = kt_arena_array(arena, kt_kept_file, count + 1);
    for (size_t i = 0; i < count; i++) {
        copy[i] = files[i];
        copy[i].name = kt_arena_copy(arena, files[i].name);
    }
    return (kt_kept){.folder = kt_arena_copy(arena, folder), .files = copy, .count = count};
}

bool kt_kept_take(const kt_kept *earlier, const char *folder, kt_kept_file *file)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    const kt_kept_file *found = find(earlier, file->name);
    if (found == NULL || strcmp(found->key, file->key) != 0) {
        return false;
    }
    const char *path = kt_path_join(arena, earlier->folder, file->name);
    const bool taken =
        found->is.rows == 0 || (is_unchanged(path, found->is.checksum) &&
                                link(path, kt_path_join(arena, folder, file->name)) == 0);
    if (taken) {
        file->is = found->is;
    }
    return taken;
}

kt_status kt_kept_save(const char *folder, const kt_kept_file *files, size_t count, kt_arena *arena,
                       kt_error *err)
{
    KT_AUTO(text) kt_text list = {0};
    for (size_t i = 0; i < count; i++) {
        const kt_table_file *is = &files[i].is;
        kt_text_print(&list, "%s %s %s %zu %zu %s\n", files[i].key, is->sha256, is->checksum,
                      is->bytes, is->rows, files[i].name);
    }
    return kt_file_write(kt_path_join(arena, folder, LIST_NAME), list.bytes, list.length, err);
}
