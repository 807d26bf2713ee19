/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/project_models.h"

/* The project that this one takes up or goes on with, to its end; each began before the next. */
static size_t first_of(const kt_project_related *related, size_t count, size_t at, bool *spread)
{
    *spread = false;
    for (size_t steps = 0; steps < count; steps++) {
        const kt_project_relation relation = related[at].relation;
        const bool follows =
            relation == KT_RELATION_REPLICATION || relation == KT_RELATION_CONTINUATION;
        if (!follows || related[at].parent == KT_NO_PROJECT) {
            break;
        }
        *spread = *spread || relation == KT_RELATION_REPLICATION;
        at = related[at].parent;
    }
    return at;
}

const size_t *kt_project_models(const kt_project_related *related, size_t count, kt_arena *arena)
{
    size_t *out = kt_arena_array(arena, size_t, count + 1);
    bool *spread = kt_arena_array(arena, bool, count + 1);
    for (size_t i = 0; i < count; i++) {
        bool taken_up;
        out[i] = first_of(related, count, i, &taken_up);
        spread[out[i]] = spread[out[i]] || taken_up;
    }
    for (size_t i = 0; i < count; i++) {
        out[i] = spread[out[i]] ? out[i] : KT_NO_PROJECT;
    }
    return out;
}
