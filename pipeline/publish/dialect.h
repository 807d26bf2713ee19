/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_DIALECT_H
#define KT_PUBLISH_DIALECT_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"
#include "core/text.h"
#include "publish/contract.h"
#include "publish/table.h"

/**
 * csv-fi: the canonical rows as a Finnish Excel reads them. Byte order mark, semicolons, CR LF, a
 * decimal comma in the columns of numbers, an apostrophe before a text that a spreadsheet would
 * take for a formula, and the newest months only.
 */
#define KT_ALL_MONTHS INT_MIN /* nothing is too old */

/** The month that the period ends in, counted from the year 0; false if the text is no period. */
bool kt_month_of_period(const char *period, int *month);

/**
 * The first month of csv-fi for a table whose newest file this is: months - 1 before its newest
 * one. KT_ALL_MONTHS for a table without periods, and for one without rows.
 */
kt_status kt_finnish_first_month(const char *newest_file, const kt_schema *schema, unsigned months,
                                 int *out, kt_error *err) KT_MUST_CHECK;

/** What the canonical cell is in csv-fi, without quotes; appended to out. */
void kt_finnish_cell(const kt_column *column, const char *cell, kt_text *out);

/** What csv-fi is made from. */
typedef struct kt_finnish_source {
    const char *canonical; /* a file */
    const kt_schema *schema;
    int first_month;  /* earlier ones are left out */
    kt_row_mark from; /* of the canonical file: rows before it are left out too */
} kt_finnish_source;

/**
 * Appends the csv-fi rows of a canonical file, and before them, if out is empty, what such a file
 * begins with; rows: how many they are. A file that passes out's limit ends the program.
 */
kt_status kt_finnish_make(const kt_finnish_source *source, kt_text *out, size_t *rows,
                          kt_error *err) KT_MUST_CHECK;

#endif
