/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "break_interval.h"

#include <assert.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_erf.h>
#include <math.h>
#include <stdbool.h>

#include "growing.h"

#define FARTHEST 1e12 /* no quantile is looked for beyond it */

/* ln of the standard normal distribution function at -z; it never underflows. */
static double log_normal_below(double z)
{
    return gsl_sf_log_erfc(z * M_SQRT1_2) - M_LN2;
}

/* One side of the limiting distribution of a break's date. */
typedef struct side {
    double a, b, c, d, rate;
} side;

/*
 * Bai (1997), appendix B: the probability that the place of the maximum lies farther than x on the
 * one side,
 *
 *     H(x) = - sqrt(r x / 2 pi) exp(-r x / 8) - c exp(a x) N(-b sqrt x)
 *            + (d - 2 + r x / 2) N(-sqrt(r x) / 2).
 */
static double beyond(const side *of, double x)
{
    const double scaled = of->rate * x;
    return -sqrt(scaled / (2.0 * M_PI)) * exp(-scaled / 8.0) -
           of->c * exp(of->a * x + log_normal_below(of->b * sqrt(x))) +
           (of->d - 2.0 + scaled / 2.0) * exp(log_normal_below(sqrt(scaled) / 2.0));
}

/* xi: how much more the change shows in x after the break than before; phi: that, times the ratio
 * of the variances. */
static side side_before(double xi, double phi)
{
    const double ratio = xi / phi;
    return (side){
        .a = ratio * (1.0 + ratio) / 2.0,
        .b = 0.5 + ratio,
        .c = phi * (phi + 2.0 * xi) / (xi * (phi + xi)),
        .d = (phi + 2.0 * xi) * (phi + 2.0 * xi) / ((phi + xi) * xi),
        .rate = 1.0,
    };
}

static side side_after(double xi, double phi)
{
    return (side){
        .a = (phi + xi) / 2.0,
        .b = (phi + xi / 2.0) / sqrt(phi),
        .c = xi * (2.0 * phi + xi) / (phi * (phi + xi)),
        .d = (2.0 * phi + xi) * (2.0 * phi + xi) / ((phi + xi) * phi),
        .rate = xi * xi / phi,
    };
}

/* The x beyond which the tail has that probability; NAN if even x = 0 has not, or none is found. */
static double quantile(const side *of, double tail)
{
    double near = 0.0, far = 1.0;
    if (!(beyond(of, 0.0) >= tail)) {
        return NAN;
    }
    while (beyond(of, far) > tail) {
        near = far;
        far *= 2.0;
        if (far > FARTHEST) {
            return NAN;
        }
    }
    for (;;) {
        const double middle = near + (far - near) / 2.0;
        if (middle <= near || middle >= far) {
            return far;
        }
        if (beyond(of, middle) > tail) {
            near = middle;
        } else {
            far = middle;
        }
    }
}

/* Observations [first, end) with their fit. */
typedef struct segment {
    size_t first, end;
    kt_growing fit;
} segment;

static segment fit_segment(const kt_observed *series, size_t first, size_t end)
{
    segment of = {.first = first, .end = end};
    for (size_t i = first; i < end; i++) {
        kt_growing_add(&of.fit, kt_observed_x(series, i), series->y[i]);
    }
    return of;
}

/* Mean square of what changed, over the x of one segment: delta' Q delta. */
static double change_over(const kt_observed *series, const segment *over, const kt_growing *before,
                          const kt_growing *after)
{
    double sum = 0.0;
    for (size_t i = over->first; i < over->end; i++) {
        const double x = kt_observed_x(series, i);
        const double change = kt_growing_level(after, x) - kt_growing_level(before, x);
        sum += change * change;
    }
    return sum / (double)(over->end - over->first);
}

static kt_break interval_of(const kt_observed *series, const segment *before, const segment *after,
                            double tail)
{
    const kt_growing *one = &before->fit, *other = &after->fit;
    const double mean_x =
        (one->count * one->mean_x + other->count * other->mean_x) / (one->count + other->count);
    kt_break out = {
        .last = before->end - 1,
        .size = kt_growing_level(other, mean_x) - kt_growing_level(one, mean_x),
        .low = NAN,
        .high = NAN,
    };
    const double change_before = change_over(series, before, one, other);
    if (change_before == 0.0) {
        out.reason = "nothing changes at the break";
        return out;
    }
    const double xi = change_over(series, after, one, other) / change_before;
    const double variance = one->ssr / one->count;
    const double phi = xi * (other->ssr / other->count) / variance;
    if (!(phi > 0.0) || isinf(phi)) {
        out.reason = "no residual is left in a segment beside the break";
        return out;
    }
    const side early = side_before(xi, phi), late = side_after(xi, phi);
    const double scale = variance / change_before;
    const double down = quantile(&late, tail) * scale, up = quantile(&early, tail) * scale;
    if (isnan(down) || isnan(up)) {
        out.reason = "the segments beside the break are too unlike: the limiting distribution lies "
                     "on one side";
        return out;
    }
    out.low = (double)out.last - ceil(down);
    out.high = (double)out.last + ceil(up);
    return out;
}

void kt_break_intervals(const kt_observed *series, const kt_segmentation *found, size_t breaks,
                        double level, kt_break *out)
{
    assert(level > 0.0 && level < 1.0 && !isnan(found->ssr));
    const double tail = (1.0 - level) / 2.0;
    size_t first = 0;
    segment before = {0};
    for (size_t i = 0; i <= breaks; i++) {
        const size_t end = i < breaks ? found->last[i] + 1 : series->count;
        const segment after = fit_segment(series, first, end);
        if (i > 0) {
            out[i - 1] = interval_of(series, &before, &after, tail);
        }
        before = after;
        first = end;
    }
}
