/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_BOUNDS_H
#define KT_PIPELINE_INDEX_BOUNDS_H

#include "analysis/mismatch.h"
#include "index_rows.h"

/** The two ranges of one index of a market in one month; NAN where one is not known. */
typedef struct kt_index_bounds {
    double low, high;                         /* what hidden cells could make of it */
    double low_unallocated, high_unallocated; /* what vacancies without a region could */
} kt_index_bounds;

/** Neither is known. */
extern const kt_index_bounds kt_index_no_bounds;

/** What the ranges of a market in one month are computed from, for any number of exponents. */
typedef struct kt_index_bounding kt_index_bounding;

kt_index_bounding *kt_index_bounding_new(const kt_index_month *month,
                                         const kt_market_month *figures, kt_arena *arena);

/** The ranges of mismatch at the exponent of found; its value and box may widen and narrow them. */
kt_status kt_index_bounds_of(kt_index_bounding *of, const kt_mismatch *found, kt_index_bounds *out,
                             kt_error *err) KT_MUST_CHECK;

/** Those of Jackman and Roper's index; found is mismatch over the same cells. */
kt_status kt_index_bounds_of_shares(kt_index_bounding *of, const kt_mismatch *found, double value,
                                    kt_index_bounds *out, kt_error *err) KT_MUST_CHECK;

#endif
