/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MARKET_MARGINS_H
#define KT_PIPELINE_MARKET_MARGINS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "pipeline/config.h"

/** Regions of a level that make up a coarser region which the source has a row of its own for. */
typedef struct kt_market_parent {
    size_t region; /* the coarser row */
    size_t cell_count;
    const size_t *cells; /* of the market */
} kt_market_parent;

/**
 * What the rows around a market's cells say of them, as positions in the rolled-up table; made once
 * for all periods. KT_NO_CODE where there is no such row.
 */
typedef struct kt_market_margins {
    size_t country; /* its own row: at least the sum of its regions */
    size_t outside_count;
    const size_t *outside; /* regions of the cells' level that are not in the market */
    size_t parent_count;
    const kt_market_parent *parents; /* for cells that are regions alone */
    size_t unplaced;                 /* what the table has in no region */
    bool all_inside;                 /* which can belong to no other cells than the market's */
} kt_market_margins;

struct kt_market_table;
struct kt_placed_market;

/** Of a market that is placed: its cells and level are known. */
const kt_market_margins *kt_market_margins_make(const kt_config *config,
                                                const struct kt_market_table *table,
                                                const struct kt_placed_market *market,
                                                kt_arena *arena);

#endif
