/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "effects.h"

#include <math.h>
#include <string.h>

#define TOLERANCE   1e-13
#define ROUNDS_MOST 20000

typedef struct means {
    size_t count;
    const size_t *group; /* of each row */
    double *sum;
    size_t *rows;
} means;

static means means_of(size_t count, const size_t *group, size_t row_count, kt_arena *arena)
{
    means out = {.count = count,
                 .group = group,
                 .sum = kt_arena_array(arena, double, count),
                 .rows = kt_arena_array(arena, size_t, count)};
    for (size_t row = 0; row < row_count; row++) {
        out.rows[group[row]]++;
    }
    return out;
}

/* Takes the mean of each group out of its rows; the greatest one. */
static double take_out(const means *of, double *value, size_t row_count, size_t stride)
{
    double greatest = 0.0;
    memset(of->sum, 0, of->count * sizeof *of->sum);
    for (size_t row = 0; row < row_count; row++) {
        of->sum[of->group[row]] += value[row * stride];
    }
    for (size_t i = 0; i < of->count; i++) {
        of->sum[i] /= of->rows[i] > 0 ? (double)of->rows[i] : 1.0;
        greatest = fmax(greatest, fabs(of->sum[i]));
    }
    for (size_t row = 0; row < row_count; row++) {
        value[row * stride] -= of->sum[of->group[row]];
    }
    return greatest;
}

bool kt_effects_remove(const kt_effects *effects, double *value, size_t stride, kt_arena *arena)
{
    const size_t rows = effects->row_count;
    const means markets = means_of(effects->market_count, effects->market, rows, arena);
    double scale = 0.0;
    for (size_t row = 0; row < rows; row++) {
        scale = fmax(scale, fabs(value[row * stride]));
    }
    (void)take_out(&markets, value, rows, stride);
    if (effects->period == NULL) {
        /* a second time, for what rounding has left of a large mean */
        (void)take_out(&markets, value, rows, stride);
        return true;
    }
    const means periods = means_of(effects->period_count, effects->period, rows, arena);
    for (int round = 0; round < ROUNDS_MOST; round++) {
        const double period = take_out(&periods, value, rows, stride);
        const double market = take_out(&markets, value, rows, stride);
        if (fmax(period, market) <= TOLERANCE * scale) {
            return true;
        }
    }
    return false;
}

/* The group that stands for all that are joined to this one. */
static size_t root_of(size_t *joined, size_t group)
{
    while (joined[group] != group) {
        joined[group] = joined[joined[group]];
        group = joined[group];
    }
    return group;
}

size_t kt_effects_rank(const kt_effects *effects, kt_arena *arena)
{
    if (effects->period == NULL) {
        return effects->market_count;
    }
    const size_t groups = effects->market_count + effects->period_count;
    size_t *joined = kt_arena_array(arena, size_t, groups);
    for (size_t i = 0; i < groups; i++) {
        joined[i] = i;
    }
    size_t parts = groups;
    for (size_t row = 0; row < effects->row_count; row++) {
        const size_t market = root_of(joined, effects->market[row]);
        const size_t period = root_of(joined, effects->market_count + effects->period[row]);
        if (market != period) {
            joined[market] = period;
            parts--;
        }
    }
    return groups - parts;
}
