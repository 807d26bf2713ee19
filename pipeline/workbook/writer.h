/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_WORKBOOK_WRITER_H
#define KT_WORKBOOK_WRITER_H

#include <stdint.h>
#include <xlsxwriter.h>

#include "core/text.h"
#include "pages/language.h"
#include "workbook/region_rows.h"
#include "workbook/workbook.h"

/** Inside a workbook: what its sheets are put with. */

/** How cells look. */
typedef enum kt_workbook_format {
    KT_WORKBOOK_PLAIN,
    KT_WORKBOOK_HEAD,    /* bold */
    KT_WORKBOOK_WRAPPED, /* text over several lines */
    KT_WORKBOOK_DAY,     /* as the reader's settings write days */
    KT_WORKBOOK_COUNT,   /* 1 234 */
    KT_WORKBOOK_WHOLE,   /* 2026 */
    KT_WORKBOOK_MONEY,   /* 1 234,50 */
    KT_WORKBOOK_SHARE,   /* 12,34 % */
    KT_WORKBOOK_FORMATS
} kt_workbook_format;

/** One workbook while it is written. */
typedef struct kt_workbook_writer {
    const kt_workbook_input *input;
    const kt_region_book *rows;
    lxw_workbook *book;
    lxw_format *formats[KT_WORKBOOK_FORMATS];
    const char *const *names; /* of the region, in each language of the pages */
    kt_arena *arena;
    kt_text escaped; /* of the cell that is written */
    lxw_error fault; /* the first one */
} kt_workbook_writer;

/** A sheet of it; row and column count from 0. */
typedef struct kt_workbook_sheet {
    kt_workbook_writer *of;
    lxw_worksheet *sheet;
} kt_workbook_sheet;

/** What cannot be added is the writer's fault, and nothing is put there. */
kt_workbook_sheet kt_workbook_add_sheet(kt_workbook_writer *writer, const char *name);

/** A text, never a formula or a number; nothing where it is empty. Control characters and what
 * looks like the escape of one stay what they are. */
void kt_workbook_put_text(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                          const char *text, kt_workbook_format format);

/** A number; a workbook keeps 16 of its digits. */
void kt_workbook_put_number(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                            double number, kt_workbook_format format);

/** A cell of a published table under its column's type; nothing where it is empty. */
void kt_workbook_put_cell(const kt_workbook_sheet *to, uint32_t row, uint16_t column,
                          const kt_column *is, const char *cell);

/** How the cells of a column look. */
kt_workbook_format kt_workbook_format_of(const kt_column *column);

void kt_workbook_set_width(const kt_workbook_sheet *to, uint16_t column, double width,
                           kt_workbook_format format);

/** The cover: what this is, where it comes from, what it means, and what is not in it. */
void kt_workbook_put_cover(kt_workbook_writer *writer);

/** What the columns of the sheets are called, in three languages. */
void kt_workbook_put_columns(kt_workbook_writer *writer);

/** Appends the text as a workbook has to write it. */
void kt_workbook_escape(const char *text, kt_text *out);

/** Days since 1900 as a workbook counts them; false for a text that is no day from March 1900 on.
 */
bool kt_workbook_day(const char *text, double *day);

#endif
