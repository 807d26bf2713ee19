/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>

#include "analysis_job.h"
#include "check_rows.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "counterfactual_rows.h"
#include "matching_rows.h"

#define EXAMPLES 5

enum {
    SCOPE,
    MODEL,
    TERM,
    ESTIMATE,
    STANDARD_ERROR,
    N,
    FIRST_PERIOD,
    LAST_PERIOD,
    ADMISSIBLE,
    REASON,
    METHOD,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "scope",        "model",       "term",       "estimate", "standard_error", "n",
    "first_period", "last_period", "admissible", "reason",   "method",         "obs_status",
};

enum {
    PATH_PERIOD,
    PATH_START,
    PATH_OBSERVED,
    PATH_RATE,
    PATH_MISMATCH,
    PATH_METHOD,
    PATH_STATUS,
    PATH_COLUMNS
};

static const char *const path_names[PATH_COLUMNS] = {
    "time_period",           "period_start", "observed_rate", "counterfactual_rate",
    "mismatch_unemployment", "method",       "obs_status",
};

/* The only file of a table that is not split, with the columns that are filled here. */
static kt_status open_table(const kt_analysis_job *job, const char *table,
                            const char *const *columns, size_t count, kt_rows **out, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, table);
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", table);
    }
    KT_TRY(kt_schema_expect(schema, columns, count, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, table), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    return kt_rows_open_unsorted(schema, path, out, err);
}

static void put_period(kt_rows *rows, size_t column, const kt_function_fit *fit, kt_period period)
{
    char name[KT_PERIOD_SIZE];
    kt_rows_text(rows, column, fit->found == NULL ? NULL : kt_period_write(period, name));
}

static kt_obs status_of(const kt_function_fit *fit, const kt_function_row *row)
{
    if (fit->found == NULL) {
        return KT_OBS_NOT_COLLECTED;
    }
    return row->admissible ? fit->obs : KT_OBS_IMPOSSIBLE;
}

static kt_status add_row(const kt_function_fit *fit, size_t term, kt_rows *rows, kt_error *err)
{
    const kt_function_row row = kt_function_row_at(fit, term);
    kt_rows_text(rows, SCOPE, fit->scope);
    kt_rows_text(rows, MODEL, fit->spec->name);
    kt_rows_text(rows, TERM, row.term);
    kt_rows_number(rows, ESTIMATE, row.estimate);
    kt_rows_number(rows, STANDARD_ERROR, row.standard_error);
    kt_rows_number(rows, N, (double)row.n);
    put_period(rows, FIRST_PERIOD, fit, fit->first);
    put_period(rows, LAST_PERIOD, fit, fit->last);
    kt_rows_flag(rows, ADMISSIBLE, row.admissible);
    kt_rows_text(rows, REASON, row.reason);
    kt_rows_text(rows, METHOD, fit->method);
    kt_rows_status(rows, OBS_STATUS, status_of(fit, &row));
    return kt_rows_end(rows, err);
}

static kt_status add_fit(const kt_function_fit *fit, kt_rows *rows, kt_error *err)
{
    for (size_t term = 0; term < kt_function_row_count(fit); term++) {
        KT_TRY(add_row(fit, term, rows, err));
    }
    return KT_OK;
}

static kt_status write_functions(const kt_analysis_job *job, kt_error *err)
{
    const kt_function_list *list = job->functions;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(open_table(job, KT_MATCHING_TABLE, names, COLUMNS, &rows, err));
    for (size_t i = 0; i < list->count; i++) {
        KT_TRY(add_fit(&list->at[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

static kt_status add_month(const kt_counterfactual_row *row, kt_rows *rows, kt_error *err)
{
    char period[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    kt_rows_text(rows, PATH_PERIOD, kt_period_write(row->period, period));
    kt_rows_text(rows, PATH_START, kt_period_start(row->period, start));
    kt_rows_number(rows, PATH_OBSERVED, row->unemployment_rate);
    kt_rows_number(rows, PATH_RATE, row->rate);
    kt_rows_number(rows, PATH_MISMATCH, row->difference);
    kt_rows_text(rows, PATH_METHOD, row->method);
    kt_rows_status(rows, PATH_STATUS, row->obs);
    return kt_rows_end(rows, err);
}

static kt_status write_path(const kt_analysis_job *job, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(open_table(job, KT_COUNTERFACTUAL_TABLE, path_names, PATH_COLUMNS, &rows, err));
    for (size_t i = 0; i < job->counterfactual->count; i++) {
        KT_TRY(add_month(&job->counterfactual->at[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

kt_status kt_analyse_matching(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_panel_place place = kt_analysis_panels(job);
    kt_function_list *functions = kt_arena_new(job->arena, kt_function_list);
    kt_counterfactual *path = kt_arena_new(job->arena, kt_counterfactual);
    KT_TRY(
        kt_functions_fit(config->contract, &config->matching, &place, job->arena, functions, err));
    KT_TRY(kt_counterfactual_make(config->contract, &config->counterfactual, &place, job->arena,
                                  path, err));
    job->functions = functions;
    job->counterfactual = path;
    KT_TRY(write_functions(job, err));
    return write_path(job, err);
}

static kt_status check_functions(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_function_list *list = job->functions;
    size_t failed = 0;
    const char *words = "";
    for (size_t i = 0; i < list->count; i++) {
        const kt_function_row row = kt_function_row_at(&list->at[i], 0);
        if (!row.admissible && failed++ < EXAMPLES) {
            words = kt_arena_print(job->arena, "%s%s%s %s: %s", words, failed > 1 ? "; " : "",
                                   list->at[i].scope, list->at[i].spec->name, row.reason);
        }
    }
    const size_t estimated = list->count - failed;
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_FUNCTIONS,
                                           .subject = KT_MATCHING_TABLE,
                                           .severity = "note",
                                           .result = estimated == 0 ? "absent"
                                                     : failed == 0  ? "passed"
                                                                    : "warn",
                                           .measured = (double)estimated,
                                           .threshold = NAN,
                                           .cells_failed = failed,
                                           .examples = words},
                            err);
}

static kt_status check_path(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    const kt_counterfactual *path = job->counterfactual;
    size_t failed = 0;
    const char *words = path->reason == NULL ? "" : path->reason;
    for (size_t i = path->count; i > 0; i--) {
        char name[KT_PERIOD_SIZE];
        const kt_counterfactual_row *row = &path->at[i - 1];
        if (row->reason != NULL && failed++ < EXAMPLES) {
            words = kt_arena_print(job->arena, "%s%s%s: %s", words, failed > 1 ? "; " : "",
                                   kt_period_write(row->period, name), row->reason);
        }
    }
    const size_t given = path->count - failed;
    return kt_check_row_add(rows,
                            (kt_check_row){.check = KT_CHECK_COUNTERFACTUAL,
                                           .subject = KT_COUNTERFACTUAL_TABLE,
                                           .severity = "note",
                                           .result = given == 0 ? "absent" : "passed",
                                           .measured = (double)given,
                                           .threshold = NAN,
                                           .cells_failed = failed,
                                           .examples = words},
                            err);
}

kt_status kt_matching_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    if (job->functions->settings->source != NULL) {
        KT_TRY(check_functions(job, rows, err));
    }
    return job->counterfactual->settings->source == NULL ? KT_OK : check_path(job, rows, err);
}
