/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_BOOTSTRAP_H
#define KT_ANALYSIS_BOOTSTRAP_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/mismatch.h"

/**
 * The mismatch index drawn again and again, every figure a Poisson count with that figure as its
 * mean: how far it scatters, and how far chance lifts it. It is the error of that model, not of the
 * statistics: job seekers and posts of a register are not drawn from anything.
 */

typedef struct kt_bootstrap_settings {
    double alpha; /* in (0,1) */
    size_t draws; /* at least 2 */
    uint64_t seed;
    double level; /* of the interval, in (0,1) */
} kt_bootstrap_settings;

typedef struct kt_bootstrap {
    double value;          /* the index itself */
    double standard_error; /* standard deviation of the draws */
    double bias;           /* their mean less value */
    double interval_low;   /* twice the value less the upper percentile of the draws ... */
    double interval_high;  /* ... and the lower one; neither is clipped */
    size_t markets_n;
    const char *reason; /* why there is no figure, NULL if there is one; the figures are then NAN */
    const char *note;
} kt_bootstrap;

/** The order of the cells does not matter. Fails as kt_mismatch_compute does. */
kt_status kt_bootstrap_compute(const kt_cells *cells, const kt_bootstrap_settings *settings,
                               kt_arena *arena, kt_bootstrap *out, kt_error *err) KT_MUST_CHECK;

#endif
