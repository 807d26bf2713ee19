/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/shares.h"

#include <string.h>

#include "core/csv.h"
#include "core/number.h"

#define FILE_LIMIT ((size_t)1 << 20)

static const char *const kind_names[KT_SHARE_KINDS] = {
    "year", "month", "occupation", "industry", "municipality", "unallocated", "group"};
static const char *const columns[] = {"kind", "code", "unemployed", "vacancies", "labour_force"};
#define COLUMNS (sizeof columns / sizeof *columns)

static size_t find_kind(const char *name)
{
    size_t kind = 0;
    while (kind < KT_SHARE_KINDS && strcmp(kind_names[kind], name) != 0) {
        kind++;
    }
    return kind;
}

static kt_status read_row(const kt_csv_table *table, size_t row, kt_shares *out, kt_error *err)
{
    const char *name = kt_csv_cell(table, row, 0);
    const char *code = kt_csv_cell(table, row, 1);
    const size_t kind = find_kind(name);
    if (kind == KT_SHARE_KINDS) {
        return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: no kind is called '%s'", table->path,
                       row + 2, name);
    }
    const size_t position = kt_codes_add(out->codes[kind], code, NULL);
    for (size_t i = 0; i < KT_MODEL_MEASURES; i++) {
        const char *cell = kt_csv_cell(table, row, 2 + i);
        if (position == KT_NO_CODE ||
            !kt_count_read(cell, strlen(cell), &out->figures[kind][i][position])) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: %s %s twice, or no count: '%s'",
                           table->path, row + 2, name, code, cell);
        }
    }
    return KT_OK;
}

kt_status kt_shares_load(const char *path, kt_arena *arena, kt_shares *out, kt_error *err)
{
    kt_csv_table *table = NULL;
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &table, err));
    for (size_t i = 0; i < COLUMNS; i++) {
        size_t at = 0;
        KT_TRY(kt_csv_column(table, columns[i], &at, err));
        if (at != i) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: column %zu is not %s", path, i + 1, columns[i]);
        }
    }
    for (size_t kind = 0; kind < KT_SHARE_KINDS; kind++) {
        out->codes[kind] = kt_codes_new(arena);
        for (size_t i = 0; i < KT_MODEL_MEASURES; i++) {
            out->figures[kind][i] = kt_arena_array(arena, double, table->row_count);
        }
    }
    for (size_t row = 0; row < table->row_count; row++) {
        KT_TRY(read_row(table, row, out, err));
    }
    return KT_OK;
}

kt_status kt_share_of(const kt_shares *shares, kt_share_kind kind, const char *code, size_t measure,
                      double *out, kt_error *err)
{
    const size_t position = kt_codes_find(shares->codes[kind], code);
    if (position == KT_NO_CODE) {
        return kt_fail(err, KT_ERR_CONFIG, "config/sample/shares.csv: no %s %s", kind_names[kind],
                       code);
    }
    *out = shares->figures[kind][measure][position];
    return KT_OK;
}
