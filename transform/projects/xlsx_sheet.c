/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/instant.h"
#include "core/number.h"
#include "xlsx.h"

#define CELL_LIMIT ((size_t)1 << 20)
#define ROW_LIMIT  ((size_t)16 << 20)
#define LAST_ROW   1048576

/* The sheet while its rows go by. Texts that are not shared stand in words until the row ends. */
typedef struct sheet_part {
    const kt_xlsx *book;
    const kt_list_sink *sink;
    size_t row, rows;
    size_t column; /* of the cell that is read, from 0 */
    size_t count;  /* cells of the row up to its last one */
    kt_text value; /* of the cell that is read */
    kt_text words;
    bool in_value, in_inline, in_rows;
    size_t aside; /* inside rPh */
    char type;    /* first letter of t: s, str, inlineStr, n, b, e, d; two begin with s */
    bool dated;
    kt_list_cell cells[KT_LIST_COLUMNS];
    size_t at[KT_LIST_COLUMNS]; /* in words; NOT_THERE for shared ones */
} sheet_part;

#define NOT_THERE ((size_t)-1)

static inline void kt_auto_sheet(sheet_part *part)
{
    kt_text_free(&part->value);
    kt_text_free(&part->words);
}

static kt_status fail_at(const sheet_part *part, const char *words, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu, column %zu: %s", part->book->name, part->row,
                   part->column + 1, words);
}

bool kt_xlsx_day(const kt_xlsx *book, double number, int64_t *day)
{
    /* Days since 1900 count a 29 February of that year (60), which there was not. */
    if (!(number >= 0.0) || !(number < 2958466.0) || (!book->from_1904 && floor(number) == 60.0)) {
        return false;
    }
    const int64_t whole = (int64_t)floor(number);
    *day = book->from_1904 ? whole - 24107 : whole - 25569 + (whole < 60);
    return true;
}

static kt_status start_row(sheet_part *part, const char **attributes, kt_error *err)
{
    const char *number = kt_xml_attribute(attributes, "r");
    double row = (double)part->row + 1.0;
    if (number != NULL && !kt_count_read(number, strlen(number), &row)) {
        return fail_at(part, "a row without a number", err);
    }
    if (!(row > (double)part->row) || row > LAST_ROW) {
        return fail_at(part, "rows in another order than their numbers", err);
    }
    if (++part->rows > KT_LIST_ROWS) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: more rows than %d", part->book->name, KT_LIST_ROWS);
    }
    part->row = (size_t)row;
    part->column = NOT_THERE;
    part->count = 0;
    kt_text_clear(&part->words);
    return KT_OK;
}

/* "AB12" is column 27 of row 12; false where it is no cell of this row. */
static bool read_place(const char *place, size_t row, size_t *column)
{
    size_t letters = 0;
    size_t number = 0;
    double found = 0;
    for (; letters < 3 && place[letters] >= 'A' && place[letters] <= 'Z'; letters++) {
        number = number * 26 + (size_t)(place[letters] - 'A') + 1;
    }
    *column = number - 1;
    return letters > 0 && kt_count_read(place + letters, strlen(place + letters), &found) &&
           found == (double)row;
}

/* By its first letter; "str" has that of "s" too. */
static char kind_of(const char *type)
{
    if (type == NULL || strcmp(type, "str") == 0) {
        return type == NULL ? 'n' : 't';
    }
    return type[0];
}

static kt_status start_cell(sheet_part *part, const char **attributes, kt_error *err)
{
    const char *place = kt_xml_attribute(attributes, "r");
    const char *type = kt_xml_attribute(attributes, "t");
    const char *style = kt_xml_attribute(attributes, "s");
    const size_t before = part->column;
    double index = 0;
    part->column = before + 1;
    if (place != NULL && !read_place(place, part->row, &part->column)) {
        return fail_at(part, "a cell that is not of this row", err);
    }
    if (before != NOT_THERE && part->column <= before) {
        return fail_at(part, "cells in another order than their columns", err);
    }
    part->type = kind_of(type);
    part->dated = style != NULL && kt_count_read(style, strlen(style), &index) &&
                  index < (double)part->book->style_count && part->book->dated[(size_t)index];
    kt_text_clear(&part->value);
    return KT_OK;
}

static kt_status on_start(void *context, const char *name, const char **attributes, kt_error *err)
{
    sheet_part *part = context;
    if (strcmp(name, "sheetData") == 0) {
        part->in_rows = true;
    } else if (part->in_rows && strcmp(name, "row") == 0) {
        return start_row(part, attributes, err);
    } else if (part->in_rows && part->rows > 0 && strcmp(name, "c") == 0) {
        return start_cell(part, attributes, err);
    }
    part->aside += strcmp(name, "rPh") == 0;
    part->in_inline |= strcmp(name, "is") == 0;
    part->in_value =
        strcmp(name, "v") == 0 || (part->in_inline && part->aside == 0 && strcmp(name, "t") == 0);
    return KT_OK;
}

static kt_status on_text(void *context, const char *bytes, size_t length, kt_error *err)
{
    sheet_part *part = context;
    if (part->in_value && !kt_text_add(&part->value, bytes, length)) {
        return fail_at(part, "a text of more than 1 MiB", err);
    }
    return KT_OK;
}

/* Room for every cell up to this one; those that were passed over are empty. */
static kt_list_cell *make_cell(sheet_part *part)
{
    for (; part->count <= part->column; part->count++) {
        part->cells[part->count] = (kt_list_cell){.text = ""};
        part->at[part->count] = NOT_THERE;
    }
    return &part->cells[part->column];
}

static kt_status keep_words(sheet_part *part, const char *words, kt_error *err)
{
    part->at[part->column] = part->words.length;
    if (!kt_text_add(&part->words, words, strlen(words)) || !kt_text_add(&part->words, "", 1)) {
        return fail_at(part, "a row of more than 16 MiB", err);
    }
    return KT_OK;
}

static kt_status keep_day(sheet_part *part, kt_list_cell *cell, int64_t day, kt_error *err)
{
    char words[48];
    int year = 0;
    int month = 0;
    int number = 0;
    kt_civil_from_days(day, &year, &month, &number);
    snprintf(words, sizeof words, "%04d-%02d-%02d", year, month, number);
    cell->kind = KT_CELL_DAY;
    cell->day = day;
    return keep_words(part, words, err);
}

static kt_status keep_number(sheet_part *part, kt_list_cell *cell, kt_error *err)
{
    char words[KT_NUMBER_SIZE];
    double number = 0.0;
    int64_t day = 0;
    if (!kt_number_read(part->value.bytes, part->value.length, &number)) {
        return keep_words(part, part->value.bytes, err);
    }
    if (part->dated && kt_xlsx_day(part->book, number, &day)) {
        return keep_day(part, cell, day, err);
    }
    kt_number_write(number, words);
    cell->kind = KT_CELL_NUMBER;
    return keep_words(part, words, err);
}

static kt_status keep_shared(sheet_part *part, kt_list_cell *cell, kt_error *err)
{
    double index = 0;
    if (!kt_count_read(part->value.bytes, part->value.length, &index) ||
        index >= (double)part->book->string_count) {
        return fail_at(part, "a shared string that is not there", err);
    }
    cell->text = part->book->strings[(size_t)index];
    return KT_OK;
}

static kt_status end_cell(sheet_part *part, kt_error *err)
{
    if (part->value.length == 0) {
        return KT_OK;
    }
    if (part->column >= KT_LIST_COLUMNS) {
        return fail_at(part, "more columns than 1024", err);
    }
    kt_list_cell *cell = make_cell(part);
    kt_instant instant = 0;
    switch (part->type) {
    case 's':
        return keep_shared(part, cell, err);
    case 'n':
        return keep_number(part, cell, err);
    case 'd':
        if (kt_instant_read(part->value.bytes, false, &instant)) {
            return keep_day(part, cell, instant / 86400 - (instant % 86400 < 0), err);
        }
        break;
    default:
        break;
    }
    kt_xlsx_unescape(part->value.bytes);
    return keep_words(part, part->value.bytes, err);
}

static kt_status end_row(sheet_part *part, kt_error *err)
{
    for (size_t i = 0; i < part->count; i++) {
        if (part->at[i] != NOT_THERE) {
            part->cells[i].text = part->words.bytes + part->at[i];
        }
    }
    const kt_list_row row = {part->row, part->count, part->cells};
    return part->sink->row(part->sink->context, &row, err);
}

static kt_status on_end(void *context, const char *name, kt_error *err)
{
    sheet_part *part = context;
    part->in_value = false;
    part->aside -= part->aside > 0 && strcmp(name, "rPh") == 0;
    part->in_inline &= strcmp(name, "is") != 0;
    if (strcmp(name, "sheetData") == 0) {
        part->in_rows = false;
    } else if (part->in_rows && part->rows > 0 && strcmp(name, "c") == 0) {
        return end_cell(part, err);
    } else if (part->in_rows && part->rows > 0 && strcmp(name, "row") == 0) {
        return end_row(part, err);
    }
    return KT_OK;
}

static kt_status read_sheet(kt_xlsx *book, const char *sheet, const kt_list_sink *sink,
                            kt_error *err)
{
    KT_TRY(kt_xlsx_find_parts(book, sheet, err));
    KT_TRY(kt_xlsx_read_strings(book, err));
    KT_TRY(kt_xlsx_read_styles(book, err));
    KT_AUTO(sheet)
    sheet_part part = {
        .book = book, .sink = sink, .value = {.limit = CELL_LIMIT}, .words = {.limit = ROW_LIMIT}};
    const kt_xml_events events = {&part, on_start, on_end, on_text};
    return kt_xlsx_parse(book, book->sheet_part, &events, err);
}

kt_status kt_workbook_rows(const kt_workbook_file *file, const char *sheet,
                           const kt_list_sink *sink, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    KT_AUTO(xlsx) kt_xlsx book = {.name = file->name, .arena = arena};
    KT_TRY(kt_xlsx_open(file, &book, err));
    return read_sheet(&book, sheet, sink, err);
}

kt_status kt_workbook_sheets(const kt_workbook_file *file, kt_arena *arena,
                             const char *const **names, size_t *count, kt_error *err)
{
    KT_AUTO(xlsx) kt_xlsx book = {.name = file->name, .arena = arena};
    KT_TRY(kt_xlsx_open(file, &book, err));
    return kt_xlsx_find_sheets(&book, names, count, err);
}
