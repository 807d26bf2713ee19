/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_TIGHTNESS_H
#define KT_ANALYSIS_TIGHTNESS_H

/**
 * Open vacancies per unemployed job seeker, V/U, of one market or of sums over several: sums first,
 * never a mean of ratios.
 */

/** A figure and the interval it lies in; low = value = high where it is exact, NAN where missing.
 */
typedef struct kt_interval {
    double value, low, high;
} kt_interval;

/** NAN where a figure is missing or U is 0: value by U's point, low by its high, high by its low.
 */
kt_interval kt_tightness(kt_interval unemployed, kt_interval vacancies);

#endif
