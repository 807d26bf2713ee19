/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/sheet.h"

#include <assert.h>
#include <string.h>

#include "core/file.h"
#include "core/text.h"
#include "publish/layout.h"
#include "publish/table.h"

typedef struct reader {
    kt_sheet *out;
    size_t room;
    const char *month; /* the newest so far of a table that is split by years */
    kt_arena *arena;
} reader;

/* Rows come in time, so a later month begins anew. */
static bool is_newest(reader *of, const char *period)
{
    if (of->out->schema->split != KT_SPLIT_YEAR) {
        return true;
    }
    if (strchr(period, 'M') == NULL) {
        return false;
    }
    if (!kt_text_same(of->month, period)) {
        of->month = kt_arena_copy(of->arena, period);
        of->out->row_count = 0;
    }
    return true;
}

static kt_status take_row(void *context, size_t number, const char *const *cells,
                          const size_t *lengths, kt_error *err)
{
    reader *of = context;
    const kt_schema *schema = of->out->schema;
    (void)number, (void)err;
    if (!is_newest(of, schema->time_period == KT_NO_COLUMN ? "" : cells[schema->time_period])) {
        return KT_OK;
    }
    const char **row = kt_arena_array(of->arena, const char *, schema->column_count);
    for (size_t i = 0; i < schema->column_count; i++) {
        row[i] = kt_arena_copy_n(of->arena, cells[i], lengths[i]);
    }
    of->out->rows = kt_arena_grow(of->arena, (void *)of->out->rows, of->out->row_count, &of->room,
                                  sizeof *of->out->rows);
    of->out->rows[of->out->row_count++] = row;
    return KT_OK;
}

/* The newest year alone, or the only file. */
static const char *newest_file(const kt_schema *schema, char *const *names, size_t count)
{
    const char *newest = NULL;
    int last = -1;
    for (size_t i = 0; i < count; i++) {
        int year = 0;
        if (kt_layout_file(schema, names[i], &year) && year > last) {
            newest = names[i];
            last = year;
        }
    }
    return newest;
}

kt_status kt_sheet_read(const char *csv, const kt_contract *contract, const char *table,
                        kt_arena *arena, kt_sheet *out, kt_error *err)
{
    const char *folder = kt_path_join(arena, csv, table);
    *out = (kt_sheet){.schema = kt_contract_find(contract, table)};
    if (out->schema == NULL || !kt_file_exists(folder)) {
        *out = (kt_sheet){0};
        return KT_OK;
    }
    reader of = {.out = out, .arena = arena};
    const kt_table_events events = {.context = &of, .row = take_row};
    char **names = NULL;
    size_t count = 0;
    KT_TRY(kt_folder_list(folder, arena, &names, &count, err));
    const char *file = newest_file(out->schema, names, count);
    return file == NULL
               ? KT_OK
               : kt_table_read(kt_path_join(arena, folder, file), out->schema, &events, err);
}

const char *kt_sheet_cell(const kt_sheet *sheet, size_t row, const char *column)
{
    const size_t at = kt_schema_column(sheet->schema, column);
    assert(at != KT_NO_COLUMN && row < sheet->row_count);
    return sheet->rows[row][at];
}

size_t kt_sheet_find(const kt_sheet *sheet, const char *column, const char *text, size_t from)
{
    if (from >= sheet->row_count) {
        return sheet->row_count;
    }
    const size_t at = kt_schema_column(sheet->schema, column);
    assert(at != KT_NO_COLUMN);
    while (from < sheet->row_count && strcmp(sheet->rows[from][at], text) != 0) {
        from++;
    }
    return from;
}

void kt_sheet_join(kt_sheet *to, const kt_sheet *other, kt_arena *arena)
{
    const size_t count = to->row_count + other->row_count;
    const char *const **rows = kt_arena_array(arena, const char *const *, count + 1);
    for (size_t i = 0; i < count; i++) {
        rows[i] = i < to->row_count ? to->rows[i] : other->rows[i - to->row_count];
    }
    *to = (kt_sheet){other->schema, count, rows};
}
