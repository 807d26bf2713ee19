/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "weights.h"

#include <math.h>

#include "cells.h"
#include "core/codes.h"

static kt_status check_weights(const kt_weights *weights, kt_error *err)
{
    const size_t columns = weights->column_count;
    for (size_t i = 0; i < weights->row_count * columns; i++) {
        const double weight = weights->weight[i];
        if (!(weight >= 0.0 && isfinite(weight))) {
            return kt_fail(err, KT_ERR_DATA,
                           "%s: row %s, column %s: %.17g is not a weight from 0 up", weights->name,
                           weights->row[i / columns], weights->column[i % columns], weight);
        }
    }
    return KT_OK;
}

static kt_status read_rows(const kt_weights *weights, kt_arena *arena, kt_codes **out,
                           kt_error *err)
{
    kt_codes *rows = kt_codes_new(arena);
    for (size_t i = 0; i < weights->row_count; i++) {
        if (kt_codes_add(rows, weights->row[i], NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_DATA, "%s: two rows for market %s", weights->name,
                           weights->row[i]);
        }
    }
    *out = rows;
    return KT_OK;
}

/* Columns without meaning of their own: as many as rows, and in their order. */
static kt_status columns_by_order(const kt_weights *weights, size_t *column_of_row, kt_error *err)
{
    if (weights->column_count != weights->row_count) {
        return kt_fail(err, KT_ERR_DATA,
                       "%s: no column is named as a row's market, and there are %zu columns for "
                       "%zu rows",
                       weights->name, weights->column_count, weights->row_count);
    }
    for (size_t i = 0; i < weights->row_count; i++) {
        column_of_row[i] = i;
    }
    return KT_OK;
}

static kt_status columns_by_name(const kt_weights *weights, const kt_codes *rows,
                                 size_t *column_of_row, kt_error *err)
{
    for (size_t j = 0; j < weights->column_count; j++) {
        const size_t row = kt_codes_find(rows, weights->column[j]);
        if (row == KT_NO_CODE || column_of_row[row] != KT_NO_CODE) {
            return kt_fail(err, KT_ERR_DATA, "%s: column %s %s", weights->name, weights->column[j],
                           row == KT_NO_CODE ? "is no row's market" : "stands there twice");
        }
        column_of_row[row] = j;
    }
    return KT_OK;
}

static kt_status read_columns(const kt_weights *weights, const kt_codes *rows, kt_arena *arena,
                              size_t **out, kt_error *err)
{
    size_t *column_of_row = kt_arena_array(arena, size_t, weights->row_count);
    bool named = false;
    for (size_t i = 0; i < weights->row_count; i++) {
        column_of_row[i] = KT_NO_CODE;
    }
    for (size_t j = 0; j < weights->column_count; j++) {
        named = named || kt_codes_find(rows, weights->column[j]) != KT_NO_CODE;
    }
    KT_TRY(named ? columns_by_name(weights, rows, column_of_row, err)
                 : columns_by_order(weights, column_of_row, err));
    *out = column_of_row;
    return KT_OK;
}

kt_status kt_weights_find(const kt_group *group, size_t market, kt_arena *arena,
                          kt_weights_view *out, kt_error *err)
{
    const kt_weights *weights = group->weights;
    KT_TRY(check_weights(weights, err));
    kt_codes *rows = NULL;
    KT_TRY(read_rows(weights, arena, &rows, err));
    size_t *column_of_row = NULL;
    KT_TRY(read_columns(weights, rows, arena, &column_of_row, err));
    size_t *row = kt_arena_array(arena, size_t, group->row_count);
    size_t *column = kt_arena_array(arena, size_t, group->row_count);
    for (size_t i = 0; i < group->row_count; i++) {
        const char *name = group->key[market][i];
        row[i] = kt_codes_find(rows, name);
        column[i] = row[i] == KT_NO_CODE ? KT_NO_CODE : column_of_row[row[i]];
        if (column[i] == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_DATA, "row %zu, column market: %s has no %s in %s",
                           kt_group_row(group, i), name, row[i] == KT_NO_CODE ? "row" : "column",
                           weights->name);
        }
    }
    *out = (kt_weights_view){.of = weights, .row = row, .column = column};
    return KT_OK;
}
