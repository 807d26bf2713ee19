/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month_parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/seal.h"
#include "core/text.h"

/* The part's name on a line stands before its bytes: under another's name it is no part. */
static const char magic[KT_SEAL_MAGIC] = {'K', 'T', 'P', 'A', 'R', 'T', '0', '3'};

#define FILE_LIMIT ((size_t)1 << 30)

const char *kt_month_part_name(const char *key, const kt_schema *schema, kt_arena *arena)
{
    return kt_arena_print(arena, "%s.%s", key, schema->table);
}

kt_rows *kt_month_part_load(const char *folder, const char *name, const kt_schema *schema)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(name, 0);
    char *bytes = NULL;
    size_t length = 0;
    kt_sealed content;
    const char *line = kt_arena_print(arena, "%s\n", name);
    const size_t own = strlen(line);
    if (kt_file_read(kt_path_join(arena, folder, name), FILE_LIMIT, arena, &bytes, &length, NULL) !=
            KT_OK ||
        !kt_seal_open(bytes, length, magic, &content) || content.rest < own ||
        memcmp(content.at, line, own) != 0) {
        return NULL;
    }
    return kt_rows_part_read(schema, content.at + own, content.rest - own);
}

kt_status kt_month_part_save(const char *folder, const char *name, const kt_rows *part,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(name, 0);
    KT_AUTO(text) kt_text file = {.limit = SIZE_MAX / 2};
    kt_text_print(&file, "%.*s%s\n", KT_SEAL_MAGIC, magic, name);
    kt_rows_part_write(part, &file);
    return kt_seal_write(kt_path_join(arena, folder, name), &file, err);
}

typedef struct old_part {
    const char *path;
    struct timespec used;
} old_part;

static int newest_first(const void *a, const void *b)
{
    const struct timespec *left = &((const old_part *)a)->used;
    const struct timespec *right = &((const old_part *)b)->used;
    return left->tv_sec != right->tv_sec
               ? (left->tv_sec < right->tv_sec) - (left->tv_sec > right->tv_sec)
               : (left->tv_nsec < right->tv_nsec) - (left->tv_nsec > right->tv_nsec);
}

kt_status kt_month_parts_prune(const char *folder, const kt_codes *used, kt_arena *arena,
                               kt_error *err)
{
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(folder, arena, &names, &count, err));
    old_part *old = kt_arena_array(arena, old_part, count + 1);
    size_t old_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct stat about;
        const char *path = kt_path_join(arena, folder, names[i]);
        if (kt_codes_find(used, names[i]) != KT_NO_CODE) {
            (void)utimensat(AT_FDCWD, path, NULL, 0); /* its time is that of its last use */
        } else if (stat(path, &about) == 0) {
            old[old_count++] = (old_part){.path = path, .used = about.st_mtim};
        }
    }
    qsort(old, old_count, sizeof *old, newest_first);
    for (size_t i = kt_codes_count(used); i < old_count; i++) {
        if (unlink(old[i].path) != 0) {
            return kt_fail_errno(err, old[i].path, "cannot remove");
        }
    }
    return KT_OK;
}
