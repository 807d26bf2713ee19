/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "allocated.h"
#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "core/parallel.h"
#include "pipeline/signals.h"

/* The periods of one year, made side by side. */
typedef struct year {
    const kt_analysis_job *job;
    size_t first, count; /* periods */
    size_t contributions_from;
    kt_index_rows *rows; /* of each period, made by one thread */
} year;

static size_t position_or_first(const kt_codes *codes, const char *code)
{
    const size_t at = kt_codes_find(codes, code);
    return at == KT_NO_CODE ? 0 : at;
}

/* The slab of one table in one period; false if the table does not have the period or a measure. */
static kt_status open_slab(const kt_analysis_job *job, size_t period, size_t table, kt_arena *arena,
                           kt_market_slab *out, kt_error *err)
{
    *out = (kt_market_slab){0};
    const size_t place = job->places[period * job->night->config->source_count + table];
    if (place == KT_NO_CODE) {
        return KT_OK;
    }
    kt_cube *slab = NULL;
    KT_TRY(kt_rollup_period(job->rollups[table], job->cubes[table], place, arena, &slab, err));
    kt_breaks_mark(job->night->config->breaks, job->tables[table].source, job->rollups[table],
                   slab);
    out->unemployed = kt_codes_find(slab->codes[KT_ROLE_MEASURE], "unemployed");
    out->vacancies = kt_codes_find(slab->codes[KT_ROLE_MEASURE], "vacancies");
    if (out->unemployed == KT_NO_CODE || out->vacancies == KT_NO_CODE) {
        return KT_OK;
    }
    out->sector = position_or_first(slab->codes[KT_ROLE_SECTOR], KT_TOTAL);
    out->group = position_or_first(slab->codes[KT_ROLE_GROUP], KT_TOTAL);
    kt_cube *whole = NULL;
    KT_TRY(kt_allocated_add(slab, job->tables[table].finest_first, job->tables[table].finest_count,
                            arena, &whole, err));
    out->cube = whole;
    return KT_OK;
}

static kt_status add_market(const kt_analysis_job *job, const kt_index_month *month,
                            const kt_index_rows *rows, kt_error *err)
{
    /* What one market takes is given back before the next. */
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a market of a period", 0);
    kt_index_month own = *month;
    own.arena = arena;
    own.rollup = job->rollups[month->market->table];
    return kt_index_rows_add(&own, rows, err);
}

static kt_status fill_month(const year *of, size_t index, kt_error *err)
{
    const kt_analysis_job *job = of->job;
    const size_t period = of->first + index;
    const size_t tables = job->night->config->source_count;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a period", 0);
    kt_market_slab *slabs = kt_arena_array(arena, kt_market_slab, tables + 1);
    for (size_t i = 0; i < tables; i++) {
        KT_TRY(open_slab(job, period, i, arena, &slabs[i], err));
    }
    for (size_t i = 0; i < job->markets.count; i++) {
        const kt_placed_market *market = &job->markets.at[i];
        if (slabs[market->table].cube == NULL) {
            continue;
        }
        const kt_index_month month = {.plan = &job->plan,
                                      .market = market,
                                      .slab = &slabs[market->table],
                                      .period = job->periods[period]};
        KT_TRY(add_market(job, &month, &of->rows[index], err));
    }
    return KT_OK;
}

/* Contributions are told of the newest periods alone. */
static bool is_wanted(const year *of, size_t index, kt_index_table table)
{
    return table != KT_INDEX_CONTRIBUTIONS || of->first + index >= of->contributions_from;
}

static kt_status make_month(void *context, size_t index, kt_error *err)
{
    const year *of = context;
    kt_index_rows *rows = &of->rows[index];
    KT_TRY(kt_signals_check(err));
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        if (is_wanted(of, index, (kt_index_table)table)) {
            rows->of[table] = kt_rows_open_unsorted_part(of->job->plan.schemas[table]);
        }
    }
    KT_TRY(fill_month(of, index, err));
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        KT_TRY(rows->of[table] == NULL ? KT_OK : kt_rows_settle(rows->of[table], err));
    }
    return KT_OK;
}

static size_t count_rows(const year *of, int table)
{
    size_t rows = 0;
    for (size_t i = 0; i < of->count; i++) {
        const kt_rows *part = of->rows[i].of[table];
        rows += part == NULL ? 0 : kt_rows_count(part);
    }
    return rows;
}

/* One file of one year from the parts of its periods; no file if none of them has rows. */
static kt_status write_file(const year *of, int table, kt_error *err)
{
    if (count_rows(of, table) == 0) {
        return KT_OK;
    }
    const kt_schema *schema = of->job->plan.schemas[table];
    const int number = kt_period_year(of->job->periods[of->first]);
    const char *path = kt_path_join(of->job->arena, of->job->findings,
                                    kt_table_file_name(schema, number, of->job->arena));
    KT_AUTO(rows) kt_rows *file = NULL;
    KT_TRY(kt_rows_open(schema, path, &file, err));
    for (size_t i = 0; i < of->count; i++) {
        const kt_rows *part = of->rows[i].of[table];
        KT_TRY(part == NULL ? KT_OK : kt_rows_append(file, part, err));
    }
    return kt_rows_close(&file, NULL, err);
}

static void discard_parts(const year *of)
{
    for (size_t i = 0; i < of->count; i++) {
        for (int table = 0; table < KT_INDEX_TABLES; table++) {
            kt_rows_discard(of->rows[i].of[table]);
        }
    }
}

static kt_status write_year(year *of, kt_error *err)
{
    const unsigned threads = of->job->night->config->analysis.threads;
    of->rows = kt_arena_array(of->job->arena, kt_index_rows, of->count);
    kt_status status = kt_parallel(of->count, threads, make_month, of, err);
    for (int table = 0; status == KT_OK && table < KT_INDEX_TABLES; table++) {
        status = write_file(of, table, err);
    }
    discard_parts(of);
    return status;
}

static size_t count_of_year(const kt_analysis_job *job, size_t first)
{
    const int number = kt_period_year(job->periods[first]);
    size_t count = 1;
    while (first + count < job->period_count &&
           kt_period_year(job->periods[first + count]) == number) {
        count++;
    }
    return count;
}

kt_status kt_analyse_indices(kt_analysis_job *job, kt_error *err)
{
    const size_t months = job->night->config->analysis.contributions_months;
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        const char *name = job->plan.schemas[table]->table;
        KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, name), err));
    }
    year of = {.job = job,
               .contributions_from = job->period_count > months ? job->period_count - months : 0};
    kt_progress *progress =
        kt_progress_start(&job->night->session->log, "indices", job->period_count);
    kt_status status = KT_OK;
    while (status == KT_OK && of.first < job->period_count) {
        of.count = count_of_year(job, of.first);
        status = write_year(&of, err);
        of.first += of.count;
        kt_progress_step(progress, of.first);
    }
    kt_progress_end(progress);
    return status;
}
