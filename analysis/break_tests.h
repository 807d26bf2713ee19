/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BREAK_TESTS_H
#define KT_ANALYSIS_BREAK_TESTS_H

#include "segments.h"

/**
 * Whether a series breaks at all, at a date that nobody said beforehand: tests of one mean, or one
 * line on x, for the whole series. Errors are taken to be without autocorrelation, which makes
 * p-values of autocorrelated series too small.
 */
typedef struct kt_break_test {
    const char *reason; /* why there is no test, or NULL; what follows is then not set */
    double statistic, p_value;
    size_t at; /* the last observation before the place where the statistic is taken */
} kt_break_test;

/**
 * The largest Wald statistic of one break (Quandt 1960, Andrews 1993), leaving out the share
 * `trimming`, above 0 and below .5, of the observations at either end; its p-value as Hansen (1997)
 * approximates it. With one place left it is Chow's test.
 */
kt_break_test kt_sup_f(const kt_observed *series, double trimming, kt_arena *arena);

/** Sums of the residuals of one fit (Ploberger and Krämer 1992): the largest, over its bridge. */
kt_break_test kt_cusum_ols(const kt_observed *series);

/** Sums of recursive residuals (Brown, Durbin and Evans 1975): the largest, over its boundary. */
kt_break_test kt_cusum_recursive(const kt_observed *series, kt_arena *arena);

#endif
