/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "year_files.h"

#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "hash_parts.h"

/* Each file is described and written by one thread, into its own place; the names stand before. */
typedef struct year_files {
    const kt_analysis_job *job;
    const kt_year_table *table;
    int first;
    size_t count;
    kt_kept_file *files;
} year_files;

static void span_years(year_files *years)
{
    const kt_year_table *table = years->table;
    kt_arena *arena = years->job->arena;
    int last = 0;
    for (size_t i = 0; i < table->period_count; i++) {
        const int year = kt_period_year(table->periods[i]);
        years->first = i == 0 || year < years->first ? year : years->first;
        last = i == 0 || year > last ? year : last;
    }
    years->count = table->period_count == 0 ? 0 : (size_t)(last - years->first) + 1;
    years->files = kt_arena_array(arena, kt_kept_file, years->count + 1);
    for (size_t i = 0; i < years->count; i++) {
        years->files[i].name = kt_table_file_name(table->schema, years->first + (int)i, arena);
    }
}

static void hash_year(const year_files *years, int year, char out[KT_HASH_SIZE])
{
    const kt_year_table *table = years->table;
    kt_hasher *hasher = kt_hash_start();
    kt_hash_run(hasher, years->job->night);
    table->hash_common(table->context, hasher);
    for (size_t i = 0; i < table->period_count; i++) {
        char name[KT_PERIOD_SIZE];
        if (kt_period_year(table->periods[i]) == year) {
            kt_hash_text(hasher, kt_period_write(table->periods[i], name));
            table->hash_period(table->context, i, hasher);
        }
    }
    kt_hash_finish(hasher, out);
}

static kt_status write_rows(const year_files *years, int year, kt_kept_file *file, kt_error *err)
{
    const kt_year_table *table = years->table;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(table->schema, kt_path_join(arena, years->job->findings, file->name), &rows,
                        err));
    for (size_t i = 0; i < table->period_count; i++) {
        const bool inside = kt_period_year(table->periods[i]) == year;
        KT_TRY(inside ? table->add_rows(table->context, i, rows, err) : KT_OK);
    }
    return kt_rows_count(rows) == 0 ? KT_OK : kt_rows_close(&rows, &file->is, err);
}

static kt_status write_year(void *context, size_t index, kt_error *err)
{
    const year_files *years = context;
    kt_kept_file *file = &years->files[index];
    const int year = years->first + (int)index;
    hash_year(years, year, file->key);
    return kt_kept_take(&years->job->earlier, years->job->findings, file)
               ? KT_OK
               : write_rows(years, year, file, err);
}

kt_status kt_year_files(kt_analysis_job *job, const kt_year_table *table, kt_error *err)
{
    year_files years = {.job = job, .table = table};
    span_years(&years);
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, table->schema->table), err));
    KT_TRY(kt_parallel(years.count, job->night->config->analysis.threads, write_year, &years, err));
    for (size_t i = 0; i < years.count; i++) {
        kt_analysis_note(job, &years.files[i]);
    }
    return KT_OK;
}
