/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/compliance.h"
#include "core/cleanup.h"
#include "project_reports.h"
#include "project_rows.h"

#define DAY_S  INT64_C(86400)
#define MONTHS 12

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

/* One project, and what is asked of it. */
typedef struct judging {
    const kt_project_settings *settings;
    const kt_project *project;
    const kt_laari *laari; /* NULL: none */
    int64_t as_of_day;
    const char **periods; /* in order of time */
    size_t period_count, period_room;
    kt_required_report *required;
    size_t required_count, required_room;
    kt_indicator_value *values;
    size_t value_count;
    kt_compliance_rules rules;
    kt_compliance_question question; /* of these rules */
    kt_arena *arena;
} judging;

/* Two months behind 30 June is 30 August, behind 31 December the last of February. */
static int64_t months_later(int64_t day, long months)
{
    int year, month, of_month, y, m, d;
    kt_civil_from_days(day, &year, &month, &of_month);
    const long all = (long)year * MONTHS + month - 1 + months;
    const int to_year = (int)(all / MONTHS), to_month = (int)(all % MONTHS) + 1;
    int64_t found = kt_days_from_civil(to_year, to_month, of_month);
    kt_civil_from_days(found, &y, &m, &d);
    while (m != to_month) {
        found--;
        kt_civil_from_days(found, &y, &m, &d);
    }
    return found;
}

static void add_period(judging *of, const char *name)
{
    for (size_t i = 0; i < of->period_count; i++) {
        if (strcmp(of->periods[i], name) == 0) {
            return;
        }
    }
    of->periods = kt_arena_grow(of->arena, of->periods, of->period_count, &of->period_room,
                                sizeof *of->periods);
    of->periods[of->period_count++] = name;
}

static size_t place_of(const judging *of, const char *name)
{
    size_t at = 0;
    while (strcmp(of->periods[at], name) != 0) {
        at++;
    }
    return at;
}

static int by_end(const void *a, const void *b)
{
    const char *x = *(const char *const *)a, *y = *(const char *const *)b;
    const int64_t first = kt_report_period_end(x), second = kt_report_period_end(y);
    return first != second ? (first < second ? -1 : 1) : strcmp(x, y);
}

static int64_t later_of(int64_t a, int64_t b)
{
    return a == KT_NO_DAY || (b != KT_NO_DAY && b > a) ? b : a;
}

static int64_t earlier_of(int64_t a, int64_t b)
{
    return a == KT_NO_DAY || (b != KT_NO_DAY && b < a) ? b : a;
}

/* The periods in which the project runs while its cluster is valid, as far as they have begun. */
static void add_asked_periods(judging *of)
{
    const kt_laarit *all = of->settings->laarit;
    const int64_t from = later_of(of->project->start_day, of->laari->valid_from);
    const int64_t to =
        earlier_of(earlier_of(of->project->end_day, of->laari->valid_to), of->as_of_day);
    if (from == KT_NO_DAY) {
        return;
    }
    int year, month, day;
    kt_civil_from_days(from, &year, &month, &day);
    const int step = all->yearly ? MONTHS : MONTHS / 2;
    int begin = (month - 1) / step * step;
    while (kt_days_from_civil(year, begin + 1, 1) <= to) {
        add_period(of, all->yearly ? kt_arena_print(of->arena, "%04d", year)
                                   : kt_arena_print(of->arena, "%04d-H%d", year, begin / step + 1));
        begin += step;
        year += begin / MONTHS;
        begin %= MONTHS;
    }
}

static void require(judging *of, const char *code, const char *period, int64_t due)
{
    of->required = kt_arena_grow(of->arena, of->required, of->required_count, &of->required_room,
                                 sizeof *of->required);
    of->required[of->required_count++] = (kt_required_report){code, place_of(of, period), due};
}

/* asked: the first so many periods, before those that were only reported were added. */
static void require_all(judging *of, const char *code, kt_laari_due due, const char *const *asked,
                        size_t count)
{
    if (due.at_end) {
        if (of->project->end_day != KT_NO_DAY) {
            require(of, code, "END", months_later(of->project->end_day, due.months));
        }
        return;
    }
    for (size_t i = 0; i < count; i++) {
        require(of, code, asked[i], months_later(kt_report_period_end(asked[i]), due.months));
    }
}

static void add_requirements(judging *of, const char *const *asked, size_t count)
{
    for (size_t i = 0; of->laari != NULL && i < of->laari->indicator_count; i++) {
        const kt_laari_indicator *one = &of->laari->indicators[i];
        if (one->required) {
            require_all(of, one->code, one->due, asked, count);
        }
    }
    for (size_t i = 0; of->laari != NULL && i < of->laari->score_count; i++) {
        const kt_laari_score *one = &of->laari->scores[i];
        if (one->required) {
            require_all(of, one->scale->code, one->due, asked, count);
        }
    }
}

/* Answers on a scale are reported where any stage of the period is. */
static bool is_there(const judging *of, const char *code, size_t period)
{
    for (size_t i = 0; i < of->value_count; i++) {
        if (of->values[i].period == period && strcmp(of->values[i].indicator, code) == 0) {
            return true;
        }
    }
    return false;
}

static void add_values(judging *of, const kt_reported *at, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const size_t period = place_of(of, at[i].period);
        const bool score = !isnan(at[i].persons);
        if (!at[i].current || (score && is_there(of, at[i].code, period))) {
            continue;
        }
        of->values[of->value_count++] =
            (kt_indicator_value){.indicator = at[i].code,
                                 .period = period,
                                 .sex = at[i].sex,
                                 .target = at[i].target,
                                 .value = score ? at[i].persons : at[i].value,
                                 .reported_day = at[i].reported_day};
    }
}

static const char *const *cumulative_codes(const judging *of, size_t *count)
{
    const kt_indicators *all = of->settings->indicators;
    const char **codes = kt_arena_array(of->arena, const char *, all->count + 1);
    *count = of->settings->laarit->cumulative ? all->count : 0;
    for (size_t i = 0; i < *count; i++) {
        codes[i] = all->at[i].code;
    }
    return codes;
}

/* Purchases for others, nothing granted, and work for other projects have no participants. */
static bool is_exempt(const judging *of, kt_project_relation relation)
{
    return of->laari == NULL || relation == KT_RELATION_PARALLEL || relation == KT_RELATION_GHOST ||
           relation == KT_RELATION_COORDINATION;
}

typedef struct reported_part {
    const kt_reported *at;
    size_t count;
} reported_part;

/* Puts the question together. */
static void ask(judging *of, reported_part indicators, reported_part scores,
                kt_project_relation relation)
{
    if (of->laari != NULL) {
        add_asked_periods(of);
    }
    const size_t asked_count = of->period_count;
    const char **asked = kt_arena_array(of->arena, const char *, asked_count + 1);
    for (size_t i = 0; i < asked_count; i++) {
        asked[i] = of->periods[i];
    }
    add_period(of, "END");
    for (size_t i = 0; i < indicators.count + scores.count; i++) {
        add_period(of, i < indicators.count ? indicators.at[i].period
                                            : scores.at[i - indicators.count].period);
    }
    qsort(of->periods, of->period_count, sizeof *of->periods, by_end);
    add_requirements(of, asked, asked_count);
    of->values = kt_arena_array(of->arena, kt_indicator_value, indicators.count + scores.count + 1);
    add_values(of, indicators.at, indicators.count);
    add_values(of, scores.at, scores.count);
    of->rules = (kt_compliance_rules){.required = of->required,
                                      .required_count = of->required_count,
                                      .period_count = of->period_count,
                                      .checks = of->settings->indicators->checks,
                                      .check_count = of->settings->indicators->check_count,
                                      .far_above = of->settings->laarit->far_above};
    of->rules.cumulative = cumulative_codes(of, &of->rules.cumulative_count);
    of->question = (kt_compliance_question){.rules = &of->rules,
                                            .values = of->values,
                                            .count = of->value_count,
                                            .start_day = of->project->start_day,
                                            .end_day = of->project->end_day,
                                            .as_of_day = of->as_of_day,
                                            .exempt = is_exempt(of, relation)};
}

static kt_status add_row(const judging *of, const kt_compliance *found, kt_rows *rows,
                         kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    const bool due = found->required_n > 0;
    kt_rows_text(rows, SNAPSHOT_AS_OF, kt_day_words(of->as_of_day, day));
    kt_rows_text(rows, PROJECT_CODE, of->project->text[KT_PROJECT_PROJECT_CODE]);
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

static kt_status add_report(const judging *of, const kt_required_report *report, kt_rows *rows,
                            kt_error *err)
{
    char day[KT_INSTANT_SIZE];
    const kt_report_finding found = kt_report_of(&of->question, report);
    if (found.state == KT_REPORT_NOT_ASKED) {
        return KT_OK;
    }
    kt_rows_text(rows, REPORT_AS_OF, kt_day_words(of->as_of_day, day));
    kt_rows_text(rows, REPORT_PROJECT, of->project->text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, REPORT_INDICATOR, report->indicator);
    kt_rows_text(rows, REPORT_PERIOD, of->periods[report->period]);
    kt_rows_text(rows, REPORT_LAARI, of->laari->id);
    kt_rows_text(rows, REPORT_DUE, kt_day_words(report->due_day, day));
    kt_rows_text(rows, REPORT_STATE, kt_report_state_name(found.state));
    kt_rows_text(rows, REPORT_REPORTED, kt_day_words(found.reported_day, day));
    kt_rows_status(rows, REPORT_STATUS, KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

/* Each report that is asked of the project. */
static kt_status add_reports(const judging *of, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; !of->question.exempt && i < of->required_count; i++) {
        KT_TRY(add_report(of, &of->required[i], rows, err));
    }
    return KT_OK;
}

/* The two tables that are written together. */
typedef struct written {
    kt_rows *compliance, *reports;
} written;

static kt_status add_project(const kt_analysis_job *job, const kt_project_study *study, size_t at,
                             const kt_project_reports *reports, written to, kt_error *err)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("compliance of a project", 0);
    const kt_project_settings *settings = &job->night->config->projects;
    const kt_project *project = &study->at[at]->is;
    const kt_project_relation relation = study->related[at].relation;
    const char *code = project->text[KT_PROJECT_PROJECT_CODE];
    size_t first = 0, first_score = 0;
    judging of = {.settings = settings,
                  .project = project,
                  .as_of_day = job->identity.as_of / DAY_S,
                  .arena = scratch};
    of.laari = kt_laari_of(settings->laarit, project, relation, &study->themes[at]);
    const size_t count = kt_reported_of(&reports->indicators, code, &first);
    const size_t score_count = kt_reported_of(&reports->scores, code, &first_score);
    if (of.laari == NULL && count + score_count == 0) {
        return KT_OK;
    }
    const reported_part indicators = {reports->indicators.at + first, count};
    const reported_part scores = {reports->scores.at + first_score, score_count};
    ask(&of, indicators, scores, relation);
    const kt_compliance found = kt_compliance_of(&of.question, scratch);
    KT_TRY(add_row(&of, &found, to.compliance, err));
    return add_reports(&of, to.reports, err);
}

kt_status kt_project_compliance_write(const kt_analysis_job *job, const kt_project_study *study,
                                      const kt_project_reports *reports, kt_error *err)
{
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_AUTO(rows) kt_rows *asked = NULL;
    KT_TRY(kt_project_rows_open(job, "indicator_compliance", names, COLUMNS, &rows, err));
    KT_TRY(
        kt_project_rows_open(job, "required_reports", report_names, REPORT_COLUMNS, &asked, err));
    const written to = {rows, asked};
    for (size_t i = 0; i < study->count; i++) {
        KT_TRY(add_project(job, study, i, reports, to, err));
    }
    KT_TRY(kt_rows_close(&rows, NULL, err));
    return kt_rows_close(&asked, NULL, err);
}
