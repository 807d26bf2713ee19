/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SEGMENTS_H
#define KT_ANALYSIS_SEGMENTS_H

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

#endif
