/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "stl.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "stl_spread.h"
#include "sum.h"

/* One decomposition under way; every array is as long as its comment says. */
typedef struct bench {
    const double *figure; /* count, as are all without a word */
    size_t count;
    const kt_stl_settings *how;
    kt_stl found;
    const double *weight; /* found.weight once there is one; NULL before: all 1 */
    double *plain;        /* the figures less trend, or less season */
    double *cycle;        /* count + 2 periods: the raw season, one year longer at either end */
    double *pass, *other; /* count + 2 periods, to filter in */
    double *level;        /* what the low-pass filter leaves of cycle */
    double *year;         /* the figures of one month over the years, */
    double *year_weight;  /* their weights */
    double *year_smooth;  /* and their fit, with a year more at either end: count / period + 3 */
    double *work;
} bench;

static bench bench_new(const double *figure, size_t count, const kt_stl_settings *how,
                       kt_arena *arena)
{
    const size_t longer = count + 2 * how->period, years = count / how->period + 3;
    return (bench){
        .figure = figure,
        .count = count,
        .how = how,
        .found = {.seasonal = kt_arena_array(arena, double, count),
                  .trend = kt_arena_array(arena, double, count),
                  .remainder = kt_arena_array(arena, double, count),
                  .weight = kt_arena_array(arena, double, count)},
        .plain = kt_arena_array(arena, double, count),
        .cycle = kt_arena_array(arena, double, longer),
        .pass = kt_arena_array(arena, double, longer),
        .other = kt_arena_array(arena, double, longer),
        .level = kt_arena_array(arena, double, count),
        .year = kt_arena_array(arena, double, years),
        .year_weight = kt_arena_array(arena, double, years),
        .year_smooth = kt_arena_array(arena, double, years),
        .work = kt_arena_array(arena, double, count),
    };
}

/* Fits the figures of one month over the years into year_smooth[1..years], and one year beyond
 * either end into year_smooth[0] and [years + 1]: there the nearest window's fit is drawn out. */
static void smooth_year(bench *at, size_t years)
{
    const kt_loess *how = &at->how->seasonal;
    const kt_loess_series series = {
        .count = years,
        .figure = at->year,
        .weight = at->weight == NULL ? NULL : at->year_weight,
        .work = at->work,
    };
    double *out = at->year_smooth;
    kt_loess_smooth(&series, how, &out[1]);
    const size_t width = how->window < years ? how->window : years;
    if (!kt_loess_at(&series, how, (kt_loess_span){1, width}, 0.0, &out[0])) {
        out[0] = out[1];
    }
    const kt_loess_span end = {years - width + 1, years};
    if (!kt_loess_at(&series, how, end, (double)(years + 1), &out[years + 1])) {
        out[years + 1] = out[years];
    }
}

/* Smooths plain month by month into cycle. */
static void smooth_months(bench *at)
{
    const size_t period = at->how->period;
    for (size_t month = 0; month < period; month++) {
        const size_t years = (at->count - month - 1) / period + 1;
        for (size_t i = 0; i < years; i++) {
            at->year[i] = at->plain[i * period + month];
            at->year_weight[i] = at->weight == NULL ? 1.0 : at->weight[i * period + month];
        }
        smooth_year(at, years);
        for (size_t i = 0; i < years + 2; i++) {
            at->cycle[i * period + month] = at->year_smooth[i];
        }
    }
}

/* The mean of every length figures in a row: count - length + 1 of them, whose count it returns. */
static size_t moving_mean(const double *figure, size_t count, size_t length, double *out)
{
    double sum = 0.0;
    for (size_t i = 0; i < length; i++) {
        sum += figure[i];
    }
    out[0] = sum / (double)length;
    for (size_t i = length; i < count; i++) {
        sum = sum - figure[i - length] + figure[i];
        out[i - length + 1] = sum / (double)length;
    }
    return count - length + 1;
}

/* The trend that is left in cycle: means over a year twice and over three months, then a fit. */
static void low_pass(bench *at)
{
    const size_t period = at->how->period;
    size_t count = moving_mean(at->cycle, at->count + 2 * period, period, at->pass);
    count = moving_mean(at->pass, count, period, at->other);
    count = moving_mean(at->other, count, 3, at->pass);
    assert(count == at->count);
    const kt_loess_series series = {.count = count, .figure = at->pass, .work = at->work};
    kt_loess_smooth(&series, &at->how->low_pass, at->level);
}

/* One round: the season of the figures less trend, then the trend of the figures less season. */
static void update(bench *at)
{
    for (size_t i = 0; i < at->count; i++) {
        at->plain[i] = at->figure[i] - at->found.trend[i];
    }
    smooth_months(at);
    low_pass(at);
    for (size_t i = 0; i < at->count; i++) {
        at->found.seasonal[i] = at->cycle[at->how->period + i] - at->level[i];
        at->plain[i] = at->figure[i] - at->found.seasonal[i];
    }
    const kt_loess_series series = {
        .count = at->count, .figure = at->plain, .weight = at->weight, .work = at->work};
    kt_loess_smooth(&series, &at->how->trend, at->found.trend);
}

/* Bisquare weights of the residuals r over six times their median:
 *     w = (1 - (r / 6 median|r|)^2)^2, 1 below a thousandth of that and 0 above .999 of it.
 * False if a residual is not finite. */
static bool weigh_residuals(bench *at)
{
    const size_t count = at->count;
    double *residual = at->plain;
    for (size_t i = 0; i < count; i++) {
        residual[i] = fabs(at->figure[i] - (at->found.trend[i] + at->found.seasonal[i]));
        if (!isfinite(residual[i])) {
            return false;
        }
    }
    memcpy(at->work, residual, count * sizeof *residual);
    const double limit = 3.0 * kt_stl_two_middles(at->work, count);
    for (size_t i = 0; i < count; i++) {
        double weight = residual[i] <= 0.001 * limit ? 1.0 : 0.0;
        if (weight == 0.0 && residual[i] <= 0.999 * limit) {
            const double part = residual[i] / limit;
            weight = (1.0 - part * part) * (1.0 - part * part);
        }
        at->found.weight[i] = weight;
    }
    at->weight = at->found.weight;
    return true;
}

/* One season for all years. */
static void average_season(const kt_stl_settings *how, size_t count, double *seasonal)
{
    for (size_t month = 0; month < how->period; month++) {
        kt_sum sum = {0};
        for (size_t i = month; i < count; i += how->period) {
            kt_sum_add(&sum, seasonal[i]);
        }
        const size_t years = (count - month - 1) / how->period + 1;
        for (size_t i = month; i < count; i += how->period) {
            seasonal[i] = kt_sum_value(sum) / (double)years;
        }
    }
}

kt_stl kt_stl_split(const double *figure, size_t count, const kt_stl_settings *how, kt_arena *arena)
{
    assert(how->period >= 2 && count > 2 * how->period && how->inner >= 1);
    bench at = bench_new(figure, count, how, arena);
    for (size_t i = 0; i < count; i++) {
        at.found.weight[i] = 1.0;
    }
    for (size_t outer = 0; outer <= how->outer; outer++) {
        if (outer > 0 && !weigh_residuals(&at)) {
            break;
        }
        for (size_t inner = 0; inner < how->inner; inner++) {
            update(&at);
        }
    }
    if (how->periodic) {
        average_season(how, count, at.found.seasonal);
    }
    for (size_t i = 0; i < count; i++) {
        at.found.remainder[i] = figure[i] - at.found.seasonal[i] - at.found.trend[i];
    }
    return at.found;
}
