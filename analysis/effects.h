/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_EFFECTS_H
#define KT_ANALYSIS_EFFECTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/** One grouping of the rows, or two: each row has the effects of its market and of its period. */
typedef struct kt_effects {
    size_t row_count;
    size_t market_count, period_count;
    const size_t *market; /* of each row */
    const size_t *period; /* NULL: effects of markets alone */
} kt_effects;

/**
 * Takes the means of the groups out of a column of values with stride, in turns until all are below
 * 1e-13 of its greatest value. False if they do not get there, for groups that hardly overlap.
 */
bool kt_effects_remove(const kt_effects *effects, double *value, size_t stride, kt_arena *arena);

/** How many columns of dummies the effects stand for: in each part of the data that no market or
 * period joins to another, one less than markets and periods. */
size_t kt_effects_rank(const kt_effects *effects, kt_arena *arena);

#endif
