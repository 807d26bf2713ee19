/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/file.h"
#include "hash_parts.h"
#include "target_group_rows.h"
#include "year_files.h"

#define TABLE "target_groups"

/* What the files of all years are made from. */
typedef struct making {
    const kt_analysis_job *job;
    size_t source;
    const kt_target_group_feed *feed;
    const kt_target_group_rows *rows;
} making;

/* Whether rows are made of a measure. */
static bool is_used(const making *of, const char *measure)
{
    const kt_measure_spec *spec = kt_source_measure(of->feed->source, measure);
    for (size_t i = 0; kt_target_group_at(i) != NULL; i++) {
        const kt_target_group *group = kt_target_group_at(i);
        if (strcmp(group->measure, measure) == 0 ||
            (spec != NULL && kt_target_group_has_part(group, spec))) {
            return true;
        }
    }
    return false;
}

static void hash_common(const void *context, kt_hasher *hasher)
{
    const making *of = context;
    kt_hash_table(hasher, of->job->night, of->source, of->feed->cube);
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const making *of = context;
    const kt_cube *cube = of->feed->cube;
    for (size_t m = 0; m < cube->size[KT_ROLE_MEASURE]; m++) {
        if (is_used(of, kt_codes_at(cube->codes[KT_ROLE_MEASURE], m))) {
            kt_hash_measure(hasher, cube, period, m);
        }
    }
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const making *of = context;
    return kt_target_group_rows_add(of->rows, period, rows, err);
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
                                       .protected_share_limit =
                                           config->analysis.protected_share_limit,
                                       .strict = config->publish.strict_disclosure};
    making of = {.job = job, .source = source, .feed = &feed};
    kt_year_table table = {.schema = kt_contract_find(config->contract, TABLE),
                           .period_count = feed.cube->size[KT_ROLE_PERIOD],
                           .context = &of,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    kt_target_group_rows *rows = NULL;
    kt_period *periods = NULL;
    KT_TRY(kt_target_group_rows_new(&feed, table.schema, job->arena, &rows, err));
    KT_TRY(kt_cube_periods(feed.cube, job->arena, &periods, err));
    of.rows = rows;
    table.periods = periods;
    return kt_year_files(job, &table, err);
}

kt_status kt_analyse_target_groups(kt_analysis_job *job, kt_error *err)
{
    const size_t source = giver_of(job);
    if (kt_contract_find(job->night->config->contract, TABLE) == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table " TABLE);
    }
    return source == job->night->config->source_count
               ? kt_folder_make(kt_path_join(job->arena, job->findings, TABLE), err)
               : write_years(job, source, err);
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
