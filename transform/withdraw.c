/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/withdraw.h"

#include "core/codes.h"
#include "sums.h"

/* For each code of one dimension of the old cube, its position in the newest one. */
static const size_t *positions_in(const kt_codes *newest, const kt_codes *old, kt_arena *arena)
{
    const size_t count = kt_codes_count(old);
    size_t *positions = kt_arena_array(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        positions[i] = kt_codes_find(newest, kt_codes_at(old, i));
    }
    return positions;
}

typedef struct overlay {
    const kt_cube *newest, *old;
    const size_t *positions[KT_ROLES];
} overlay;

/* True if the source protects the cell of the old cube in the newest version. */
static bool is_protected(const overlay *over, size_t cell)
{
    size_t place[KT_ROLES];
    for (int role = 0; role < KT_ROLES; role++) {
        const size_t at = cell / over->old->stride[role] % over->old->size[role];
        place[role] = over->positions[role][at];
        if (place[role] == KT_NO_CODE) {
            return false;
        }
    }
    return kt_obs_is_protected((kt_obs)over->newest->status[kt_cube_at(over->newest, place)]);
}

void kt_withdraw(kt_cube *cube, const kt_cube *newest, kt_arena *arena)
{
    overlay over = {.newest = newest, .old = cube};
    for (int role = 0; role < KT_ROLES; role++) {
        over.positions[role] = positions_in(newest->codes[role], cube->codes[role], arena);
    }
    for (size_t cell = 0; cell < cube->cells; cell++) {
        if (kt_obs_has_value((kt_obs)cube->status[cell]) && is_protected(&over, cell)) {
            cube->status[cell] = KT_OBS_WITHDRAWN;
        }
    }
}

/* The one withdrawn part of a sum whose other parts add nothing; KT_NO_CODE if it is another sum.
 */
static size_t only_part(const kt_plane *plane, const kt_sums *sums, const kt_sum *sum)
{
    const kt_cube *cube = plane->cube;
    size_t found = KT_NO_CODE;
    for (size_t i = 0; i < sum->count; i++) {
        const size_t cell = kt_plane_cell(plane, sum->parts[i]);
        const size_t row = sum->parts[i] / cube->size[KT_ROLE_OCCUPATION];
        const kt_obs obs = (kt_obs)cube->status[cell];
        const bool nothing = (kt_obs_has_value(obs) && cube->value[cell] == 0.0) ||
                             obs == KT_OBS_IMPOSSIBLE ||
                             (obs == KT_OBS_NOT_COLLECTED && sums->may_lack[row]);
        if (obs == KT_OBS_WITHDRAWN && found == KT_NO_CODE) {
            found = cell;
        } else if (!nothing) {
            return KT_NO_CODE;
        }
    }
    return found;
}

static bool withdraw_total(const kt_plane *plane, const kt_sums *sums, const kt_sum *sum)
{
    const kt_cube *cube = plane->cube;
    const size_t total = kt_plane_cell(plane, sum->total);
    const size_t part = only_part(plane, sums, sum);
    if (!kt_obs_has_value((kt_obs)cube->status[total]) || part == KT_NO_CODE ||
        cube->value[part] != cube->value[total]) {
        return false;
    }
    cube->status[total] = KT_OBS_WITHDRAWN;
    return true;
}

/* Again and again until none changes: a part may be a total itself. */
static void withdraw_in_plane(const kt_plane *plane, const kt_sums *sums)
{
    bool changed = true;
    while (changed) {
        changed = false;
        for (size_t i = 0; i < sums->count; i++) {
            changed |= withdraw_total(plane, sums, &sums->at[i]);
        }
    }
}

void kt_withdraw_totals(const kt_reconcile_table *table, kt_arena *arena)
{
    const kt_cube *cube = table->cube;
    const kt_sum_book book = kt_sums_plan(table, arena);
    size_t at[KT_ROLES] = {0};
    do {
        const char *measure = kt_codes_at(cube->codes[KT_ROLE_MEASURE], at[KT_ROLE_MEASURE]);
        if (kt_adds_exactly(table->source, measure)) {
            const kt_plane plane = kt_plane_at(table, at);
            withdraw_in_plane(&plane, kt_sums_of(&book, cube, at[KT_ROLE_PERIOD],
                                                 at[KT_ROLE_MEASURE], at[KT_ROLE_GROUP]));
        }
    } while (kt_plane_next(cube, at));
}
