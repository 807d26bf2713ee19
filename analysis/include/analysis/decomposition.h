/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_DECOMPOSITION_H
#define KT_ANALYSIS_DECOMPOSITION_H

#include <stddef.h>

#include "analysis/mismatch.h"
#include "core/arena.h"
#include "core/error.h"

/**
 * How much of the mismatch between regions crossed with occupations is between regions, between
 * occupations, and both at once. Exact: with C = 1 - M, the cells of a region give
 * M_RO = M_R + sum_r c_r M_(O in r), and the same with the two exchanged. The order matters, so
 * both are given, and the mean of the two (Shapley).
 */

/** Cells with the place of each in the lists of regions and occupations. Ends are not used. */
typedef struct kt_cross {
    kt_cells cells;
    const size_t *region, *occupation; /* of each cell: below the counts */
    size_t region_count, occupation_count;
} kt_cross;

typedef struct kt_decomposition {
    double mismatch;                       /* of the crossed cells */
    double mismatch_region, within_region; /* between regions, and inside them; sum: mismatch */
    double mismatch_occupation, within_occupation; /* the other order */
    double interaction; /* mismatch - mismatch_region - mismatch_occupation; may be below zero */
    double shapley_region, shapley_occupation; /* means of the two orders; sum: mismatch */
    const char *reason;                        /* why there is no figure, or NULL */
    const char *note;
} kt_decomposition;

/** For one alpha in (0,1). Fails as kt_mismatch_compute does. */
kt_status kt_decomposition_compute(const kt_cross *cross, double alpha, kt_arena *arena,
                                   kt_decomposition *out, kt_error *err) KT_MUST_CHECK;

/** For each exponent of both, which is the mismatch of the cells themselves. */
kt_status kt_decomposition_of(const kt_cross *cross, const kt_mismatch *both, size_t count,
                              kt_arena *arena, kt_decomposition *out, kt_error *err) KT_MUST_CHECK;

#endif
