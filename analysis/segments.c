/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "segments.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>

#include "growing.h"

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
    kt_growing segment = {0};
    for (size_t end = start + 1; end <= series->count; end++) {
        kt_growing_add(&segment, kt_observed_x(series, end - 1), series->y[end - 1]);
        const bool fits = series->x == NULL || kt_growing_has_line(&segment);
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

size_t kt_segments_coefficients(const kt_observed *series)
{
    return series->x != NULL ? 2 : 1;
}

/*
 * BIC = ln(SSR/T) + ln(T) k(q+1)/T                                              (Yao 1988)
 * LWZ = ln(SSR/(T - (k+1)q - k)) + k(q+1)/T 0.299 (ln T)^2.1        (Liu, Wu and Zidek 1997)
 *
 * with T observations and q coefficients in each segment.
 */
kt_criteria kt_segments_criteria(const kt_observed *series, double ssr, size_t breaks)
{
    const double count = (double)series->count, k = (double)breaks;
    const double q = (double)kt_segments_coefficients(series);
    const double penalty = k * (q + 1.0) / count;
    return (kt_criteria){
        .bic = log(ssr / count) + log(count) * penalty,
        .lwz = log(ssr / (count - (k + 1.0) * q - k)) + penalty * 0.299 * pow(log(count), 2.1),
    };
}

static double square_of_y(const kt_observed *series)
{
    double sum = 0.0;
    for (size_t i = 0; i < series->count; i++) {
        sum += series->y[i] * series->y[i];
    }
    return sum;
}

size_t kt_segments_best(const kt_observed *series, const kt_segmentation *found, size_t max_breaks,
                        kt_criterion criterion)
{
    const double squares = square_of_y(series);
    double least = INFINITY;
    size_t best = 0;
    for (size_t breaks = 0; breaks <= max_breaks; breaks++) {
        if (kt_ssr_is_rounding(found[breaks].ssr, squares)) {
            return breaks;
        }
        const kt_criteria of = kt_segments_criteria(series, found[breaks].ssr, breaks);
        const double value = criterion == KT_BREAKS_BIC ? of.bic : of.lwz;
        if (value < least) {
            least = value;
            best = breaks;
        }
    }
    return best;
}
