/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CROSSED_MARKETS_H
#define KT_PIPELINE_CROSSED_MARKETS_H

#include <stddef.h>

#include "analysis/decomposition.h"
#include "analysis/market.h"
#include "core/arena.h"

struct kt_market_table;
struct kt_placed_market;

/** A market of regions crossed with occupations, and the place of each cell among both. */
typedef struct kt_crossed_market {
    kt_market market;
    const size_t *region, *occupation; /* of each cell: below the counts */
    size_t region_count, occupation_count;
} kt_crossed_market;

/** The populations that the mismatch of such a market is split in. */
typedef struct kt_crossed_markets {
    kt_crossed_market without_unallocated; /* the market itself */
    /** With what the table has in no region of the level, or in no occupation of it, as cells of
     * their own: all that the country's own row has. */
    kt_crossed_market with_unallocated;
} kt_crossed_markets;

/** NULL for a market that is not of the whole country, or not of both regions and occupations. */
const kt_crossed_markets *kt_crossed_markets_make(const struct kt_market_table *table,
                                                  const struct kt_placed_market *market,
                                                  kt_arena *arena);

/** Its cells of one period, for kt_decomposition_of. */
kt_cross kt_crossed_market_cells(const kt_crossed_market *market, const kt_market_month *month);

#endif
