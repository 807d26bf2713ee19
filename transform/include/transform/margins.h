/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_MARGINS_H
#define KT_TRANSFORM_MARGINS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/margin.h"

/**
 * What the margins of a table leave of its hidden cells: the interval of each cell, and one filling
 * inside. Nothing is filled at random, and the same table always gives the same figures.
 */

/** Margins that cannot all be true. Each of them is needed: without any one the rest can be. */
typedef struct kt_clash {
    double excess; /* by how many persons or posts the sums miss one another where it showed */
    size_t margin_count;
    const size_t *margins;
    size_t cell_count;
    const size_t *cells; /* the margins' totals and open parts; all parts where none is open */
} kt_clash;

/** In the arena it was made in. */
typedef struct kt_bounds {
    const double *low, *high;     /* of each cell; never outside those of the table */
    size_t open_cells;            /* of the table: low below high */
    size_t fixed_cells;           /* open in the table, and left one figure by the margins */
    const bool *margin_set_aside; /* of each margin: it takes part in a clash */
    size_t clash_count;
    const kt_clash *clashes;
} kt_bounds;

/**
 * Integer bounds propagation: a part is at most the total less the lows of the others, and at least
 * the total less their highs (where the parts make the total), and a total lies between the sums of
 * its parts' ends, for every margin, until nothing moves. No filling that meets the margins is ever
 * cut off. Margins that clash are set aside, all of one clash together, and the bounds are those of
 * the rest: so one wrong figure widens its surroundings and narrows nothing. Fails as
 * kt_margins_check does.
 */
kt_status kt_margins_tighten(const kt_margin_table *table, kt_arena *arena, kt_bounds *out,
                             kt_error *err) KT_MUST_CHECK;

/** Identifies how points are chosen, for a method column: grows when the figures change. */
#define KT_FILLING_METHOD "ls1"

/** One filling of all cells; in the arena it was made in. */
typedef struct kt_filling {
    const double *value;
    /**
     * All figures are whole and meet every margin exactly. Else (the table is no network, or no
     * whole numbers meet its margins) hidden cells may have fractions, and miss says by how much
     * the worst margin is missed: at most 1e-9 where figures exist that meet all.
     */
    bool whole;
    double miss;
} kt_filling;

/**
 * The filling inside the bounds that meets every margin not set aside and is closest to a pattern:
 * figures of neighbouring periods where the caller has them, the middle of the table's interval
 * where pattern is NULL or NAN; a pattern outside the table's interval is pulled to its nearer end.
 * Equal patterns are moved alike, so a margin's rest is shared evenly.
 *
 * Least squares: minimise sum (x - pattern)^2 / width subject to margins and bounds, by exact
 * ascent in one margin's multiplier at a time (Hildreth 1957, Naval Research Logistics Quarterly
 * 4(1), 79-85; the objective is Deming & Stephan's 1940, Annals of Mathematical Statistics 11(4)),
 * width being that of the table's interval; then the nearest whole numbers that keep every margin
 * (controlled rounding: Causey, Cox & Ernst 1985, JASA 80(392), 903-909), because persons and posts
 * are whole and an index of fractions would lie outside the range of what can be.
 */
kt_status kt_margins_fill(const kt_margin_table *table, const kt_bounds *bounds,
                          const double *pattern, kt_arena *arena, kt_filling *out,
                          kt_error *err) KT_MUST_CHECK;

#endif
