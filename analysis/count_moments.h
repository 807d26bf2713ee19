/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_COUNT_MOMENTS_H
#define KT_ANALYSIS_COUNT_MOMENTS_H

#include "core/arena.h"

/** What powers of Poisson counts n are on average, for one exponent p in (0,1). */
typedef struct kt_count_moments kt_count_moments;

typedef struct kt_count_power {
    double power;   /* E n^p */
    double square;  /* E n^2p */
    double product; /* E n^(p+1) */
} kt_count_power;

/** In the arena; it remembers what it has summed. */
kt_count_moments *kt_count_moments_new(double exponent, kt_arena *arena);

/** mean above 0. To 1e-8 of each, and better where the mean is below 32 or above 100. */
kt_count_power kt_count_moments_of(kt_count_moments *of, double mean);

#endif
