/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BREAK_INTERVAL_H
#define KT_ANALYSIS_BREAK_INTERVAL_H

#include "segments.h"

/**
 * How well the date of a found break is known, and what changed at it (Bai 1997; Bai and Perron
 * 2003). Each segment has its own variance and its own distribution of x. Errors are taken to be
 * without autocorrelation, which makes intervals of autocorrelated series too short.
 */
typedef struct kt_break {
    size_t last;        /* the last observation before the break */
    double size;        /* the change of the mean; of lines, at the mean x of the two segments */
    double low, high;   /* the interval of `last` in whole observations: it may reach beyond the
                           series; NAN where there is none */
    const char *reason; /* why there is no interval; or NULL */
} kt_break;

/**
 * Fills out[0 .. breaks-1] for a segmentation of that many breaks that exists. The level lies
 * between 0 and 1. Ends are rounded outward, as strucchange does.
 */
void kt_break_intervals(const kt_observed *series, const kt_segmentation *found, size_t breaks,
                        double level, kt_break *out);

#endif
