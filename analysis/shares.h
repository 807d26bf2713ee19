/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SHARES_H
#define KT_ANALYSIS_SHARES_H

#include <stddef.h>

#include "analysis/measure.h"

/** How a total is spread over markets: what every measure of concentration starts from. */
typedef struct kt_shares {
    size_t count;        /* markets with a figure, zeros too */
    const double *share; /* of their sum; in the order of the rows */
    const char *reason;  /* why there are no shares, or NULL */
    const char *note;    /* "single market", or NULL */
} kt_shares;

/** The shares of an input of a group; markets without a figure are left out of the sum too. */
kt_shares kt_shares_of(const kt_group *group, size_t input, kt_arena *arena);

/** Findings of one row and one number: what value says of the shares, or their reason. */
kt_findings *kt_shares_finding(const kt_measure *measure, const kt_shares *shares, double value,
                               kt_arena *arena);

#endif
