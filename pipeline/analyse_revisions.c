/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "publish/table.h"
#include "revision_rows.h"
#include "revision_tables.h"

enum column {
    SOURCE,
    TABLE,
    TIME_PERIOD,
    REGION_LEVEL,
    REGION_CODE,
    OCCUPATION_LEVEL,
    OCCUPATION_CODE,
    INDICATOR,
    FIRST_VALUE,
    PREVIOUS_VALUE,
    VALUE,
    FIRST_SEEN,
    CHANGED_ON,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "source",          "table",       "time_period",
    "region_level",    "region_code", "occupation_level",
    "occupation_code", "indicator",   "first_value",
    "previous_value",  "value",       "first_seen",
    "changed_on",      "obs_status",
};

/* A row with the table that it is about. */
typedef struct table_row {
    const kt_table *table;
    const char *name; /* at the service */
    kt_revision_row row;
    int year;
} table_row;

typedef struct table_rows {
    table_row *at;
    size_t count, room;
    kt_arena *arena;
} table_rows;

kt_status kt_revision_log_of(const kt_night *night, const kt_table *table, kt_arena *arena,
                             const kt_revision_log **out, kt_error *err)
{
    *out =
        table->log != NULL ? table->log : kt_revision_log_load(night->store, table->source, arena);
    /* What the configuration stopped may be older than its history. */
    return *out != NULL || table->stop.held != NULL
               ? KT_OK
               : kt_fail(err, KT_ERR_NOT_FOUND, "%s/revisions/%s.json: no history of the table",
                         night->store, table->source->id);
}

kt_revision_view kt_revision_view_of(const kt_night *night, const kt_table *table,
                                     const kt_revision_log *log, const kt_cube *cube)
{
    return (kt_revision_view){.source = table->source,
                              .log = log,
                              .cube = cube,
                              .classifications = night->config->classifications,
                              .strict = night->config->publish.strict_disclosure};
}

static int year_of(const char *period)
{
    kt_period read;
    return kt_period_read(period, &read) ? kt_period_year(read) : 0;
}

static void take_rows(table_rows *all, const kt_analysis_job *job, const kt_table *table,
                      const kt_revision_view *view)
{
    kt_revision_row *rows = NULL;
    const size_t count = kt_revision_rows_make(view, all->arena, &rows);
    const char *name = kt_address_table(table->address, job->arena);
    table_row *grown = kt_arena_array(all->arena, table_row, all->count + count + 1);
    if (all->count > 0) {
        memcpy(grown, all->at, all->count * sizeof *grown);
    }
    all->at = grown;
    for (size_t i = 0; i < count; i++) {
        all->at[all->count++] = (table_row){
            .table = table, .name = name, .row = rows[i], .year = year_of(rows[i].period)};
    }
}

static int compare_keys(const table_row *a, const table_row *b)
{
    const char *const left[] = {a->table->source->id,   a->name,
                                a->row.period,          a->row.region.level,
                                a->row.region.code,     a->row.occupation.level,
                                a->row.occupation.code, a->row.indicator,
                                a->row.changed_on};
    const char *const right[] = {b->table->source->id,   b->name,
                                 b->row.period,          b->row.region.level,
                                 b->row.region.code,     b->row.occupation.level,
                                 b->row.occupation.code, b->row.indicator,
                                 b->row.changed_on};
    int order = 0;
    for (size_t i = 0; order == 0 && i < sizeof left / sizeof left[0]; i++) {
        order = strcmp(left[i], right[i]);
    }
    return order;
}

static int by_year_and_key(const void *a, const void *b)
{
    const table_row *left = a;
    const table_row *right = b;
    return left->year != right->year ? (left->year < right->year ? -1 : 1)
                                     : compare_keys(left, right);
}

static int by_year_newest_first(const void *a, const void *b)
{
    const table_row *left = a;
    const table_row *right = b;
    if (left->year != right->year) {
        return left->year < right->year ? -1 : 1;
    }
    return left->row.changed_at != right->row.changed_at
               ? (left->row.changed_at > right->row.changed_at ? -1 : 1)
               : compare_keys(left, right);
}

/* Of each year the newest changes, as many as a file may have; two codes of the source that are one
 * of ours have one row. */
static size_t limit_rows(table_rows *all)
{
    const size_t before = all->count;
    size_t kept = 0;
    size_t of_year = 0;
    if (before == 0) {
        return 0;
    }
    qsort(all->at, all->count, sizeof *all->at, by_year_newest_first);
    for (size_t i = 0; i < before; i++) {
        of_year = kept > 0 && all->at[kept - 1].year == all->at[i].year ? of_year : 0;
        if (of_year < KT_REVISION_ROWS) {
            all->at[kept++] = all->at[i];
            of_year++;
        }
    }
    all->count = kept;
    qsort(all->at, all->count, sizeof *all->at, by_year_and_key);
    kept = 0;
    for (size_t i = 0; i < all->count; i++) {
        if (kept == 0 || by_year_and_key(&all->at[kept - 1], &all->at[i]) != 0) {
            all->at[kept++] = all->at[i];
        }
    }
    all->count = kept;
    return before - kept;
}

static kt_status put_row(kt_rows *rows, const table_row *of, kt_arena *arena, kt_error *err)
{
    const kt_revision_row *row = &of->row;
    kt_rows_text(rows, SOURCE, of->table->source->id);
    kt_rows_text(rows, TABLE, of->name);
    kt_rows_text(rows, TIME_PERIOD, row->period);
    kt_rows_text(rows, REGION_LEVEL, row->region.level);
    kt_rows_text(rows, REGION_CODE, row->region.code);
    kt_rows_text(rows, OCCUPATION_LEVEL, row->occupation.level);
    kt_rows_text(rows, OCCUPATION_CODE, row->occupation.code);
    kt_rows_text(rows, INDICATOR, row->indicator);
    kt_rows_number(rows, FIRST_VALUE, row->first_value);
    kt_rows_number(rows, PREVIOUS_VALUE, row->previous_value);
    kt_rows_number(rows, VALUE, row->value);
    kt_rows_text(rows, FIRST_SEEN, kt_day_of(row->first_seen, arena));
    kt_rows_text(rows, CHANGED_ON, row->changed_on);
    kt_rows_status(rows, OBS_STATUS, row->obs);
    return kt_rows_end(rows, err);
}

/* The rows [first, first + count) are one year's. */
static kt_status write_year(const kt_analysis_job *job, const kt_schema *schema, int year,
                            const table_row *first, size_t count, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a year of revisions", 0);
    const char *path = kt_path_join(arena, job->findings, kt_table_file_name(schema, year, arena));
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(schema, path, &rows, err));
    for (size_t i = 0; i < count; i++) {
        KT_TRY(put_row(rows, &first[i], arena, err));
    }
    return kt_rows_close(&rows, NULL, err);
}

static kt_status write_years(const kt_analysis_job *job, const kt_schema *schema,
                             const table_rows *all, kt_error *err)
{
    size_t next = 0;
    for (size_t first = 0; first < all->count; first = next) {
        next = first + 1;
        while (next < all->count && all->at[next].year == all->at[first].year) {
            next++;
        }
        KT_TRY(write_year(job, schema, all->at[first].year, &all->at[first], next - first, err));
    }
    return KT_OK;
}

static kt_status take_table(table_rows *all, const kt_analysis_job *job, size_t index,
                            kt_error *err)
{
    const kt_table *table = &job->night->tables[index];
    const kt_revision_log *log = NULL;
    KT_TRY(table->there ? kt_revision_log_of(job->night, table, job->arena, &log, err) : KT_OK);
    if (log != NULL) {
        const kt_revision_view view =
            kt_revision_view_of(job->night, table, log, job->cubes[index]);
        take_rows(all, job, table, &view);
    }
    return KT_OK;
}

kt_status kt_analyse_revisions(kt_analysis_job *job, kt_error *err)
{
    const kt_schema *schema = kt_contract_find(job->night->config->contract, "revisions");
    if (schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table \"revisions\"");
    }
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, "revisions"), err));
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("revisions", 0);
    table_rows all = {.arena = arena};
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        KT_TRY(take_table(&all, job, i, err));
    }
    job->revisions_left_out = limit_rows(&all);
    return write_years(job, schema, &all, err);
}
