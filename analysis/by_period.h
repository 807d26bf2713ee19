/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BY_PERIOD_H
#define KT_ANALYSIS_BY_PERIOD_H

#include <stdbool.h>
#include <stdint.h>

#include "analysis/measure.h"

/** The rows of a group by periods, and in each by markets: two periods are then walked side by
 * side. */
typedef struct kt_period_row {
    const char *market;
    int period;   /* kt_period.index */
    uint32_t row; /* of the group */
} kt_period_row;

/** All rows of the group, whose period input kt_measure_run has read. In the arena. */
kt_period_row *kt_rows_by_period(const kt_group *group, size_t period_input, size_t market_input,
                                 kt_arena *arena);

/** Where the period of rows[first] ends. */
size_t kt_period_end(const kt_period_row *rows, size_t first, size_t count);

/** Two periods: rows [before, middle) and [middle, end). */
typedef struct kt_period_walk {
    const kt_period_row *rows;
    size_t before, middle, now, end; /* begins with now = middle */
} kt_period_walk;

/** The next market: its rows in both, NULL where it has none. False behind the last one. */
bool kt_period_walk_next(kt_period_walk *walk, const kt_period_row **before,
                         const kt_period_row **now);

#endif
