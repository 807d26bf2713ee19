/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "projects/rows.h"

enum column {
    LAARI_ID,
    KIND,
    INDICATOR_CODE,
    PERIOD,
    NAME_EN,
    NAME_FI,
    NAME_SV,
    REQUIRED,
    DUE_AT,
    DUE_MONTHS,
    IS_PRIMARY,
    WEIGHT,
    SCALE_LEAST,
    SCALE_MOST,
    SCALE_BETTER,
    SCALE_CORRELATION,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "laari_id",          "kind",      "indicator_code", "period",     "name_en",
    "name_fi",           "name_sv",   "required",       "due_at",     "due_months",
    "is_primary",        "weight",    "scale_least",    "scale_most", "scale_better",
    "scale_correlation", "obs_status"};

/* What a cluster has agreed upon: an indicator of the catalogue, or a scale. */
typedef struct agreed {
    const char *code;
    kt_words name;
    bool required;
    kt_laari_due due;
    double weight;         /* NAN of a scale */
    const kt_scale *scale; /* NULL of an indicator */
} agreed;

static kt_status add_agreed(const kt_laari *laari, const agreed *one, kt_rows *rows, kt_error *err)
{
    const kt_scale *scale = one->scale;
    kt_rows_text(rows, LAARI_ID, laari->id);
    kt_rows_text(rows, KIND, scale == NULL ? "indicator" : "score");
    kt_rows_text(rows, INDICATOR_CODE, one->code);
    kt_rows_text(rows, PERIOD, laari->period);
    kt_rows_text(rows, NAME_EN, one->name.en);
    kt_rows_text(rows, NAME_FI, one->name.fi);
    kt_rows_text(rows, NAME_SV, one->name.sv);
    kt_rows_flag(rows, REQUIRED, one->required);
    kt_rows_text(rows, DUE_AT, one->due.at_end ? "end" : "period");
    kt_rows_number(rows, DUE_MONTHS, (double)one->due.months);
    kt_rows_flag(rows, IS_PRIMARY, strcmp(one->code, laari->primary_indicator) == 0);
    kt_rows_number(rows, WEIGHT, one->weight);
    kt_rows_number(rows, SCALE_LEAST, scale == NULL ? NAN : scale->least);
    kt_rows_number(rows, SCALE_MOST, scale == NULL ? NAN : scale->most);
    kt_rows_text(rows, SCALE_BETTER, scale == NULL ? "" : scale->rising ? "high" : "low");
    kt_rows_number(rows, SCALE_CORRELATION, scale == NULL ? NAN : scale->correlation);
    kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

static kt_status add_laari(const kt_indicators *catalogue, const kt_laari *laari, kt_rows *rows,
                           kt_error *err)
{
    for (size_t i = 0; i < laari->indicator_count; i++) {
        const kt_laari_indicator *one = &laari->indicators[i];
        const agreed row = {.code = one->code,
                            .name = kt_indicator_find(catalogue, one->code)->name,
                            .required = one->required,
                            .due = one->due,
                            .weight = one->weight};
        KT_TRY(add_agreed(laari, &row, rows, err));
    }
    for (size_t i = 0; i < laari->score_count; i++) {
        const kt_laari_score *one = &laari->scores[i];
        const agreed row = {.code = one->scale->code,
                            .name = one->scale->name,
                            .required = one->required,
                            .due = one->due,
                            .weight = NAN,
                            .scale = one->scale};
        KT_TRY(add_agreed(laari, &row, rows, err));
    }
    return KT_OK;
}

kt_status kt_project_agreed_write(const kt_analysis_job *job, kt_error *err)
{
    const kt_project_settings *settings = &job->night->config->projects;
    const kt_laarit *all = settings->laarit;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "laari_indicators", names, COLUMNS, &rows, err));
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        KT_TRY(add_laari(settings->indicators, &all->at[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
