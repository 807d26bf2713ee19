/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/hash.h"
#include "core/text.h"
#include "hash_parts.h"
#include "projects/rows.h"
#include "publish/table.h"
#include "transform/project_bodies.h"

#define TABLE "projects"

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
static kt_status add_version(const kt_wording *wording, const kt_project_study *study,
                             const kt_project_version *version, size_t at, kt_rows *rows,
                             kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("row of a project", 0);
    const kt_project published = published_of(wording, &version->is, arena);
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

kt_status kt_project_versions_write(const kt_analysis_job *job, const kt_project_study *study,
                                    kt_error *err)
{
    const kt_wording *wording = job->night->config->projects.wording;
    const kt_project_versions *versions = &job->night->lists->versions;
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_project_rows_open(job, TABLE, names, COLUMNS, &rows, err));
    for (size_t i = 0, current = 0; i < versions->count; i++) {
        const kt_project_version *version = &versions->at[i];
        const size_t at = version->current ? current : KT_NO_PROJECT;
        KT_TRY(add_version(wording, study, version, at, rows, err));
        current += version->current ? 1 : 0;
    }
    return kt_rows_close(&rows, NULL, err);
}

const char *kt_project_list_fault(const kt_config *config, const char *name,
                                  const kt_project_drop *drop, kt_arena *arena)
{
    const kt_schema *schema = kt_contract_find(config->contract, TABLE);
    kt_error why = {0};
    if (drop->list == NULL || schema == NULL ||
        kt_schema_expect(schema, names, COLUMNS, &why) != KT_OK) {
        return NULL; /* a contract that is wrong is told by whoever writes the table */
    }
    KT_AUTO(rows) kt_rows *rows = kt_rows_open_unsorted_part(schema);
    for (size_t i = 0; i < drop->list->project_count; i++) {
        const kt_project *is = &drop->list->projects[i];
        const kt_project_version version = {
            .is = *is, .last_snapshot_day = is->snapshot_day, .changed = "new"};
        if (add_version(config->projects.wording, NULL, &version, KT_NO_PROJECT, rows, &why) !=
            KT_OK) {
            return kt_arena_print(arena, "%s: row %zu: table %s, %s", name, is->source_row,
                                  schema->table, kt_rows_fault(rows));
        }
    }
    return NULL;
}
