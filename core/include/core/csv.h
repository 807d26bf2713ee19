/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CSV_H
#define KT_CORE_CSV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

/**
 * CSV in and out. Reading is libcsv's, in strict mode, streamed; fields of at most
 * KT_CSV_FIELD_LIMIT bytes, UTF-8 only, a byte order mark is skipped, every row as long as the
 * header. Messages name file, row (the header is row 1) and column.
 */
#define KT_CSV_FIELD_LIMIT  ((size_t)1 << 20)
#define KT_CSV_COLUMN_LIMIT 1024

/** One row as the reader hands it out; fields are borrowed until the call returns. */
typedef struct kt_csv_row {
    size_t number; /* 1-based line of the file in rows; the first row after the header is 2 */
    size_t line;   /* of the file, where the row begins: a quoted field may hold several */
    size_t field_count;
    const char *const *fields; /* terminated */
    const size_t *lengths;
} kt_csv_row;

typedef struct kt_csv_events {
    void *context;
    /** The first row; names are borrowed until the call returns. */
    kt_status (*header)(void *context, const kt_csv_row *row, kt_error *err);
    /** Each further row. */
    kt_status (*row)(void *context, const kt_csv_row *row, kt_error *err);
} kt_csv_events;

typedef struct kt_csv_dialect {
    char separator;     /* 0 means ',' */
    size_t rows_before; /* lines of the file that were passed over before the header */
    bool loose;         /* rows of any length, and any header; empty lines are passed over */
} kt_csv_dialect;

/** Streams an open file; name is for messages ("standard input"). */
kt_status kt_csv_read(FILE *file, const char *name, kt_csv_dialect dialect,
                      const kt_csv_events *events, kt_error *err) KT_MUST_CHECK;

/** The same of bytes, of which dialect.rows_before lines before the header are passed over here. */
kt_status kt_csv_read_bytes(const char *bytes, size_t length, const char *name,
                            kt_csv_dialect dialect, const kt_csv_events *events,
                            kt_error *err) KT_MUST_CHECK;

/** Bytes of a CSV; separator 0 means ','. */
typedef struct kt_csv_text {
    const char *bytes;
    size_t length;
    const char *name; /* for messages */
    char separator;
} kt_csv_text;

/** A small CSV as a whole, for configuration: header names and all rows in the arena. */
typedef struct kt_csv_table {
    const char *path;
    size_t column_count, row_count;
    char **names;
    char **cells; /* row-major */
} kt_csv_table;

/** Bytes that come from anywhere: a cell may have any letters. */
kt_status kt_csv_load_bytes(kt_csv_text text, kt_arena *arena, kt_csv_table **out,
                            kt_error *err) KT_MUST_CHECK;

/** A file that people keep: a cell is one line, without letters that are not seen. */
kt_status kt_csv_load(const char *path, size_t limit_bytes, kt_arena *arena, kt_csv_table **out,
                      kt_error *err) KT_MUST_CHECK;

/** The column of that name, or KT_ERR_FORMAT that names file and column. */
kt_status kt_csv_column(const kt_csv_table *table, const char *name, size_t *column,
                        kt_error *err) KT_MUST_CHECK;

static inline const char *kt_csv_cell(const kt_csv_table *table, size_t row, size_t column)
{
    return table->cells[row * table->column_count + column];
}

/**
 * Adds one field to a line that is being written, after a separator unless it is the line's first;
 * quoted if it holds the separator, a quote, CR or LF (RFC 4180).
 */
void kt_csv_put(kt_text *line, const char *field, char separator, bool first);

#endif
