/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis_job.h"
#include "core/codes.h"
#include "core/parallel.h"
#include "hash_parts.h"

/*
 * The rows of a month follow from that month's cells of all feeds, from the feeds' code lists
 * (they decide which regions, occupations and markets there are), from the configuration and from
 * the program. Whoever makes rows of anything else has to add it here.
 */

static void hash_common(const kt_analysis_job *job, char out[KT_HASH_SIZE])
{
    kt_hasher *hasher = kt_hash_start();
    kt_hash_run(hasher, job->night);
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        if (job->feeds[i].cube != NULL) {
            kt_hash_table(hasher, job->night, i, job->feeds[i].cube);
        }
    }
    kt_hash_finish(hasher, out);
}

typedef struct key_maker {
    kt_analysis_job *job;
    char common[KT_HASH_SIZE];
} key_maker;

static kt_status make_key(void *context, size_t period, kt_error *err)
{
    (void)err;
    const key_maker *maker = context;
    const kt_analysis_job *job = maker->job;
    const size_t sources = job->night->config->source_count;
    char name[KT_PERIOD_SIZE];
    kt_hasher *hasher = kt_hash_start();
    kt_hash_text(hasher, maker->common);
    kt_hash_text(hasher, kt_period_write(job->periods[period], name));
    for (size_t i = 0; i < sources; i++) {
        const size_t place = job->places[period * sources + i];
        kt_hash_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            kt_hash_period(hasher, job->feeds[i].cube, place);
        }
    }
    kt_hash_finish(hasher, job->keys[period].text);
    return KT_OK;
}

kt_status kt_month_keys(kt_analysis_job *job, kt_error *err)
{
    key_maker maker = {.job = job};
    hash_common(job, maker.common);
    job->keys = kt_arena_array(job->arena, kt_month_key, job->period_count + 1);
    return kt_parallel(job->period_count, job->night->config->analysis.threads, make_key, &maker,
                       err);
}
