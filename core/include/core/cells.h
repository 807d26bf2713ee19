/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CELLS_H
#define KT_CORE_CELLS_H

#include <math.h>
#include <string.h>

#include "core/cube.h"

/**
 * Cells side by side, in a cube or beside it, and how they are added: every sum of figures with
 * statuses is made here. In the header, because the loops are what a roll-up takes its time for.
 */
typedef struct kt_cell_row {
    double *value, *low, *high;
    uint8_t *status;
} kt_cell_row;

static inline kt_cell_row kt_cell_row_at(const kt_cube *cube, size_t at)
{
    return (kt_cell_row){cube->value + at, cube->low + at, cube->high + at, cube->status + at};
}

/**
 * Worst first: a member without a figure leaves the sum without one, and then the contract's order
 * B Q O L M E P A: a break shows though a protected member makes the figure an interval.
 */
static inline kt_obs kt_cell_join(kt_obs a, kt_obs b)
{
    static const uint8_t rank[] = {
        [KT_OBS_IMPOSSIBLE] = 0, [KT_OBS_OBSERVED] = 0,  [KT_OBS_PROVISIONAL] = 1,
        [KT_OBS_ESTIMATED] = 2,  [KT_OBS_PROTECTED] = 2, [KT_OBS_WITHDRAWN] = 2,
        [KT_OBS_WIDENED] = 2,    [KT_OBS_COVERED] = 2,   [KT_OBS_UNASSESSED] = 2,
        [KT_OBS_BREAK] = 3,      [KT_OBS_MISSING] = 5,   [KT_OBS_NOT_COLLECTED] = 4,
    };
    const kt_obs worse = rank[a] >= rank[b] ? a : b;
    return kt_obs_is_hidden(worse) ? KT_OBS_ESTIMATED : worse;
}

/** A zero changes no sum, one that is provisional or of a break neither: one hidden cell and zeros
 * are that cell, which stays as hidden as it was. */
static inline bool kt_cell_is_zero(kt_cell_row row, size_t i)
{
    return kt_obs_has_value((kt_obs)row.status[i]) && row.low[i] == 0.0 && row.high[i] == 0.0;
}

/** to += from, one cell; a figure that cannot exist adds nothing. */
static inline void kt_cell_add(kt_cell_row to, size_t t, kt_cell_row from, size_t f)
{
    const kt_obs a = (kt_obs)to.status[t], b = (kt_obs)from.status[f];
    if (b == KT_OBS_IMPOSSIBLE || (kt_obs_is_hidden(a) && kt_cell_is_zero(from, f))) {
        return;
    }
    if (a == KT_OBS_IMPOSSIBLE || (kt_obs_is_hidden(b) && kt_cell_is_zero(to, t))) {
        to.value[t] = from.value[f];
        to.low[t] = from.low[f];
        to.high[t] = from.high[f];
        to.status[t] = (uint8_t)b;
        return;
    }
    to.value[t] += from.value[f];
    to.low[t] += from.low[f];
    to.high[t] += from.high[f];
    to.status[t] = (uint8_t)kt_cell_join(a, b);
}

/** Cells to which nothing was added yet. */
static inline void kt_cell_row_begin(kt_cell_row row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        row.value[i] = row.low[i] = row.high[i] = NAN;
    }
    memset(row.status, KT_OBS_IMPOSSIBLE, count);
}

#endif
