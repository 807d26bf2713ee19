/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_RANGE_H
#define KT_PIPELINE_INDEX_RANGE_H

#include "analysis/market.h"
#include "analysis/range.h"
#include "core/arena.h"
#include "core/error.h"
#include "markets.h"

/**
 * A market in one month as two tables of counts with the margins that tie them: what the rows
 * around the cells say. Over all its occupations, known or not, a region has its own total; the
 * regions have at most what the country has of each occupation, less what other regions have;
 * regions alone make up the coarser regions that have rows of their own. The country's own row is
 * never taken for a sum.
 *
 * Cells that are sums (digits of an occupation, areas) stand for themselves between the sums of
 * their members' ends: every filling of the members is one of theirs, so a range over them is wider
 * and never too narrow. Margins that cannot hold are left out.
 *
 * Cells of the market without a figure are not in it, as in the index itself; where they stand in a
 * margin, what they have is not known.
 */
kt_range_market kt_index_range_market(const kt_placed_market *market, const kt_market_slab *slab,
                                      const kt_market_month *month, kt_arena *arena);

#endif
