/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ASSESS_CHECKS_H
#define KT_PIPELINE_ASSESS_CHECKS_H

#include "analysis_job.h"
#include "publish/table.h"

/**
 * Rows of `checks` that say how much of the newest period's sums is hidden figures, held against
 * the configuration's limit: a row for the regions and occupations of two levels, as they stand in
 * `observations`, with the largest share as measured and how many figures have no value for it. No
 * row where nothing of them is hidden, or where there is no limit.
 */
kt_status kt_assess_checks(const kt_analysis_job *job, size_t source, kt_rows *rows,
                           kt_error *err) KT_MUST_CHECK;

/** The same of the country's markets. */
kt_status kt_assess_market_checks(const kt_analysis_job *job, kt_rows *rows,
                                  kt_error *err) KT_MUST_CHECK;

#endif
