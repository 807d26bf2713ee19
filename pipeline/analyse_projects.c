/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "projects/judged.h"
#include "projects/laari_figures.h"
#include "projects/money.h"
#include "projects/rows.h"
#include "publish/table.h"

#define REJECTS "rejects"

enum reject_column {
    REJECT_SOURCE,
    REJECT_FILE,
    REJECT_DATE,
    REJECT_ROW,
    REJECT_CODE,
    REJECT_REASON,
    REJECT_STATUS,
    REJECT_COLUMNS
};

static const char *const reject_names[REJECT_COLUMNS] = {
    "source", "file", "snapshot_date", "row", "project_code", "reason", "obs_status"};

static kt_status add_reject(const kt_list_file *file, const kt_project_reject *reject,
                            kt_rows *rows, kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    kt_rows_text(rows, REJECT_SOURCE, file->source->id);
    kt_rows_text(rows, REJECT_FILE, file->name);
    kt_rows_text(rows, REJECT_DATE, kt_day_words(file->snapshot_day, day));
    kt_rows_number(rows, REJECT_ROW, (double)reject->line);
    kt_rows_text(rows, REJECT_CODE, reject->code);
    kt_rows_text(rows, REJECT_REASON, reject->reason);
    kt_rows_status(rows, REJECT_STATUS, KT_OBS_MISSING);
    return kt_rows_end(rows, err);
}

static kt_status add_rejects(const kt_list_file *file, kt_rows *rows, kt_error *err)
{
    const kt_project_reject whole = {.reason = file->held};
    if (file->replaced) {
        return KT_OK;
    }
    KT_TRY(file->held != NULL ? add_reject(file, &whole, rows, err) : KT_OK);
    for (size_t i = 0; i < file->reject_count; i++) {
        KT_TRY(add_reject(file, &file->rejects[i], rows, err));
    }
    return KT_OK;
}

static kt_status write_rejects(const kt_analysis_job *job, kt_error *err)
{
    const kt_project_lists *lists = job->night->lists;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, REJECTS, reject_names, REJECT_COLUMNS, &rows, err));
    for (size_t i = 0; i < lists->count; i++) {
        KT_TRY(add_rejects(&lists->at[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

/* Money against needs, and the models that are missing where these are high. */
static kt_status analyse_needs(kt_analysis_job *job, const kt_project_study *study, kt_error *err)
{
    kt_project_moneys *moneys = kt_arena_new(job->arena, kt_project_moneys);
    const kt_panel_place panels = kt_analysis_panels(job);
    kt_coverage_study coverage;
    kt_theme_gaps gaps;
    KT_TRY(kt_coverage_study_make(job->night->config, study, &panels, job->arena, &coverage, err));
    *moneys = kt_project_moneys_of(&coverage, job->arena);
    job->moneys = moneys;
    KT_TRY(kt_project_coverage_write(job, &coverage, err));
    KT_TRY(kt_theme_gaps_find(&coverage, job->arena, &gaps, err));
    return kt_project_models_write(job, study, &gaps, err);
}

/* Pairs and clusters of projects that are alike, and what clusters achieve. */
static kt_status analyse_likeness(const kt_analysis_job *job, const kt_project_study *study,
                                  const kt_laari_source *from, kt_error *err)
{
    kt_overlap_study overlaps;
    kt_laari_study laarit;
    KT_TRY(kt_overlap_study_make(job->night, study, job->arena, &overlaps, err));
    KT_TRY(kt_project_overlaps_write(job, study, &overlaps, err));
    KT_TRY(kt_laari_study_make(job->night, study, &overlaps, job->arena, &laarit, err));
    KT_TRY(kt_project_laari_write(job, study, &laarit, err));
    KT_TRY(kt_project_results_write(job, from, &laarit, err));
    return kt_project_progress_write(job, from, err);
}

kt_status kt_analyse_projects(kt_analysis_job *job, kt_error *err)
{
    kt_project_study *study = kt_arena_new(job->arena, kt_project_study);
    kt_project_reports reports;
    KT_TRY(kt_project_study_make(job->night, job->arena, study, err));
    job->projects = study;
    KT_TRY(kt_project_reports_make(job->night, job->arena, &reports, err));
    const kt_reported_projects reported = {&job->night->config->projects, study, &reports};
    const kt_project_judged judged =
        kt_project_judged_make(&reported, kt_project_day(job), job->arena);
    const kt_laari_source from = {&reported, &judged};
    KT_TRY(kt_project_versions_write(job, study, err));
    KT_TRY(kt_project_places_write(job, study, err));
    KT_TRY(kt_project_actors_write(job, study, err));
    KT_TRY(analyse_needs(job, study, err));
    KT_TRY(analyse_likeness(job, study, &from, err));
    KT_TRY(kt_project_topics_write(job, err));
    KT_TRY(kt_project_indicators_write(job, err));
    KT_TRY(kt_project_agreed_write(job, err));
    KT_TRY(kt_project_values_write(job, &reports, err));
    KT_TRY(kt_project_compliance_write(job, study, &judged, err));
    return write_rejects(job, err);
}
