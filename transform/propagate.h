/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROPAGATE_H
#define KT_TRANSFORM_PROPAGATE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/margin.h"

/* Bounds propagation at work: intervals that only ever narrow, and what is left to look at. */
typedef struct spread {
    const kt_margin_table *table;
    kt_margin_index index;
    double *low, *high;
    bool *waits; /* margins to be looked at (again) */
} spread;

spread spread_new(const kt_margin_table *table, kt_margin_index index, kt_arena *arena);

/*
 * Starts from the table's intervals and spreads the margins in use until nothing moves. Returns 0,
 * or by how much the first margin that cannot be met is missed: the intervals then mean nothing.
 */
double spread_run(spread *at, const bool *in_use);

#endif
