/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_LINES_H
#define KT_PUBLISH_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "publish/table.h"

/**
 * Files that this program wrote itself, read back strictly: each row is one line, quotes stand only
 * around a whole cell, line ends are of one kind. libcsv reads such a file at 110 MB/s of one core,
 * this at 500; a whole published run is 600 MB and is read before each night's rename.
 */
typedef struct kt_line_dialect {
    char separator;
    bool carriage_return; /* CR LF ends a line, else LF alone */
    bool mark;            /* the file begins with a byte order mark */
} kt_line_dialect;

extern const kt_line_dialect kt_canonical_lines; /* csv/ */
extern const kt_line_dialect kt_finnish_lines;   /* csv-fi/ */

/**
 * Streams the file; the header must be the schema's columns. KT_ERR_FORMAT names file, row and what
 * was expected. Cells are borrowed until the call returns, and unquoted.
 */
kt_status kt_lines_read(const char *path, kt_line_dialect dialect, const kt_schema *schema,
                        const kt_table_events *events, kt_error *err) KT_MUST_CHECK;

#endif
