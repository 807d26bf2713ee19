/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/cleanup.h"
#include "core/file.h"
#include "core/parallel.h"
#include "target_group_rows.h"

#define TABLE "target_groups"

/* The files of all years; each is written by one thread, into its own place. */
typedef struct year_files {
    const kt_analysis_job *job;
    const kt_table *table;
    const kt_target_group_feed *feed;
    const kt_target_group_rows *rows;
    const kt_schema *schema;
    const kt_period *periods; /* of the feed's cube */
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

/* Whether rows are made of a measure. */
static bool is_used(const year_files *years, const char *measure)
{
    const kt_measure_spec *spec = kt_source_measure(years->feed->source, measure);
    for (size_t i = 0; kt_target_group_at(i) != NULL; i++) {
        const kt_target_group *group = kt_target_group_at(i);
        if (strcmp(group->measure, measure) == 0 ||
            (spec != NULL && kt_target_group_has_part(group, spec))) {
            return true;
        }
    }
    return false;
}

static void hash_period(const year_files *years, kt_hasher *hasher, size_t period)
{
    const kt_cube *cube = years->feed->cube;
    const size_t count = cube->stride[KT_ROLE_MEASURE];
    add_text(hasher, kt_codes_at(cube->codes[KT_ROLE_PERIOD], period));
    for (size_t m = 0; m < cube->size[KT_ROLE_MEASURE]; m++) {
        const size_t first = period * cube->stride[KT_ROLE_PERIOD] + m * count;
        if (is_used(years, kt_codes_at(cube->codes[KT_ROLE_MEASURE], m))) {
            kt_hash_add(hasher, cube->value + first, count * sizeof *cube->value);
            kt_hash_add(hasher, cube->low + first, count * sizeof *cube->low);
            kt_hash_add(hasher, cube->high + first, count * sizeof *cube->high);
            kt_hash_add(hasher, cube->status + first, count * sizeof *cube->status);
        }
    }
}

static void describe_year(const year_files *years, int year, kt_kept_file *out)
{
    const kt_table *table = years->table;
    kt_hasher *hasher = kt_hash_start();
    add_text(hasher, kt_version());
    add_text(hasher, years->job->night->config->hash);
    /* A table that is stopped was made under another configuration, which its key knows. */
    add_text(hasher, table->stop.held == NULL || table->key == NULL ? "" : table->key);
    for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
        add_codes(hasher, years->feed->cube->codes[role]);
    }
    for (size_t i = 0; i < years->period_count; i++) {
        if (kt_period_year(years->periods[i]) == year) {
            hash_period(years, hasher, i);
        }
    }
    kt_hash_finish(hasher, out->key);
    out->name = kt_table_file_name(years->schema, year, years->job->arena);
}

static kt_status write_rows(const year_files *years, int year, kt_kept_file *file, kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open(file->name, 0);
    KT_AUTO(rows) kt_rows *rows = NULL;
    KT_TRY(kt_rows_open(years->schema, kt_path_join(arena, years->job->findings, file->name), &rows,
                        err));
    for (size_t i = 0; i < years->period_count; i++) {
        const bool inside = kt_period_year(years->periods[i]) == year;
        KT_TRY(inside ? kt_target_group_rows_add(years->rows, i, rows, err) : KT_OK);
    }
    return kt_rows_count(rows) == 0 ? KT_OK : kt_rows_close(&rows, &file->is, err);
}

static kt_status write_year(void *context, size_t index, kt_error *err)
{
    const year_files *years = context;
    kt_kept_file *file = &years->files[index];
    const int year = years->first + (int)index;
    return kt_kept_take(&years->job->earlier, years->job->findings, file)
               ? KT_OK
               : write_rows(years, year, file, err);
}

static kt_status span_years(year_files *years, kt_error *err)
{
    kt_arena *arena = years->job->arena;
    kt_period *periods = NULL;
    KT_TRY(kt_cube_periods(years->feed->cube, arena, &periods, err));
    years->periods = periods;
    years->period_count = years->feed->cube->size[KT_ROLE_PERIOD];
    years->first = kt_period_year(periods[0]);
    years->count = (size_t)(kt_period_year(periods[years->period_count - 1]) - years->first) + 1;
    years->files = kt_arena_array(arena, kt_kept_file, years->count);
    for (size_t i = 0; i < years->count; i++) {
        describe_year(years, years->first + (int)i, &years->files[i]);
    }
    return KT_OK;
}

static size_t giver_of(const kt_analysis_job *job)
{
    const kt_config *config = job->night->config;
    bool *there = kt_arena_array(job->arena, bool, config->source_count + 1);
    for (size_t i = 0; i < config->source_count; i++) {
        there[i] = job->cubes[i] != NULL;
    }
    return kt_target_group_giver(config, there);
}

static kt_status write_years(kt_analysis_job *job, size_t source, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_target_group_feed feed = {.source = config->sources[source],
                                       .cube = job->cubes[source],
                                       .rollup = job->rollups[source],
                                       .breaks = config->breaks,
                                       .strict = config->publish.strict_disclosure};
    year_files years = {.job = job,
                        .table = &job->night->tables[source],
                        .feed = &feed,
                        .schema = kt_contract_find(config->contract, TABLE)};
    kt_target_group_rows *rows = NULL;
    KT_TRY(kt_target_group_rows_new(&feed, years.schema, job->arena, &rows, err));
    years.rows = rows;
    KT_TRY(span_years(&years, err));
    KT_TRY(kt_parallel(years.count, config->analysis.threads, write_year, &years, err));
    for (size_t i = 0; i < years.count; i++) {
        kt_analysis_note(job, &years.files[i]);
    }
    return KT_OK;
}

kt_status kt_analyse_target_groups(kt_analysis_job *job, kt_error *err)
{
    const size_t source = giver_of(job);
    if (kt_contract_find(job->night->config->contract, TABLE) == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table " TABLE);
    }
    KT_TRY(kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err));
    return source == job->night->config->source_count ? KT_OK : write_years(job, source, err);
}

/* Of a source that counts it: in its own words, else in ours, else by its name. */
static kt_indicator_words words_of(const kt_target_group *group, const kt_source *source)
{
    const kt_measure_spec *spec = kt_source_measure(source, group->measure);
    const bool told = !group->is_sum && spec != NULL && spec->definition.fi != NULL;
    return (kt_indicator_words){
        .id = group->code,
        .level = "group",
        .parents = group->of_unemployed && strcmp(group->code, group->measure) != 0
                       ? "group=unemployed"
                       : NULL,
        .name = group->name,
        .definition = told                           ? spec->definition
                      : group->definition.fi != NULL ? group->definition
                                                     : group->name,
        .unit = "persons",
    };
}

size_t kt_target_group_indicators(const kt_analysis_job *job, const kt_indicator_words **out)
{
    const size_t at = giver_of(job);
    size_t count = 0;
    while (kt_target_group_at(count) != NULL) {
        count++;
    }
    kt_indicator_words *all = kt_arena_array(job->arena, kt_indicator_words, count + 1);
    *out = all;
    if (at == job->night->config->source_count) {
        return 0;
    }
    const kt_source *source = job->night->config->sources[at];
    size_t found = 0;
    for (size_t i = 0; i < count; i++) {
        if (kt_target_group_is_in(kt_target_group_at(i), source)) {
            all[found++] = words_of(kt_target_group_at(i), source);
        }
    }
    return found;
}
