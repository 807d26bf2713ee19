/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_LOESS_H
#define KT_ANALYSIS_LOESS_H

#include <stdbool.h>
#include <stddef.h>

/**
 * Local regression (Cleveland 1979) of a series whose points stand at the positions 1, 2, ...,
 * count: at each position a constant or a line is fitted to the nearest points with tricube
 * weights. No figure may be NAN. Nothing is allocated.
 */
typedef struct kt_loess {
    size_t window; /* points that a fit uses; odd, at least 3, may exceed the count */
    int degree;    /* 0: a constant, 1: a line */
    size_t jump;   /* fits are made at every jump-th position and joined by lines; at least 1 */
} kt_loess;

typedef struct kt_loess_series {
    size_t count; /* at least 1 */
    const double *figure;
    const double *weight; /* of each point, beside that of its distance; NULL: all 1 */
    double *work;         /* count numbers to work in */
} kt_loess_series;

/** The points that a fit uses: positions first to last, both included. */
typedef struct kt_loess_span {
    size_t first, last;
} kt_loess_span;

/** The fit at a position, which may lie outside the span. False if all its points weigh nothing. */
bool kt_loess_at(const kt_loess_series *series, const kt_loess *how, kt_loess_span span,
                 double position, double *out);

/** The fit at every position; where the points around weigh nothing, the figure itself. */
void kt_loess_smooth(const kt_loess_series *series, const kt_loess *how, double *out);

#endif
