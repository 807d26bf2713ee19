/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "loess.h"

#include <math.h>

/*
 * Sums are plain and in the order of positions: the reference is R's stl, and robustness weights
 * would turn a difference in the last digit of a residual into one that can be seen.
 */

static double cube(double x)
{
    return x * x * x;
}

/* Weights of the points of span into series->work; their sum. A point nearer than a thousandth of
 * the bandwidth weighs 1, one at its last thousandth nothing. */
static double weigh(const kt_loess_series *series, kt_loess_span span, double position,
                    double bandwidth)
{
    double sum = 0.0;
    for (size_t at = span.first; at <= span.last; at++) {
        const double distance = fabs((double)at - position);
        double weight = 0.0;
        if (distance <= 0.999 * bandwidth) {
            weight = distance <= 0.001 * bandwidth ? 1.0 : cube(1.0 - cube(distance / bandwidth));
            weight *= series->weight == NULL ? 1.0 : series->weight[at - 1];
        }
        series->work[at - 1] = weight;
        sum += weight;
    }
    return sum;
}

/* Turns weights of a mean into those of the line's height at position. Points that lie so close
 * together that they have no slope keep their mean. */
static void tilt(const kt_loess_series *series, kt_loess_span span, double position)
{
    double mean = 0.0;
    for (size_t at = span.first; at <= span.last; at++) {
        mean += series->work[at - 1] * (double)at;
    }
    double variance = 0.0;
    for (size_t at = span.first; at <= span.last; at++) {
        const double apart = (double)at - mean;
        variance += series->work[at - 1] * (apart * apart);
    }
    if (sqrt(variance) <= 0.001 * ((double)series->count - 1.0)) {
        return;
    }
    const double slope = (position - mean) / variance;
    for (size_t at = span.first; at <= span.last; at++) {
        series->work[at - 1] *= slope * ((double)at - mean) + 1.0;
    }
}

bool kt_loess_at(const kt_loess_series *series, const kt_loess *how, kt_loess_span span,
                 double position, double *out)
{
    double bandwidth = fmax(position - (double)span.first, (double)span.last - position);
    if (how->window > series->count) {
        const size_t half = (how->window - series->count) / 2; /* rounded down, as in netlib */
        bandwidth += (double)half;
    }
    const double sum = weigh(series, span, position, bandwidth);
    if (!(sum > 0.0)) {
        return false;
    }
    for (size_t at = span.first; at <= span.last; at++) {
        series->work[at - 1] /= sum;
    }
    if (bandwidth > 0.0 && how->degree > 0) {
        tilt(series, span, position);
    }
    double height = 0.0;
    for (size_t at = span.first; at <= span.last; at++) {
        height += series->work[at - 1] * series->figure[at - 1];
    }
    *out = height;
    return true;
}

/* As many points as the window has, with position in their middle where the series allows it. */
static kt_loess_span span_around(size_t position, size_t window, size_t count)
{
    if (window >= count) {
        return (kt_loess_span){1, count};
    }
    const size_t half = (window + 1) / 2;
    size_t first = position > half ? position - half + 1 : 1;
    first = first > count - window + 1 ? count - window + 1 : first;
    return (kt_loess_span){first, first + window - 1};
}

static void fit(const kt_loess_series *series, const kt_loess *how, kt_loess_span span,
                size_t position, double *out)
{
    if (!kt_loess_at(series, how, span, (double)position, &out[position - 1])) {
        out[position - 1] = series->figure[position - 1];
    }
}

/* The line between two positions that are fitted. */
static void join(double *out, size_t from, size_t to)
{
    const double step = (out[to - 1] - out[from - 1]) / (double)(to - from);
    for (size_t at = from + 1; at < to; at++) {
        out[at - 1] = out[from - 1] + step * (double)(at - from);
    }
}

void kt_loess_smooth(const kt_loess_series *series, const kt_loess *how, double *out)
{
    const size_t count = series->count;
    if (count < 2) {
        out[0] = series->figure[0];
        return;
    }
    const size_t jump = how->jump < count ? how->jump : count - 1;
    kt_loess_span span = {1, count};
    size_t last = 1;
    for (size_t at = 1; at <= count; at += jump) {
        span = span_around(at, how->window, count);
        fit(series, how, span, at, out);
        if (at > 1) {
            join(out, last, at);
        }
        last = at;
    }
    if (last < count) { /* netlib's stl: the end is fitted to the points of the last jump */
        fit(series, how, span, count, out);
        join(out, last, count);
    }
}
