/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "publish/observations.h"

/* The files of all years; each is written by one thread, into its own place. */
typedef struct year_files {
    const kt_analysis_job *job;
    int first;
    size_t count;
    kt_kept_file *files;
} year_files;

static void describe_year(const kt_analysis_job *job, const kt_schema *schema, int year,
                          kt_kept_file *out)
{
    kt_hasher *hasher = kt_hash_start();
    for (size_t i = 0; i < job->period_count; i++) {
        if (kt_period_year(job->periods[i]) == year) {
            kt_hash_add(hasher, job->keys[i].text, KT_HASH_SIZE);
        }
    }
    kt_hash_finish(hasher, out->key);
    out->name = kt_table_file_name(schema, year, job->arena);
}

static bool is_there(void *context, int year)
{
    const year_files *years = context;
    return kt_kept_take(&years->job->earlier, years->job->findings,
                        &years->files[year - years->first]);
}

static void note_written(void *context, int year, const kt_table_file *file)
{
    const year_files *years = context;
    years->files[year - years->first].is = *file;
}

static void describe_years(const kt_analysis_job *job, const kt_schema *schema, year_files *out)
{
    *out = (year_files){.job = job};
    if (job->period_count == 0) {
        return;
    }
    out->first = kt_period_year(job->periods[0]);
    out->count = (size_t)(kt_period_year(job->periods[job->period_count - 1]) - out->first) + 1;
    out->files = kt_arena_array(job->arena, kt_kept_file, out->count);
    for (size_t i = 0; i < out->count; i++) {
        describe_year(job, schema, out->first + (int)i, &out->files[i]);
    }
}

/* A year between others that no table has is without a file. */
static void note_files(kt_analysis_job *job, const year_files *years)
{
    for (size_t i = 0; i < years->count; i++) {
        if (years->files[i].is.rows > 0) {
            kt_analysis_note(job, &years->files[i]);
        }
    }
}

static kt_observation_job describe_sources(const kt_analysis_job *job)
{
    const kt_config *config = job->night->config;
    kt_observation_source *sources =
        kt_arena_array(job->arena, kt_observation_source, config->source_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < config->source_count; i++) {
        const kt_feed *feed = &job->feeds[i];
        if (feed->observations && feed->cube != NULL) {
            sources[count++] = (kt_observation_source){.source = config->sources[i],
                                                       .cube = feed->cube,
                                                       .rollup = job->rollups[i],
                                                       .breaks = config->breaks,
                                                       .protected_share_limit =
                                                           config->analysis.protected_share_limit,
                                                       .strict = config->publish.strict_disclosure};
        }
    }
    return (kt_observation_job){.contract = config->contract,
                                .classifications = job->classifications,
                                .sources = sources,
                                .source_count = count};
}

kt_status kt_analyse_observations(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_observation_job shared = describe_sources(job);
    KT_TRY(kt_observations_new(&shared, job->arena, &job->observations, err));
    year_files years;
    describe_years(job, kt_contract_find(config->contract, "observations"), &years);
    const kt_observation_years known = {
        .context = &years, .is_there = is_there, .written = note_written};
    KT_TRY(kt_observations_write(job->observations, job->findings, &known, config->analysis.threads,
                                 err));
    note_files(job, &years);
    return KT_OK;
}
