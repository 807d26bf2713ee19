/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "effects.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"

#define TOLERANCE   1e-13
#define ROUNDS_MOST 20000

/* One grouping, and the effects found of it so far. */
typedef struct means {
    size_t count;
    const uint32_t *group; /* of each row */
    double *effect;
    double *sum;
    uint32_t *rows;
} means;

typedef struct search {
    const kt_effects *effects;
    const kt_effects_column *column;
    const kt_effects_found *found;
} search;

static void count_rows(means *of, size_t row_count, kt_arena *arena)
{
    of->sum = kt_arena_array(arena, double, of->count);
    of->rows = kt_arena_array(arena, uint32_t, of->count);
    for (size_t row = 0; row < row_count; row++) {
        of->rows[of->group[row]]++;
    }
}

/* Moves the mean that each group has left into its effect; the greatest one. */
static double move_means(const search *of, const means *to)
{
    double greatest = 0.0;
    memset(to->sum, 0, to->count * sizeof *to->sum);
    for (size_t row = 0; row < of->effects->row_count; row++) {
        to->sum[to->group[row]] +=
            of->column->value(of->column->of, row) - kt_effects_at(of->effects, of->found, row);
    }
    for (size_t i = 0; i < to->count; i++) {
        const double mean = to->sum[i] / (to->rows[i] > 0 ? (double)to->rows[i] : 1.0);
        greatest = fmax(greatest, fabs(mean));
        to->effect[i] += mean;
    }
    return greatest;
}

static double greatest_of(const search *of)
{
    double greatest = 0.0;
    for (size_t row = 0; row < of->effects->row_count; row++) {
        greatest = fmax(greatest, fabs(of->column->value(of->column->of, row)));
    }
    return greatest;
}

bool kt_effects_find(const kt_effects *effects, const kt_effects_column *column, kt_arena *arena,
                     kt_effects_found *out)
{
    *out = (kt_effects_found){kt_arena_array(arena, double, effects->market_count),
                              kt_arena_array(arena, double, effects->period_count)};
    KT_AUTO(arena) kt_arena *own = kt_arena_open("the effects of markets and periods", 0);
    const search of = {effects, column, out};
    means markets = {effects->market_count, effects->market, out->of_market, NULL, NULL};
    count_rows(&markets, effects->row_count, own);
    (void)move_means(&of, &markets);
    if (effects->period == NULL) {
        /* a second time, for what rounding has left of a large mean */
        (void)move_means(&of, &markets);
        return true;
    }
    means periods = {effects->period_count, effects->period, out->of_period, NULL, NULL};
    count_rows(&periods, effects->row_count, own);
    const double scale = greatest_of(&of);
    for (int round = 0; round < ROUNDS_MOST; round++) {
        const double period = move_means(&of, &periods);
        const double market = move_means(&of, &markets);
        if (fmax(period, market) <= TOLERANCE * scale) {
            return true;
        }
    }
    return false;
}

/* The group that stands for all that are joined to this one. */
static uint32_t root_of(uint32_t *joined, uint32_t group)
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
    const uint32_t markets = (uint32_t)effects->market_count;
    const uint32_t groups = markets + (uint32_t)effects->period_count;
    uint32_t *joined = kt_arena_array(arena, uint32_t, groups);
    for (uint32_t i = 0; i < groups; i++) {
        joined[i] = i;
    }
    size_t parts = groups;
    for (size_t row = 0; row < effects->row_count; row++) {
        const uint32_t market = root_of(joined, effects->market[row]);
        const uint32_t period = root_of(joined, markets + effects->period[row]);
        if (market != period) {
            joined[market] = period;
            parts--;
        }
    }
    return groups - parts;
}
