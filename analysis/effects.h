/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_EFFECTS_H
#define KT_ANALYSIS_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/** One grouping of the rows, or two: each row has the effects of its market and of its period. */
typedef struct kt_effects {
    size_t row_count;
    size_t market_count, period_count;
    const uint32_t *market; /* of each row */
    const uint32_t *period; /* NULL: effects of markets alone */
} kt_effects;

/** The values of a column, which are made anew each time they are asked for. */
typedef struct kt_effects_column {
    double (*value)(const void *of, size_t row);
    const void *of;
} kt_effects_column;

/** The effects of the groups on one column. */
typedef struct kt_effects_found {
    double *of_market;
    double *of_period; /* all 0 where there are none */
} kt_effects_found;

/**
 * Finds the means of the groups, in turns until all of what is left are below 1e-13 of the column's
 * greatest value. False if they do not get there, for groups that hardly overlap.
 */
bool kt_effects_find(const kt_effects *effects, const kt_effects_column *column, kt_arena *arena,
                     kt_effects_found *out);

/** The effects that a row has. */
static inline double kt_effects_at(const kt_effects *effects, const kt_effects_found *found,
                                   size_t row)
{
    const double of_market = found->of_market[effects->market[row]];
    return effects->period == NULL ? of_market : of_market + found->of_period[effects->period[row]];
}

/** How many columns of dummies the effects stand for: in each part of the data that no market or
 * period joins to another, one less than markets and periods. */
size_t kt_effects_rank(const kt_effects *effects, kt_arena *arena);

#endif
