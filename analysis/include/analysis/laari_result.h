/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_LAARI_RESULT_H
#define KT_ANALYSIS_LAARI_RESULT_H

#include "analysis/cluster.h"

/**
 * What a cluster's projects reported of one indicator, for each and for the whole. A figure that
 * may not be shown of its project counts in sums; what may be said of the sums is decided here too.
 */
typedef struct kt_laari_figure {
    double target, realised; /* NAN: not reported */
    double base;             /* whom it is a share of; NAN of an indicator that is of nobody */
    double euros;            /* what the project cost; NAN: not known */
    bool target_hidden, realised_hidden, base_hidden;
    bool doubted;    /* contradicts other figures of the project: it is in no figure of the whole */
    bool other_days; /* the euros are of another day than what was realised: no cost */
} kt_laari_figure;

/** Of one project. NAN where not reported, and of the rate where it cannot be. */
typedef struct kt_laari_share {
    kt_share_interval rate;
    kt_funnel funnel; /* where it lies if it is like the whole; NAN without a rate */
    double achievement, cost;
    const char *reason;      /* why it has no rate: "more than its base"; NULL */
    const char *cost_reason; /* why it has no cost: KT_OTHER_DAYS; NULL */
} kt_laari_share;

#define KT_OTHER_DAYS "money and counts of other days"

/** How many hidden figures a sum needs, and how much of them, to tell none. */
#define KT_HIDDEN_PROJECTS 3
#define KT_HIDDEN_SUM      5.0

/** A reader subtracts what is shown from a sum: too few hidden ones, or too little, are told. So
 * are those of a base who are not in what was realised of it. */
bool kt_hidden_is_told(size_t hidden_count, double hidden);

typedef struct kt_laari_result {
    size_t reporting;        /* that realised anything, as they say */
    size_t left_out;         /* of them: in doubt, and in nothing below */
    double target, realised; /* sums; NAN where nobody reported */
    double achievement;      /* of the projects that have both */
    double cost;             /* euros a unit realised, of projects that have both, of one day */
    size_t priced;           /* projects in it */
    const char *cost_reason; /* why there is none: KT_OTHER_DAYS; NULL */
    kt_pooled_rate rate;     /* with the reason why it may not be said */
    size_t rated;            /* projects in it */
    kt_laari_share *of;      /* each project */
    bool any_hidden;         /* a figure that may not be shown is in one of the sums */
    bool tells;              /* a sum would tell one */
} kt_laari_result;

/** Everything in the arena. */
kt_laari_result kt_laari_result_of(const kt_laari_figure *figures, size_t count, kt_pooling pooling,
                                   kt_arena *arena);

#endif
