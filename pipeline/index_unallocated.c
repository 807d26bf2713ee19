/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_unallocated.h"

#include <math.h>

#include "core/codes.h"

/* The table's vacancies in no region, of one occupation. */
static double posts_of(const kt_placed_market *market, const kt_market_slab *slab,
                       size_t occupation)
{
    if (market->margins->unplaced == KT_NO_CODE) {
        return NAN;
    }
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = slab->vacancies, [KT_ROLE_REGION] = market->margins->unplaced,
        [KT_ROLE_OCCUPATION] = occupation,   [KT_ROLE_SECTOR] = slab->sector,
        [KT_ROLE_GROUP] = slab->group,
    };
    const size_t place = kt_cube_at(slab->cube, at);
    return slab->cube->status[place] == KT_OBS_IMPOSSIBLE ? 0.0 : slab->cube->value[place];
}

kt_unallocated_market kt_index_unallocated_market(const kt_placed_market *placed,
                                                  const kt_market_slab *slab,
                                                  const kt_market_month *month, kt_arena *arena)
{
    const kt_market *market = &placed->market;
    /* Occupation by occupation, in the same order in every region. */
    size_t groups = 1;
    while (groups < market->cell_count && market->region[groups] == market->region[0]) {
        groups++;
    }
    size_t *group = kt_arena_array(arena, size_t, market->cell_count);
    double *posts = kt_arena_array(arena, double, groups);
    for (size_t i = 0; i < market->cell_count; i++) {
        group[i] = i % groups;
    }
    for (size_t g = 0; g < groups; g++) {
        posts[g] = posts_of(placed, slab, market->occupation[g]);
    }
    return (kt_unallocated_market){
        .cell_count = month->cells.count,
        .unemployed = month->cells.unemployed,
        .vacancies = month->cells.vacancies,
        .group = group,
        .group_count = groups,
        .posts = posts,
        .up_to = !placed->margins->all_inside,
    };
}
