/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MARKED_H
#define KT_PIPELINE_MARKED_H

#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "core/source.h"
#include "pipeline/breaks.h"
#include "transform/rollup.h"

/**
 * A period of a table as everything that is published starts from it: rolled up, sums of mostly
 * hidden figures without a value (transform/assess.h), then figures on a new basis marked. So a
 * figure has one status in every table that shows it, and `why` finds the same.
 */
typedef struct kt_marked_table {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
    const kt_breaks *breaks;      /* may be NULL */
    double protected_share_limit; /* of sums that have a value; 0, 1: none */
} kt_marked_table;

kt_status kt_marked_period(const kt_marked_table *table, size_t period, kt_arena *arena,
                           kt_cube **out, kt_error *err) KT_MUST_CHECK;

/** The period with its known parts, for those who make sums of its figures. */
typedef struct kt_marked_month {
    const kt_source *source;
    const kt_rollup *rollup;
    kt_cube *slab;
    kt_cube *known; /* of its figures; NULL where sums have no limit */
    double protected_share_limit;
} kt_marked_month;

kt_status kt_marked_month_open(const kt_marked_table *table, size_t period, kt_arena *arena,
                               kt_marked_month *out, kt_error *err) KT_MUST_CHECK;

#endif
