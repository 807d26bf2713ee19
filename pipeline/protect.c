/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protect.h"

#include <math.h>

#include "core/codes.h"
#include "core/file.h"

/* The store of the newest version, which an ordinary night leaves. */
static const char *newest_store(const kt_night *night, kt_arena *arena)
{
    return kt_path_join(arena, night->workspace, "store");
}

const char *kt_protect_key(const kt_night *night, const kt_source *source, kt_arena *arena)
{
    if (night->until == KT_NO_INSTANT) {
        return "";
    }
    const kt_table newest = kt_table_load(source, newest_store(night, arena), arena);
    return newest.key == NULL ? "" : newest.key;
}

/* For each code of one dimension of the old cube, its position in the newest one. */
static size_t *positions_in(const kt_codes *newest, const kt_codes *old, kt_arena *arena)
{
    const size_t count = kt_codes_count(old);
    size_t *positions = kt_arena_array(arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        positions[i] = kt_codes_find(newest, kt_codes_at(old, i));
    }
    return positions;
}

typedef struct overlay {
    const kt_cube *newest;
    kt_cube *old;
    size_t *positions[KT_ROLES];
    const kt_source *source;
} overlay;

/* True if the newest version has a protected figure in this place. A total that is covered under
 * strict disclosure goes beyond the limits of one: whether it is covered here is decided anew. */
static bool is_protected(const overlay *over, const size_t at[KT_ROLES])
{
    size_t place[KT_ROLES];
    for (int role = 0; role < KT_ROLES; role++) {
        place[role] = over->positions[role][at[role]];
        if (place[role] == KT_NO_CODE) {
            return false;
        }
    }
    const size_t cell = kt_cube_at(over->newest, place);
    return over->newest->status[cell] == KT_OBS_PROTECTED &&
           over->newest->high[cell] <= over->source->protected_high;
}

static void protect_cell(const overlay *over, size_t cell)
{
    size_t at[KT_ROLES];
    for (int role = 0; role < KT_ROLES; role++) {
        at[role] = cell / over->old->stride[role] % over->old->size[role];
    }
    const kt_obs obs = (kt_obs)over->old->status[cell];
    if (kt_obs_has_value(obs) && is_protected(over, at)) {
        /* A zero of then stays possible: the sums of then may hold no more than that. */
        const double low = fmin(over->source->protected_low, over->old->value[cell]);
        const double high = over->source->protected_high;
        kt_cube_protect(over->old, cell, (low + high) / 2.0, low, high);
    }
}

kt_status kt_protect(const kt_night *night, const kt_source *source, kt_cube *cube, kt_arena *arena,
                     kt_error *err)
{
    if (night->until == KT_NO_INSTANT) {
        return KT_OK;
    }
    const char *path = kt_table_cube_path(newest_store(night, arena), source, arena);
    kt_cube *newest = NULL;
    KT_TRY(kt_cube_load(path, arena, &newest, err));
    overlay over = {.newest = newest, .old = cube, .source = source};
    for (int role = 0; role < KT_ROLES; role++) {
        over.positions[role] = positions_in(newest->codes[role], cube->codes[role], arena);
    }
    for (size_t cell = 0; cell < cube->cells; cell++) {
        protect_cell(&over, cell);
    }
    return KT_OK;
}
