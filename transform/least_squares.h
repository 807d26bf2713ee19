/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_LEAST_SQUARES_H
#define KT_TRANSFORM_LEAST_SQUARES_H

#include <stdbool.h>

#include "core/margin.h"

/* Figures inside the intervals of a table, nearest to a target, that meet its margins. */
typedef struct nearest {
    const kt_margin_table *table;
    const bool *set_aside; /* margins that do not count */
    const double *target;
    const double *weight; /* how readily a cell moves, above 0 */
} nearest;

/* By how much the worst margin is missed at value. */
double largest_miss(const kt_margin_table *table, const bool *set_aside, const double *value);

/* Fills value for every cell. Stops when all margins are met to close or after a fixed number of
 * rounds. */
void solve_nearest(const nearest *problem, double close, kt_arena *arena, double *value);

#endif
