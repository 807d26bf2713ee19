/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_SENSITIVITY_H
#define KT_PIPELINE_INDEX_SENSITIVITY_H

#include <stdbool.h>

#include "analysis/market.h"
#include "index_rows.h"

/** The rules that every protected figure of a month is set by, and what they make of its tables. */
enum { KT_SENSITIVITY_ZERO, KT_SENSITIVITY_LOW, KT_SENSITIVITY_HIGH, KT_SENSITIVITY_SETTINGS };

typedef struct kt_sensitivity {
    struct {
        const char *text; /* "0", "1", "4" */
        kt_market_slab slab;
    } at[KT_SENSITIVITY_SETTINGS];
} kt_sensitivity;

/** Adds what the rules make of mismatch at 1/2, and what it is with the points: no value where it
 * is not assessable. figures are those of the points. */
kt_status kt_index_sensitivity_add(const kt_index_month *month, const kt_market_month *figures,
                                   bool assessable, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

#endif
