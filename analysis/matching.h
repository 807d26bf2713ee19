/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MATCHING_H
#define KT_ANALYSIS_MATCHING_H

#include "regression.h"

/**
 * Matching functions: how hires in a period follow from the vacancies and the unemployed there
 * were. A function whose elasticities are not between 0 and 1 is none: it has a reason, which names
 * the elasticity, and no figures.
 */

#define KT_MATCHING_TERMS 6

typedef enum kt_matching_model {
    KT_MATCHING_OLS,       /* ln h = c + a ln v + b ln u */
    KT_MATCHING_CRS,       /* ln(h/u) = c + a ln(v/u) */
    KT_MATCHING_FE,        /* ols with an effect of each market */
    KT_MATCHING_TWOWAY,    /* and of each period */
    KT_MATCHING_2SLS,      /* crs, ln(v/u) by the instruments */
    KT_MATCHING_CES,       /* ln(h/u) = c + ln(a (v/u)^r + 1 - a) / r */
    KT_MATCHING_STOCKFLOW, /* ols with new vacancies and newly unemployed */
} kt_matching_model;

/** Rows that have all figures of the model, h, v, u and flows above 0; columns that it does not use
 * may be NULL. Nothing is copied: logarithms are taken anew each time they are needed. */
typedef struct kt_matching_rows {
    size_t count;
    const uint32_t *order; /* where each row stands in the columns; NULL: as they lie */
    const double *hires, *vacancies, *unemployed;
    const double *new_vacancies, *new_unemployed;
    size_t instrument_count;
    const double *const *instrument; /* used as they are */
    size_t market_count, period_count;
    const uint32_t *market, *period; /* of each row, below market_count and period_count; the rows
                                        of a market follow one another */
    size_t least;                    /* with fewer rows nothing is estimated */
    kt_errors errors;
} kt_matching_rows;

static inline size_t kt_matching_place(const kt_matching_rows *rows, size_t row)
{
    return rows->order == NULL ? row : rows->order[row];
}

typedef struct kt_matching_term {
    const char *name;
    double estimate, error; /* NAN where there is none */
} kt_matching_term;

typedef struct kt_matching {
    const char *reason; /* why nothing is estimated, or NULL */
    const char *note;   /* what must be known of the figures, or NULL */
    size_t count;
    kt_matching_term term[KT_MATCHING_TERMS];
} kt_matching;

/** The terms are named even where nothing is estimated. */
kt_matching kt_matching_fit(kt_matching_model model, const kt_matching_rows *rows, kt_arena *arena);

#endif
