/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_TIMELINE_H
#define KT_ANALYSIS_TIMELINE_H

#include <stddef.h>

#include "analysis/measure.h"
#include "core/period.h"

/** The rows of a group in time, from the first to the last that has all its figures. */
typedef struct kt_timeline {
    size_t count;
    const size_t *row; /* of the group */
    const kt_period *period;
    size_t trimmed; /* rows before and after them that lack a figure */
} kt_timeline;

/** Fails as kt_series_read does. */
kt_status kt_timeline_read(const kt_measure *measure, const kt_group *group, size_t period_input,
                           kt_arena *arena, kt_timeline *out, kt_error *err) KT_MUST_CHECK;

/** Why the periods from .. to are not an unbroken series: the first one without a figure; or NULL.
 */
const char *kt_timeline_gap(const kt_timeline *timeline, const kt_group *group, kt_period from,
                            kt_period to, kt_arena *arena);

/** What is known of the rows left out at the ends; NULL where there are none. */
const char *kt_timeline_note(const kt_timeline *timeline, kt_arena *arena);

/** The period at a place as the contract writes it. */
const char *kt_timeline_text(const kt_timeline *timeline, size_t place, kt_arena *arena);

#endif
