/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_RECONCILE_H
#define KT_TRANSFORM_RECONCILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/source.h"
#include "transform/classification.h"
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

typedef struct kt_checks {
    const kt_check *rows;
    size_t count;
} kt_checks;

/**
 * Sets the points of protected cells inside a source cube: what a margin leaves over after the
 * known cells, shared evenly by its protected cells and held inside the source's limits. The margin
 * of a row of occupations is the region's own total; of a region without occupations, and of
 * totals, it is the seutukunta or maakunta that regions says it belongs to (regions may be NULL:
 * then none is known). Where no margin is known the point is the middle. Intervals stay the
 * source's limits.
 */
kt_status kt_reconcile_points(kt_cube *cube, const kt_source *source,
                              const kt_classification *regions, kt_error *err) KT_MUST_CHECK;

/**
 * Runs every parts-and-totals check of a table over all periods. Failing checks are no error.
 *
 *     regions_within_country       per measure and level: the parts' lows, figures without a place
 *                                  included, are at most the country's high
 *     occupations_sum_to_total     per measure: the occupations of a region, unknown ones included,
 *                                  sum to its total; with hidden cells the interval holds it
 *     occupations_within_country   per measure: the occupations of the country are at most its
 * total
 *
 * A table without occupations has the first alone, one without all occupations in use can only be
 * held to "at most". measured is the largest excess, in the unit of the measure.
 */
kt_status kt_reconcile_checks(const kt_cube *cube, const kt_source *source, const kt_rollup *rollup,
                              kt_arena *arena, kt_checks *out, kt_error *err) KT_MUST_CHECK;

#endif
