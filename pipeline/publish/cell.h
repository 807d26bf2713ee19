/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_CELL_H
#define KT_PUBLISH_CELL_H

#include <stdbool.h>
#include <stddef.h>

#include "publish/contract.h"

/**
 * What a single cell of a table may hold: asked by the writer before a cell leaves, and by the
 * checker after it came back. A fault is a few words that finish the line "row 17, column
 * vacancies: ...".
 */
typedef struct kt_cell_look {
    const char *fault; /* a control character or invalid UTF-8; NULL if neither */
    bool quote;        /* holds the separator or a quote */
} kt_cell_look;

/** Looks at the bytes alone. */
kt_cell_look kt_cell_look_at(const char *text, size_t length);

/** NULL if the number may stand in the column: finite, within its limits, whole where it must be.
 */
const char *kt_number_check(const kt_column *column, double number);

/**
 * NULL if the text may stand in the column. An empty text always may: whether it may be missing is
 * a question for the row. number (may be NULL) becomes the cell's number, NAN where it is none.
 */
const char *kt_cell_check(const kt_column *column, const char *text, size_t length, double *number);

#endif
