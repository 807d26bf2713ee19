/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "core/file.h"
#include "core/number.h"
#include "core/parallel.h"
#include "index_sensitivity.h"
#include "month_parts.h"
#include "month_slab.h"
#include "pipeline/signals.h"
#include "source_sheet.h"
#include "transform/assess.h"

/* The periods of one year, made side by side. */
typedef struct year {
    kt_analysis_job *job;
    size_t first, count; /* periods */
    size_t contributions_from;
    bool needed[KT_INDEX_TABLES]; /* the year's file is not kept: its parts are wanted */
    kt_index_rows *rows;          /* of each period, made or read by one thread */
    bool *computed;               /* of each period */
    kt_source_sheet sources;      /* of all years: further rows of sensitivity */
} year;

static kt_status add_market(const kt_analysis_job *job, const kt_index_month *month,
                            const kt_index_rows *rows, kt_error *err)
{
    /* What one market takes is given back before the next. */
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a market of a period", 0);
    kt_index_month own = *month;
    own.arena = arena;
    own.rollup = job->tables[month->market->table].rollup;
    return kt_index_rows_add(&own, rows, err);
}

static kt_status open_rules(const kt_analysis_job *job, kt_month_at at, kt_arena *arena,
                            kt_sensitivity *out, kt_error *err)
{
    const kt_source *source = job->tables[at.table].source;
    const double figures[KT_SENSITIVITY_SETTINGS] = {0.0, source->protected_low,
                                                     source->protected_high};
    for (size_t i = 0; i < KT_SENSITIVITY_SETTINGS; i++) {
        char number[KT_NUMBER_SIZE];
        (void)kt_number_write(figures[i], number);
        out->at[i].text = kt_arena_copy(arena, number);
        KT_TRY(kt_month_slab_set(job, at, figures[i], arena, &out->at[i].slab, err));
    }
    return KT_OK;
}

/* The ranges that are known of a period. */
static const char *ranges_name(const kt_analysis_job *job, size_t period, kt_arena *arena)
{
    char text[KT_PERIOD_SIZE];
    return kt_arena_print(arena, "%s.ranges", kt_period_write(job->periods[period], text));
}

/* A table in a month, as markets and rules want it. */
typedef struct month_table {
    kt_market_slab slab, known;
    kt_sensitivity rules;
} month_table;

static kt_status open_table(const kt_analysis_job *job, kt_month_at at, bool ruled, kt_arena *arena,
                            month_table *out, kt_error *err)
{
    const bool limited = kt_assess_has_limit(job->plan.protected_share_limit);
    KT_TRY(kt_month_slab_open(job, at, arena, &out->slab, err));
    KT_TRY(limited ? kt_month_slab_known(job, at, arena, &out->known, err) : KT_OK);
    return ruled ? open_rules(job, at, arena, &out->rules, err) : KT_OK;
}

static kt_status fill_month(const year *of, size_t index, const kt_index_rows *rows,
                            kt_arena *arena, kt_error *err)
{
    const kt_analysis_job *job = of->job;
    const size_t period = of->first + index;
    kt_known_ranges *ranges = kt_known_ranges_load(
        kt_path_join(arena, job->months, ranges_name(job, period, arena)), arena);
    const size_t table_count = job->night->config->source_count;
    const bool ruled = rows->of[KT_INDEX_SENSITIVITY] != NULL;
    month_table *tables = kt_arena_array(arena, month_table, table_count + 1);
    for (size_t i = 0; i < table_count; i++) {
        KT_TRY(open_table(job, (kt_month_at){period, i}, ruled, arena, &tables[i], err));
    }
    for (size_t i = 0; i < job->markets.count; i++) {
        const kt_placed_market *market = &job->markets.at[i];
        const month_table *table = &tables[market->table];
        if (table->slab.cube == NULL) {
            continue;
        }
        const kt_index_month month = {.plan = &job->plan,
                                      .market = market,
                                      .slab = &table->slab,
                                      .known = &table->known,
                                      .sensitivity = &table->rules,
                                      .ranges = ranges,
                                      .period = job->periods[period]};
        KT_TRY(add_market(job, &month, rows, err));
    }
    return job->night->out != NULL ? KT_OK : kt_known_ranges_save(ranges, err);
}

/* Contributions are told of the newest periods alone. */
static bool is_told(const year *of, size_t index, int table)
{
    return table != KT_INDEX_CONTRIBUTIONS || of->first + index >= of->contributions_from;
}

static const char *part_name(const year *of, size_t index, int table, kt_arena *arena)
{
    return kt_month_part_name(of->job->keys[of->first + index].text, of->job->plan.schemas[table],
                              arena);
}

/* Parts that are known are read; of the others an empty one is made, to be filled. */
static kt_index_rows open_parts(const year *of, size_t index, kt_arena *arena)
{
    kt_index_rows missing = {0};
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        if (!of->needed[table] || !is_told(of, index, table)) {
            continue;
        }
        const kt_schema *schema = of->job->plan.schemas[table];
        kt_rows **part = &of->rows[index].of[table];
        *part = kt_month_part_load(of->job->months, part_name(of, index, table, arena), schema);
        if (*part == NULL) {
            *part = missing.of[table] = kt_rows_open_unsorted_part(schema);
            of->computed[index] = true;
        }
    }
    return missing;
}

static kt_status settle_parts(const year *of, size_t index, const kt_index_rows *made,
                              kt_arena *arena, kt_error *err)
{
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        kt_rows *part = made->of[table];
        if (part == NULL) {
            continue;
        }
        KT_TRY(kt_rows_settle(part, err));
        KT_TRY(kt_month_part_save(of->job->months, part_name(of, index, table, arena), part, err));
    }
    return KT_OK;
}

static kt_status make_month(void *context, size_t index, kt_error *err)
{
    const year *of = context;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("a period", 0);
    KT_TRY(kt_signals_check(err));
    const kt_index_rows missing = open_parts(of, index, arena);
    if (!of->computed[index]) {
        return KT_OK;
    }
    KT_TRY(fill_month(of, index, &missing, arena, err));
    return settle_parts(of, index, &missing, arena, err);
}

static size_t count_rows(const year *of, int table)
{
    size_t rows =
        table == KT_INDEX_SENSITIVITY
            ? kt_source_sheet_count(&of->sources, kt_period_year(of->job->periods[of->first]))
            : 0;
    for (size_t i = 0; i < of->count; i++) {
        const kt_rows *part = of->rows[i].of[table];
        rows += part == NULL ? 0 : kt_rows_count(part);
    }
    return rows;
}

/* What surveys say of the year's quarters and years, which sort behind its months. */
static kt_status append_sources(const year *of, kt_rows *file, kt_error *err)
{
    const kt_analysis_job *job = of->job;
    KT_AUTO(rows)
    kt_rows *part = kt_rows_open_unsorted_part(job->plan.schemas[KT_INDEX_SENSITIVITY]);
    KT_TRY(kt_source_sheet_add(&of->sources, kt_period_year(job->periods[of->first]), part, err));
    KT_TRY(kt_rows_settle(part, err));
    return kt_rows_append(file, part, err);
}

static kt_status write_file(const year *of, int table, const char *name, kt_table_file *out,
                            kt_error *err)
{
    KT_AUTO(rows) kt_rows *file = NULL;
    const char *path = kt_path_join(of->job->arena, of->job->findings, name);
    KT_TRY(kt_rows_open(of->job->plan.schemas[table], path, &file, err));
    for (size_t i = 0; i < of->count; i++) {
        const kt_rows *part = of->rows[i].of[table];
        KT_TRY(part == NULL ? KT_OK : kt_rows_append(file, part, err));
    }
    KT_TRY(table == KT_INDEX_SENSITIVITY ? append_sources(of, file, err) : KT_OK);
    return kt_rows_close(&file, out, err);
}

/* One file of one year from the parts of its periods; no file if none of them has rows. */
static kt_status make_file(const year *of, int table, kt_kept_file *file, kt_error *err)
{
    if (count_rows(of, table) > 0) {
        KT_TRY(write_file(of, table, file->name, &file->is, err));
    }
    kt_analysis_note(of->job, file);
    return KT_OK;
}

/* The file that a year's parts of a table make, and the hash of what they are made from. */
static kt_kept_file describe_file(const year *of, int table)
{
    kt_analysis_job *job = of->job;
    const int number = kt_period_year(job->periods[of->first]);
    kt_kept_file file = {.name = kt_table_file_name(job->plan.schemas[table], number, job->arena)};
    kt_hasher *hasher = kt_hash_start();
    if (table == KT_INDEX_SENSITIVITY) {
        kt_source_sheet_hash(&of->sources, number, hasher);
    }
    for (size_t i = 0; i < of->count; i++) {
        if (is_told(of, i, table)) {
            kt_hash_add(hasher, job->keys[of->first + i].text, KT_HASH_SIZE);
            (void)kt_codes_intern(job->used_parts, part_name(of, i, table, job->arena));
        }
    }
    kt_hash_finish(hasher, file.key);
    return file;
}

/* True if every file of the year is that of the night before. */
static bool keep_files(year *of, kt_kept_file files[KT_INDEX_TABLES])
{
    bool all = true;
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        files[table] = describe_file(of, table);
        of->needed[table] = !kt_kept_take(&of->job->earlier, of->job->findings, &files[table]);
        all = all && !of->needed[table];
        if (!of->needed[table]) {
            kt_analysis_note(of->job, &files[table]);
        }
    }
    return all;
}

static void discard_parts(const year *of)
{
    for (size_t i = 0; i < of->count; i++) {
        for (int table = 0; table < KT_INDEX_TABLES; table++) {
            kt_rows_discard(of->rows[i].of[table]);
        }
    }
}

static kt_status make_year(year *of, kt_kept_file files[KT_INDEX_TABLES], kt_error *err)
{
    const unsigned threads = of->job->night->config->analysis.threads;
    KT_TRY(kt_parallel(of->count, threads, make_month, of, err));
    for (int table = 0; table < KT_INDEX_TABLES; table++) {
        KT_TRY(of->needed[table] ? make_file(of, table, &files[table], err) : KT_OK);
    }
    return KT_OK;
}

static kt_status write_year(year *of, kt_error *err)
{
    kt_kept_file files[KT_INDEX_TABLES];
    for (size_t i = 0; i < of->count; i++) {
        (void)kt_codes_intern(of->job->used_parts,
                              ranges_name(of->job, of->first + i, of->job->arena));
    }
    if (keep_files(of, files)) {
        return KT_OK;
    }
    of->rows = kt_arena_array(of->job->arena, kt_index_rows, of->count);
    of->computed = kt_arena_array(of->job->arena, bool, of->count);
    const kt_status status = make_year(of, files, err);
    discard_parts(of);
    for (size_t i = 0; i < of->count; i++) {
        of->job->computed_periods += of->computed[i] ? 1 : 0;
    }
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
    const kt_panel_place place = kt_analysis_panels(job);
    KT_TRY(
        kt_source_sheet_make(job->night->config->contract, &place, job->arena, &of.sources, err));
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
