/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "month_slab.h"

#include <string.h>

#include "allocated.h"
#include "core/codes.h"

static size_t position_or_first(const kt_codes *codes, const char *code)
{
    const size_t at = kt_codes_find(codes, code);
    return at == KT_NO_CODE ? 0 : at;
}

/* From the table's rolled-up period to its slab. */
static kt_status finish_slab(const kt_analysis_job *job, size_t table, kt_cube *slab,
                             kt_arena *arena, kt_market_slab *out, kt_error *err)
{
    const kt_market_table *is = &job->tables[table];
    kt_breaks_mark(job->night->config->breaks, is->source, job->rollups[table], slab);
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
    KT_TRY(kt_rollup_period(job->rollups[at.table], job->feeds[at.table].cube, place, arena, &slab,
                            err));
    return finish_slab(job, at.table, slab, arena, out, err);
}

/* One period of a cube, as a cube of its own. */
static kt_status copy_period(const kt_cube *cube, size_t place, kt_arena *arena, kt_cube **out,
                             kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    memcpy(codes, cube->codes, sizeof codes);
    codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    (void)kt_codes_add(codes[KT_ROLE_PERIOD], kt_codes_at(cube->codes[KT_ROLE_PERIOD], place),
                       NULL);
    KT_TRY(kt_cube_new(arena, codes, out, err));
    const size_t first = place * cube->stride[KT_ROLE_PERIOD];
    memcpy((*out)->value, cube->value + first, (*out)->cells * sizeof(double));
    memcpy((*out)->low, cube->low + first, (*out)->cells * sizeof(double));
    memcpy((*out)->high, cube->high + first, (*out)->cells * sizeof(double));
    memcpy((*out)->status, cube->status + first, (*out)->cells);
    return KT_OK;
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
    KT_TRY(copy_period(job->feeds[at.table].cube, place, arena, &month, err));
    kt_month_set_protected(month, figure);
    KT_TRY(kt_rollup_period(job->rollups[at.table], month, 0, arena, &slab, err));
    return finish_slab(job, at.table, slab, arena, out, err);
}
