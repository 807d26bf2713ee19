/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_TABLE_H
#define KT_PUBLISH_TABLE_H

#include <stddef.h>

#include "core/checksum.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/status.h"
#include "core/text.h"
#include "publish/contract.h"

/**
 * Rows of a canonical CSV file (UTF-8, comma, point, LF), written by position under a table's
 * schema. What leaves here obeys the contract's letters: as many cells as columns, each of its
 * column's type, no control character, no invalid UTF-8, no NAN, keys strictly increasing bytewise
 * column by column.
 *
 *     kt_rows_text(rows, TIME_PERIOD, "2023M10");
 *     ...                                            every column once, from left to right
 *     kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
 *     KT_TRY(kt_rows_end(rows, err));
 *
 * Setters never fail: what is wrong with a row is told by kt_rows_end, with table, row and column.
 * A kt_rows belongs to one thread.
 */
typedef struct kt_rows kt_rows;

/** What a finished file is. */
typedef struct kt_table_file {
    size_t bytes;
    size_t rows; /* without the header */
    char sha256[KT_HASH_SIZE];
    char checksum[KT_CHECKSUM_SIZE]; /* of a file that was written here; else empty */
} kt_table_file;

/**
 * Rows that come in key order, streamed to a new name beside path. The file appears under its own
 * name, synced, when kt_rows_close succeeds, and not before. The folder must exist.
 */
kt_status kt_rows_open(const kt_schema *schema, const char *path, kt_rows **out,
                       kt_error *err) KT_MUST_CHECK;

/** The same for rows that come in any order: kept in memory and sorted when the file is closed. */
kt_status kt_rows_open_unsorted(const kt_schema *schema, const char *path, kt_rows **out,
                                kt_error *err) KT_MUST_CHECK;

/** Rows in key order that stay in memory, for kt_rows_append: what a thread of a period fills. */
kt_rows *kt_rows_open_part(const kt_schema *schema);

/** The same for rows that come in any order; kt_rows_settle makes a part of them. */
kt_rows *kt_rows_open_unsorted_part(const kt_schema *schema);

/** Sorts an unsorted part. KT_ERR_DATA if two rows have one key. */
kt_status kt_rows_settle(kt_rows *part, kt_error *err) KT_MUST_CHECK;

/** Sets the next cell. A text may be NULL or "": the cell is then empty. */
void kt_rows_text(kt_rows *rows, size_t column, const char *text);

/**
 * A text that stands in many rows of a column, checked and quoted once. In the arena. What is wrong
 * with it is told by each row that uses it.
 */
typedef struct kt_ready_cell {
    const char *text;  /* as it is, for keys */
    const char *bytes; /* as it is written */
    size_t text_length, length;
    const char *fault; /* NULL for none */
} kt_ready_cell;

kt_ready_cell kt_cell_ready(const kt_schema *schema, size_t column, const char *text,
                            kt_arena *arena);

/** Sets the next cell to a text that was made ready for this column. */
void kt_rows_ready(kt_rows *rows, size_t column, const kt_ready_cell *cell);

/** NAN gives an empty cell, an infinity an error; in an integer column the number must be whole. */
void kt_rows_number(kt_rows *rows, size_t column, double number);
/** "true" or "false". */
void kt_rows_flag(kt_rows *rows, size_t column, bool is);

void kt_rows_status(kt_rows *rows, size_t column, kt_obs obs);
void kt_rows_empty(kt_rows *rows, size_t column);

/** Ends the row. KT_ERR_DATA for a wrong cell or an order that is not one; KT_ERR_IO for the disk.
 */
kt_status kt_rows_end(kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** What is wrong with the row that could not be ended: "column NAME: ..."; NULL: nothing. */
const char *kt_rows_fault(const kt_rows *rows);

/** Adds all rows of a part; its first key must be above the last one here. The part stays whole. */
kt_status kt_rows_append(kt_rows *rows, const kt_rows *part, kt_error *err) KT_MUST_CHECK;

/** Appends a part's rows and keys as bytes that kt_rows_part_read makes the same part of. */
void kt_rows_part_write(const kt_rows *part, kt_text *out);

/** NULL for bytes that are no part. Whether they are the right ones the caller has to know. */
kt_rows *kt_rows_part_read(const kt_schema *schema, const char *bytes, size_t length);

/** Rows so far. */
size_t kt_rows_count(const kt_rows *rows);

/**
 * Sorts if need be, writes, syncs, renames, syncs the folder. Releases *rows and makes it NULL in
 * any case, so that KT_AUTO(rows) has nothing left to do. out may be NULL.
 */
kt_status kt_rows_close(kt_rows **place, kt_table_file *out, kt_error *err) KT_MUST_CHECK;

/** Releases rows (NULL is allowed) and leaves no file. For a part, and where something failed. */
void kt_rows_discard(kt_rows *rows);

static inline void kt_auto_rows(kt_rows **rows)
{
    kt_rows_discard(*rows);
}

/** A place between two rows: so many bytes of the file and so many rows, the header not counted,
 * stand before it. Both 0: the beginning. */
typedef struct kt_row_mark {
    size_t bytes, rows;
} kt_row_mark;

/** One row of a canonical file as it stands there, without quotes. */
typedef struct kt_table_events {
    void *context;
    /** number: 2 is the first row after the header. cells and lengths: one for each column. */
    kt_status (*row)(void *context, size_t number, const char *const *cells, const size_t *lengths,
                     kt_error *err);
    size_t columns;   /* only so many first ones are wanted, and looked at; 0: all */
    kt_row_mark from; /* reading begins here */
} kt_table_events;

/** Streams a canonical file; the header must be the schema's. KT_ERR_FORMAT names file and place.
 */
kt_status kt_table_read(const char *path, const kt_schema *schema, const kt_table_events *events,
                        kt_error *err) KT_MUST_CHECK;

#endif
