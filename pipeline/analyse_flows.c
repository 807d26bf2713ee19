/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis_job.h"
#include "flow_rows.h"
#include "hash_parts.h"
#include "year_files.h"

#define TABLE "flows"

/* What the files of all years are made from. */
typedef struct making {
    const kt_analysis_job *job;
    const kt_flow_rows *rows;
    kt_flow_feed *feeds;
    size_t *sources; /* of each feed: its place in the configuration */
    size_t feed_count;
} making;

static void hash_common(const void *context, kt_hasher *hasher)
{
    const making *of = context;
    for (size_t i = 0; i < of->feed_count; i++) {
        kt_hash_table(hasher, of->job->night, of->sources[i], of->feeds[i].cube);
    }
}

/* The flows of a period; other figures of the table make no row. */
static void hash_flows(kt_hasher *hasher, const kt_flow_feed *feed, size_t place)
{
    const kt_cube *cube = feed->cube;
    for (size_t m = 0; m < cube->size[KT_ROLE_MEASURE]; m++) {
        const kt_measure_spec *spec =
            kt_source_measure(feed->source, kt_codes_at(cube->codes[KT_ROLE_MEASURE], m));
        if (spec != NULL && kt_flow_find(spec->base) != NULL) {
            kt_hash_measure(hasher, cube, place, m);
        }
    }
}

static void hash_period(const void *context, size_t period, kt_hasher *hasher)
{
    const making *of = context;
    for (size_t i = 0; i < of->feed_count; i++) {
        const size_t place = kt_flow_place(of->rows, period, i);
        kt_hash_text(hasher, place == KT_NO_CODE ? "absent" : "there");
        if (place != KT_NO_CODE) {
            hash_flows(hasher, &of->feeds[i], place);
        }
    }
}

static kt_status add_rows(const void *context, size_t period, kt_rows *rows, kt_error *err)
{
    const making *of = context;
    return kt_flow_rows_add(of->rows, period, rows, err);
}

static void gather_feeds(making *of)
{
    const kt_analysis_job *job = of->job;
    const size_t sources = job->night->config->source_count;
    of->feeds = kt_arena_array(job->arena, kt_flow_feed, sources + 1);
    of->sources = kt_arena_array(job->arena, size_t, sources + 1);
    for (size_t i = 0; i < sources; i++) {
        const kt_source *source = job->night->config->sources[i];
        if (job->cubes[i] != NULL && kt_feeds_flows(source)) {
            of->sources[of->feed_count] = i;
            of->feeds[of->feed_count++] = (kt_flow_feed){source, job->cubes[i], job->rollups[i]};
        }
    }
}

kt_status kt_analyse_flows(kt_analysis_job *job, kt_error *err)
{
    const kt_config *config = job->night->config;
    making of = {.job = job};
    gather_feeds(&of);
    const kt_flow_job shared = {.contract = config->contract,
                                .classifications = job->classifications,
                                .breaks = config->breaks,
                                .protected_share_limit = config->analysis.protected_share_limit,
                                .feeds = of.feeds,
                                .feed_count = of.feed_count};
    kt_flow_rows *rows = NULL;
    KT_TRY(kt_flow_rows_new(&shared, job->arena, &rows, err));
    of.rows = rows;
    kt_year_table table = {.schema = kt_contract_find(config->contract, TABLE),
                           .context = &of,
                           .hash_common = hash_common,
                           .hash_period = hash_period,
                           .add_rows = add_rows};
    table.period_count = kt_flow_periods(rows, &table.periods);
    return kt_year_files(job, &table, err);
}
