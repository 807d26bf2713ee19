/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month_slab.h"

#include "allocated.h"
#include "core/codes.h"
#include "pipeline/marked.h"
#include "transform/assess.h"

static size_t position_or_first(const kt_codes *codes, const char *code)
{
    const size_t at = kt_codes_find(codes, code);
    return at == KT_NO_CODE ? 0 : at;
}

/* From the table's rolled-up period, marked, to its slab. */
static kt_status finish_slab(const kt_analysis_job *job, size_t table, kt_cube *slab,
                             kt_arena *arena, kt_market_slab *out, kt_error *err)
{
    const kt_market_table *is = &job->tables[table];
    out->unemployed = kt_codes_find(slab->codes[KT_ROLE_MEASURE], "unemployed");
    out->vacancies = kt_codes_find(slab->codes[KT_ROLE_MEASURE], "vacancies");
    if (out->unemployed == KT_NO_CODE || out->vacancies == KT_NO_CODE) {
        return KT_OK;
    }
    const kt_cube *seen = kt_market_table_see(is, slab, arena);
    out->sector = position_or_first(seen->codes[KT_ROLE_SECTOR], KT_TOTAL);
    out->group = position_or_first(seen->codes[KT_ROLE_GROUP], KT_TOTAL);
    kt_cube *whole = NULL;
    KT_TRY(kt_allocated_add(seen, is, arena, &whole, err));
    out->cube = whole;
    return KT_OK;
}

static size_t place_of(const kt_analysis_job *job, kt_month_at at)
{
    return job->places[at.period * job->night->config->source_count + at.table];
}

kt_status kt_month_slab_open(const kt_analysis_job *job, kt_month_at at, kt_arena *arena,
                             kt_market_slab *out, kt_error *err)
{
    *out = (kt_market_slab){0};
    const size_t place = place_of(job, at);
    if (place == KT_NO_CODE || !job->feeds[at.table].markets) {
        return KT_OK;
    }
    kt_cube *slab = NULL;
    const kt_config *config = job->night->config;
    const kt_marked_table table = {.source = job->tables[at.table].source,
                                   .cube = job->feeds[at.table].cube,
                                   .rollup = job->rollups[at.table],
                                   .breaks = config->breaks,
                                   .protected_share_limit = config->analysis.protected_share_limit};
    KT_TRY(kt_marked_period(&table, place, arena, &slab, err));
    return finish_slab(job, at.table, slab, arena, out, err);
}

kt_status kt_month_slab_known(const kt_analysis_job *job, kt_month_at at, kt_arena *arena,
                              kt_market_slab *out, kt_error *err)
{
    *out = (kt_market_slab){0};
    const size_t place = place_of(job, at);
    if (place == KT_NO_CODE || !job->feeds[at.table].markets) {
        return KT_OK;
    }
    kt_cube *slab = NULL;
    KT_TRY(kt_assess_known(job->rollups[at.table], job->feeds[at.table].cube, place, arena, &slab,
                           err));
    return finish_slab(job, at.table, slab, arena, out, err);
}

void kt_month_set_protected(kt_cube *month, double figure)
{
    for (size_t i = 0; i < month->cells; i++) {
        if (kt_obs_shows_limits((kt_obs)month->status[i])) {
            kt_cube_set(month, i, figure, KT_OBS_ESTIMATED);
        }
    }
}

kt_status kt_month_slab_set(const kt_analysis_job *job, kt_month_at at, double figure,
                            kt_arena *arena, kt_market_slab *out, kt_error *err)
{
    *out = (kt_market_slab){0};
    const size_t place = place_of(job, at);
    if (place == KT_NO_CODE || !job->feeds[at.table].markets) {
        return KT_OK;
    }
    kt_cube *month = NULL;
    kt_cube *slab = NULL;
    KT_TRY(kt_cube_take_period(job->feeds[at.table].cube, place, arena, &month, err));
    kt_month_set_protected(month, figure);
    KT_TRY(kt_rollup_period(job->rollups[at.table], month, 0, arena, &slab, err));
    kt_breaks_mark(job->night->config->breaks, job->tables[at.table].source, job->rollups[at.table],
                   slab);
    return finish_slab(job, at.table, slab, arena, out, err);
}
