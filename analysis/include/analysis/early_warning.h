/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_EARLY_WARNING_H
#define KT_ANALYSIS_EARLY_WARNING_H

#include <stddef.h>

#include "core/arena.h"

/**
 * Counts of the last months against those of the same months of the three years before. What is
 * usual is a negative binomial count: its mean is that of the three years, its variance that of
 * three years drawn towards what cells of that size have in common, for three points say little of
 * their own spread. Cells that are unusual by chance alone are held down by the rate of false
 * discoveries (Benjamini and Hochberg 1995).
 *
 * It does not say why, nor that anything has begun: the season is in the comparison, a trend of
 * several years is in the spread, and what is done to the statistic is for the caller to leave out.
 */
#define KT_WARNING_YEARS 3

typedef struct kt_warning_settings {
    double level; /* share of usual counts between low and high, 0..1 */
    double rate;  /* of false discoveries among the cells of one family that are told */
    /** How many degrees of freedom the spread of all cells counts for; a cell's own has two. */
    double family_weight;
} kt_warning_settings;

typedef struct kt_warning_cell {
    double now;                      /* whole, 0 or more */
    double before[KT_WARNING_YEARS]; /* the newest first */
    size_t family;                   /* cells that are judged together: 0, 1, 2 ... */
} kt_warning_cell;

/** Of a count of mean m the variance from year to year: linear m + quadratic m^2. */
typedef struct kt_warning_spread {
    double linear;    /* 1 or more: posts come several at a time */
    double quadratic; /* 0 or more: years differ for all alike */
} kt_warning_spread;

typedef enum kt_warning_direction {
    KT_WARNING_NONE,
    KT_WARNING_UP,
    KT_WARNING_DOWN,
} kt_warning_direction;

typedef struct kt_warning {
    double low, high; /* usual counts */
    double p_value;   /* two-sided */
    double q_value;   /* of its family: the smallest rate at which it would be told */
    kt_warning_direction direction;
} kt_warning;

/** "none", "up", "down". */
const char *kt_warning_word(kt_warning_direction direction);

/** What the cells have in common; {1, 0}, Poisson counts, where none of them has counts. */
kt_warning_spread kt_warning_spread_of(const kt_warning_cell *cells, size_t count);

/** Weighs one cell; its q_value and direction are left for kt_early_warning. */
kt_warning kt_warning_weigh(const kt_warning_settings *settings, kt_warning_spread spread,
                            const kt_warning_cell *cell);

/** The q-values of p-values; count of them, in their order. */
void kt_warning_q_values(const double *p_values, size_t count, kt_arena *arena, double *out);

/** Weighs all cells, which share one spread, and judges each family by itself. */
void kt_early_warning(const kt_warning_settings *settings, const kt_warning_cell *cells,
                      size_t count, kt_arena *arena, kt_warning *out);

#endif
