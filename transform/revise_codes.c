/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "transform/revise.h"

typedef struct code_walk {
    const kt_codes *older, *newer;
    const kt_classification *regions; /* NULL for other dimensions */
    kt_arena *arena;
    kt_code_change *found;
    size_t count;
} code_walk;

static void add(code_walk *walk, const char *code, const char *change, const char *detail)
{
    walk->found[walk->count++] = (kt_code_change){.code = code, .change = change, .detail = detail};
}

static void look_at_newer(code_walk *walk, size_t position)
{
    const char *code = kt_codes_at(walk->newer, position);
    const char *label = kt_codes_label(walk->newer, position);
    const size_t before = kt_codes_find(walk->older, code);
    if (before == KT_NO_CODE) {
        add(walk, code, "new", label);
        return;
    }
    const char *older_label = kt_codes_label(walk->older, before);
    /* A format without labels gives each code itself: nothing is renamed by asking otherwise. */
    const bool both = strcmp(label, code) != 0 && strcmp(older_label, code) != 0;
    if (both && strcmp(older_label, label) != 0) {
        add(walk, code, "renamed", kt_arena_print(walk->arena, "%s -> %s", older_label, label));
    }
}

static const kt_succession *succession_of(const kt_classification *regions, const char *code)
{
    for (size_t i = 0; regions != NULL && i < regions->succession_count; i++) {
        if (strcmp(regions->successions[i].abolished, code) == 0) {
            return &regions->successions[i];
        }
    }
    return NULL;
}

static void look_at_older(code_walk *walk, size_t position)
{
    const char *code = kt_codes_at(walk->older, position);
    const char *label = kt_codes_label(walk->older, position);
    if (kt_codes_find(walk->newer, code) != KT_NO_CODE) {
        return;
    }
    const kt_succession *into = succession_of(walk->regions, code);
    if (into == NULL) {
        add(walk, code, "vanished", label);
        return;
    }
    const bool split = into->others[0] != '\0';
    add(walk, code, split ? "split" : "merged",
        kt_arena_print(walk->arena, "%s, into %s%s%s on %s", label, into->successor,
                       split ? ", " : "", into->others, into->day));
}

size_t kt_revise_codes(const kt_codes *older, const kt_codes *newer,
                       const kt_classification *regions, kt_arena *arena, kt_code_change **out)
{
    code_walk walk = {.older = older, .newer = newer, .regions = regions, .arena = arena};
    const size_t most = kt_codes_count(older) + kt_codes_count(newer);
    walk.found = kt_arena_array(arena, kt_code_change, most + 1);
    for (size_t i = 0; i < kt_codes_count(newer); i++) {
        look_at_newer(&walk, i);
    }
    for (size_t i = 0; i < kt_codes_count(older); i++) {
        look_at_older(&walk, i);
    }
    *out = walk.found;
    return walk.count;
}
