/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "measure_weights.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"
#include "core/csv.h"
#include "core/number.h"

#define FILE_LIMIT ((size_t)64 << 20)

static kt_status read_weight(const kt_csv_table *table, size_t row, size_t column, double *out,
                             kt_error *err)
{
    const char *text = kt_csv_cell(table, row, column);
    if (!kt_number_read(text, strlen(text), out) || *out < 0.0) {
        return kt_fail(err, KT_ERR_DATA,
                       "%s: row %zu, column %zu (%s): \"%.40s\" is no weight of 0 or more",
                       table->path, row + 2, column + 1, table->names[column], text);
    }
    return KT_OK;
}

static kt_status read_weights(const kt_csv_table *table, kt_arena *arena, kt_weights *out,
                              kt_error *err)
{
    if (table->column_count < 2 || table->row_count == 0) {
        return kt_fail(err, KT_ERR_DATA, "%s: expected a column of markets and one for each market",
                       table->path);
    }
    const size_t columns = table->column_count - 1;
    const char **names = kt_arena_array(arena, const char *, columns);
    const char **rows = kt_arena_array(arena, const char *, table->row_count);
    double *weights = kt_arena_array(arena, double, columns * table->row_count);
    for (size_t i = 0; i < columns; i++) {
        names[i] = table->names[i + 1];
    }
    for (size_t i = 0; i < table->row_count; i++) {
        rows[i] = kt_csv_cell(table, i, 0);
    }
    for (size_t i = 0; i < columns * table->row_count; i++) {
        KT_TRY(read_weight(table, i / columns, i % columns + 1, &weights[i], err));
    }
    *out = (kt_weights){.row_count = table->row_count,
                        .column_count = columns,
                        .row = rows,
                        .column = names,
                        .weight = weights,
                        .name = table->path};
    return KT_OK;
}

kt_status kt_measure_weights(const kt_measure *measure, const char *path, kt_arena *arena,
                             const kt_weights **out, kt_error *err)
{
    *out = NULL;
    if (measure->weighted != (path != NULL)) {
        return measure->weighted
                   ? kt_fail(err, KT_ERR_USAGE, "%s needs --weights FILE", measure->id)
                   : kt_fail(err, KT_ERR_USAGE, "%s takes no --weights", measure->id);
    }
    if (path == NULL) {
        return KT_OK;
    }
    kt_csv_table *table = NULL;
    kt_weights *weights = kt_arena_new(arena, kt_weights);
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &table, err));
    KT_TRY(read_weights(table, arena, weights, err));
    *out = weights;
    return KT_OK;
}

bool kt_measure_weights_by_order(const kt_weights *weights)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("names of weights", 0);
    kt_codes *rows = kt_codes_new(arena);
    for (size_t i = 0; i < weights->row_count; i++) {
        (void)kt_codes_intern(rows, weights->row[i]);
    }
    for (size_t j = 0; j < weights->column_count; j++) {
        if (kt_codes_find(rows, weights->column[j]) != KT_NO_CODE) {
            return false;
        }
    }
    return true;
}
