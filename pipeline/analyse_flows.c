/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "flow_rows.h"

#define TABLE "flows"

/* The files of all years; each is written by one thread, into its own place. */
typedef struct year_files {
    const kt_analysis_job *job;
    const kt_flow_rows *rows;
    const kt_schema *schema;
    const kt_flow_feed *feeds;
    const kt_table **tables; /* of each feed */
    size_t feed_count;
    const kt_period *periods;
    size_t period_count;
    int first;
    size_t count;
    kt_kept_file *files;
} year_files;

static void add_text(kt_hasher *hasher, const char *text)
{
    kt_hash_add(hasher, text, strlen(text) + 1);
}

static void add_codes(kt_hasher *hasher, const kt_codes *codes)
{
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        add_text(hasher, kt_codes_at(codes, i));
    }
    add_text(hasher, "");
}

static void hash_common(const year_files *years, kt_hasher *hasher)
{
    add_text(hasher, kt_version());
    add_text(hasher, years->job->night->config->hash);
    for (size_t i = 0; i < years->feed_count; i++) {
        const kt_table *table = years->tables[i];
        add_text(hasher, years->feeds[i].source->id);
        /* A table that is stopped was made under another configuration, which its key knows. */
        add_text(hasher, table->stop.held == NULL || table->key == NULL ? "" : table->key);
        for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
            add_codes(hasher, years->feeds[i].cube->codes[role]);
        }
    }
}

/* The flows of a period; other figures of the table make no row. */
static void hash_cells(kt_hasher *hasher, const kt_flow_feed *feed, size_t place)
{
    const kt_cube *cube = feed->cube;
    const size_t count = cube->stride[KT_ROLE_MEASURE];
    for (size_t m = 0; m < cube->size[KT_ROLE_MEASURE]; m++) {
        const kt_measure_spec *spec =
            kt_source_measure(feed->source, kt_codes_at(cube->codes[KT_ROLE_MEASURE], m));
        const size_t first = place * cube->stride[KT_ROLE_PERIOD] + m * count;
        if (spec != NULL && kt_flow_find(spec->base) != NULL) {
            kt_hash_add(hasher, cube->value + first, count * sizeof *cube->value);
            kt_hash_add(hasher, cube->low + first, count * sizeof *cube->low);
            kt_hash_add(hasher, cube->high + first, count * sizeof *cube->high);
            kt_hash_add(hasher, cube->status + first, count * sizeof *cube->status);
        }
    }
}

static void hash_period(const year_files *years, kt_hasher *hasher, size_t period)
{
    char name[KT_PERIOD_SIZE];
    add_text(hasher, kt_period_write(years->periods[period], name));
    for (size_t i = 0; i < years->feed_count; i++) {
        const size_t place = kt_flow_place(years->rows, period, i);
        add_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            hash_cells(hasher, &years->feeds[i], place);
        }
    }
}

static void describe_year(const year_files *years, int year, kt_kept_file *out)
{
    kt_hasher *hasher = kt_hash_start();
    hash_common(years, hasher);
    for (size_t i = 0; i < years->period_count; i++) {
        if (kt_period_year(years->periods[i]) == year) {
            hash_period(years, hasher, i);
        }
    }
    kt_hash_finish(hasher, out->key);
    out->name = kt_table_file_name(years->schema, year, years->job->arena);
}

static kt_status write_year(void *context, size_t index, kt_error *err)
{
    const year_files *years = context;
    kt_kept_file *file = &years->files[index];
    const int year = years->first + (int)index;
    describe_year(years, year, file);
    if (kt_kept_take(&years->job->earlier, years->job->findings, file)) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(years->schema, kt_path_join(arena, years->job->findings, file->name), &rows,
                        err));
    for (size_t i = 0; i < years->period_count; i++) {
        const bool inside = kt_period_year(years->periods[i]) == year;
        KT_TRY(inside ? kt_flow_rows_add(years->rows, i, rows, err) : KT_OK);
    }
    return kt_rows_count(rows) == 0 ? KT_OK : kt_rows_close(&rows, &file->is, err);
}

static void gather_feeds(year_files *years)
{
    const kt_analysis_job *job = years->job;
    const size_t sources = job->night->config->source_count;
    kt_flow_feed *feeds = kt_arena_array(job->arena, kt_flow_feed, sources + 1);
    years->tables = kt_arena_array(job->arena, const kt_table *, sources + 1);
    for (size_t i = 0; i < sources; i++) {
        const kt_source *source = job->night->config->sources[i];
        if (job->cubes[i] != NULL && kt_feeds_flows(source)) {
            years->tables[years->feed_count] = &job->night->tables[i];
            feeds[years->feed_count++] = (kt_flow_feed){source, job->cubes[i], job->rollups[i]};
        }
    }
    years->feeds = feeds;
}

static void span_years(year_files *years)
{
    years->period_count = kt_flow_periods(years->rows, &years->periods);
    int last = 0;
    for (size_t i = 0; i < years->period_count; i++) {
        const int year = kt_period_year(years->periods[i]);
        years->first = i == 0 || year < years->first ? year : years->first;
        last = i == 0 || year > last ? year : last;
    }
    years->count = years->period_count == 0 ? 0 : (size_t)(last - years->first) + 1;
    years->files = kt_arena_array(years->job->arena, kt_kept_file, years->count + 1);
}

kt_status kt_analyse_flows(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    year_files years = {.job = job, .schema = kt_contract_find(config->contract, TABLE)};
    gather_feeds(&years);
    const kt_flow_job shared = {.contract = config->contract,
                                .classifications = job->classifications,
                                .breaks = config->breaks,
                                .feeds = years.feeds,
                                .feed_count = years.feed_count};
    kt_flow_rows *rows = NULL;
    KT_TRY(kt_flow_rows_new(&shared, job->arena, &rows, err));
    years.rows = rows;
    span_years(&years);
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    KT_TRY(kt_parallel(years.count, config->analysis.threads, write_year, &years, err));
    for (size_t i = 0; i < years.count; i++) {
        kt_analysis_note(job, &years.files[i]);
    }
    return KT_OK;
}
