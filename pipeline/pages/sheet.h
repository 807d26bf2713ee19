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

/** Those of a table's rows that pages look back on. */
typedef struct kt_sheet_wish {
    const char *table;
    const char *column, *text; /* the cell that a row must have; NULL: any row */
    int months;                /* the newest so many of them */
} kt_sheet_wish;

/** Reads them, the oldest month first, within a month in the order of the key. */
kt_status kt_sheet_read_back(const char *csv, const kt_contract *contract,
                             const kt_sheet_wish *wish, kt_arena *arena, kt_sheet *out,
                             kt_error *err) KT_MUST_CHECK;

/** The rows of a sheet whose cells are the texts; both lists end with NULL. Every column is one of
 * the table's. */
kt_sheet kt_sheet_pick(const kt_sheet *sheet, const char *const *columns, const char *const *texts,
                       kt_arena *arena);

/** The cell as a number; NAN where it is none. */
double kt_sheet_number(const kt_sheet *sheet, size_t row, const char *column);

/** The cell of a column, which the table has. "" where it is empty. */
const char *kt_sheet_cell(const kt_sheet *sheet, size_t row, const char *column);

/** The first row from `from` on whose cell of the column is the text; row_count if there is none.
 */
size_t kt_sheet_find(const kt_sheet *sheet, const char *column, const char *text, size_t from);

/** Puts the rows of another sheet of the same table behind those there are. */
void kt_sheet_join(kt_sheet *to, const kt_sheet *other, kt_arena *arena);

#endif
