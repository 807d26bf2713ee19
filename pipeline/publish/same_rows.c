/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/same_rows.h"

#include <limits.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/period.h"
#include "publish/dialect.h"

static size_t common_bytes(const kt_mapping *a, const kt_mapping *b)
{
    const size_t most = a->length < b->length ? a->length : b->length;
    size_t same = 0;
    for (size_t block = (size_t)1 << 16; block > 0; block = block > 1 ? block / 2 : 0) {
        while (most - same >= block && memcmp(a->bytes + same, b->bytes + same, block) == 0) {
            same += block;
        }
    }
    return same;
}

/* Behind the last row but one of so many bytes. No cell holds a line feed: a line is a row. */
static kt_row_mark mark_in(const char *bytes, size_t length)
{
    kt_row_mark before = {0}, last = {0};
    const char *at = bytes;
    for (size_t lines = 0; (at = memchr(at, '\n', length - (size_t)(at - bytes))) != NULL;) {
        at++;
        before = last;
        last = (kt_row_mark){.bytes = (size_t)(at - bytes), .rows = lines++};
    }
    return before.rows > 0 ? before : (kt_row_mark){0};
}

/* Behind so many rows; no rows if the file has fewer. */
static kt_row_mark mark_after(const kt_mapping *file, size_t rows)
{
    const char *at = file->bytes;
    for (size_t lines = 0; lines <= rows; lines++) {
        at = memchr(at, '\n', file->length - (size_t)(at - file->bytes));
        if (at == NULL) {
            return (kt_row_mark){0};
        }
        at++;
    }
    return (kt_row_mark){.bytes = (size_t)(at - file->bytes), .rows = rows};
}

/* A file of the earlier run whose bytes are still those that were checked. */
static bool open_checked(const kt_earlier *earlier, const char *path, kt_arena *arena,
                         kt_mapping *out)
{
    char hash[KT_HASH_SIZE];
    const kt_manifest_file *said = kt_earlier_checked(earlier, path);
    if (said == NULL ||
        kt_file_map(kt_path_join(arena, earlier->folder, path), out, NULL) != KT_OK) {
        return false;
    }
    kt_hash_bytes(out->bytes, out->length, hash);
    return strcmp(hash, said->sha256) == 0;
}

static bool has_all_rows(const kt_earlier *earlier, const kt_new_rows *made)
{
    const kt_manifest_file *csv = kt_earlier_checked(earlier, made->csv);
    const kt_manifest_file *fi = kt_earlier_checked(earlier, made->fi);
    return csv != NULL && fi != NULL && csv->rows == fi->rows;
}

kt_same_rows kt_same_rows_find(const kt_earlier *earlier, const kt_new_rows *made, kt_arena *arena)
{
    kt_same_rows same = {.csv = made->csv};
    KT_AUTO(mapping) kt_mapping now = {0};
    KT_AUTO(mapping) kt_mapping csv = {0};
    KT_AUTO(mapping) kt_mapping fi = {0};
    if (!has_all_rows(earlier, made) || kt_file_map(made->finding, &now, NULL) != KT_OK ||
        !open_checked(earlier, made->csv, arena, &csv)) {
        return same;
    }
    const kt_row_mark in_csv = mark_in(now.bytes, common_bytes(&now, &csv));
    if (in_csv.rows == 0 || !open_checked(earlier, made->fi, arena, &fi)) {
        return same;
    }
    same.in_fi = mark_after(&fi, in_csv.rows);
    same.in_csv = same.in_fi.rows > 0 ? in_csv : (kt_row_mark){0};
    return same;
}

/* The month of the period that a row begins with; INT_MAX if that is none. */
static int month_at(const char *row, size_t length)
{
    char period[KT_PERIOD_SIZE];
    int month = INT_MAX;
    const char *end = memchr(row, ',', length < sizeof period ? length : sizeof period);
    if (end == NULL) {
        return INT_MAX;
    }
    memcpy(period, row, (size_t)(end - row));
    period[end - row] = '\0';
    return kt_month_of_period(period, &month) ? month : INT_MAX;
}

/* Rows of a period stand together, so that most of them need no reading. */
static bool begins_alike(const char *row, size_t length, const char *before)
{
    const char *end = before == NULL ? NULL : memchr(before, ',', KT_PERIOD_SIZE);
    const size_t same = end == NULL ? 0 : (size_t)(end + 1 - before);
    return same > 0 && same <= length && memcmp(row, before, same) == 0;
}

/* Up to the first row that is not before the month; no rows if one cannot be read, or none is left.
 */
static kt_row_mark skip_before(const kt_mapping *file, int first_month)
{
    const char *const end = file->bytes + file->length;
    const char *before = NULL;
    const char *at = memchr(file->bytes, '\n', file->length);
    for (size_t rows = 0; at != NULL && at + 1 < end; rows++) {
        const char *row = at + 1;
        const size_t length = (size_t)(end - row);
        const int month = begins_alike(row, length, before) ? INT_MIN : month_at(row, length);
        if (month >= first_month) {
            return (kt_row_mark){.bytes = (size_t)(row - file->bytes),
                                 .rows = month == INT_MAX ? 0 : rows};
        }
        before = row;
        at = memchr(row, '\n', length);
    }
    return (kt_row_mark){0};
}

kt_row_mark kt_rows_before(const char *path, const kt_schema *schema, int first_month)
{
    KT_AUTO(mapping) kt_mapping file = {0};
    if (schema->time_period != 0 || kt_file_map(path, &file, NULL) != KT_OK || file.length == 0) {
        return (kt_row_mark){0};
    }
    const kt_row_mark mark = skip_before(&file, first_month);
    return mark.rows > 0 ? mark : (kt_row_mark){0};
}

const kt_same_rows *kt_same_rows_of(const kt_same_rows *list, size_t count, const char *csv)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(list[i].csv, csv) == 0) {
            return &list[i];
        }
    }
    return NULL;
}
