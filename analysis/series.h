/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SERIES_H
#define KT_ANALYSIS_SERIES_H

#include "analysis/measure.h"
#include "core/period.h"

/** The rows of a group in time. */
typedef struct kt_series {
    size_t count;
    const size_t *row; /* of the group, the earliest first */
    const kt_period *period;
    size_t gap; /* the first place that does not follow on the one before; count: none */
} kt_series;

/** The rows of a group by its period input, which kt_measure_run has read. Fails with KT_ERR_DATA
 * if two rows have one period. */
kt_status kt_series_read(const kt_measure *measure, const kt_group *group, size_t period_input,
                         kt_arena *arena, kt_series *out, kt_error *err) KT_MUST_CHECK;

/** The part of a series that has figures throughout: without the empty ends. */
typedef struct kt_stretch {
    size_t first, count;
    const double *value;
    const char *reason; /* why it is no series to compute with: a gap, a hole; or NULL */
} kt_stretch;

kt_stretch kt_stretch_of(const kt_series *series, const kt_group *group, size_t period_input,
                         size_t value_input, kt_arena *arena);

/** Why a row of the series has no result: the stretch's reason, that it lies outside; or NULL. */
static inline const char *kt_stretch_reason(const kt_stretch *stretch, const char *reason,
                                            size_t row)
{
    const bool inside = row >= stretch->first && row - stretch->first < stretch->count;
    return reason != NULL || inside ? reason : "no figure";
}

#endif
