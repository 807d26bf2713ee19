/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_YEAR_FILES_H
#define KT_PIPELINE_YEAR_FILES_H

#include <stddef.h>

#include "analysis_job.h"
#include "core/hash.h"
#include "core/period.h"
#include "publish/contract.h"
#include "publish/table.h"

/**
 * A table of the findings as a file a year. The three functions are called from several threads at
 * once, each with a hasher or rows of its own; what the context holds must not change meanwhile.
 */
typedef struct kt_year_table {
    const kt_schema *schema;
    const kt_period *periods; /* in the order of the rows */
    size_t period_count;
    const void *context; /* of the functions */
    /** What all rows are made from beside the program and the configuration. */
    void (*hash_common)(const void *context, kt_hasher *hasher);
    /** What the rows of that period are made from beside it. */
    void (*hash_period)(const void *context, size_t period, kt_hasher *hasher);
    kt_status (*add_rows)(const void *context, size_t period, kt_rows *rows, kt_error *err);
} kt_year_table;

/**
 * Writes the folder of the table and a file for each year from the first to the last, years in
 * parallel. A year that would be made from the same as in the earlier findings is kept; one without
 * rows has no file.
 */
kt_status kt_year_files(kt_analysis_job *job, const kt_year_table *table,
                        kt_error *err) KT_MUST_CHECK;

#endif
