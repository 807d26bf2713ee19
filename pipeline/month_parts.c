/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month_parts.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/checksum.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

#define MAGIC "kohtaanto part 2\n"
#define HEAD_SIZE \
    (sizeof MAGIC - 1 + KT_CHECKSUM_SIZE) /* the magic, the checksum and its line end */
#define FILE_LIMIT ((size_t)1 << 30)

const char *kt_month_part_name(const char *key, const kt_schema *schema, kt_arena *arena)
{
    return kt_arena_print(arena, "%s.%s", key, schema->table);
}

/* Of the part's name and bytes: a file under another's name is no part either. */
static void sum_part(const char *name, const char *bytes, size_t length, char out[KT_CHECKSUM_SIZE])
{
    kt_checksum *sum = kt_checksum_start();
    kt_checksum_add(sum, name, strlen(name) + 1);
    kt_checksum_add(sum, bytes, length);
    kt_checksum_finish(sum, out);
}

static bool is_whole(const char *name, const char *bytes, size_t length)
{
    char sum[KT_CHECKSUM_SIZE];
    if (length < HEAD_SIZE || memcmp(bytes, MAGIC, sizeof MAGIC - 1) != 0) {
        return false;
    }
    sum_part(name, bytes + HEAD_SIZE, length - HEAD_SIZE, sum);
    return memcmp(bytes + sizeof MAGIC - 1, sum, KT_CHECKSUM_SIZE - 1) == 0;
}

kt_rows *kt_month_part_load(const char *folder, const char *name, const kt_schema *schema)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(name, 0);
    char *bytes = NULL;
    size_t length = 0;
    if (kt_file_read(kt_path_join(arena, folder, name), FILE_LIMIT, arena, &bytes, &length, NULL) !=
            KT_OK ||
        !is_whole(name, bytes, length)) {
        return NULL;
    }
    return kt_rows_part_read(schema, bytes + HEAD_SIZE, length - HEAD_SIZE);
}

kt_status kt_month_part_save(const char *folder, const char *name, const kt_rows *part,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(name, 0);
    KT_AUTO(text) kt_text file = {.limit = SIZE_MAX / 2};
    char sum[KT_CHECKSUM_SIZE] = "";
    kt_text_print(&file, MAGIC "%-*s\n", KT_CHECKSUM_SIZE - 1, sum);
    kt_rows_part_write(part, &file);
    sum_part(name, file.bytes + HEAD_SIZE, file.length - HEAD_SIZE, sum);
    memcpy(file.bytes + sizeof MAGIC - 1, sum, KT_CHECKSUM_SIZE - 1);
    return kt_file_write(kt_path_join(arena, folder, name), file.bytes, file.length, err);
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
