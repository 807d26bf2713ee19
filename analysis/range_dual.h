/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_RANGE_DUAL_H
#define KT_ANALYSIS_RANGE_DUAL_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "analysis/range.h"
#include "range_cell.h"

/* A cell's place in a margin: twice the row, and one more where the figure counts against the sum,
 * being its total. So both signs of a row stand side by side in an array of twice the rows. */
typedef uint32_t range_tie;

static inline size_t range_tie_row(range_tie tie)
{
    return tie / 2;
}

static inline double range_tie_sign(range_tie tie)
{
    return tie % 2 == 0 ? 1.0 : -1.0;
}

/* An open figure outside the market: unknown occupations, hidden totals. */
typedef struct range_other {
    int side;
    size_t cell; /* of the side's table */
    double low, high;
    size_t tie, tie_end;
} range_other;

/* A cell of the market with an open figure. Figures that are known are in no margin any more. */
typedef struct range_pair {
    size_t cell; /* of the market */
    range_cell choices;
    size_t tie[2], tie_end[2];
} range_pair;

/* A margin with its known cells taken to the right: sum of sign * figure = rest, or at most it. */
typedef struct range_row {
    int side;
    size_t margin;
    bool within;
    double rest;
} range_row;

/* A market as the search for multipliers sees it. */
typedef struct range_dual {
    const kt_range_market *market;
    range_form form;
    double known_matches, known[2]; /* sums over cells of which both figures are known */
    size_t pair_count, other_count, row_count;
    range_pair *pairs;
    range_other *others;
    range_row *rows;
    range_tie *ties;
    double total_low[2], total_high[2]; /* of the market's cells, by the margins too */
    double own_low[2], own_high[2];     /* by the cells' intervals alone */
    double box_low, box_high;           /* matches with all figures at an end */
} range_dual;

/* Everything but the search, for one alpha. */
range_dual range_dual_new(const kt_range_market *market, double alpha, kt_arena *arena);

/* The same for the smaller share, with shares of the totals' lows for the end at which most is
 * matched, of their highs for the other: of no other totals is it more, or less. */
range_dual range_dual_of_shares(const kt_range_market *market, bool most, kt_arena *arena);

/* What the sum of the form is a share of. */
static inline double range_whole(const range_dual *of, double u, double v)
{
    return isnan(of->form.alpha) ? 1.0 : matches(u, v, of->form.alpha);
}

/* One end: the largest share of matches made (most), or the least. */
typedef struct range_end {
    bool most;
    double bound;             /* of S / (V^a U^(1-a)), or of shares, certified */
    const double *multiplier; /* of each row, at the bound */
} range_end;

range_end range_dual_search(const range_dual *of, bool most, size_t steps, kt_arena *arena);

/* That bound with all figures at an end and totals between these; at most 1. */
double range_box(const range_dual *of, bool most, const double low[2], const double high[2]);

/* How many fillings of the intervals there are, those that miss margins included. */
double range_count_fillings(const range_dual *of);

/* The least and largest S / (V^a U^(1-a)) of all fillings that keep the margins. False if there is
 * none. For few fillings. */
bool range_try_all(const range_dual *of, kt_arena *arena, double *least, double *most);

/* M of a filling that keeps the margins, near the end found. NAN if no way to one is known. */
double range_attain(const range_dual *of, const range_end *end, kt_arena *arena);

/* A margin that can be priced: used, and no open cell of it without a high. */
bool range_uses(const kt_range_side *side, size_t margin);

/* The side of that number: 0 job seekers, 1 posts. */
static inline const kt_range_side *range_side(const kt_range_market *market, int side)
{
    return side == 0 ? &market->unemployed : &market->vacancies;
}

#endif
