/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/hash.h"
#include "core/text.h"
#include "hash_parts.h"
#include "project_judged.h"
#include "project_laari_figures.h"
#include "project_money.h"
#include "project_rows.h"
#include "publish/table.h"
#include "transform/project_bodies.h"

#define TABLE   "projects"
#define REJECTS "rejects"

enum column {
    PROJECT_CODE,
    SNAPSHOT_DATE,
    PERIOD,
    FUND,
    GROUP_CODE,
    NAME,
    SUMMARY,
    PRIORITY,
    SPECIFIC_OBJECTIVE,
    NATIONAL_THEME,
    FUNDING_AUTHORITY,
    BENEFICIARY,
    BUSINESS_ID,
    STATUS,
    STATUS_RAW,
    START_DATE,
    END_DATE,
    SUMS,
    INTERVENTION_FIELD = SUMS + KT_PROJECT_SUM_COUNT,
    ECONOMIC_ACTIVITY,
    RELATION,
    PARENT_CODE,
    SOURCE,
    SOURCE_ROW,
    ROW_HASH,
    LAST_SNAPSHOT_DATE,
    CURRENT,
    CHANGED,
    PROGRAMME_SECTION,
    LOCATION_CODE,
    LOCATION_NAME,
    IMPLEMENTATION_PLACE,
    BENEFICIARY_PLACE,
    APPROACH,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    [PROJECT_CODE] = "project_code",
    [SNAPSHOT_DATE] = "snapshot_date",
    [PERIOD] = "period",
    [FUND] = "fund",
    [GROUP_CODE] = "group_code",
    [NAME] = "name",
    [SUMMARY] = "summary",
    [PRIORITY] = "priority",
    [SPECIFIC_OBJECTIVE] = "specific_objective",
    [NATIONAL_THEME] = "national_theme",
    [FUNDING_AUTHORITY] = "funding_authority",
    [BENEFICIARY] = "beneficiary",
    [BUSINESS_ID] = "business_id",
    [STATUS] = "status",
    [STATUS_RAW] = "status_raw",
    [START_DATE] = "start_date",
    [END_DATE] = "end_date",
    [SUMS + KT_PROJECT_GRANTED] = "granted_eu_state_eur",
    [SUMS + KT_PROJECT_REALISED] = "realised_eu_state_eur",
    [SUMS + KT_PROJECT_PLANNED_PUBLIC] = "planned_public_eur",
    [SUMS + KT_PROJECT_REALISED_PUBLIC] = "realised_public_eur",
    [SUMS + KT_PROJECT_PLANNED_TOTAL] = "planned_total_eur",
    [SUMS + KT_PROJECT_REALISED_TOTAL] = "realised_total_eur",
    [INTERVENTION_FIELD] = "intervention_field",
    [ECONOMIC_ACTIVITY] = "economic_activity",
    [RELATION] = "relation",
    [PARENT_CODE] = "parent_code",
    [SOURCE] = "source",
    [SOURCE_ROW] = "source_row",
    [ROW_HASH] = "row_hash",
    [LAST_SNAPSHOT_DATE] = "last_snapshot_date",
    [CURRENT] = "current",
    [CHANGED] = "changed",
    [PROGRAMME_SECTION] = "programme_section",
    [LOCATION_CODE] = "location_code",
    [LOCATION_NAME] = "location_name",
    [IMPLEMENTATION_PLACE] = "implementation_place",
    [BENEFICIARY_PLACE] = "beneficiary_place",
    [APPROACH] = "approach",
    [OBS_STATUS] = "obs_status",
};

/* Fields of a project that stand in a column as they are. */
static const struct {
    enum column column;
    kt_project_text text;
} texts[] = {
    {FUND, KT_PROJECT_FUND},
    {GROUP_CODE, KT_PROJECT_GROUP_CODE},
    {NAME, KT_PROJECT_NAME},
    {SUMMARY, KT_PROJECT_SUMMARY},
    {PRIORITY, KT_PROJECT_PRIORITY},
    {SPECIFIC_OBJECTIVE, KT_PROJECT_OBJECTIVE},
    {NATIONAL_THEME, KT_PROJECT_NATIONAL_THEME},
    {FUNDING_AUTHORITY, KT_PROJECT_AUTHORITY},
    {BENEFICIARY, KT_PROJECT_BENEFICIARY},
    {BUSINESS_ID, KT_PROJECT_BUSINESS_ID},
    {STATUS_RAW, KT_PROJECT_STATUS_RAW},
    {INTERVENTION_FIELD, KT_PROJECT_FIELD},
    {ECONOMIC_ACTIVITY, KT_PROJECT_ACTIVITY},
    {PROGRAMME_SECTION, KT_PROJECT_SECTION},
    {LOCATION_CODE, KT_PROJECT_LOCATION_CODE},
    {LOCATION_NAME, KT_PROJECT_LOCATION_NAME},
    {IMPLEMENTATION_PLACE, KT_PROJECT_PLACE_NAME},
    {BENEFICIARY_PLACE, KT_PROJECT_SEAT_NAME},
};

static void hash_project(const kt_project *is, char out[KT_HASH_SIZE])
{
    kt_hasher *hasher = kt_hash_start();
    for (int i = 0; i < KT_PROJECT_TEXT_COUNT; i++) {
        kt_hash_text(hasher, is->text[i] == NULL ? "" : is->text[i]);
    }
    kt_hash_add(hasher, is->sum, sizeof is->sum);
    kt_hash_add(hasher, &is->start_day, sizeof is->start_day);
    kt_hash_add(hasher, &is->end_day, sizeof is->end_day);
    kt_hash_text(hasher, kt_project_status_name(is->status));
    kt_hash_text(hasher, is->period == NULL ? "" : is->period);
    kt_hash_text(hasher, is->format);
    kt_hash_finish(hasher, out);
}

/* The text of the column, in one line: a list may break lines inside a cell. Older lists call a
 * priority by its number alone, which programs take for a figure. */
static const char *text_of(const kt_project *is, enum column column, kt_arena *arena)
{
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (texts[i].column == column && is->text[texts[i].text] != NULL) {
            const char *words = is->text[texts[i].text];
            const bool bare = column == PRIORITY && strspn(words, "0123456789") == strlen(words);
            return bare ? kt_arena_print(arena, "TL%s", words) : kt_one_line(words, arena);
        }
    }
    return NULL;
}

static void put_texts(const kt_project *is, enum column first, enum column last, kt_rows *rows,
                      kt_arena *arena)
{
    for (enum column at = first; at <= last; at++) {
        kt_rows_text(rows, at, text_of(is, at, arena));
    }
}

static const char *code_of(const kt_project_study *study, size_t at)
{
    return at == KT_NO_PROJECT ? NULL : study->at[at]->is.text[KT_PROJECT_PROJECT_CODE];
}

/* Reactive, proactive, both or unknown: the project's one code of that scheme. */
static const char *approach_of(const kt_project_themes *themes)
{
    for (size_t i = 0; i < themes->count; i++) {
        if (strcmp(themes->at[i].scheme, "approach") == 0) {
            return themes->at[i].code;
        }
    }
    return NULL;
}

/* The project without the name and number of a person's own firm. */
static kt_project published_of(const kt_wording *wording, const kt_project *is, kt_arena *arena)
{
    kt_project out = *is;
    const char *named = is->text[KT_PROJECT_BENEFICIARY];
    const char *shown = kt_project_shown_beneficiary(wording, named, arena);
    if (!kt_text_same(shown, named)) {
        out.text[KT_PROJECT_BENEFICIARY] = shown;
        out.text[KT_PROJECT_BUSINESS_ID] = NULL;
    }
    return out;
}

/* at: the position of a current version in the study; KT_NO_PROJECT of another one. */
static kt_status add_version(const kt_analysis_job *job, const kt_project_study *study,
                             const kt_project_version *version, size_t at, kt_rows *rows,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("row of a project", 0);
    const kt_project published =
        published_of(job->night->config->projects.wording, &version->is, arena);
    const kt_project *is = &published;
    char day[KT_INSTANT_SIZE], hash[KT_HASH_SIZE];
    hash_project(is, hash);
    kt_rows_text(rows, PROJECT_CODE, is->text[KT_PROJECT_PROJECT_CODE]);
    kt_rows_text(rows, SNAPSHOT_DATE, kt_day_words(is->snapshot_day, day));
    kt_rows_text(rows, PERIOD, is->period);
    put_texts(is, FUND, BUSINESS_ID, rows, arena);
    kt_rows_text(rows, STATUS, kt_project_status_name(is->status));
    put_texts(is, STATUS_RAW, STATUS_RAW, rows, arena);
    kt_rows_text(rows, START_DATE, kt_day_words(is->start_day, day));
    kt_rows_text(rows, END_DATE, kt_day_words(is->end_day, day));
    for (int i = 0; i < KT_PROJECT_SUM_COUNT; i++) {
        const size_t column = SUMS + (size_t)i;
        kt_rows_number(rows, column, is->sum[i] == KT_NO_MONEY ? NAN : (double)is->sum[i] / 100.0);
    }
    put_texts(is, INTERVENTION_FIELD, ECONOMIC_ACTIVITY, rows, arena);
    const kt_project_related *related = at == KT_NO_PROJECT ? NULL : &study->related[at];
    kt_rows_text(rows, RELATION,
                 related == NULL ? NULL : kt_project_relation_name(related->relation));
    kt_rows_text(rows, PARENT_CODE, related == NULL ? NULL : code_of(study, related->parent));
    kt_rows_text(rows, SOURCE, is->format);
    kt_rows_number(rows, SOURCE_ROW, (double)is->source_row);
    kt_rows_text(rows, ROW_HASH, hash);
    kt_rows_text(rows, LAST_SNAPSHOT_DATE, kt_day_words(version->last_snapshot_day, day));
    kt_rows_flag(rows, CURRENT, version->current);
    kt_rows_text(rows, CHANGED, version->changed);
    put_texts(is, PROGRAMME_SECTION, BENEFICIARY_PLACE, rows, arena);
    kt_rows_text(rows, APPROACH, at == KT_NO_PROJECT ? NULL : approach_of(&study->themes[at]));
    kt_rows_status(rows, OBS_STATUS,
                   kt_project_version_is_kept(version) ? KT_OBS_PROVISIONAL : KT_OBS_OBSERVED);
    return kt_rows_end(rows, err);
}

static kt_status write_projects(const kt_analysis_job *job, const kt_project_study *study,
                                kt_error *err)
{
    const kt_project_versions *versions = &job->night->lists->versions;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, TABLE, names, COLUMNS, &rows, err));
    for (size_t i = 0, current = 0; i < versions->count; i++) {
        const kt_project_version *version = &versions->at[i];
        const size_t at = version->current ? current : KT_NO_PROJECT;
        KT_TRY(add_version(job, study, version, at, rows, err));
        current += version->current ? 1 : 0;
    }
    return kt_rows_close(&rows, NULL, err);
}

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
    KT_TRY(write_projects(job, study, err));
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
