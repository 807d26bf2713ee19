/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_UNALLOCATED_H
#define KT_ANALYSIS_UNALLOCATED_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * What vacancies without a region could make of the mismatch index: its range over every place that
 * they could have. Posts of an occupation are known to be of that occupation, so they may lie in
 * any of its cells and in no other. Exact for the figures given (one filling of hidden cells, the
 * totals as they are), whole posts where their number is whole; a range of its own, never to be
 * merged with that of hidden cells, and no confidence interval.
 *
 * With w_i posts more in cell i, S = sum (v_i + w_i)^a u_i^(1-a) falls apart by occupation. It is
 * concave, so it is largest where the posts raise the lowest v/u first, as water fills a vessel,
 * and least with all of an occupation's posts in one cell, the one where they add least. Where any
 * number of them may lie elsewhere, posts are placed in fractions; the lower end is then exact, the
 * upper one a bound: exact for one group, else by what a part of a group's posts could do.
 */
#define KT_UNALLOCATED_METHOD       "all1"
#define KT_UNALLOCATED_UP_TO_METHOD "up_to1" /* where some may lie elsewhere */

/** Borrowed. A cell of which either figure is NAN is left out. */
typedef struct kt_unallocated_market {
    size_t cell_count;
    const double *unemployed, *vacancies;
    const size_t *group; /* of each cell: whose posts it could have; NULL: all of group 0 */
    size_t group_count;
    const double *posts; /* of each group: vacancies without a region; NAN: not known. Those of a
                            group that has no cell are in no market and do not count */
    /** Some or all of the posts may be in none of the cells: their number is any up to that. */
    bool up_to;
} kt_unallocated_market;

typedef struct kt_unallocated {
    double alpha;
    double low, high;   /* of M with all posts placed; equal where there is nothing to place */
    double posts;       /* how many there are to place */
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
} kt_unallocated;

/**
 * The range for one alpha in (0,1). Fails with KT_ERR_DATA, naming the cell or the group (1, 2,
 * ...), if a figure is below zero or infinite.
 */
kt_status kt_unallocated_compute(const kt_unallocated_market *market, double alpha, kt_arena *arena,
                                 kt_unallocated *out, kt_error *err) KT_MUST_CHECK;

/**
 * The same for Jackman and Roper's index, 1 - sum min(u_i/U, v_i/V), posts placed in fractions:
 * alpha is NAN. No figure where posts may lie elsewhere.
 */
kt_status kt_unallocated_jackman_roper(const kt_unallocated_market *market, kt_arena *arena,
                                       kt_unallocated *out, kt_error *err) KT_MUST_CHECK;

#endif
