/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sheet.h"

#include <assert.h>
#include <string.h>

#include "encoding.h"

#define FILE_LIMIT ((size_t)16 << 20)

static bool has_columns(const kt_csv_table *table, sheet_columns columns, kt_arena *arena,
                        kt_problems *problems)
{
    assert(table != NULL);
    for (size_t i = 0; i < columns.count; i++) {
        if (table->column_count != columns.count ||
            strcmp(table->names[i], columns.names[i]) != 0) {
            kt_problems_add_line(
                problems, kt_arena_print(arena, "%s: row 1: expected %zu columns, column %zu %s",
                                         table->path, columns.count, i + 1, columns.names[i]));
            return false;
        }
    }
    return true;
}

bool sheet_open(const char *path, sheet_columns columns, kt_arena *arena, kt_problems *problems,
                sheet *out)
{
    kt_csv_table *table = NULL;
    kt_error why = {0};
    if (kt_csv_load(path, FILE_LIMIT, arena, &table, &why) != KT_OK) {
        kt_problems_add_line(problems, why.message);
        return false;
    }
    *out = (sheet){table, arena, problems};
    return has_columns(table, columns, arena, problems);
}

static kt_status load_dropped(const kt_project_file *file, kt_arena *arena, kt_csv_table **out,
                              kt_error *err)
{
    static const char *const encodings[] = {"utf-8", "windows-1252"};
    const kt_list_text saved = {file, encodings, 2, ";,"};
    kt_csv_text text = {.name = file->name};
    if (file->length > FILE_LIMIT) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %zu bytes, expected at most %zu MiB", file->name,
                       file->length, FILE_LIMIT >> 20);
    }
    KT_TRY(kt_list_decode(&saved, arena, &text.bytes, &text.length, err));
    text.separator = kt_list_separator(text.bytes, text.length);
    return kt_csv_load_bytes(text, arena, out, err);
}

bool sheet_open_bytes(const kt_project_file *file, sheet_columns columns, kt_arena *arena,
                      kt_problems *problems, sheet *out)
{
    kt_csv_table *table = NULL;
    kt_error why = {0};
    if (load_dropped(file, arena, &table, &why) != KT_OK) {
        kt_problems_add_line(problems, why.message);
        return false;
    }
    *out = (sheet){table, arena, problems};
    return has_columns(table, columns, arena, problems);
}

const char *sheet_cell(const sheet *of, size_t row, size_t column)
{
    return kt_csv_cell(of->table, row, column);
}

void sheet_wrong(const sheet *of, size_t row, size_t column, const char *expected)
{
    kt_problems_add_line(of->problems,
                         kt_arena_print(of->arena, "%s: row %zu, column %s: \"%s\", expected %s",
                                        of->table->path, row + 2, of->table->names[column],
                                        sheet_cell(of, row, column), expected));
}

const char *sheet_choose(const sheet *of, size_t row, size_t column, const char *const *words)
{
    const char *word = sheet_cell(of, row, column), *all = "";
    for (size_t i = 0; words[i] != NULL; i++) {
        if (strcmp(words[i], word) == 0) {
            return word;
        }
        all = kt_arena_print(of->arena, "%s%s%s", all, i == 0 ? "" : ", ",
                             words[i][0] == '\0' ? "nothing" : words[i]);
    }
    sheet_wrong(of, row, column, kt_arena_print(of->arena, "one of %s", all));
    return words[0];
}

size_t sheet_split(const sheet *of, const char *text, char letter, const char *const **out)
{
    const char joint[] = {letter, '\0'};
    size_t count = 0;
    const char **list = kt_arena_array(of->arena, const char *, strlen(text) / 2 + 2);
    for (const char *at = text; *at != '\0';) {
        const size_t length = strcspn(at, joint);
        list[count++] = kt_arena_copy_n(of->arena, at, length);
        at += length + (at[length] == letter ? 1 : 0);
    }
    *out = list;
    return count;
}
