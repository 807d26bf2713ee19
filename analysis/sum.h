/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SUM_H
#define KT_ANALYSIS_SUM_H

#include <math.h>

/**
 * Compensated summation (Neumaier 1974): the error of a sum of n terms stays at about one rounding,
 * whatever n and the order are. Start from {0}.
 */
typedef struct kt_sum {
    double sum;
    double lost; /* what rounding has taken from sum so far */
} kt_sum;

static inline void kt_sum_add(kt_sum *at, double term)
{
    const double next = at->sum + term;
    if (fabs(at->sum) >= fabs(term)) {
        at->lost += (at->sum - next) + term;
    } else {
        at->lost += (term - next) + at->sum;
    }
    at->sum = next;
}

static inline double kt_sum_value(kt_sum at)
{
    return at.sum + at.lost;
}

#endif
