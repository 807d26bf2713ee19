/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "filling_store.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/seal.h"
#include "core/text.h"

/* The content of the sealed file: count, then of each its key, count and points. */
static const char magic[KT_SEAL_MAGIC] = {'K', 'T', 'P', 'N', 'T', 'S', '0', '1'};

#define FILE_LIMIT ((size_t)1 << 30)
#define KEY_DIGITS (KT_HASH_SIZE - 1)

static bool put_filling(kt_text *file, const kt_filled *one)
{
    const uint64_t count = one->count;
    return kt_text_add(file, one->key, KEY_DIGITS) && kt_text_add(file, &count, sizeof count) &&
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
    return kt_seal_write(path, &file, err);
}

static bool take_filling(kt_sealed *from, kt_arena *arena, kt_filled *out)
{
    uint64_t count;
    if (!kt_sealed_take(from, out->key, KEY_DIGITS) ||
        !kt_sealed_take(from, &count, sizeof count) || count > from->rest / sizeof(double)) {
        return false;
    }
    double *value = kt_arena_array(arena, double, count + 1);
    out->count = (size_t)count;
    out->value = value;
    return kt_sealed_take(from, value, out->count * sizeof *value);
}

kt_fillings kt_fillings_load(const char *path, kt_arena *arena)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("file of points", 2 * FILE_LIMIT);
    kt_fillings none = {0};
    char *bytes = NULL;
    size_t length = 0;
    uint64_t count = 0;
    kt_sealed from;
    if (kt_file_read(path, FILE_LIMIT, scratch, &bytes, &length, NULL) != KT_OK ||
        !kt_seal_open(bytes, length, magic, &from)) {
        return none;
    }
    if (!kt_sealed_take(&from, &count, sizeof count) || count > from.rest / KEY_DIGITS) {
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
