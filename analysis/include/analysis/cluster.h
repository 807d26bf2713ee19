/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_CLUSTER_H
#define KT_ANALYSIS_CLUSTER_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/**
 * What a cluster (laari) of projects achieves together, and whether its projects are alike enough
 * to say so. A figure of the whole is for readers only where `reason` is NULL; it is computed all
 * the same, so that a reader of the code's numbers can see what was held back.
 */

/** A share with its interval of Wilson (1927) at the level of z. NAN throughout without trials. */
typedef struct kt_share_interval {
    double share, low, high;
} kt_share_interval;

kt_share_interval kt_wilson(double successes, double trials, double z);

/** Persons of one project: so many of so many. Both whole, 0 <= successes <= trials, 0 < trials. */
typedef struct kt_project_rate {
    double successes, trials;
} kt_project_rate;

/** When a pooled figure may be said. */
typedef struct kt_pooling {
    size_t least_projects; /* 3 */
    double i2_limit;       /* .75: from there on not homogeneous */
    double z;              /* 1.959963984540054 for 95 % */
} kt_pooling;

/** Q on degrees of freedom df, the chance of as much by accident, and the share of the scatter that
 * is more than accident. */
typedef struct kt_heterogeneity {
    double q, p_value, i2;
    size_t df;
} kt_heterogeneity;

/** Where a project with so many trials lies with a chance of 95 % if it is like the whole. */
typedef struct kt_funnel {
    double low, high;
    bool outside;
} kt_funnel;

typedef struct kt_pooled_rate {
    kt_share_interval all;
    kt_heterogeneity heterogeneity;
    kt_funnel *funnel;  /* of each project */
    const char *reason; /* "fewer than 3 projects", "not homogeneous"; NULL: it may be said */
} kt_pooled_rate;

/**
 * With p = sum x / sum n: Q = sum n_i (p_i - p)^2 / (p (1 - p)), the chi-square statistic of k
 * proportions; I2 = max(0, (Q - df) / Q) (Higgins and Thompson 2002). Where all or none succeed
 * there is no scatter: Q = 0. No projects: NAN.
 */
kt_pooled_rate kt_pool_rates(const kt_project_rate *rates, size_t count, kt_pooling pooling,
                             kt_arena *arena);

/** A scale that people of a project answered at its start and at its end. */
typedef struct kt_project_change {
    double persons; /* who answered both times */
    double mean_before, mean_after;
    double sd_before, sd_after;
} kt_project_change;

typedef struct kt_pooled_change {
    double change, low, high; /* mean change of the whole */
    double persons;
    kt_heterogeneity heterogeneity;
    kt_funnel *funnel;
    const char *reason;
} kt_pooled_change;

/**
 * Means weighed by the inverse of their variance (s1^2 + s2^2 - 2 r s1 s2) / n, where r is how the
 * two answers of a person go together, which no report says: a parameter. Q = sum w_i (d_i - d)^2.
 * A project with fewer than two persons or without scatter has no variance and is left out.
 */
kt_pooled_change kt_pool_changes(const kt_project_change *changes, size_t count, double correlation,
                                 kt_pooling pooling, kt_arena *arena);

#endif
