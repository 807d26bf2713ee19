/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/assess.h"

#include "core/cleanup.h"

bool kt_assess_has_limit(double limit)
{
    return limit > 0.0 && limit < 1.0;
}

double kt_protected_share(double value, double known)
{
    return value > 0.0 && known < value ? (value - known) / value : 0.0;
}

kt_status kt_assess_known(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                          kt_arena *arena, kt_cube **out, kt_error *err)
{
    kt_cube *known = NULL;
    KT_TRY(kt_cube_take_period(cube, period, arena, &known, err));
    for (size_t i = 0; i < known->cells; i++) {
        if (kt_obs_is_hidden((kt_obs)known->status[i])) {
            kt_cube_set(known, i, 0.0, KT_OBS_ESTIMATED);
        }
    }
    return kt_rollup_period(rollup, known, 0, arena, out, err);
}

/* Of the sums with that status: not what is left over of a country, which is none. */
static void mark(const kt_rollup *rollup, const kt_cube *known, double limit, kt_obs obs,
                 kt_cube *slab)
{
    const kt_recipe *recipes = kt_rollup_region_recipes(rollup);
    for (size_t i = 0; i < slab->cells; i++) {
        const size_t line = i / slab->stride[KT_ROLE_REGION] % slab->size[KT_ROLE_REGION];
        if (slab->status[i] == obs && slab->low[i] != slab->high[i] &&
            recipes[line].kind != KT_FROM_REST &&
            kt_protected_share(slab->value[i], known->value[i]) > limit) {
            slab->status[i] = KT_OBS_UNASSESSED;
        }
    }
}

void kt_assess_mark_sums(const kt_rollup *rollup, const kt_cube *known, double limit, kt_cube *slab)
{
    mark(rollup, known, limit, KT_OBS_ESTIMATED, slab);
    mark(rollup, known, limit, KT_OBS_BREAK, slab);
}

kt_status kt_assess_mark(const kt_rollup *rollup, const kt_cube *cube, size_t period, double limit,
                         kt_cube *slab, kt_error *err)
{
    if (!kt_assess_has_limit(limit)) {
        return KT_OK;
    }
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("known parts of a period", 0);
    kt_cube *known = NULL;
    KT_TRY(kt_assess_known(rollup, cube, period, arena, &known, err));
    mark(rollup, known, limit, KT_OBS_ESTIMATED, slab);
    return KT_OK;
}
