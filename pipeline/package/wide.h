/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PACKAGE_WIDE_H
#define KT_PACKAGE_WIDE_H

#include <stdbool.h>
#include <stddef.h>

#include "package/parts.h"

/**
 * Rows of a published table of which each region has one: those of the newest period in which the
 * other columns have the wanted texts. Cells are as published.
 */
typedef struct kt_wide_where {
    const char *column, *text;
} kt_wide_where;

#define KT_WIDE_WHERES 4

typedef struct kt_wide_question {
    const char *table;
    const char *level, *code;            /* columns that name the region; level NULL: the code alone
                                            does */
    kt_wide_where where[KT_WIDE_WHERES]; /* up to the first without a column */
    const char *one_of;                  /* a column of which only one text is taken, that with the
                                            most rows; NULL: none */
    bool monthly;                        /* periods other than months do not count */
} kt_wide_question;

typedef struct kt_wide_row {
    const char *level; /* NULL where the question has none */
    const char *code;
    const char **cells; /* all of the row, by the schema's columns */
} kt_wide_row;

typedef struct kt_wide_rows {
    const kt_schema *schema; /* NULL: the run has no such table */
    kt_wide_row *rows;       /* in the order of the table */
    size_t count;
} kt_wide_rows;

/** Asks the newest file of the table. No rows are no failure. */
kt_status kt_wide_ask(const kt_package *package, const kt_wide_question *question,
                      kt_wide_rows *out, kt_error *err) KT_MUST_CHECK;

/** The row of that region, or NULL. */
const kt_wide_row *kt_wide_find(const kt_wide_rows *rows, const char *level, const char *code);

#endif
