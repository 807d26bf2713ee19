/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_WHY_MARKET_H
#define KT_PIPELINE_WHY_MARKET_H

#include "analysis/market.h"
#include "index_rows.h"
#include "markets.h"
#include "why/why.h"

/** The market of a row in its period, with its cells gathered: what rows of the tables of
 * kt_index_table are explained by. */
typedef struct kt_why_market {
    const kt_why *of;
    kt_why_month month;
    kt_placed_market placed;
    kt_market_slab slab;
    kt_market_month found;
    bool has_limit;
    kt_index_shares shares;         /* of the figures, where these have a limit */
    double alpha;                   /* NAN where the measure has none */
    kt_contribution *contributions; /* of each cell, figures taken as exact; NULL without alpha */
} kt_why_market;

/** *reason says why there are no inputs; NULL if there are. rule as in kt_why_month_open. */
kt_status kt_why_market_open(const kt_why *of, double rule, kt_why_market *out, const char **reason,
                             kt_error *err) KT_MUST_CHECK;

/** Takes in what is not allocated: the market of with_X. It is crossed. */
kt_status kt_why_market_widen(kt_why_market *in, kt_error *err) KT_MUST_CHECK;

/** The section "inputs": what the cells sum to. */
void kt_why_market_put(const kt_why_market *in);

/** The section "cells". */
void kt_why_market_list(const kt_why_market *in);

/** Compares a column of the row, if it has it; what is not assessable has no value to compare. */
void kt_why_market_compare(const kt_why_market *in, json_t *list, const char *name, double number);

#endif
