/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_ROWS_H
#define KT_PIPELINE_MEASURE_ROWS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "analysis/measure.h"
#include "core/arena.h"
#include "core/error.h"

/**
 * A CSV of the user's own, gathered for a measure: rows merged into cells (group, keys) as the
 * measure says, in memory that grows with the cells and not with the rows. Groups and
 * cells stand in the order of their first row, so that sums come out to the last bit as they would
 * from the rows in their order.
 */
typedef struct kt_measure_rows kt_measure_rows;

/** A CSV with a header, and the columns of it that make the groups. */
typedef struct kt_measure_input {
    FILE *file;
    const char *name; /* for messages */
    /** NULL means time_period where there is such a column and the measure does not take it. */
    const char *const *by;
    size_t by_count;
} kt_measure_input;

/**
 * Reads it. KT_ERR_DATA or KT_ERR_FORMAT with row and column. *out is set even then; it is released
 * with kt_measure_rows_free.
 */
kt_status kt_measure_rows_read(const kt_measure_input *input, const kt_measure *measure,
                               kt_arena *arena, kt_measure_rows **out, kt_error *err) KT_MUST_CHECK;

/** True if the measure has an input of that name. */
bool kt_measure_takes(const kt_measure *measure, const char *name);

void kt_measure_rows_free(kt_measure_rows *rows);

/** The columns that make the groups. */
size_t kt_measure_rows_by(const kt_measure_rows *rows, const char *const **names);

size_t kt_measure_rows_groups(const kt_measure_rows *rows);

/** Rows that were added to the cell of an earlier one. */
size_t kt_measure_rows_merged(const kt_measure_rows *rows);

/** The value of a group in its column number `at`, in the arena. */
char *kt_measure_rows_value(const kt_measure_rows *rows, size_t group, size_t at, kt_arena *arena);

/** The cells of a group: its keys are in the arena, its figures in the rows. */
const kt_group *kt_measure_rows_group(const kt_measure_rows *rows, size_t group,
                                      const kt_weights *weights, kt_arena *arena);

static inline void kt_auto_measure_rows(kt_measure_rows **rows)
{
    kt_measure_rows_free(*rows);
}

#endif
