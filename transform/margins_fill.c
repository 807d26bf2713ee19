/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/flow.h"
#include "least_squares.h"
#include "transform/margins.h"

/* As wide as an interval without an end counts, beyond its low. */
#define ENDLESS_WIDTH 1000.0

/* How close to its margins a point is before it is rounded, and where it cannot be. */
#define ROUGH 1e-3
#define FINE  1e-10

typedef struct around {
    double *target, *weight;
} around;

static double middle(double low, double high)
{
    return isinf(high) ? low : 0.5 * (low + high);
}

static around pattern_of(const kt_margin_table *table, const double *pattern, kt_arena *arena)
{
    around made = {.target = kt_arena_array(arena, double, table->cell_count),
                   .weight = kt_arena_array(arena, double, table->cell_count)};
    for (size_t c = 0; c < table->cell_count; c++) {
        const double low = table->low[c], high = table->high[c];
        const bool has_pattern = pattern != NULL && isfinite(pattern[c]);
        made.target[c] = has_pattern ? fmin(fmax(pattern[c], low), high) : middle(low, high);
        made.weight[c] = isinf(high) ? ENDLESS_WIDTH + low : high - low;
    }
    return made;
}

/* Square of the distance from the point, by the width of the interval. */
static double rounding_step(const void *context, size_t cell, double value)
{
    const around *to = context;
    return (2.0 * (value - to->target[cell]) + 1.0) / to->weight[cell];
}

static kt_filling rounded(const kt_margin_table *tight, const bool *set_aside, const around *to,
                          kt_arena *arena)
{
    double *value = kt_arena_array(arena, double, tight->cell_count);
    for (size_t c = 0; c < tight->cell_count; c++) {
        value[c] = fmin(fmax(round(to->target[c]), tight->low[c]), tight->high[c]);
    }
    const kt_flow_cost cost = {.step = rounding_step, .context = to};
    const bool settled = kt_flow_settle(tight, set_aside, &cost, arena, value, NULL) == KT_OK;
    return (kt_filling){.value = value, .whole = settled};
}

kt_status kt_margins_fill(const kt_margin_table *table, const kt_bounds *bounds,
                          const double *pattern, kt_arena *arena, kt_filling *out, kt_error *err)
{
    KT_TRY(kt_margins_check(table, err));
    kt_margin_table tight = *table;
    tight.low = bounds->low;
    tight.high = bounds->high;
    around to = pattern_of(table, pattern, arena);
    const nearest problem = {&tight, bounds->margin_set_aside, to.target, to.weight};
    double *value = kt_arena_array(arena, double, table->cell_count);
    solve_nearest(&problem, ROUGH, arena, value);
    const around point = {.target = value, .weight = to.weight};
    kt_filling made = rounded(&tight, bounds->margin_set_aside, &point, arena);
    if (!made.whole) {
        solve_nearest(&problem, FINE, arena, value);
        made.value = value;
        made.miss = largest_miss(&tight, bounds->margin_set_aside, value);
    }
    *out = made;
    return KT_OK;
}
