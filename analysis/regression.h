/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_REGRESSION_H
#define KT_ANALYSIS_REGRESSION_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/**
 * Least squares by QR, and four covariances of its coefficients. Rows are made one at a time and
 * none is kept, so memory is that of the columns alone however many rows there are: blocks of rows
 * are reduced to the triangle R of the QR of them all, whose last column, that of y, is Q'y. A
 * column that the others explain to within 1e-7 of its length, as in R's lm, has no coefficient:
 * the fit then has a reason and no figures. The units of a column decide nothing.
 */

typedef struct kt_design {
    size_t row_count, column_count;
    /** Writes the columns of a row, all finite, and gives its y. Asked several times for each row,
     * in their order. The constant is a column like any other. */
    double (*row)(const void *of, size_t row, double *x);
    const void *of;
} kt_design;

/** The design of row-major x and of y, which are borrowed. */
kt_design kt_design_of(size_t row_count, size_t column_count, const double *x, const double *y,
                       kt_arena *arena);

typedef struct kt_regression {
    const char *reason;    /* why there is no fit, or NULL; what follows is then not set */
    size_t freedom;        /* rows less columns, at least 1 */
    double *coefficient;   /* of each column */
    double *cross_inverse; /* (X'X)^-1, row-major */
    double ssr;            /* sum of squared residuals */
} kt_regression;

/** The triangle R of the QR of [X y], row-major: of one more row and column than X has columns, and
 * R'R = [X y]'[X y]. In the arena. */
const double *kt_regression_triangle(const kt_design *design, kt_arena *arena);

/** Fits y = X b. The design is borrowed, the fit lives in the arena. */
kt_regression kt_regression_fit(const kt_design *design, kt_arena *arena);

/** What the coefficients leave of a row's y; x is room for its columns, which are there after. */
double kt_regression_residual(const kt_design *design, const double *coefficient, size_t row,
                              double *x);

/** The sum of squares of what the coefficients leave of all rows. */
double kt_regression_ssr(const kt_design *design, const double *coefficient, kt_arena *arena);

typedef enum kt_errors_kind {
    KT_ERRORS_CLASSICAL,
    KT_ERRORS_HC1,        /* White's times n/(n-k) */
    KT_ERRORS_NEWEY_WEST, /* Bartlett weights, no prewhitening, no correction of freedom */
    KT_ERRORS_CLUSTER,    /* times G/(G-1) (n-1)/(n-k) */
} kt_errors_kind;

typedef struct kt_errors {
    kt_errors_kind kind;
    size_t lag;              /* Newey-West: the last one with a weight */
    const int *time;         /* Newey-West: the period of each row, each later than the one before;
                                NULL: rows are consecutive */
    const uint32_t *cluster; /* of each row; the rows of a cluster follow one another */
    size_t cluster_count;
} kt_errors;

/**
 * Covariance of the coefficients of a fit without a reason, row-major. NAN where the errors cannot
 * be had: fewer than two clusters.
 */
double *kt_regression_covariance(const kt_design *design, const kt_regression *fit,
                                 const kt_errors *errors, kt_arena *arena);

#endif
