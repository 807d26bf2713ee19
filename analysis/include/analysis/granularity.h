/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_GRANULARITY_H
#define KT_ANALYSIS_GRANULARITY_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/mismatch.h"

/**
 * What the mismatch index would be if there were none: job seekers and advertisements fall into the
 * cells one by one, both with the pooled shares (u_i/U + v_i/V)/2. An excess over that is no
 * corrected index: it takes what chance makes on average from one figure.
 */

typedef struct kt_granularity_settings {
    double alpha; /* in (0,1) */
    size_t draws; /* at least 2 */
    uint64_t seed;
    const double *cluster; /* posts of an advertisement, each at least 1 */
    size_t cluster_count;
} kt_granularity_settings;

typedef struct kt_granularity {
    double value;       /* the index itself */
    double null_closed; /* to second order: a(1-a)/2 (K-1) (1/U + cluster/V) */
    double null_mean, null_sd;
    double excess_over_null; /* value less null_mean */
    size_t markets_n;
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
    const char *note;
} kt_granularity;

/**
 * One result for each cluster. The order of the cells does not matter, and the job seekers drawn
 * are the same whatever the clusters are. Fails as kt_mismatch_compute does.
 */
kt_status kt_granularity_compute(const kt_cells *cells, const kt_granularity_settings *settings,
                                 kt_arena *arena, kt_granularity *out, kt_error *err) KT_MUST_CHECK;

#endif
