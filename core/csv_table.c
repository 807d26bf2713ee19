/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/codes.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/text.h"

typedef struct table_loader {
    kt_arena *arena;
    kt_csv_table *table;
    size_t room;   /* of table->cells */
    bool one_line; /* a cell may have no letter that is not seen */
} table_loader;

static kt_status take_header(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    table_loader *loading = context;
    kt_csv_table *table = loading->table;
    table->column_count = row->field_count;
    table->names = kt_arena_array(loading->arena, char *, row->field_count);
    for (size_t i = 0; i < row->field_count; i++) {
        table->names[i] = kt_arena_copy(loading->arena, row->fields[i]);
    }
    return KT_OK;
}

static void make_room(table_loader *loading)
{
    kt_csv_table *table = loading->table;
    const size_t used = table->row_count * table->column_count;
    if (used + table->column_count <= loading->room) {
        return;
    }
    loading->room = 2 * (used + table->column_count);
    char **bigger = kt_arena_array(loading->arena, char *, loading->room);
    if (used > 0) {
        memcpy(bigger, table->cells, used * sizeof *bigger);
    }
    table->cells = bigger;
}

static kt_status check_seen(const kt_csv_table *table, const kt_csv_row *row, kt_error *err)
{
    for (size_t i = 0; i < row->field_count; i++) {
        if (kt_text_unseen(row->fields[i]) != NULL) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: row %zu, column %s: expected one line without control characters "
                           "and marks of direction",
                           table->path, row->number, table->names[i]);
        }
    }
    return KT_OK;
}

static kt_status take_row(void *context, const kt_csv_row *row, kt_error *err)
{
    table_loader *loading = context;
    KT_TRY(loading->one_line ? check_seen(loading->table, row, err) : KT_OK);
    make_room(loading);
    kt_csv_table *table = loading->table;
    char **cells = table->cells + table->row_count * table->column_count;
    for (size_t i = 0; i < row->field_count; i++) {
        cells[i] = kt_arena_copy_n(loading->arena, row->fields[i], row->lengths[i]);
    }
    table->row_count++;
    return KT_OK;
}

static kt_status load(kt_csv_text text, bool one_line, kt_arena *arena, kt_csv_table **out,
                      kt_error *err)
{
    if (text.length == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: empty, expected a line with column names",
                       text.name);
    }
    table_loader loading = {
        .arena = arena, .table = kt_arena_new(arena, kt_csv_table), .one_line = one_line};
    loading.table->path = kt_arena_copy(arena, text.name);
    const kt_csv_events events = {.context = &loading, .header = take_header, .row = take_row};
    const kt_csv_dialect dialect = {.separator = text.separator};
    KT_TRY(kt_csv_read_bytes(text.bytes, text.length, text.name, dialect, &events, err));
    *out = loading.table;
    return KT_OK;
}

kt_status kt_csv_load_bytes(kt_csv_text text, kt_arena *arena, kt_csv_table **out, kt_error *err)
{
    return load(text, false, arena, out, err);
}

kt_status kt_csv_load(const char *path, size_t limit_bytes, kt_arena *arena, kt_csv_table **out,
                      kt_error *err)
{
    char *bytes = NULL;
    kt_csv_text text = {.name = path};
    KT_TRY(kt_file_read(path, limit_bytes, arena, &bytes, &text.length, err));
    text.bytes = bytes;
    return load(text, true, arena, out, err);
}

kt_status kt_csv_column(const kt_csv_table *table, const char *name, size_t *column, kt_error *err)
{
    for (size_t i = 0; i < table->column_count; i++) {
        if (strcmp(table->names[i], name) == 0) {
            *column = i;
            return KT_OK;
        }
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: no column %s", table->path, name);
}

void kt_csv_put(kt_text *line, const char *field, char separator, bool first)
{
    if (!first) {
        kt_text_put_char(line, separator);
    }
    const char special[] = {separator, '"', '\r', '\n', '\0'};
    if (strpbrk(field, special) == NULL) {
        kt_text_put(line, field);
        return;
    }
    kt_text_put_char(line, '"');
    for (const char *at = field; *at != '\0'; at++) {
        if (*at == '"') {
            kt_text_put_char(line, '"');
        }
        kt_text_put_char(line, *at);
    }
    kt_text_put_char(line, '"');
}
