/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_STL_H
#define KT_ANALYSIS_STL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "loess.h"

/**
 * A series split into season, trend and remainder by local regression (Cleveland, Cleveland, McRae
 * and Terpenning 1990), equal to R's stl. It knows figures in a row, no months: that none is
 * missing and none is NAN is for the caller to see to.
 */
typedef struct kt_stl_settings {
    size_t period;     /* figures in one season's round; at least 2 */
    kt_loess seasonal; /* over the years, of each month by itself */
    kt_loess trend;
    kt_loess low_pass; /* what is taken from the season so that it carries no trend */
    bool periodic;     /* one season for all years: the mean over the years of each month */
    size_t inner;      /* rounds of season and trend; at least 1 */
    size_t outer;      /* rounds of robustness weights; 0: none, all weights are 1 */
} kt_stl_settings;

/** Arrays of as many numbers as the series has; figure = seasonal + trend + remainder. */
typedef struct kt_stl {
    double *seasonal, *trend, *remainder;
    double *weight; /* how much the last round made of each figure, 0..1 */
} kt_stl;

/** Splits count figures, more than twice the period, into arrays in the arena. Figures too large to
 * be added up give some that are not finite. */
kt_stl kt_stl_split(const double *figure, size_t count, const kt_stl_settings *how,
                    kt_arena *arena);

#endif
