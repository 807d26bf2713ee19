/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_TRANSFORM_REAL_H
#define KT_TESTS_TRANSFORM_REAL_H

#include <stdio.h>

#include "core/csv.h"
#include "core/file.h"
#include "sample.h"

/** The real figures of Statistics Finland 2006M01-2023M10, packed CSV, straight into cubes. */

#define REAL_12R5 KT_SHARED "/data/statfin/tyonv_12r5_2006M01_2023M10.csv.gz"
#define REAL_12TI KT_SHARED "/data/statfin/tyonv_12ti_2006M01_2023M10.csv.gz"

/** One of config/sources. */
static inline const kt_source *real_source(const char *id, kt_arena *arena)
{
    kt_problems *problems = kt_problems_new(arena);
    const char *path = kt_arena_print(arena, KT_ROOT "/config/sources/%s.json", id);
    const kt_source *source = kt_source_load(path, arena, problems);
    for (size_t i = 0; i < kt_problems_count(problems); i++) {
        print_error("%s\n", kt_problems_at(problems, i));
    }
    assert_non_null(source);
    return source;
}

/* Columns alue, [ammattiryhma,] tiedot, value, time; cells are kept as they come. */
typedef struct real_rows {
    const kt_source *source;
    kt_codes *codes[KT_ROLES];
    size_t (*at)[KT_ROLES];
    double *value;
    size_t count, room;
    bool occupations;
} real_rows;

static inline kt_status real_header(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    real_rows *rows = context;
    rows->occupations = row->field_count == 5;
    return KT_OK;
}

static inline kt_status real_row(void *context, const kt_csv_row *row, kt_error *err)
{
    real_rows *rows = context;
    const size_t o = rows->occupations ? 1 : 0;
    const char *measure = NULL;
    for (size_t i = 0; i < rows->source->measure_count; i++) {
        if (strcmp(rows->source->measures[i].code, row->fields[1 + o]) == 0) {
            measure = rows->source->measures[i].measure;
        }
    }
    if (measure == NULL || rows->count == rows->room) {
        return kt_fail(err, KT_ERR_FORMAT, "row %zu", row->number);
    }
    const char *time = row->fields[3 + o];
    const char period[KT_PERIOD_SIZE] = {time[0], time[1], time[2], time[3],
                                         'M',     time[5], time[6], '\0'};
    size_t *at = rows->at[rows->count];
    at[KT_ROLE_PERIOD] = kt_codes_intern(rows->codes[KT_ROLE_PERIOD], period);
    at[KT_ROLE_MEASURE] = kt_codes_intern(rows->codes[KT_ROLE_MEASURE], measure);
    at[KT_ROLE_REGION] = kt_codes_intern(rows->codes[KT_ROLE_REGION], row->fields[0]);
    at[KT_ROLE_OCCUPATION] =
        kt_codes_intern(rows->codes[KT_ROLE_OCCUPATION], o == 1 ? row->fields[1] : KT_TOTAL);
    at[KT_ROLE_SECTOR] = kt_codes_intern(rows->codes[KT_ROLE_SECTOR], KT_TOTAL);
    at[KT_ROLE_GROUP] = kt_codes_intern(rows->codes[KT_ROLE_GROUP], KT_TOTAL);
    rows->value[rows->count++] =
        row->fields[2 + o][0] == '\0' ? NAN : strtod(row->fields[2 + o], NULL);
    return KT_OK;
}

/** The whole table as a source cube, or NULL where the figures are absent. */
static inline kt_cube *real_cube(const char *packed, const kt_source *source, kt_arena *arena)
{
    if (!kt_file_exists(packed)) {
        return NULL;
    }
    kt_arena *scratch = kt_arena_open("real figures", 0);
    real_rows rows = {.source = source, .room = 4000000};
    rows.at = kt_arena_take(scratch, rows.room, sizeof *rows.at);
    rows.value = kt_arena_array(scratch, double, rows.room);
    for (int role = 0; role < KT_ROLES; role++) {
        rows.codes[role] = kt_codes_new(arena);
    }
    kt_error err = {0};
    FILE *file = popen(kt_arena_print(scratch, "gzip -dc '%s'", packed), "r");
    const kt_csv_events events = {&rows, real_header, real_row};
    assert_int_equal(kt_csv_read(file, packed, (kt_csv_dialect){0}, &events, &err), KT_OK);
    assert_int_equal(pclose(file), 0);
    kt_cube *cube = NULL;
    assert_int_equal(kt_cube_new(arena, rows.codes, &cube, &err), KT_OK);
    for (size_t i = 0; i < rows.count; i++) {
        const size_t cell = kt_cube_at(cube, rows.at[i]);
        if (isnan(rows.value[i])) {
            kt_cube_protect(cube, cell, 2.5, source->protected_low, source->protected_high);
        } else {
            kt_cube_set(cube, cell, rows.value[i], KT_OBS_OBSERVED);
        }
    }
    kt_arena_free(scratch);
    return cube;
}

#endif
