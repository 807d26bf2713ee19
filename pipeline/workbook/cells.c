/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/instant.h"
#include "core/number.h"
#include "workbook/writer.h"

#define DAYS_TO_1970 25569 /* from the day that a workbook counts as 0 */
#define FIRST_DAY    61    /* 1 March 1900; before it a workbook counts a day that there was not */
#define HEX_DIGITS   4

/* "_x000D_" in a text is a carriage return to whoever reads a workbook. */
static bool looks_escaped(const char *at)
{
    return at[0] == '_' && at[1] == 'x' && strspn(at + 2, "0123456789ABCDEFabcdef") >= HEX_DIGITS &&
           at[2 + HEX_DIGITS] == '_';
}

/* U+FFFE and U+FFFF, which no XML may hold. */
static bool is_no_letter(const char *at)
{
    return at[0] == '\xef' && at[1] == '\xbf' && (at[2] == '\xbe' || at[2] == '\xbf');
}

void kt_workbook_escape(const char *text, kt_text *out)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (is_no_letter(at)) {
            kt_text_put(out, at[2] == '\xbe' ? "_xFFFE_" : "_xFFFF_");
            at += 2;
        } else {
            kt_text_put(out, looks_escaped(at) ? "_x005F" : "");
            kt_text_put_char(out, *at);
        }
    }
}

bool kt_workbook_day(const char *text, double *day)
{
    kt_instant instant = 0;
    if (strlen(text) != strlen("2026-06-01") || !kt_instant_read(text, false, &instant)) {
        return false;
    }
    *day = floor((double)instant / 86400.0) + DAYS_TO_1970;
    return *day >= FIRST_DAY;
}

static void keep_fault(const kt_workbook_sheet *to, lxw_error fault)
{
    to->of->fault = to->of->fault == LXW_NO_ERROR ? fault : to->of->fault;
}

kt_workbook_sheet kt_workbook_add_sheet(kt_workbook_writer *writer, const char *name)
{
    kt_workbook_sheet sheet = {writer, NULL};
    keep_fault(&sheet, workbook_validate_sheet_name(writer->book, name));
    if (writer->fault == LXW_NO_ERROR) {
        sheet.sheet = workbook_add_worksheet(writer->book, name);
        keep_fault(&sheet, sheet.sheet == NULL ? LXW_ERROR_MEMORY_MALLOC_FAILED : LXW_NO_ERROR);
    }
    return sheet;
}

void kt_workbook_put_text(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                          const char *text, kt_workbook_format format)
{
    if (to->sheet == NULL || text == NULL || *text == '\0') {
        return;
    }
    kt_text *escaped = &to->of->escaped;
    kt_text_clear(escaped);
    kt_workbook_escape(text, escaped);
    keep_fault(to, worksheet_write_string(to->sheet, row, column, escaped->bytes,
                                          to->of->formats[format]));
}

void kt_workbook_put_number(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                            double number, kt_workbook_format format)
{
    if (to->sheet != NULL) {
        keep_fault(to,
                   worksheet_write_number(to->sheet, row, column, number, to->of->formats[format]));
    }
}

/* An alpha is a key, and _Z where there is none: a text in every row. */
static bool is_figure(const kt_column *column)
{
    return kt_column_is_number(column) && column->type != KT_COLUMN_ALPHA;
}

kt_workbook_format kt_workbook_format_of(const kt_column *column)
{
    const bool is_euros = strcmp(column->unit, "EUR") == 0;
    switch (column->type) {
    case KT_COLUMN_DATE:
        return KT_WORKBOOK_DAY;
    case KT_COLUMN_INTEGER:
        return *column->unit == '\0' ? KT_WORKBOOK_WHOLE : KT_WORKBOOK_COUNT;
    case KT_COLUMN_SHARE:
        return KT_WORKBOOK_SHARE;
    case KT_COLUMN_NUMBER:
        return is_euros ? KT_WORKBOOK_MONEY : KT_WORKBOOK_PLAIN;
    default:
        return KT_WORKBOOK_PLAIN;
    }
}

void kt_workbook_put_cell(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                          const kt_column *is, const char *cell)
{
    double number = 0.0;
    const kt_workbook_format format = kt_workbook_format_of(is);
    if (*cell == '\0') {
        return;
    }
    const bool is_number = is_figure(is)
                               ? kt_number_read(cell, strlen(cell), &number)
                               : is->type == KT_COLUMN_DATE && kt_workbook_day(cell, &number);
    if (is_number) {
        kt_workbook_put_number(to, row, column, number, format);
    } else {
        kt_workbook_put_text(to, row, column, cell, KT_WORKBOOK_PLAIN);
    }
}

void kt_workbook_set_width(const kt_workbook_sheet *to, uint16_t column, double width,
                           kt_workbook_format format)
{
    if (to->sheet != NULL) {
        keep_fault(to,
                   worksheet_set_column(to->sheet, column, column, width, to->of->formats[format]));
    }
}
