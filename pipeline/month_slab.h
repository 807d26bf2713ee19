/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MONTH_SLAB_H
#define KT_PIPELINE_MONTH_SLAB_H

#include "analysis/market.h"
#include "analysis_job.h"
#include "core/arena.h"
#include "core/error.h"

/** One table in one period: their positions in the job. */
typedef struct kt_month_at {
    size_t period, table;
} kt_month_at;

/** It as the markets of it want it: rolled up, breaks marked, the sum of its
 * finest regions added. cube is NULL if the table does not have the period or a measure. */
kt_status kt_month_slab_open(const kt_analysis_job *job, kt_month_at at, kt_arena *arena,
                             kt_market_slab *out, kt_error *err) KT_MUST_CHECK;

/** The known part of every figure of it: zero in the place of all that is hidden. */
kt_status kt_month_slab_known(const kt_analysis_job *job, kt_month_at at, kt_arena *arena,
                              kt_market_slab *out, kt_error *err) KT_MUST_CHECK;

/**
 * The same with a plain figure in the place of every protected one: whatever a rule says that it
 * is. Figures that are hidden for another reason keep their points.
 */
kt_status kt_month_slab_set(const kt_analysis_job *job, kt_month_at at, double figure,
                            kt_arena *arena, kt_market_slab *out, kt_error *err) KT_MUST_CHECK;

/** The part of it before rolling up: sets the cells that are shown as the source's limits. */
void kt_month_set_protected(kt_cube *month, double figure);

#endif
