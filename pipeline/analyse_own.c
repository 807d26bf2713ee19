/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "check_rows.h"
#include "core/cleanup.h"
#include "projects/rows.h"

/*
 * The table of what people of regions count. It is made of the configuration alone, and no other
 * table reads it: an official figure is the same with and without it.
 */
#define TABLE "own_counts"

enum column {
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE,
    NAME,
    VALUE,
    UNIT,
    SOURCE,
    ORIGIN,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period", "period_start", "region_level", "region_code", "name",
    "value",       "unit",         "source",       "origin",      "obs_status"};

static kt_status add_row(const kt_own_count *is, kt_rows *rows, kt_error *err)
{
    char period[KT_PERIOD_SIZE];
    kt_rows_text(rows, TIME_PERIOD, kt_period_write(is->period, period));
    kt_rows_text(rows, PERIOD_START, kt_period_start(is->period, period));
    kt_rows_text(rows, REGION_LEVEL, is->region->level);
    kt_rows_text(rows, REGION_CODE, is->region->code);
    kt_rows_text(rows, NAME, is->name);
    kt_rows_number(rows, VALUE, is->value);
    kt_rows_text(rows, UNIT, is->unit);
    kt_rows_text(rows, SOURCE, is->source);
    kt_rows_text(rows, ORIGIN, "own");
    kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

static kt_status add_file(const kt_own_file *file, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < file->row_count; i++) {
        KT_TRY(add_row(&file->rows[i], rows, err));
    }
    return KT_OK;
}

kt_status kt_analyse_own(kt_analysis_job *job, kt_error *err)
{
    const kt_own_counts *own = &job->night->config->own;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, TABLE, names, COLUMNS, &rows, err));
    for (size_t i = 0; i < own->count; i++) {
        KT_TRY(add_file(&own->files[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

kt_status kt_own_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_own_counts *own = &job->night->config->own;
    for (size_t i = 0; i < own->count; i++) {
        const kt_check_row row = {.check = KT_CHECK_OWN,
                                  .subject = own->files[i].name,
                                  .severity = "hold",
                                  .result = "failed",
                                  .measured = NAN,
                                  .threshold = NAN,
                                  .examples = own->files[i].held_shown};
        KT_TRY(own->files[i].held == NULL ? KT_OK : kt_check_row_add(rows, row, err));
    }
    return KT_OK;
}
