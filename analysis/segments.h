/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SEGMENTS_H
#define KT_ANALYSIS_SEGMENTS_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/**
 * Where a series breaks: for each number of breaks the segments whose own means, or own lines on x,
 * leave the least sum of squared residuals over all (Bai and Perron 2003). Of segmentations that
 * are equally good the one with the earliest last break is taken.
 */

/** Figures in a row, without a gap. */
typedef struct kt_observed {
    size_t count;
    const double *y;
    const double *x; /* NULL: a mean in each segment; else a line on x */
} kt_observed;

/** The x of one observation; 0 where there is none. */
static inline double kt_observed_x(const kt_observed *series, size_t place)
{
    return series->x != NULL ? series->x[place] : 0.0;
}

/** True if residuals with that sum of squares are rounding beside values with the other one. */
static inline bool kt_ssr_is_rounding(double ssr, double square_of_y)
{
    return sqrt(ssr) <= 1e-13 * sqrt(square_of_y);
}

/** Coefficients of each segment: 1, with x 2. */
size_t kt_segments_coefficients(const kt_observed *series);

typedef struct kt_segmentation {
    double ssr;         /* NAN where no such segmentation exists */
    const size_t *last; /* the last observation before each break, rising */
} kt_segmentation;

/**
 * Fills out[0 .. max_breaks]. Segments have at least min_length observations, more than they have
 * coefficients; one in which x does not vary has no line and is not considered. O(count^2) time.
 */
void kt_segments_find(const kt_observed *series, size_t min_length, size_t max_breaks,
                      kt_arena *arena, kt_segmentation *out);

/** How good a number of breaks is for what it leaves: the least is the best. */
typedef struct kt_criteria {
    double bic, lwz;
} kt_criteria;

kt_criteria kt_segments_criteria(const kt_observed *series, double ssr, size_t breaks);

typedef enum kt_criterion { KT_BREAKS_BIC, KT_BREAKS_LWZ } kt_criterion;

/** Of found[0 .. max_breaks] the number of breaks with the least criterion, the fewest of equals;
 * where some leave no residual, the fewest of those. 0 if no segmentation exists. */
size_t kt_segments_best(const kt_observed *series, const kt_segmentation *found, size_t max_breaks,
                        kt_criterion criterion);

#endif
