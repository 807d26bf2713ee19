/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/text.h"
#include "projects/lists.h"
#include "publish/table.h"

#define DAY_S      86400
#define DAY_LENGTH 10 /* of "2026-11-24" */

enum column {
    SOURCE,
    TABLE,
    TITLE,
    ADDRESS,
    UPDATED_AT_SOURCE,
    LAST_PERIOD,
    FIRST_PERIOD,
    CELLS,
    PROTECTED_CELLS,
    AGE_DAYS,
    WARN_DAYS,
    ERROR_DAYS,
    STATE,
    LICENCE,
    CITATION,
    NEXT_EXPECTED,
    TITLE_SV,
    TITLE_EN,
    CITATION_SV,
    CITATION_EN,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "source",        "table",        "title",    "address",         "updated_at_source",
    "last_period",   "first_period", "cells",    "protected_cells", "age_days",
    "warn_days",     "error_days",   "state",    "licence",         "citation",
    "next_expected", "title_sv",     "title_en", "citation_sv",     "citation_en",
    "obs_status",
};

/* "12r5" of ".../tyonv/12r5.px", "13760" of ".../tables/13760/data?lang=no", "x" of "file:x.csv".
 */
const char *kt_address_table(const char *address, kt_arena *arena)
{
    static const char data[] = "/data";
    char *path = kt_arena_copy_n(arena, address, strcspn(address, "?"));
    if (kt_text_ends(path, data)) {
        path[strlen(path) - strlen(data)] = '\0';
    }
    char *name = strrchr(path, '/');
    name = name == NULL ? path : name + 1;
    name += kt_text_starts(name, "file:") ? strlen("file:") : 0;
    char *dot = strrchr(name, '.');
    if (dot != NULL) {
        *dot = '\0';
    }
    return name;
}

static const char *configured_address(const kt_analysis_job *job, const kt_source *source)
{
    const kt_address_spec *address = kt_source_address(source, job->identity.as_of);
    if (source->folder != NULL) {
        return address == NULL ? "file:" : kt_arena_print(job->arena, "file:%s", address->path);
    }
    return address == NULL ? source->base_url
                           : kt_arena_print(job->arena, "%s/%s", source->base_url, address->path);
}

/* The day of the next period's figures, if they take as long after its end as the newest did after
 * theirs. NULL where the source does not say when it was updated, or does so before its end. */
static const char *next_expected(const kt_table *table, kt_arena *arena)
{
    kt_period last;
    kt_instant updated;
    char day[KT_INSTANT_SIZE];
    if (!table->there || table->updated == NULL || table->last_period == NULL ||
        !kt_period_read(table->last_period, &last) ||
        !kt_instant_read(table->updated, false, &updated)) {
        return NULL;
    }
    const long lag = (long)(updated / DAY_S) - kt_period_last_day(last);
    const kt_instant next = (kt_period_last_day(kt_period_after(last, 1)) + lag) * DAY_S;
    return lag < 0 ? NULL : kt_arena_copy_n(arena, kt_instant_write(next, day), DAY_LENGTH);
}

static void put_translations(kt_rows *rows, const kt_source *source)
{
    kt_rows_text(rows, TITLE_SV, source->title.sv);
    kt_rows_text(rows, TITLE_EN, source->title.en);
    kt_rows_text(rows, CITATION_SV, source->citation.sv);
    kt_rows_text(rows, CITATION_EN, source->citation.en);
}

static kt_status add_source(const kt_analysis_job *job, const kt_table *table, kt_rows *rows,
                            kt_error *err)
{
    const kt_source *source = table->source;
    const kt_instant as_of = job->identity.as_of;
    const char *reason = NULL;
    const char *state = kt_table_state(job->night, table, job->identity.night_end, as_of, &reason);
    if (!table->there && reason == NULL) {
        return KT_OK; /* nobody has asked for it yet */
    }
    const char *address = table->there ? table->address : configured_address(job, source);
    kt_rows_text(rows, SOURCE, source->id);
    kt_rows_text(rows, TABLE, kt_address_table(address, job->arena));
    kt_rows_text(rows, TITLE, source->title.fi);
    kt_rows_text(rows, ADDRESS, address);
    kt_rows_text(rows, UPDATED_AT_SOURCE, table->updated);
    kt_rows_text(rows, LAST_PERIOD, table->there ? table->last_period : NULL);
    kt_rows_text(rows, FIRST_PERIOD, table->there ? table->first_period : NULL);
    kt_rows_number(rows, CELLS, table->there ? (double)table->cells : NAN);
    kt_rows_number(rows, PROTECTED_CELLS, table->there ? (double)table->protected_cells : NAN);
    kt_rows_number(rows, AGE_DAYS, table->there ? (double)kt_table_age_days(table, as_of) : NAN);
    kt_rows_number(rows, WARN_DAYS, source->warn_age_days);
    kt_rows_number(rows, ERROR_DAYS, source->error_age_days);
    kt_rows_text(rows, STATE, state);
    kt_rows_text(rows, LICENCE, source->licence);
    kt_rows_text(rows, CITATION, source->citation.fi);
    kt_rows_text(rows, NEXT_EXPECTED, next_expected(table, job->arena));
    put_translations(rows, source);
    kt_rows_status(rows, OBS_STATUS, table->there ? KT_OBS_OBSERVED : KT_OBS_NOT_COLLECTED);
    return kt_rows_end(rows, err);
}

/* A source of lists: its periods are months in which lists speak, its cells projects of the newest
 * list. */
static kt_status add_lists(const kt_analysis_job *job, const kt_source *source, kt_rows *rows,
                           kt_error *err)
{
    const kt_list_source lists = kt_list_source_of(job->night, source, &job->identity, job->arena);
    const bool there = lists.reply_count > 0;
    if (!there && lists.reason == NULL) {
        return KT_OK;
    }
    const char *address = there ? lists.address : configured_address(job, source);
    kt_rows_text(rows, SOURCE, source->id);
    kt_rows_text(rows, TABLE, kt_address_table(address, job->arena));
    kt_rows_text(rows, TITLE, source->title.fi);
    kt_rows_text(rows, ADDRESS, address);
    kt_rows_text(rows, UPDATED_AT_SOURCE, NULL);
    kt_rows_text(rows, LAST_PERIOD, lists.last_period);
    kt_rows_text(rows, FIRST_PERIOD, lists.first_period);
    kt_rows_number(rows, CELLS, there ? (double)lists.projects : NAN);
    kt_rows_number(rows, PROTECTED_CELLS, there ? 0.0 : NAN);
    kt_rows_number(rows, AGE_DAYS, there ? (double)lists.age_days : NAN);
    kt_rows_number(rows, WARN_DAYS, source->warn_age_days);
    kt_rows_number(rows, ERROR_DAYS, source->error_age_days);
    kt_rows_text(rows, STATE, lists.state);
    kt_rows_text(rows, LICENCE, source->licence);
    kt_rows_text(rows, CITATION, source->citation.fi);
    kt_rows_text(rows, NEXT_EXPECTED, NULL);
    put_translations(rows, source);
    kt_rows_status(rows, OBS_STATUS, there ? KT_OBS_OBSERVED : KT_OBS_NOT_COLLECTED);
    return kt_rows_end(rows, err);
}

kt_status kt_analyse_sources(kt_analysis_job *job, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, "sources");
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"sources\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, "sources"), err));
    const char *path =
        kt_path_join(job->arena, job->findings, kt_table_file_name(schema, 0, job->arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open_unsorted(schema, path, &rows, err));
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        KT_TRY(add_source(job, &job->night->tables[i], rows, err));
    }
    const kt_project_settings *projects = &job->night->config->projects;
    for (size_t i = 0; i < projects->source_count; i++) {
        KT_TRY(add_lists(job, projects->sources[i], rows, err));
    }
    return kt_rows_close(&rows, NULL, err);
}
