/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "assess_checks.h"

#include <math.h>
#include <string.h>

#include "check_rows.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "core/number.h"
#include "month_slab.h"
#include "transform/assess.h"

#define CHECK "protected_share"

/* The sums of a source's newest period. */
typedef struct sums {
    const kt_analysis_job *job;
    kt_observation_source from;
    const kt_cube *slab, *known;
    const kt_rollup_line *regions, *occupations;
    size_t region_count, occupation_count;
    kt_arena *arena;
} sums;

/* What was found of two levels. */
typedef struct found {
    double largest;
    size_t above;
    const char *where; /* of the largest */
} found;

static double limit_of(const kt_analysis_job *job)
{
    return job->night->config->analysis.protected_share_limit;
}

static void look_at_cell(const sums *of, size_t region, size_t occupation, found *out)
{
    const kt_codes *measures = of->slab->codes[KT_ROLE_MEASURE];
    for (size_t m = 0; m < kt_codes_count(measures); m++) {
        const size_t at[KT_ROLES] = {
            [KT_ROLE_MEASURE] = m, [KT_ROLE_REGION] = region, [KT_ROLE_OCCUPATION] = occupation};
        const size_t cell = kt_cube_at(of->slab, at);
        const kt_obs obs = (kt_obs)of->slab->status[cell];
        const bool is_sum = obs == KT_OBS_ESTIMATED || obs == KT_OBS_UNASSESSED;
        const double share =
            is_sum ? kt_protected_share(of->slab->value[cell], of->known->value[cell]) : 0.0;
        out->above += obs == KT_OBS_UNASSESSED ? 1 : 0;
        if (share > out->largest && share <= 1.0) {
            out->largest = share;
            out->where = kt_arena_print(of->arena, "%s %s %s", of->regions[region].code,
                                        of->occupations[occupation].code, kt_codes_at(measures, m));
        }
    }
}

/* Whether it is a sum of those levels that stands in the table. */
static bool is_told(const sums *of, size_t region, size_t occupation, const char *level)
{
    return strcmp(of->occupations[occupation].level, level) == 0 &&
           strcmp(of->regions[region].made_of, "rest") != 0 &&
           kt_observation_has(&of->from, &of->regions[region], &of->occupations[occupation]);
}

static void look_at_region(const sums *of, size_t region, const char *level, found *out)
{
    for (size_t o = 0; o < of->occupation_count; o++) {
        if (is_told(of, region, o, level)) {
            look_at_cell(of, region, o, out);
        }
    }
}

static found look_at_levels(const sums *of, const char *region_level, const char *occupation_level)
{
    found out = {0};
    for (size_t r = 0; r < of->region_count; r++) {
        if (strcmp(of->regions[r].level, region_level) == 0) {
            look_at_region(of, r, occupation_level, &out);
        }
    }
    return out;
}

static kt_status add_row(const sums *of, const char *subject, const found *what, kt_rows *rows,
                         kt_error *err)
{
    return kt_check_row_add(rows,
                            (kt_check_row){.check = CHECK,
                                           .subject = subject,
                                           .severity = "note",
                                           .result = what->above > 0 ? "failed" : "passed",
                                           .measured = what->largest,
                                           .threshold = limit_of(of->job),
                                           .cells_failed = what->above,
                                           .examples = what->where},
                            err);
}

/* The first line of each level, in their order. */
static bool is_first(const kt_rollup_line *lines, size_t at)
{
    return at == 0 || strcmp(lines[at].level, lines[at - 1].level) != 0;
}

static kt_status add_levels(const sums *of, const char *region_level, kt_rows *rows, kt_error *err)
{
    for (size_t o = 0; o < of->occupation_count; o++) {
        if (!is_first(of->occupations, o)) {
            continue;
        }
        const char *level = of->occupations[o].level;
        const found what = look_at_levels(of, region_level, level);
        const char *subject =
            kt_arena_print(of->arena, "%s %s %s", of->from.source->id, region_level, level);
        KT_TRY(what.largest > 0.0 ? add_row(of, subject, &what, rows, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status open_sums(const kt_analysis_job *job, size_t source, kt_arena *arena, sums *out,
                           kt_error *err)
{
    const kt_config *config = job->night->config;
    const kt_cube *cube = job->feeds[source].cube;
    const size_t newest = cube->size[KT_ROLE_PERIOD] - 1;
    kt_cube *slab = NULL;
    kt_cube *known = NULL;
    *out = (sums){.job = job,
                  .from = {.source = config->sources[source],
                           .cube = cube,
                           .rollup = job->rollups[source],
                           .protected_share_limit = limit_of(job),
                           .strict = config->publish.strict_disclosure},
                  .arena = arena};
    KT_TRY(kt_observation_slab_make(&out->from, newest, arena, &slab, err));
    KT_TRY(kt_assess_known(out->from.rollup, cube, newest, arena, &known, err));
    out->slab = slab;
    out->known = known;
    out->region_count = kt_rollup_regions(out->from.rollup, &out->regions);
    out->occupation_count = kt_rollup_occupations(out->from.rollup, &out->occupations);
    return KT_OK;
}

kt_status kt_assess_checks(const kt_analysis_job *job, size_t source, kt_rows *rows, kt_error *err)
{
    const kt_feed *feed = &job->feeds[source];
    if (!kt_assess_has_limit(limit_of(job)) || !feed->observations || feed->cube == NULL) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("shares of hidden figures", 0);
    sums of;
    KT_TRY(open_sums(job, source, arena, &of, err));
    for (size_t r = 0; r < of.region_count; r++) {
        KT_TRY(is_first(of.regions, r) ? add_levels(&of, of.regions[r].level, rows, err) : KT_OK);
    }
    return KT_OK;
}

static kt_status add_market(const kt_analysis_job *job, const kt_index_month *month, kt_rows *rows,
                            kt_error *err)
{
    kt_market_month gathered;
    found what = {0};
    KT_TRY(kt_market_gather(&month->market->market, month->slab, month->arena, &gathered, err));
    KT_TRY(kt_index_protected_share(month, &gathered, &what.largest, err));
    what.above = what.largest > limit_of(job) ? 1 : 0;
    const sums of = {.job = job};
    const char *subject = kt_arena_print(month->arena, "%s in %s", month->market->market.name,
                                         month->market->market.scope);
    return what.largest > 0.0 ? add_row(&of, subject, &what, rows, err) : KT_OK;
}

/* Newest period of the table in the order of names, or period_count. */
static size_t newest_of(const kt_analysis_job *job, size_t table)
{
    const size_t sources = job->night->config->source_count;
    for (size_t i = job->period_count; i > 0; i--) {
        if (job->places[(i - 1) * sources + table] != KT_NO_CODE) {
            return i - 1;
        }
    }
    return job->period_count;
}

static kt_status add_markets_of(const kt_analysis_job *job, kt_month_at at, kt_rows *rows,
                                kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("shares of hidden figures", 0);
    kt_market_slab slab, known;
    KT_TRY(kt_month_slab_open(job, at, arena, &slab, err));
    KT_TRY(kt_month_slab_known(job, at, arena, &known, err));
    for (size_t i = 0; i < job->markets.count && slab.cube != NULL; i++) {
        const kt_placed_market *market = &job->markets.at[i];
        const kt_index_month month = {
            .market = market, .slab = &slab, .known = &known, .arena = arena};
        const bool told = market->table == at.table &&
                          strcmp(market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) == 0;
        KT_TRY(told ? add_market(job, &month, rows, err) : KT_OK);
    }
    return KT_OK;
}

kt_status kt_assess_market_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < job->night->config->source_count; i++) {
        const kt_month_at at = {newest_of(job, i), i};
        KT_TRY(kt_assess_has_limit(limit_of(job)) && at.period < job->period_count
                   ? add_markets_of(job, at, rows, err)
                   : KT_OK);
    }
    return KT_OK;
}
