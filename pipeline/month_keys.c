/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "analysis_job.h"
#include "core/codes.h"
#include "core/parallel.h"

/*
 * The rows of a month follow from that month's cells of all feeds, from the feeds' code lists
 * (they decide which regions, occupations and markets there are), from the configuration and from
 * the program. Whoever makes rows of anything else has to add it here.
 */

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

static void hash_common(const kt_analysis_job *job, char out[KT_HASH_SIZE])
{
    const kt_config *config = job->night->config;
    kt_hasher *hasher = kt_hash_start();
    add_text(hasher, kt_version());
    add_text(hasher, config->hash);
    for (size_t i = 0; i < config->source_count; i++) {
        const kt_table *table = &job->night->tables[i];
        const kt_cube *feed = job->feeds[i].cube;
        if (feed == NULL) {
            continue;
        }
        add_text(hasher, config->sources[i]->id);
        /* A table that is stopped was made under another configuration, which its key knows. */
        add_text(hasher, table->stop.held == NULL || table->key == NULL ? "" : table->key);
        for (int role = KT_ROLE_MEASURE; role < KT_ROLES; role++) {
            add_codes(hasher, feed->codes[role]);
        }
    }
    kt_hash_finish(hasher, out);
}

/* Periods are the slowest dimension: a period's cells stand together. */
static void add_cells(kt_hasher *hasher, const kt_cube *cube, size_t place)
{
    const size_t count = cube->stride[KT_ROLE_PERIOD];
    const size_t first = place * count;
    kt_hash_add(hasher, cube->value + first, count * sizeof *cube->value);
    kt_hash_add(hasher, cube->low + first, count * sizeof *cube->low);
    kt_hash_add(hasher, cube->high + first, count * sizeof *cube->high);
    kt_hash_add(hasher, cube->status + first, count * sizeof *cube->status);
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
    add_text(hasher, maker->common);
    add_text(hasher, kt_period_write(job->periods[period], name));
    for (size_t i = 0; i < sources; i++) {
        const size_t place = job->places[period * sources + i];
        add_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            add_cells(hasher, job->feeds[i].cube, place);
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
