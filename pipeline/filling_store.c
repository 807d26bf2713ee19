/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filling_store.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"

/*
 * The file, in native byte order: magic, count, then of each its key, count and points; at the end
 * the sha256 of all of that.
 */
static const char magic[8] = {'K', 'T', 'P', 'N', 'T', 'S', '0', '1'};

#define FILE_LIMIT  ((size_t)1 << 30)
#define HASH_DIGITS (KT_HASH_SIZE - 1)

static bool put_filling(kt_text *file, const kt_filled *one)
{
    const uint64_t count = one->count;
    return kt_text_add(file, one->key, HASH_DIGITS) && kt_text_add(file, &count, sizeof count) &&
           kt_text_add(file, one->value, one->count * sizeof *one->value);
}

kt_status kt_fillings_save(const kt_fillings *fillings, const char *path, kt_error *err)
{
    KT_AUTO(text) kt_text file = {.limit = FILE_LIMIT};
    const uint64_t count = fillings->count;
    bool fits = kt_text_add(&file, magic, sizeof magic) && kt_text_add(&file, &count, sizeof count);
    for (size_t i = 0; i < fillings->count && fits; i++) {
        fits = put_filling(&file, &fillings->at[i]);
    }
    if (!fits) {
        return kt_fail(err, KT_ERR_IO, "%s: points do not fit into memory", path);
    }
    char hash[KT_HASH_SIZE];
    kt_hash_bytes(file.bytes, file.length, hash);
    kt_text_put(&file, hash);
    return kt_file_write(path, file.bytes, file.length, err);
}

/* What is left of the file while it is read. */
typedef struct cursor {
    const char *at;
    size_t rest;
} cursor;

static bool take(cursor *from, void *out, size_t length)
{
    if (length > from->rest) {
        return false;
    }
    memcpy(out, from->at, length);
    from->at += length;
    from->rest -= length;
    return true;
}

static bool take_filling(cursor *from, kt_arena *arena, kt_filled *out)
{
    uint64_t count;
    if (!take(from, out->key, HASH_DIGITS) || !take(from, &count, sizeof count) ||
        count > from->rest / sizeof(double)) {
        return false;
    }
    double *value = kt_arena_array(arena, double, count + 1);
    out->count = (size_t)count;
    out->value = value;
    return take(from, value, out->count * sizeof *value);
}

static bool is_whole(const char *bytes, size_t length)
{
    char hash[KT_HASH_SIZE];
    if (length < sizeof magic + HASH_DIGITS || memcmp(bytes, magic, sizeof magic) != 0) {
        return false;
    }
    kt_hash_bytes(bytes, length - HASH_DIGITS, hash);
    return memcmp(bytes + length - HASH_DIGITS, hash, HASH_DIGITS) == 0;
}

kt_fillings kt_fillings_load(const char *path, kt_arena *arena)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("file of points", 2 * FILE_LIMIT);
    kt_fillings none = {0};
    char *bytes = NULL;
    size_t length = 0;
    uint64_t count = 0;
    if (kt_file_read(path, FILE_LIMIT, scratch, &bytes, &length, NULL) != KT_OK ||
        !is_whole(bytes, length)) {
        return none;
    }
    cursor from = {bytes + sizeof magic, length - sizeof magic - HASH_DIGITS};
    if (!take(&from, &count, sizeof count) || count > from.rest / HASH_DIGITS) {
        return none;
    }
    kt_filled *at = kt_arena_array(arena, kt_filled, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!take_filling(&from, arena, &at[i])) {
            return none;
        }
    }
    return (kt_fillings){.at = at, .count = (size_t)count};
}

void kt_tell_margins(const kt_table *table, const kt_log *log)
{
    KT_AUTO(text) kt_text line = {0};
    for (size_t i = 0; i + 2 < table->check_count; i++) {
        const kt_check *hidden = &table->checks[i];
        if (strcmp(hidden->name, KT_CHECK_PROTECTED) == 0 && hidden->measured > 0.0) {
            kt_text_print(&line, "%s%s: margins fix %.0f of %.0f protected cells, mean width %.3g",
                          line.length > 0 ? "; " : "", hidden->subject, hidden[1].measured,
                          hidden->measured, hidden[2].measured);
        }
    }
    if (line.length > 0) {
        kt_log_write(log, KT_INFO, "transform.margins", "%s", line.bytes);
    }
}
