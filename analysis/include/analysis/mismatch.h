/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MISMATCH_H
#define KT_ANALYSIS_MISMATCH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * The mismatch index of Sahin, Song, Topa and Violante (2014) over the cells of one market, for
 * many exponents at once, and what each cell adds to it. The measures `mismatch` and
 * `contributions` and the nightly run all call this, so that they agree to the last bit for the
 * same cells.
 *
 * A cell in which either figure is NAN is left out of everything, the totals included. Ranges are
 * the box of the cells' and the totals' own ends: never too narrow, not the narrowest there is.
 */

/** Cells of a market; borrowed. low and high may be NULL, all four alike: the figures are then
 * exact. */
typedef struct kt_cells {
    size_t count;
    const double *unemployed, *unemployed_low, *unemployed_high;
    const double *vacancies, *vacancies_low, *vacancies_high;
    /** What is known of the cells' totals from elsewhere (margins); NAN where nothing is. */
    double unemployed_total_low, unemployed_total_high;
    double vacancies_total_low, vacancies_total_high;
} kt_cells;

typedef struct kt_mismatch {
    double alpha; /* the exponent of vacancies */
    double value, value_low, value_high;
    double model_error;  /* of Poisson counts, by the delta method ... */
    bool error_is_limit; /* ... or, where that is infinite, what a bootstrap tends to */
    double null_value;   /* closed form: what posts and seekers thrown at random would give */
    double excess_over_null;
    size_t markets_n;   /* cells used: those with u + v > 0 */
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
    const char *note;   /* what must be known of the figure ("single market"), or NULL */
} kt_mismatch;

/**
 * One result for each alpha in (0,1). Fails with KT_ERR_DATA, naming the cell (1, 2, ...), if a
 * figure is below zero or outside its range.
 */
kt_status kt_mismatch_compute(const kt_cells *cells, const double *alphas, size_t alpha_count,
                              kt_arena *arena, kt_mismatch *out, kt_error *err) KT_MUST_CHECK;

typedef enum kt_side {
    KT_SIDE_NONE, /* there is no figure */
    KT_SIDE_TIGHTER,
    KT_SIDE_LOOSER,
    KT_SIDE_EQUAL, /* relative difference of v/u and V/U under 1e-9 */
} kt_side;

/** "tighter_than_scope", "looser_than_scope", "equal"; NULL for KT_SIDE_NONE. */
const char *kt_side_word(kt_side side);

/** What one cell adds to the index: the contributions of all cells sum to it. */
typedef struct kt_contribution {
    double unemployed_share, vacancy_share; /* of the cells' totals */
    double contribution, contribution_low, contribution_high;
    double persons_off_proportion; /* u - v U/V: job seekers above what gives the cell its scope's
                                      V/U */
    kt_side side;
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
} kt_contribution;

/** What a cell with these shares of posts and of job seekers adds to the index; never below zero.
 */
double kt_contribution_of(double w, double s, double alpha);

/** One result for each cell, for one alpha in (0,1). Fails as kt_mismatch_compute does. */
kt_status kt_contributions_compute(const kt_cells *cells, double alpha, kt_contribution *out,
                                   kt_error *err) KT_MUST_CHECK;

#endif
