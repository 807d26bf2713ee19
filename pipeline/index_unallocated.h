/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_UNALLOCATED_H
#define KT_PIPELINE_INDEX_UNALLOCATED_H

#include "analysis/market.h"
#include "analysis/unallocated.h"
#include "core/arena.h"
#include "markets.h"

/**
 * A market in one month with the vacancies that the table has in no region: by occupation where the
 * cells are occupations, else all of them. Figures are the points. In a market of the whole country
 * they lie in its cells; inside a region any number of them may. Where it is not known how many
 * there are, their number is NAN.
 */
kt_unallocated_market kt_index_unallocated_market(const kt_placed_market *placed,
                                                  const kt_market_slab *slab,
                                                  const kt_market_month *month, kt_arena *arena);

#endif
