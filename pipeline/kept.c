/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "kept.h"

#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

#define LIST_NAME  "kept"
#define LIST_LIMIT ((size_t)16 << 20)

/* "<key> <sha256> <name>", terminated in place; false for a line that is none of ours. */
static bool read_line(char *line, kt_kept_file *out)
{
    char *hash = strchr(line, ' ');
    char *name = hash == NULL ? NULL : strchr(hash + 1, ' ');
    if (name == NULL || hash - line != KT_HASH_SIZE - 1 || name - hash > KT_HASH_SIZE) {
        return false;
    }
    *hash = *name = '\0';
    memcpy(out->key, line, KT_HASH_SIZE);
    memcpy(out->sha256, hash + 1, (size_t)(name - hash));
    out->name = name + 1;
    return true;
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

static bool is_unchanged(const char *path, const char *sha256)
{
    char hash[KT_HASH_SIZE];
    return kt_hash_file(path, hash, NULL, NULL) == KT_OK && strcmp(hash, sha256) == 0;
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

const char *kt_kept_hash(const kt_kept *list, const char *name)
{
    const kt_kept_file *file = find(list, name);
    return file == NULL || strcmp(file->sha256, KT_KEPT_NONE) == 0 ? NULL : file->sha256;
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
    const bool taken = strcmp(found->sha256, KT_KEPT_NONE) == 0 ||
                       (is_unchanged(path, found->sha256) &&
                        link(path, kt_path_join(arena, folder, file->name)) == 0);
    if (taken) {
        memcpy(file->sha256, found->sha256, sizeof file->sha256);
    }
    return taken;
}

kt_status kt_kept_save(const char *folder, const kt_kept_file *files, size_t count, kt_arena *arena,
                       kt_error *err)
{
    KT_AUTO(text) kt_text list = {0};
    for (size_t i = 0; i < count; i++) {
        kt_text_print(&list, "%s %s %s\n", files[i].key, files[i].sha256, files[i].name);
    }
    return kt_file_write(kt_path_join(arena, folder, LIST_NAME), list.bytes, list.length, err);
}
