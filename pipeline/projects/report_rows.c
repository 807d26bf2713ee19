/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "core/cleanup.h"
#include "projects/reports.h"
#include "projects/rows.h"

enum value_column {
    VALUE_PROJECT,
    VALUE_INDICATOR,
    VALUE_PERIOD,
    VALUE_SEX,
    VALUE_MEASURE,
    VALUE_DATE,
    VALUE,
    VALUE_CUMULATIVE,
    VALUE_BASIS,
    VALUE_REPORTED,
    VALUE_SOURCE,
    VALUE_LAST_DATE,
    VALUE_CURRENT,
    VALUE_STATUS,
    VALUE_COLUMNS
};

static const char *const value_names[VALUE_COLUMNS] = {
    "project_code", "indicator_code", "report_period", "sex",
    "measure",      "snapshot_date",  "value",         "is_cumulative",
    "basis",        "reported_on",    "source",        "last_snapshot_date",
    "current",      "obs_status"};

static const char *const sexes[KT_SEXES] = {"all", "f", "m", "nb"};

static kt_status add_value(const kt_reported *is, bool hidden, bool cumulative, kt_rows *rows,
                           kt_error *err)
{
    char day[KT_INSTANT_SIZE], period[KT_REPORT_PERIOD_SIZE];
    kt_rows_text(rows, VALUE_PROJECT, is->project);
    kt_rows_text(rows, VALUE_INDICATOR, is->code);
    kt_rows_text(rows, VALUE_PERIOD, kt_report_period_code(is->period, period));
    kt_rows_text(rows, VALUE_SEX, sexes[is->sex]);
    kt_rows_text(rows, VALUE_MEASURE, is->target ? "target" : "realised");
    kt_rows_text(rows, VALUE_DATE, kt_day_words(is->snapshot_day, day));
    kt_rows_number(rows, VALUE, hidden ? NAN : is->value);
    kt_rows_flag(rows, VALUE_CUMULATIVE, cumulative);
    kt_rows_text(rows, VALUE_BASIS, kt_indicator_basis_name(is->basis));
    kt_rows_text(rows, VALUE_REPORTED, kt_day_words(is->reported_day, day));
    kt_rows_text(rows, VALUE_SOURCE, is->source);
    kt_rows_text(rows, VALUE_LAST_DATE, kt_day_words(is->last_snapshot_day, day));
    kt_rows_flag(rows, VALUE_CURRENT, is->current);
    kt_rows_status(rows, VALUE_STATUS, hidden ? KT_OBS_PROTECTED : KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

static kt_status write_values(const kt_analysis_job *job, const kt_project_reports *reports,
                              kt_error *err)
{
    const kt_laarit *laarit = job->night->config->projects.laarit;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "indicator_values", value_names, VALUE_COLUMNS, &rows, err));
    for (size_t i = 0; i < reports->indicators.count; i++) {
        KT_TRY(add_value(&reports->indicators.at[i], reports->hidden[i], laarit->cumulative, rows,
                         err));
    }
    return kt_rows_close(&rows, NULL, err);
}

enum score_column {
    SCORE_PROJECT,
    SCORE_SCALE,
    SCORE_PERIOD,
    SCORE_STAGE,
    SCORE_DATE,
    SCORE_PERSONS,
    SCORE_PERSONS_STATUS,
    SCORE_MEAN,
    SCORE_MEAN_STATUS,
    SCORE_DEVIATION,
    SCORE_DEVIATION_STATUS,
    SCORE_REPORTED,
    SCORE_SOURCE,
    SCORE_LAST_DATE,
    SCORE_CURRENT,
    SCORE_STATUS,
    SCORE_COLUMNS
};

static const char *const score_names[SCORE_COLUMNS] = {"project_code",  "indicator_code",
                                                       "report_period", "stage",
                                                       "snapshot_date", "n",
                                                       "n_status",      "mean",
                                                       "mean_status",   "sd",
                                                       "sd_status",     "reported_on",
                                                       "source",        "last_snapshot_date",
                                                       "current",       "obs_status"};

/* Nobody's answers have no mean, and less than two no deviation; else it was not reported. */
static kt_obs figure_status(double value, bool hidden, bool possible)
{
    if (hidden) {
        return KT_OBS_PROTECTED;
    }
    if (!isnan(value)) {
        return KT_OBS_OBSERVED;
    }
    return possible ? KT_OBS_MISSING : KT_OBS_IMPOSSIBLE;
}

static kt_status add_score(const kt_reported *is, bool hidden, kt_rows *rows, kt_error *err)
{
    char day[KT_INSTANT_SIZE], period[KT_REPORT_PERIOD_SIZE];
    const kt_obs persons = figure_status(is->persons, hidden, true);
    const kt_obs mean = figure_status(is->value, hidden, is->persons > 0.0);
    const kt_obs sd = figure_status(is->sd, hidden, is->persons > 1.0);
    kt_rows_text(rows, SCORE_PROJECT, is->project);
    kt_rows_text(rows, SCORE_SCALE, is->code);
    kt_rows_text(rows, SCORE_PERIOD, kt_report_period_code(is->period, period));
    kt_rows_text(rows, SCORE_STAGE, kt_score_stage_name(is->stage));
    kt_rows_text(rows, SCORE_DATE, kt_day_words(is->snapshot_day, day));
    kt_rows_number(rows, SCORE_PERSONS, hidden ? NAN : is->persons);
    kt_rows_status(rows, SCORE_PERSONS_STATUS, persons);
    kt_rows_number(rows, SCORE_MEAN, hidden ? NAN : is->value);
    kt_rows_status(rows, SCORE_MEAN_STATUS, mean);
    kt_rows_number(rows, SCORE_DEVIATION, hidden ? NAN : is->sd);
    kt_rows_status(rows, SCORE_DEVIATION_STATUS, sd);
    kt_rows_text(rows, SCORE_REPORTED, kt_day_words(is->reported_day, day));
    kt_rows_text(rows, SCORE_SOURCE, is->source);
    kt_rows_text(rows, SCORE_LAST_DATE, kt_day_words(is->last_snapshot_day, day));
    kt_rows_flag(rows, SCORE_CURRENT, is->current);
    kt_rows_status(rows, SCORE_STATUS, kt_obs_worse(kt_obs_worse(persons, mean), sd));
    return kt_rows_end(rows, err);
}

static kt_status write_scores(const kt_analysis_job *job, const kt_project_reports *reports,
                              kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, "indicator_scores", score_names, SCORE_COLUMNS, &rows, err));
    for (size_t i = 0; i < reports->scores.count; i++) {
        KT_TRY(add_score(&reports->scores.at[i], reports->scores_hidden[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

kt_status kt_project_values_write(const kt_analysis_job *job, const kt_project_reports *reports,
                                  kt_error *err)
{
    KT_TRY(write_values(job, reports, err));
    return write_scores(job, reports, err);
}
