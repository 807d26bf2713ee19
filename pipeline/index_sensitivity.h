/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_INDEX_SENSITIVITY_H
#define KT_PIPELINE_INDEX_SENSITIVITY_H

#include <stdbool.h>

#include "analysis/granularity.h"
#include "analysis/market.h"
#include "index_decomposition.h"
#include "index_rows.h"

/** The rules that every protected figure of a month is set by, and what they make of its tables. */
enum { KT_SENSITIVITY_ZERO, KT_SENSITIVITY_LOW, KT_SENSITIVITY_HIGH, KT_SENSITIVITY_SETTINGS };

typedef struct kt_sensitivity {
    struct {
        const char *text; /* "0", "1", "4" */
        kt_market_slab slab;
    } at[KT_SENSITIVITY_SETTINGS];
} kt_sensitivity;

/** Adds what mismatch at 1/2 would be by other rules than those of its market's row: one rule at a
 * time, no value where it is not assessable. */
kt_status kt_index_sensitivity_add(const kt_index_month *month, const kt_index_found *found,
                                   kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** The index where chance alone spreads posts: singly, and then by advertisements of each size. */
typedef struct kt_index_null {
    size_t draws;
    size_t count;          /* one more than the sizes of the settings */
    const char **setting;  /* "simulated", "clustered 2" */
    const char **cluster;  /* "1", "2" */
    kt_granularity *found; /* of each */
} kt_index_null;

/** How often is decided by the cells: many cells say in few draws what few cells say in many. */
kt_status kt_index_null_draw(const kt_null_settings *settings, const kt_cells *cells,
                             kt_arena *arena, kt_index_null *out, kt_error *err) KT_MUST_CHECK;

#endif
