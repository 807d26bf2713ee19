/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_SHEET_H
#define KT_PAGES_SHEET_H

#include "core/arena.h"
#include "core/error.h"
#include "publish/contract.h"

/**
 * Rows of a published table as they stand there. Pages are made of nothing else, so each number on
 * them is a cell that everybody can read.
 */
typedef struct kt_sheet {
    const kt_schema *schema; /* NULL: the run has no such table, and there are no rows */
    size_t row_count;
    const char *const **rows; /* a cell of each column of the schema; in the order of the key */
} kt_sheet;

/** Reads a table below csv, a run's folder of canonical tables: all rows, or of a table that is
 * split by years those of the newest month. A table that is not there is an empty sheet. */
kt_status kt_sheet_read(const char *csv, const kt_contract *contract, const char *table,
                        kt_arena *arena, kt_sheet *out, kt_error *err) KT_MUST_CHECK;

/** The cell of a column, which the table has. "" where it is empty. */
const char *kt_sheet_cell(const kt_sheet *sheet, size_t row, const char *column);

/** The first row from `from` on whose cell of the column is the text; row_count if there is none.
 */
size_t kt_sheet_find(const kt_sheet *sheet, const char *column, const char *text, size_t from);

/** Puts the rows of another sheet of the same table behind those there are. */
void kt_sheet_join(kt_sheet *to, const kt_sheet *other, kt_arena *arena);

#endif
