/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/cleanup.h"
#include "projects/rows.h"

enum column {
    INDICATOR_CODE,
    PERIOD,
    KIND,
    LEVEL,
    NAME_EN,
    NAME_FI,
    NAME_SV,
    UNIT,
    PARENT_CODE,
    SENSITIVE,
    SUCCESSOR_CODE,
    COMPARABILITY,
    SEX_SPLIT,
    CUMULATIVE,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "indicator_code", "period",        "kind",      "level",       "name_en",
    "name_fi",        "name_sv",       "unit",      "parent_code", "sensitive",
    "successor_code", "comparability", "sex_split", "cumulative",  "obs_status"};

/* "EECO02+EECO04" */
static const char *joined(const char *const *codes, size_t count, kt_arena *arena)
{
    const char *all = "";
    for (size_t i = 0; i < count; i++) {
        all = kt_arena_print(arena, "%s%s%s", all, i == 0 ? "" : "+", codes[i]);
    }
    return all;
}

/* cumulative: how the figures of all are reported. */
static kt_status add_indicator(const kt_indicator *one, bool cumulative, kt_arena *arena,
                               kt_rows *rows, kt_error *err)
{
    kt_rows_text(rows, INDICATOR_CODE, one->code);
    kt_rows_text(rows, PERIOD, one->period);
    kt_rows_text(rows, KIND, one->kind);
    kt_rows_text(rows, LEVEL, one->level);
    kt_rows_text(rows, NAME_EN, one->name.en);
    kt_rows_text(rows, NAME_FI, one->name.fi);
    kt_rows_text(rows, NAME_SV, one->name.sv);
    kt_rows_text(rows, UNIT, one->unit);
    kt_rows_text(rows, PARENT_CODE, joined(one->parents, one->parent_count, arena));
    kt_rows_flag(rows, SENSITIVE, one->sensitive);
    kt_rows_text(rows, SUCCESSOR_CODE, joined(one->successors, one->successor_count, arena));
    kt_rows_text(rows, COMPARABILITY, one->comparability);
    kt_rows_flag(rows, SEX_SPLIT, strcmp(one->level, "participants") == 0);
    kt_rows_flag(rows, CUMULATIVE, cumulative);
    kt_rows_status(rows, OBS_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

kt_status kt_project_indicators_write(const kt_analysis_job *job, kt_error *err)
{
    const kt_project_settings *settings = &job->night->config->projects;
    const kt_indicators *all = settings->indicators;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "indicators", names, COLUMNS, &rows, err));
    for (size_t i = 0; all != NULL && i < all->count; i++) {
        KT_TRY(add_indicator(&all->at[i], settings->laarit->cumulative, job->arena, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
