/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_WEIGHTS_H
#define KT_ANALYSIS_WEIGHTS_H

#include "analysis/measure.h"

/**
 * Weights between the rows of a group: at[i] and at[j] are the places of two rows' markets, row and
 * column may stand in different orders in the file.
 */
typedef struct kt_weights_view {
    const kt_weights *of;
    const size_t *row;    /* of each row of the group: its row in the weights */
    const size_t *column; /* its column */
} kt_weights_view;

static inline double kt_weight(const kt_weights_view *view, size_t home, size_t work)
{
    return view->of->weight[view->row[home] * view->of->column_count + view->column[work]];
}

/**
 * Finds the markets of a group (key input `market`) in its weights. KT_ERR_DATA, with the file, for
 * a weight that is no number or below zero, a market twice or without its row or column, a column
 * that is no row's market though others are.
 */
kt_status kt_weights_find(const kt_group *group, size_t market, kt_arena *arena,
                          kt_weights_view *out, kt_error *err) KT_MUST_CHECK;

#endif
