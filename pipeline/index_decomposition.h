/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_DECOMPOSITION_H
#define KT_PIPELINE_INDEX_DECOMPOSITION_H

#include <stdbool.h>

#include "analysis/market.h"
#include "index_bounds.h"
#include "index_rows.h"

/** What `mismatch` has of the market, exponent by exponent of the plan. */
typedef struct kt_index_found {
    const kt_market_month *figures;
    const kt_mismatch *mismatch;
    const kt_index_bounds *bounds;
    bool assessable;
} kt_index_found;

/**
 * Adds the rows of `decomposition` of a market that is crossed (kt_placed_market.crossed). Without
 * what is not allocated its mismatch and ranges are those of `mismatch`, to the last bit; with it
 * there are no ranges, as nothing certifies what hidden cells and what is in no region make of one
 * another. Both are withheld alike: the same figures are hidden.
 */
kt_status kt_index_decomposition_add(const kt_index_month *month, const kt_index_found *found,
                                     kt_rows *rows, kt_error *err) KT_MUST_CHECK;

#endif
