/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month_file.h"

#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"

#define MAGIC      "kohtaanto part 1\n"
#define HEAD_SIZE  (sizeof MAGIC - 1 + KT_HASH_SIZE) /* the magic, the hash and its line end */
#define FILE_LIMIT ((size_t)1 << 30)

static void hash_content(const char *name, const void *bytes, size_t length, char out[KT_HASH_SIZE])
{
    kt_hasher *hasher = kt_hash_start();
    kt_hash_add(hasher, name, strlen(name) + 1);
    kt_hash_add(hasher, bytes, length);
    kt_hash_finish(hasher, out);
}

static bool is_whole(const char *name, const char *file, size_t length)
{
    char hash[KT_HASH_SIZE];
    if (length < HEAD_SIZE || memcmp(file, MAGIC, sizeof MAGIC - 1) != 0) {
        return false;
    }
    hash_content(name, file + HEAD_SIZE, length - HEAD_SIZE, hash);
    return memcmp(file + sizeof MAGIC - 1, hash, KT_HASH_SIZE - 1) == 0;
}

bool kt_month_file_load(const char *folder, const char *name, kt_arena *arena, const char **bytes,
                        size_t *length)
{
    char *file = NULL;
    size_t whole = 0;
    if (kt_file_read(kt_path_join(arena, folder, name), FILE_LIMIT, arena, &file, &whole, NULL) !=
            KT_OK ||
        !is_whole(name, file, whole)) {
        return false;
    }
    *bytes = file + HEAD_SIZE;
    *length = whole - HEAD_SIZE;
    return true;
}

kt_status kt_month_file_save(const char *folder, const char *name, const void *bytes, size_t length,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(name, 0);
    KT_AUTO(text) kt_text file = {.limit = SIZE_MAX / 2};
    char hash[KT_HASH_SIZE];
    hash_content(name, bytes, length, hash);
    kt_text_print(&file, MAGIC "%s\n", hash);
    (void)kt_text_add(&file, bytes, length);
    return kt_file_write(kt_path_join(arena, folder, name), file.bytes, file.length, err);
}
