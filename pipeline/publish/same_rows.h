/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_SAME_ROWS_H
#define KT_PUBLISH_SAME_ROWS_H

#include <stdbool.h>

#include "publish/earlier.h"
#include "publish/table.h"

/**
 * Rows at the beginning of a year's file that are, byte for byte, those of the earlier run, which
 * its check has seen; csv-fi begins with the same rows too, or with none of them.
 */
typedef struct kt_same_rows {
    const char *csv;           /* the path of the file below the run */
    kt_row_mark in_csv, in_fi; /* behind them; no rows: there are none */
} kt_same_rows;

/** A year's file that is about to be published: its paths below the run, and where it is now. */
typedef struct kt_new_rows {
    const char *csv, *fi;
    const char *finding;
} kt_new_rows;

/**
 * What the finding shares with the earlier run, whose two files are read and hashed for it, where
 * csv-fi has all rows: a month that is added leaves the months before it as they are. The last
 * common row is left out, so that whoever goes on reads it again and sees that the next one
 * follows.
 */
kt_same_rows kt_same_rows_find(const kt_earlier *earlier, const kt_new_rows *made, kt_arena *arena);

/** A canonical file's rows before its first row of that month or a later one: what csv-fi leaves
 * out. No rows if there are none, or if periods do not stand first. */
kt_row_mark kt_rows_before(const char *path, const kt_schema *schema, int first_month);

/** The path's entry; NULL if there is none. */
const kt_same_rows *kt_same_rows_of(const kt_same_rows *list, size_t count, const char *csv);

#endif
