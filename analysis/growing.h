/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_GROWING_H
#define KT_ANALYSIS_GROWING_H

#include <math.h>
#include <stdbool.h>

/**
 * The least squares line of a stretch, or its mean, while observations are added to it. Where x
 * plays no part it is always 0. Starts from {0}.
 */
typedef struct kt_growing {
    double count, mean_x, mean_y;
    double xx, xy;      /* sums of squares and products about the means */
    double square_of_x; /* sum of x^2 */
    double ssr;         /* sum of squared residuals */
} kt_growing;

/* x varies in a stretch if its part beside the constant is longer than this share of it: the rank
 * that kt_regression_fit finds. */
#define KT_GROWING_VARIES 1e-7

static inline bool kt_growing_has_line(const kt_growing *at)
{
    return sqrt(at->xx) > KT_GROWING_VARIES * sqrt(at->square_of_x);
}

/** What an observation that is not yet in the stretch is apart from it, and the variance of that
 * in variances of one observation. No variance: the observation says nothing of the fit so far. */
typedef struct kt_apart {
    double error, variance;
} kt_apart;

/*
 * Brown, Durbin and Evans (1975), with n observations so far:
 *
 *     e = (y - mean y) - b (x - mean x),  f = 1 + 1/n + (x - mean x)^2 / xx.
 *
 * The first observation, and the first x that differs from those before, only give the fit its
 * level and its slope.
 */
static inline kt_apart kt_growing_apart(const kt_growing *at, double x, double y)
{
    const double dx = x - at->mean_x, dy = y - at->mean_y;
    if (at->count == 0.0 || (at->xx == 0.0 && dx != 0.0)) {
        return (kt_apart){0};
    }
    const double of_mean = 1.0 + 1.0 / at->count;
    if (at->xx == 0.0) {
        return (kt_apart){dy, of_mean};
    }
    return (kt_apart){dy - at->xy / at->xx * dx, of_mean + dx * dx / at->xx};
}

/** One more observation adds the square e^2 / f: only squares are added, so nothing cancels. */
static inline void kt_growing_add(kt_growing *at, double x, double y)
{
    const kt_apart apart = kt_growing_apart(at, x, y);
    if (apart.variance > 0.0) {
        at->ssr += apart.error * apart.error / apart.variance;
    }
    const double dx = x - at->mean_x, dy = y - at->mean_y;
    const double share = at->count / (at->count + 1.0);
    at->count += 1.0;
    at->mean_x += dx / at->count;
    at->mean_y += dy / at->count;
    at->xx += share * dx * dx;
    at->xy += share * dx * dy;
    at->square_of_x += x * x;
}

/** The level of the fit at x. */
static inline double kt_growing_level(const kt_growing *at, double x)
{
    return at->xx == 0.0 ? at->mean_y : at->mean_y + at->xy / at->xx * (x - at->mean_x);
}

#endif
