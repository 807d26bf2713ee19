/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_RANGE_CHECKS_H
#define KT_PIPELINE_RANGE_CHECKS_H

#include <stddef.h>

#include "analysis_job.h"
#include "core/error.h"

/** By how much the range of one market could be too wide at most. */
typedef struct kt_range_check {
    const char *market;
    double measured; /* the larger of both ends: from the certified one to one that is reached */
} kt_range_check;

/** A range with more than this to spare is told: a tenth of what hidden cells of four-digit
 * occupations make of it. */
#define KT_RANGE_SPARE 0.003

/**
 * Mismatch at 1/2 in each table's newest period, of the country's markets that hold protected
 * cells: fillings are sought near the certified ends. Such a search costs some ten times the range
 * itself, so it is made from the market with the fewest cells on until the night's share is spent.
 */
kt_status kt_range_checks_make(const kt_analysis_job *job, kt_range_check **out, size_t *count,
                               kt_error *err) KT_MUST_CHECK;

#endif
