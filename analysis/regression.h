/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_REGRESSION_H
#define KT_ANALYSIS_REGRESSION_H

#include <stddef.h>

#include "core/arena.h"

/**
 * Least squares by QR with pivoting, and four covariances of its coefficients. Columns are brought
 * to length one first, so their units decide nothing. A column that the others explain to within
 * 1e-7 of its length, as in R's lm, has no coefficient: the fit then has a reason and no figures.
 */

typedef struct kt_design {
    size_t row_count, column_count;
    const double *x; /* row-major, finite; the constant is a column like any other */
    const double *y;
} kt_design;

typedef struct kt_regression {
    const char *reason;    /* why there is no fit, or NULL; what follows is then not set */
    size_t freedom;        /* rows less columns, at least 1 */
    double *coefficient;   /* of each column */
    double *residual;      /* of each row */
    double *cross_inverse; /* (X'X)^-1, row-major */
    double ssr;            /* sum of squared residuals */
} kt_regression;

/** Fits y = X b. The design is borrowed, the fit lives in the arena. */
kt_regression kt_regression_fit(const kt_design *design, kt_arena *arena);

typedef enum kt_errors_kind {
    KT_ERRORS_CLASSICAL,
    KT_ERRORS_HC1,        /* White's times n/(n-k) */
    KT_ERRORS_NEWEY_WEST, /* Bartlett weights, no prewhitening, no correction of freedom */
    KT_ERRORS_CLUSTER,    /* times G/(G-1) (n-1)/(n-k) */
} kt_errors_kind;

typedef struct kt_errors {
    kt_errors_kind kind;
    size_t lag;            /* Newey-West: the last one with a weight */
    const int *time;       /* Newey-West: rising period of each row; NULL: rows are consecutive */
    const size_t *cluster; /* of each row, below cluster_count */
    size_t cluster_count;
} kt_errors;

/**
 * Covariance of the coefficients of a fit without a reason, row-major. NAN where the errors cannot
 * be had: fewer than two clusters.
 */
double *kt_regression_covariance(const kt_design *design, const kt_regression *fit,
                                 const kt_errors *errors, kt_arena *arena);

#endif
