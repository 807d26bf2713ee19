/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MISMATCH_H
#define KT_ANALYSIS_MISMATCH_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * The mismatch index of Sahin, Song, Topa and Violante (2014) over the cells of one market, for
 * many exponents at once. The measure `mismatch` and the nightly run both call this, so that they
 * agree to the last bit for the same cells.
 */

/** Cells of a market; borrowed. low and high may be NULL: the figures are then exact. */
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
    double model_error; /* of Poisson counts; NAN where the closed form is infinite */
    double null_value;  /* closed form: what posts and seekers thrown at random would give */
    double excess_over_null;
    size_t markets_n;   /* cells used: those with u + v > 0 */
    const char *reason; /* why there is no figure, NULL if there is one */
} kt_mismatch;

/** One result for each alpha in (0,1). Cells with a NAN are left out of the sums and the totals. */
kt_status kt_mismatch_compute(const kt_cells *cells, const double *alphas, size_t alpha_count,
                              kt_arena *arena, kt_mismatch *out, kt_error *err) KT_MUST_CHECK;

#endif
