/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SPREAD_H
#define KT_ANALYSIS_SPREAD_H

#include <math.h>
#include <stddef.h>

#include "sum.h"

/** Mean and standard deviation of what was drawn. */
typedef struct kt_spread {
    double mean, deviation;
} kt_spread;

/** count is at least 2. */
static inline kt_spread kt_spread_of(const double *drawn, size_t count)
{
    kt_sum sum = {0}, square = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, drawn[i]);
    }
    const double mean = kt_sum_value(sum) / (double)count;
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&square, (drawn[i] - mean) * (drawn[i] - mean));
    }
    return (kt_spread){mean, sqrt(kt_sum_value(square) / (double)(count - 1))};
}

#endif
