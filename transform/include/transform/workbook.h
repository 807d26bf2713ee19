/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_WORKBOOK_H
#define KT_TRANSFORM_WORKBOOK_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * The cells of a workbook (.xlsx), one row after another. What is too large, holds macros, links to
 * other workbooks or declares a document type is refused before anything of it is read.
 */
typedef enum kt_list_kind { KT_CELL_TEXT, KT_CELL_NUMBER, KT_CELL_DAY } kt_list_kind;

typedef struct kt_list_cell {
    const char *text; /* "" of an empty one; of a number with a point; of a day as 2026-11-22 */
    kt_list_kind kind;
    int64_t day;
} kt_list_cell;

typedef struct kt_list_row {
    size_t line; /* of the file, or of the sheet */
    size_t count;
    const kt_list_cell *cells;
} kt_list_row;

/** Gets the rows; anything but KT_OK ends the reading and is passed on. */
typedef struct kt_list_sink {
    void *context;
    kt_status (*row)(void *context, const kt_list_row *row, kt_error *err);
} kt_list_sink;

/** The bytes of a workbook; name is for messages. */
typedef struct kt_workbook_file {
    const char *name;
    const char *bytes;
    size_t length;
} kt_workbook_file;

/** The names of its sheets, in their order, hidden ones too. In the arena. */
kt_status kt_workbook_sheets(const kt_workbook_file *file, kt_arena *arena,
                             const char *const **names, size_t *count, kt_error *err) KT_MUST_CHECK;

/** The rows of the sheet of that name; NULL: of the first one that is not hidden. */
kt_status kt_workbook_rows(const kt_workbook_file *file, const char *sheet,
                           const kt_list_sink *sink, kt_error *err) KT_MUST_CHECK;

#endif
