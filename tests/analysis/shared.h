/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_SHARED_H
#define KT_TESTS_ANALYSIS_SHARED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/csv.h"
#include "support/check.h"

/* Real figures that do not belong to the tree; a test that needs them is skipped without. */
static inline const char *shared_path(const char *name, kt_arena *arena)
{
    const char *path = kt_arena_print(arena, "%s/data/%s", KT_SHARED, name);
    FILE *probe = fopen(path, "rb");
    if (probe == NULL) {
        print_message("%s is not here\n", path);
        skip();
    }
    (void)fclose(probe);
    return path;
}

static inline const kt_csv_table *shared_csv(const char *name, kt_arena *arena)
{
    const char *path = shared_path(name, arena);
    kt_error err = {0};
    kt_csv_table *table = NULL;
    if (kt_csv_load(path, (size_t)16 << 20, arena, &table, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return table;
}

#define GZ_ROWS 8192

/* Where the rows of a compressed file gather. */
typedef struct gz_rows {
    kt_arena *arena;
    kt_csv_table *table;
} gz_rows;

static inline char **gz_copy(const gz_rows *to, const kt_csv_row *row, char **out)
{
    for (size_t i = 0; i < row->field_count; i++) {
        out[i] = kt_arena_copy(to->arena, row->fields[i]);
    }
    return out;
}

static inline kt_status gz_header(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    const gz_rows *to = context;
    to->table->column_count = row->field_count;
    to->table->names = gz_copy(to, row, kt_arena_array(to->arena, char *, row->field_count));
    to->table->cells = kt_arena_array(to->arena, char *, row->field_count *GZ_ROWS);
    return KT_OK;
}

static inline kt_status gz_row(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    const gz_rows *to = context;
    assert_true(to->table->row_count < GZ_ROWS);
    gz_copy(to, row, &to->table->cells[to->table->row_count * row->field_count]);
    to->table->row_count++;
    return KT_OK;
}

/* The same for a file that gzip has packed, of at most GZ_ROWS rows. */
static inline const kt_csv_table *shared_csv_gz(const char *name, kt_arena *arena)
{
    const char *path = shared_path(name, arena);
    FILE *unpacked = popen(kt_arena_print(arena, "gzip -dc '%s'", path), "r");
    assert_non_null(unpacked);
    gz_rows rows = {.arena = arena, .table = kt_arena_new(arena, kt_csv_table)};
    rows.table->path = path;
    const kt_csv_events events = {.context = &rows, .header = gz_header, .row = gz_row};
    kt_error err = {0};
    if (kt_csv_read(unpacked, path, (kt_csv_dialect){0}, &events, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(pclose(unpacked), 0);
    return rows.table;
}

static inline size_t csv_column(const kt_csv_table *table, const char *name)
{
    size_t column = 0;
    kt_error err = {0};
    if (kt_csv_column(table, name, &column, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return column;
}

/* NAN for an empty cell. */
static inline double csv_number(const kt_csv_table *table, size_t row, const char *name)
{
    const char *cell = kt_csv_cell(table, row, csv_column(table, name));
    return *cell == '\0' ? NAN : strtod(cell, NULL);
}

static inline const char *csv_text(const kt_csv_table *table, size_t row, const char *name)
{
    return kt_csv_cell(table, row, csv_column(table, name));
}

/* The u and v of one month, in the order of the file; how many, at most 32. */
static inline size_t month_named(const kt_csv_table *inputs, const char *time, const char *u_name,
                                 const char *v_name, double *u, double *v)
{
    const size_t at = csv_column(inputs, "time");
    const size_t u_at = csv_column(inputs, u_name), v_at = csv_column(inputs, v_name);
    size_t count = 0;
    for (size_t row = 0; row < inputs->row_count; row++) {
        if (strcmp(kt_csv_cell(inputs, row, at), time) == 0) {
            assert_true(count < 32);
            u[count] = strtod(kt_csv_cell(inputs, row, u_at), NULL);
            v[count] = strtod(kt_csv_cell(inputs, row, v_at), NULL);
            count++;
        }
    }
    return count;
}

/* Job seekers and posts by maakunta as they were published until 2020, in the borders of then: what
 * the reference indices were computed from. */
#define OLD_MAAKUNTA "statfin/maakunta_1001.csv.gz"

static inline size_t old_month(const kt_csv_table *inputs, const char *time, double *u, double *v)
{
    return month_named(inputs, time, "Tyottomat", "Avoimet_tyopaikat", u, v);
}

#endif
