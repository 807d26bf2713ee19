/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis/progress.h"
#include "core/cleanup.h"
#include "projects/laari_figures.h"
#include "projects/rows.h"

enum column {
    PROJECT_CODE,
    INDICATOR_CODE,
    REPORT_PERIOD,
    TARGET,
    TARGET_STATUS,
    REALISED,
    REALISED_STATUS,
    ACHIEVEMENT,
    ACHIEVEMENT_STATUS,
    ELAPSED_SHARE,
    PROGRESS,
    PROGRESS_STATUS,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "project_code",       "indicator_code", "report_period",   "target",
    "target_status",      "realised",       "realised_status", "achievement",
    "achievement_status", "elapsed_share",  "progress",        "progress_status",
    "obs_status"};

/* Why there is no figure, or that there is one. */
static kt_obs figure_status(const kt_own_figure *of)
{
    if (of->hidden) {
        return KT_OBS_PROTECTED;
    }
    return isnan(of->value) ? KT_OBS_MISSING : KT_OBS_OBSERVED;
}

/* What is made of both has the worse reason; nothing is by what was not promised. */
static kt_obs made_status(double value, kt_obs of_both)
{
    if (of_both != KT_OBS_OBSERVED) {
        return of_both;
    }
    return isnan(value) ? KT_OBS_IMPOSSIBLE : KT_OBS_OBSERVED;
}

static void put(kt_rows *rows, size_t column, double value, kt_obs status)
{
    kt_rows_number(rows, column, status == KT_OBS_OBSERVED ? value : NAN);
    kt_rows_status(rows, column + 1, status);
}

static kt_status add_row(const kt_project *project, const char *code, const kt_own_figure *target,
                         const kt_own_figure *realised, kt_rows *rows, kt_error *err)
{
    char period[KT_REPORT_PERIOD_SIZE];
    const kt_progress_question question = {.target = target->value,
                                           .realised = realised->value,
                                           .start_day = project->start_day,
                                           .end_day = project->end_day,
                                           .until_day = realised->end};
    const kt_progress found = kt_progress_of(&question);
    const kt_obs promised = figure_status(target), done = figure_status(realised);
    const kt_obs both = kt_obs_worse(promised, done);
    const kt_obs reached = made_status(found.achievement, both);
    const kt_obs timed = isnan(found.elapsed) ? kt_obs_worse(both, KT_OBS_MISSING) : both;
    const kt_obs pace = made_status(found.progress, timed);
    kt_rows_text(rows, PROJECT_CODE, project->text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, INDICATOR_CODE, code);
    kt_rows_text(rows, REPORT_PERIOD, kt_report_period_code(realised->period, period));
    put(rows, TARGET, target->value, promised);
    put(rows, REALISED, realised->value, done);
    put(rows, ACHIEVEMENT, found.achievement, reached);
    kt_rows_number(rows, ELAPSED_SHARE, realised->period == NULL ? NAN : found.elapsed);
    put(rows, PROGRESS, found.progress, pace);
    kt_rows_status(rows, OBS_STATUS, kt_obs_worse(both, kt_obs_worse(reached, pace)));
    return kt_rows_end(rows, err);
}

static kt_status add_indicator(const kt_laari_source *from, size_t project, const char *code,
                               kt_rows *rows, kt_error *err)
{
    const kt_own_reports of = kt_own_reports_of(from, project, false);
    const bool summed = !from->reported->settings->laarit->cumulative;
    const kt_own_figure target = kt_own_figure_of(of, code, true, false, KT_END_DAY);
    const kt_own_figure realised = kt_own_figure_of(of, code, false, summed, KT_END_DAY);
    if (target.period == NULL && realised.period == NULL) {
        return KT_OK; /* women or men alone */
    }
    return add_row(&from->reported->study->at[project]->is, code, &target, &realised, rows, err);
}

/* Reports come by their codes. */
static kt_status add_project(const kt_laari_source *from, size_t project, kt_rows *rows,
                             kt_error *err)
{
    const kt_own_reports of = kt_own_reports_of(from, project, false);
    const char *last = "";
    for (size_t i = 0; i < of.count; i++) {
        if (strcmp(of.at[i].code, last) == 0) {
            continue;
        }
        last = of.at[i].code;
        KT_TRY(add_indicator(from, project, last, rows, err));
    }
    return KT_OK;
}

kt_status kt_project_progress_write(const kt_analysis_job *job, const kt_laari_source *from,
                                    kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "indicator_progress", names, COLUMNS, &rows, err));
    for (size_t i = 0; i < from->reported->study->count; i++) {
        KT_TRY(add_project(from, i, rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
