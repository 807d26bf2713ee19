/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_FLOW_H
#define KT_CORE_FLOW_H

#include <stdbool.h>
#include <stddef.h>

#include "core/margin.h"

/**
 * Whole numbers in the open cells of a table that meet every margin at the least cost, as a flow:
 * margins are the nodes, cells the arcs between the two margins they stand in. Successive shortest
 * paths, one count at a time, with convex costs: Ahuja, Magnanti & Orlin (1993), Network Flows,
 * chapters 9 and 14. Tables in which an open cell stands in three margins are no network and have
 * no such answer.
 */
typedef struct kt_flow_cost {
    /** The cost of value + 1 less that of value; must not fall as value grows. */
    double (*step)(const void *context, size_t cell, double value);
    const void *context;
    /**
     * What one count too many in each margin is guessed to cost, not below 0 where parts may stay
     * within the total; NULL for nothing. It changes no answer, but a good guess (multipliers of a
     * dual) shortens the way: value then enters cheapest at its cost and its margins' prices.
     */
    const double *prices;
} kt_flow_cost;

/**
 * value: of each cell, on entry the whole number of its interval that costs it least, on success
 * one that meets all margins (those in set_aside excepted; it may be NULL) such that no other
 * filling costs less in all. Fails, value being of no use then, with KT_ERR_NO_DATA if the table is
 * no network or the way is longer than 2^20 counts, with KT_ERR_DATA if no filling meets the
 * margins. cost may be NULL: then any filling will do.
 */
kt_status kt_flow_settle(const kt_margin_table *table, const bool *set_aside,
                         const kt_flow_cost *cost, kt_arena *arena, double *value,
                         kt_error *err) KT_MUST_CHECK;

#endif
