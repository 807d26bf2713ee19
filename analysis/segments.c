/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "segments.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

/* x varies in a segment if its part beside the constant is longer than this share of it: the rank
 * that kt_regression_fit finds. */
#define VARIES 1e-7

/* The fit of one segment while observations are added to it. */
typedef struct growing {
    double count, mean_x, mean_y;
    double xx, xy;      /* sums of squares and products about the means */
    double square_of_x; /* sum of x^2 */
    double ssr;
} growing;

/*
 * One more observation adds the square of its recursive residual to the sum of squared residuals
 * (Brown, Durbin and Evans 1975): with n observations so far,
 *
 *     e = (y - mean y) - b (x - mean x),  f = 1 + 1/n + (x - mean x)^2 / xx,  ssr += e^2 / f.
 *
 * Only sums of squares are added, so nothing cancels. The first x that differs from those before
 * gives the line its slope and leaves no residual.
 */
static double new_square(const growing *at, double dx, double dy)
{
    const double mean_part = 1.0 + 1.0 / at->count;
    if (at->xx == 0.0) {
        return dx == 0.0 ? dy * dy / mean_part : 0.0;
    }
    const double apart = dy - at->xy / at->xx * dx;
    return apart * apart / (mean_part + dx * dx / at->xx);
}

static void grow(growing *at, double x, double y)
{
    if (at->count == 0.0) {
        *at = (growing){.count = 1.0, .mean_x = x, .mean_y = y, .square_of_x = x * x};
        return;
    }
    const double dx = x - at->mean_x, dy = y - at->mean_y;
    at->ssr += new_square(at, dx, dy);
    const double share = at->count / (at->count + 1.0);
    at->count += 1.0;
    at->mean_x += dx / at->count;
    at->mean_y += dy / at->count;
    at->xx += share * dx * dx;
    at->xy += share * dx * dy;
    at->square_of_x += x * x;
}

static bool has_line(const growing *at)
{
    return sqrt(at->xx) > VARIES * sqrt(at->square_of_x);
}

/* best[breaks * ends + end]: least sum of squares of the first `end` observations with that many
 * breaks; from[] is where its last segment starts. */
typedef struct table {
    size_t ends, breaks_most;
    double *best;
    size_t *from;
} table;

/* Ends the segment [start, end) after every segmentation of what is before it. */
static void relax(table *of, size_t start, size_t end, double ssr)
{
    if (start == 0) {
        of->best[end] = ssr;
        return;
    }
    for (size_t breaks = 1; breaks <= of->breaks_most; breaks++) {
        const double sum = of->best[(breaks - 1) * of->ends + start] + ssr;
        const size_t place = breaks * of->ends + end;
        if (sum < of->best[place]) {
            of->best[place] = sum;
            of->from[place] = start;
        }
    }
}

/* All segments that begin at start. */
static void fill_from(table *of, const kt_observed *series, size_t start, size_t min_length)
{
    growing segment = {0};
    for (size_t end = start + 1; end <= series->count; end++) {
        grow(&segment, series->x != NULL ? series->x[end - 1] : 0.0, series->y[end - 1]);
        const bool fits = series->x == NULL || has_line(&segment);
        if (fits && end - start >= min_length) {
            relax(of, start, end, segment.ssr);
        }
    }
}

static kt_segmentation trace(const table *of, size_t breaks, kt_arena *arena)
{
    size_t end = of->ends - 1;
    const double ssr = of->best[breaks * of->ends + end];
    if (isinf(ssr)) {
        return (kt_segmentation){.ssr = NAN};
    }
    size_t *last = kt_arena_array(arena, size_t, breaks);
    for (size_t left = breaks; left > 0; left--) {
        end = of->from[left * of->ends + end];
        last[left - 1] = end - 1;
    }
    return (kt_segmentation){.ssr = ssr, .last = last};
}

void kt_segments_find(const kt_observed *series, size_t min_length, size_t max_breaks,
                      kt_arena *arena, kt_segmentation *out)
{
    assert(min_length > (series->x != NULL ? 2U : 1U));
    table of = {.ends = series->count + 1, .breaks_most = max_breaks};
    const size_t places = of.ends * (max_breaks + 1);
    of.best = kt_arena_array(arena, double, places);
    of.from = kt_arena_array(arena, size_t, places);
    for (size_t i = 0; i < places; i++) {
        of.best[i] = INFINITY;
    }
    /* by rising start: all that end where one starts have been seen before it */
    for (size_t start = 0; start + min_length <= series->count; start++) {
        fill_from(&of, series, start, min_length);
    }
    for (size_t breaks = 0; breaks <= max_breaks; breaks++) {
        out[breaks] = trace(&of, breaks, arena);
    }
}
