/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pages/shown.h"

#include "core/cleanup.h"
#include "core/csv.h"
#include "core/file.h"
#include "core/text.h"

typedef struct table_rows {
    kt_sheet sheet;
    size_t room;
} table_rows;

struct kt_shown {
    table_rows *tables;
    size_t count, room;
    kt_arena *arena;
};

kt_shown *kt_shown_new(kt_arena *arena)
{
    kt_shown *made = kt_arena_new(arena, kt_shown);
    made->arena = arena;
    return made;
}

static table_rows *table_of(kt_shown *shown, const kt_schema *schema)
{
    for (size_t i = 0; i < shown->count; i++) {
        if (shown->tables[i].sheet.schema == schema) {
            return &shown->tables[i];
        }
    }
    shown->tables = kt_arena_grow(shown->arena, shown->tables, shown->count, &shown->room,
                                  sizeof *shown->tables);
    shown->tables[shown->count] = (table_rows){.sheet = {.schema = schema}};
    return &shown->tables[shown->count++];
}

static bool is_there(const kt_sheet *sheet, const char *const *row)
{
    size_t at = 0;
    while (at < sheet->row_count && sheet->rows[at] != row) {
        at++;
    }
    return at < sheet->row_count;
}

void kt_shown_add(kt_shown *shown, const kt_sheet *sheet, size_t first, size_t count)
{
    if (count == 0) {
        return;
    }
    table_rows *to = table_of(shown, sheet->schema);
    for (size_t row = first; row < first + count; row++) {
        if (!is_there(&to->sheet, sheet->rows[row])) {
            to->sheet.rows = kt_arena_grow(shown->arena, (void *)to->sheet.rows,
                                           to->sheet.row_count, &to->room, sizeof *to->sheet.rows);
            to->sheet.rows[to->sheet.row_count++] = sheet->rows[row];
        }
    }
}

static kt_status write_table(const kt_sheet *sheet, const char *path, kt_error *err)
{
    KT_AUTO(text) kt_text text = {0};
    const kt_schema *schema = sheet->schema;
    for (size_t i = 0; i < schema->column_count; i++) {
        kt_csv_put(&text, schema->columns[i].name, ',', i == 0);
    }
    kt_text_put_char(&text, '\n');
    for (size_t row = 0; row < sheet->row_count; row++) {
        for (size_t i = 0; i < schema->column_count; i++) {
            kt_csv_put(&text, sheet->rows[row][i], ',', i == 0);
        }
        kt_text_put_char(&text, '\n');
    }
    return kt_file_write(path, text.bytes, text.length, err);
}

kt_status kt_shown_write(const kt_shown *shown, const char *stem, kt_error *err)
{
    for (size_t i = 0; i < shown->count; i++) {
        const kt_sheet *sheet = &shown->tables[i].sheet;
        const char *path = kt_arena_print(shown->arena, "%s.%s.csv", stem, sheet->schema->table);
        KT_TRY(write_table(sheet, path, err));
    }
    return KT_OK;
}
