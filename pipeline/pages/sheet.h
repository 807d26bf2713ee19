/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_SHEET_H
#define KT_PAGES_SHEET_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/codes.h"
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

/** Where sheets come from. */
typedef struct kt_sheet_source {
    const char *csv; /* a run's folder of canonical tables */
    const kt_contract *contract;
    const char *period; /* a month; NULL: the newest */
} kt_sheet_source;

/** Reads a table: all rows that do not begin behind the month, or of a table that is split by years
 * those of the month. A table that is not there is an empty sheet. */
kt_status kt_sheet_read(const kt_sheet_source *from, const char *table, kt_arena *arena,
                        kt_sheet *out, kt_error *err) KT_MUST_CHECK;

/** Those of a table's rows that pages look back on. */
typedef struct kt_sheet_wish {
    const char *table;
    const char *column, *text; /* the cell that a row must have; NULL: any row */
    int months;                /* the newest so many of them, or up to the month */
} kt_sheet_wish;

/** Reads them, the oldest month first, within a month in the order of the key. */
kt_status kt_sheet_read_back(const kt_sheet_source *from, const kt_sheet_wish *wish,
                             kt_arena *arena, kt_sheet *out, kt_error *err) KT_MUST_CHECK;

/** The rows of a sheet whose cells are the texts; both lists end with NULL. Every column is one of
 * the table's. */
kt_sheet kt_sheet_pick(const kt_sheet *sheet, const char *const *columns, const char *const *texts,
                       kt_arena *arena);

/** The rows of a sheet by the cell of one column, so that one who asks for a region need not look
 * at every row. */
typedef struct kt_sheet_parts {
    const kt_codes *cells; /* each cell that there is, in the order of its first row */
    kt_sheet *at;          /* its rows, at its place; in the order of the sheet */
} kt_sheet_parts;

/** The column is one of the table's. */
kt_sheet_parts kt_sheet_split(const kt_sheet *sheet, const char *column, kt_arena *arena);

/** Those with the cell; none where the column never has it. */
kt_sheet kt_sheet_part(const kt_sheet_parts *parts, const kt_sheet *sheet, const char *cell);

/** The cell as a number; NAN where it is none. */
double kt_sheet_number(const kt_sheet *sheet, size_t row, const char *column);

/** The cell of a column, which the table has. "" where it is empty. */
const char *kt_sheet_cell(const kt_sheet *sheet, size_t row, const char *column);

/** The first row from `from` on whose cell of the column is the text; row_count if there is none.
 */
size_t kt_sheet_find(const kt_sheet *sheet, const char *column, const char *text, size_t from);

/** Whether a row is wanted. */
typedef bool kt_row_wanted(void *context, const kt_sheet *sheet, size_t row);

/** The wanted rows, in their order. */
kt_sheet kt_sheet_those(const kt_sheet *all, kt_row_wanted *wanted, void *context, kt_arena *arena);

/** The rows by the number in a column, the highest first; what has none comes last. */
void kt_sheet_rank(kt_sheet *sheet, const char *column, kt_arena *arena);

/** Whether a list such as "a|b" has that part. */
bool kt_list_has(const char *list, char separator, const char *part);

/** Puts the rows of another sheet of the same table behind those there are. */
void kt_sheet_join(kt_sheet *to, const kt_sheet *other, kt_arena *arena);

#endif
