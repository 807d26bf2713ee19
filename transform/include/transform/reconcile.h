/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_RECONCILE_H
#define KT_TRANSFORM_RECONCILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/source.h"
#include "transform/rollup.h"

/**
 * Holds parts against totals and gives every protected cell its point and interval. Country is at
 * least the sum of its parts, never assumed equal; occupations of a region, unknown ones included,
 * sum to the region's own total. With protected members the sum is an interval that must hold the
 * total.
 */

/** One kind of check over one table: a row of the published `checks`. */
typedef struct kt_check {
    const char *name;     /* "regions_within_country", "occupations_sum_to_total" ... */
    const char *subject;  /* "12r5 vacancies maakunta" */
    const char *severity; /* "hold" or "note" */
    bool passed;
    double measured, threshold; /* NAN where it does not apply */
    size_t cells_checked, cells_failed;
    const char *examples; /* up to three coordinates, "; " between them; "" if none */
} kt_check;

/**
 * Sets the points of protected cells inside a source cube: what a region's total leaves over,
 * shared evenly by its protected cells and held inside the source's limits; the middle of the
 * limits where no total is known. Their intervals stay the source's limits.
 */
kt_status kt_reconcile_points(kt_cube *cube, const kt_source *source, kt_error *err) KT_MUST_CHECK;

/** Runs every parts-and-totals check of a table over all periods. Failing checks are no error. */
kt_status kt_reconcile_checks(const kt_cube *cube, const kt_source *source, const kt_rollup *rollup,
                              kt_arena *arena, kt_check **out, size_t *count,
                              kt_error *err) KT_MUST_CHECK;

#endif
