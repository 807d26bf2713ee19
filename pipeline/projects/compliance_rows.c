/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/cleanup.h"
#include "projects/judged.h"
#include "projects/rows.h"

enum column {
    SNAPSHOT_AS_OF,
    PROJECT_CODE,
    LAARI_ID,
    REQUIRED_N,
    REPORTED_N,
    COMPLETENESS,
    OVERDUE_N,
    INCONSISTENT_N,
    CHECKS_FAILED,
    STATUS,
    LATE_N,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "snapshot_as_of", "project_code",   "laari_id",      "required_n", "reported_n", "completeness",
    "overdue_n",      "inconsistent_n", "checks_failed", "status",     "late_n",     "obs_status"};

enum report_column {
    REPORT_AS_OF,
    REPORT_PROJECT,
    REPORT_INDICATOR,
    REPORT_PERIOD,
    REPORT_LAARI,
    REPORT_DUE,
    REPORT_STATE,
    REPORT_REPORTED,
    REPORT_STATUS,
    REPORT_COLUMNS
};

static const char *const report_names[REPORT_COLUMNS] = {
    "snapshot_as_of", "project_code", "indicator_code", "report_period", "laari_id",
    "due_date",       "state",        "reported_on",    "obs_status"};

static kt_status add_row(const char *code, const kt_project_judgement *of, int64_t as_of_day,
                         kt_rows *rows, kt_error *err)
{
    const kt_compliance *found = &of->is;
    char day[KT_INSTANT_SIZE];
    const bool due = found->required_n > 0;
    kt_rows_text(rows, SNAPSHOT_AS_OF, kt_day_words(as_of_day, day));
    kt_rows_text(rows, PROJECT_CODE, code);
    kt_rows_text(rows, LAARI_ID, of->laari == NULL ? NULL : of->laari->id);
    kt_rows_number(rows, REQUIRED_N, (double)found->required_n);
    kt_rows_number(rows, REPORTED_N, (double)found->reported_n);
    kt_rows_number(rows, COMPLETENESS, found->completeness);
    kt_rows_number(rows, OVERDUE_N, (double)found->overdue_n);
    kt_rows_number(rows, INCONSISTENT_N, (double)found->inconsistent_n);
    kt_rows_text(rows, CHECKS_FAILED, found->checks_failed);
    kt_rows_text(rows, STATUS, kt_compliance_status_name(found->status));
    kt_rows_number(rows, LATE_N, (double)found->late_n);
    kt_rows_status(rows, OBS_STATUS, due ? KT_OBS_OBSERVED : KT_OBS_IMPOSSIBLE);
    return kt_rows_end(rows, err);
}

static kt_status add_report(const char *code, const kt_project_judgement *of, size_t at,
                            int64_t as_of_day, kt_rows *rows, kt_error *err)
{
    const kt_asked_report *report = &of->asked[at];
    char day[KT_INSTANT_SIZE], period[KT_REPORT_PERIOD_SIZE];
    kt_rows_text(rows, REPORT_AS_OF, kt_day_words(as_of_day, day));
    kt_rows_text(rows, REPORT_PROJECT, code);
    kt_rows_text(rows, REPORT_INDICATOR, report->indicator);
    kt_rows_text(rows, REPORT_PERIOD, kt_report_period_code(report->period, period));
    kt_rows_text(rows, REPORT_LAARI, of->laari->id);
    kt_rows_text(rows, REPORT_DUE, kt_day_words(report->due_day, day));
    kt_rows_text(rows, REPORT_STATE, kt_report_state_name(report->found.state));
    kt_rows_text(rows, REPORT_REPORTED, kt_day_words(report->found.reported_day, day));
    kt_rows_status(rows, REPORT_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

/* The two tables that are written together. */
typedef struct written {
    kt_rows *compliance, *reports;
} written;

static kt_status add_project(const char *code, const kt_project_judgement *of, int64_t as_of_day,
                             written to, kt_error *err)
{
    KT_TRY(add_row(code, of, as_of_day, to.compliance, err));
    for (size_t i = 0; i < of->asked_count; i++) {
        KT_TRY(add_report(code, of, i, as_of_day, to.reports, err));
    }
    return KT_OK;
}

kt_status kt_project_compliance_write(const kt_analysis_job *job, const kt_project_study *study,
                                      const kt_project_judged *judged, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_AUTO(rows) kt_rows *asked = NULL;
    KT_TRY(kt_project_rows_open(job, "indicator_compliance", names, COLUMNS, &rows, err));
    KT_TRY(
        kt_project_rows_open(job, "required_reports", report_names, REPORT_COLUMNS, &asked, err));
    const written to = {rows, asked};
    for (size_t i = 0; i < study->count; i++) {
        const kt_project_judgement *of = &judged->of[i];
        const char *code = study->at[i]->is.text[KT_PROJECT_PROJECT_CODE];
        KT_TRY(of->known ? add_project(code, of, judged->as_of_day, to, err) : KT_OK);
    }
    KT_TRY(kt_rows_close(&rows, NULL, err));
    return kt_rows_close(&asked, NULL, err);
}
