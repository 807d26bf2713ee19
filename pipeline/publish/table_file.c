/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "publish/rows.h"
#include "publish/table.h"

static char *with_ending(const kt_schema *schema, const char *path, const char *ending)
{
    const size_t room = strlen(path) + strlen(ending) + 1;
    char *name = malloc(room);
    if (name == NULL) {
        kt_rows_no_memory(schema);
    }
    (void)snprintf(name, room, "%s%s", path, ending);
    return name;
}

static kt_status open_file(const kt_schema *schema, const char *path, kt_rows_mode mode,
                           kt_rows **out, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = kt_rows_new(schema, mode);
    rows->path = with_ending(schema, path, "");
    rows->new_path = with_ending(schema, path, ".new");
    /* Read-only from the start: a published run may come to share these bytes. */
    (void)unlink(rows->new_path);
    rows->fd = open(rows->new_path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0444);
    if (rows->fd < 0) {
        const kt_status status = kt_fail_errno(err, path, "cannot create");
        return status == KT_ERR_NOT_FOUND ? KT_ERR_CANTCREATE : status;
    }
    rows->hasher = kt_hash_start();
    rows->sum = kt_checksum_start();
    if (mode == KT_ROWS_STREAM) {
        kt_rows_header(rows);
    }
    *out = rows;
    rows = NULL;
    return KT_OK;
}

kt_status kt_rows_open(const kt_schema *schema, const char *path, kt_rows **out, kt_error *err)
{
    return open_file(schema, path, KT_ROWS_STREAM, out, err);
}

kt_status kt_rows_open_unsorted(const kt_schema *schema, const char *path, kt_rows **out,
                                kt_error *err)
{
    return open_file(schema, path, KT_ROWS_UNSORTED, out, err);
}

kt_status kt_rows_flush(kt_rows *rows, kt_error *err)
{
    kt_hash_add(rows->hasher, rows->bytes.bytes, rows->bytes.length);
    kt_checksum_add(rows->sum, rows->bytes.bytes, rows->bytes.length);
    for (size_t done = 0; done < rows->bytes.length;) {
        const ssize_t put = write(rows->fd, rows->bytes.bytes + done, rows->bytes.length - done);
        if (put < 0 && errno != EINTR) {
            return kt_fail_errno(err, rows->path, "cannot write");
        }
        done += put > 0 ? (size_t)put : 0;
    }
    rows->written += rows->bytes.length;
    kt_text_clear(&rows->bytes);
    return KT_OK;
}

/* A row and its key, borrowed from the texts that hold them all. */
typedef struct sorted_row {
    kt_text key, row;
} sorted_row;

static int compare_rows(const void *a, const void *b)
{
    return kt_key_compare(&((const sorted_row *)a)->key, &((const sorted_row *)b)->key);
}

static kt_status write_sorted(kt_rows *rows, const sorted_row *sorted, kt_error *err)
{
    for (size_t i = 0; i < rows->count; i++) {
        if (i > 0 && compare_rows(&sorted[i - 1], &sorted[i]) == 0) {
            char words[KT_KEY_WORDS];
            return kt_fail(err, KT_ERR_DATA, "%s: two rows have the key %s", rows->schema->table,
                           kt_key_words(&sorted[i].key, words));
        }
        kt_rows_put(rows, &rows->bytes, sorted[i].row.bytes, sorted[i].row.length);
        const bool full = rows->fd >= 0 && rows->bytes.length >= KT_ROWS_BLOCK;
        KT_TRY(full ? kt_rows_flush(rows, err) : KT_OK);
    }
    return KT_OK;
}

static void note_ends(kt_rows *part, const kt_text *first, const kt_text *last)
{
    kt_rows_put(part, &part->first_key, first->bytes, first->length);
    kt_rows_put(part, &part->last_key, last->bytes, last->length);
}

static kt_status sort_rows(kt_rows *rows, kt_error *err)
{
    KT_AUTO(free) sorted_row *sorted = calloc(rows->count + 1, sizeof *sorted);
    if (sorted == NULL) {
        kt_rows_no_memory(rows->schema);
    }
    KT_AUTO(text) kt_text unsorted = rows->bytes;
    rows->bytes = (kt_text){0};
    for (size_t i = 0; i < rows->count; i++) {
        const kt_row_place *place = &rows->places[i];
        sorted[i].key =
            (kt_text){.bytes = rows->keys.bytes + place->key_at, .length = place->key_length};
        sorted[i].row = (kt_text){.bytes = unsorted.bytes + place->at, .length = place->length};
    }
    qsort(sorted, rows->count, sizeof *sorted, compare_rows);
    if (rows->fd >= 0) {
        kt_rows_header(rows);
    } else if (rows->count > 0) {
        note_ends(rows, &sorted[0].key, &sorted[rows->count - 1].key);
    }
    return write_sorted(rows, sorted, err);
}

kt_status kt_rows_settle(kt_rows *part, kt_error *err)
{
    if (part->mode != KT_ROWS_UNSORTED || part->fd >= 0 || part->next != 0) {
        return kt_fail(err, KT_ERR_BUG, "%s: only an unsorted part can be settled",
                       part->schema->table);
    }
    KT_TRY(sort_rows(part, err));
    part->mode = KT_ROWS_PART;
    return KT_OK;
}

static kt_status sync_and_rename(kt_rows *rows, kt_error *err)
{
    if (fsync(rows->fd) != 0) {
        return kt_fail_errno(err, rows->path, "cannot sync");
    }
    const int fd = rows->fd;
    rows->fd = -1;
    if (close(fd) != 0) {
        return kt_fail_errno(err, rows->path, "cannot close");
    }
    if (rename(rows->new_path, rows->path) != 0) {
        return kt_fail_errno(err, rows->path, "cannot rename to this name");
    }
    free(rows->new_path);
    rows->new_path = NULL;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("folder of a table", 0);
    return kt_folder_sync(kt_path_folder(arena, rows->path), err);
}

kt_status kt_rows_close(kt_rows **place, kt_table_file *out, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = *place;
    *place = NULL;
    if (rows->fd < 0 || rows->next != 0) {
        return kt_fail(err, KT_ERR_BUG, "%s: closed inside a row, or a part without a file",
                       rows->schema->table);
    }
    if (rows->mode == KT_ROWS_UNSORTED) {
        KT_TRY(sort_rows(rows, err));
    }
    KT_TRY(kt_rows_flush(rows, err));
    KT_TRY(sync_and_rename(rows, err));
    kt_table_file file = {.bytes = rows->written, .rows = rows->count};
    kt_hash_finish(rows->hasher, file.sha256);
    kt_checksum_finish(rows->sum, file.checksum);
    rows->hasher = NULL;
    if (out != NULL) {
        *out = file;
    }
    return KT_OK;
}

void kt_rows_discard(kt_rows *rows)
{
    if (rows == NULL) {
        return;
    }
    if (rows->fd >= 0) {
        (void)close(rows->fd);
    }
    if (rows->new_path != NULL && rows->hasher != NULL) {
        (void)unlink(rows->new_path);
    }
    if (rows->hasher != NULL) {
        char unused[KT_HASH_SIZE];
        kt_hash_finish(rows->hasher, unused);
        kt_checksum_finish(rows->sum, unused);
    }
    kt_text_free(&rows->bytes);
    kt_text_free(&rows->key);
    kt_text_free(&rows->last_key);
    kt_text_free(&rows->first_key);
    kt_text_free(&rows->keys);
    free(rows->places);
    free(rows->cache);
    free(rows->path);
    free(rows->new_path);
    free(rows);
}
