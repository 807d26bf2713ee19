/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_RANGE_H
#define KT_ANALYSIS_RANGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/margin.h"

/**
 * What hidden cells could make of the mismatch index
 *
 *     M = 1 - S / (V^a U^(1-a)),    S = sum over a market's cells of v^a u^(1-a),
 *
 * over all whole-number fillings of two tables, of job seekers and of vacancies, that keep every
 * interval and margin; U and V are sums over the market's cells. Certified: each end is a bound by
 * weak duality, true for whatever multipliers the search stops at, so the range is never too
 * narrow; a longer search makes it narrower only. Few enough fillings are all tried, and the range
 * is then exact. Sums of hidden cells may stand for cells (occupations of one digit, employment
 * areas): the bound is then that of figures between whole ones too, wider and still true.
 *
 * The bound prices each margin and lets each cell choose alone: Lagrangian relaxation (Geoffrion
 * 1974, Mathematical Programming Study 2), its multipliers by a subgradient method with a step for
 * each (Duchi, Hazan & Singer 2011, Journal of Machine Learning Research 12). The index being a
 * ratio, S is bounded together with a plane through its denominator, at the best ratio so far
 * (Dinkelbach 1967, Management Science 13(7)). The search takes the same steps always.
 */
#define KT_RANGE_METHOD "dual1"

/** One side of a market, seekers or posts: a table, and where in it the market's cells are. */
typedef struct kt_range_side {
    /** The narrower the intervals the better (bounds propagation first), but any that hold the
     * truth will do. Margins with an open cell that has no high are not used. */
    const kt_margin_table *table;
    const bool *set_aside; /* of each margin: not to be used; may be NULL */
    const size_t *cell;    /* of each cell of the market: a cell of the table, all distinct */
} kt_range_side;

/**
 * A cell that belongs to no market (unknown occupation, a total) counts by its margins alone; it
 * must not be left out of them.
 */
typedef struct kt_range_market {
    size_t cell_count;
    kt_range_side unemployed, vacancies;
} kt_range_market;

typedef struct kt_range_effort {
    size_t steps;        /* of the search, for each end */
    size_t choices;      /* up to three times the steps while each cell of so many has its choice */
    size_t try_fillings; /* if there are at most so many they are all tried */
    bool attain;         /* look for fillings near the ends: some ten times the work */
} kt_range_effort;

/** What a night uses, and the same with attain. */
extern const kt_range_effort kt_range_usual, kt_range_thorough;

typedef struct kt_range {
    double alpha;
    double low, high; /* of M, 0 to 1 */
    /** Values of M that some filling has: the true end lies between low and attained_low, and
     * between attained_high and high. NAN where none was looked for or found. */
    double attained_low, attained_high;
    size_t
        open_cells; /* cells of the market of which a figure is not known exactly; 0: one point */
    bool exact;     /* every filling was tried, or there is only one */
    bool clash;     /* no filling keeps the margins: the range is that of the intervals alone */
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
} kt_range;

/**
 * The range for one alpha in (0,1). No figure where no filling has both job seekers and posts.
 * Fails as kt_margins_check does, and with KT_ERR_BUG if a market names a cell that is not in its
 * table.
 */
kt_status kt_range_compute(const kt_range_market *market, double alpha,
                           const kt_range_effort *effort, kt_arena *arena, kt_range *out,
                           kt_error *err) KT_MUST_CHECK;

/**
 * The range of Jackman and Roper's index, 1/2 sum |u_i/U - v_i/V| = 1 - sum min(u_i/U, v_i/V), by
 * the same bound: the smaller share is concave and of degree one as matches are. Totals stand at
 * their own ends, so that the range is wider by what is not known of them. Never exact by trying;
 * alpha and attained ends are NAN. From 0 to 1 where margins clash or a total may be 0.
 */
kt_status kt_range_jackman_roper(const kt_range_market *market, const kt_range_effort *effort,
                                 kt_arena *arena, kt_range *out, kt_error *err) KT_MUST_CHECK;

#endif
