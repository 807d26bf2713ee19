/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/project_levels.h"

#include <stdlib.h>
#include <string.h>

#include "placing.h"

/* The units that have municipalities of a place. */
typedef struct reached {
    const char **units; /* bytewise */
    size_t count;
    bool inside; /* all of the place is in the one unit */
} reached;

struct kt_project_level {
    const kt_placement *placement;
    const char *level;
    kt_arena *arena;
    const char **municipalities; /* of today */
    const char **units;          /* of each; NULL where it is in none */
    size_t count;
    kt_codes *known; /* codes of places that were asked for */
    reached *of;     /* of each of them */
    size_t room;
};

kt_project_level *kt_project_level_new(const kt_placement *placement, const char *level,
                                       kt_arena *arena)
{
    const kt_classification *regions = placement->regions;
    kt_project_level *out = kt_arena_new(arena, kt_project_level);
    *out = (kt_project_level){
        .placement = placement,
        .level = level,
        .arena = arena,
        .known = kt_codes_new(arena),
        .municipalities = kt_arena_array(arena, const char *, regions->item_count + 1),
        .units = kt_arena_array(arena, const char *, regions->item_count + 1)};
    for (size_t i = 0; i < regions->item_count; i++) {
        const kt_class_item *item = &regions->items[i];
        if (strcmp(item->level, "kunta") == 0 &&
            strcmp(kt_class_today(regions, item->code), item->code) == 0) {
            out->municipalities[out->count] = item->code;
            out->units[out->count++] = strcmp(level, "kunta") == 0
                                           ? item->code
                                           : kt_class_parent(regions, item->code, level);
        }
    }
    return out;
}

static void reach(const char *unit, reached *out)
{
    for (size_t i = 0; i < out->count; i++) {
        if (strcmp(out->units[i], unit) == 0) {
            return;
        }
    }
    size_t at = out->count++;
    for (; at > 0 && strcmp(out->units[at - 1], unit) > 0; at--) {
        out->units[at] = out->units[at - 1];
    }
    out->units[at] = unit;
}

static reached find(kt_project_level *level, const kt_project_place *place)
{
    const named_region region = {place->level, place->code, false};
    reached out = {.units = kt_arena_array(level->arena, const char *, level->count + 1),
                   .inside = true};
    for (size_t i = 0; i < level->count; i++) {
        const named_region municipality = {"kunta", level->municipalities[i], false};
        if (strcmp(municipality.code, place->code) != 0 &&
            !lies_in(level->placement, municipality, region)) {
            continue;
        }
        if (level->units[i] == NULL) {
            out.inside = false;
        } else {
            reach(level->units[i], &out);
        }
    }
    out.inside = out.inside && out.count == 1;
    return out;
}

static const reached *reached_by(kt_project_level *level, const kt_project_place *place)
{
    size_t at = kt_codes_find(level->known, place->code);
    if (at == KT_NO_CODE) {
        level->of = kt_arena_grow(level->arena, level->of, kt_codes_count(level->known),
                                  &level->room, sizeof *level->of);
        at = kt_codes_add(level->known, place->code, NULL);
        level->of[at] = find(level, place);
    }
    return &level->of[at];
}

/* The places of one project while they are found. */
typedef struct finding {
    kt_arena *arena;
    kt_level_place *at;
    size_t count, room;
} finding;

static void add(finding *f, const char *level, const char *code, double weight)
{
    for (size_t i = 0; i < f->count; i++) {
        if (strcmp(f->at[i].level, level) == 0 && strcmp(f->at[i].code, code) == 0) {
            f->at[i].weight += weight;
            return;
        }
    }
    f->at = kt_arena_grow(f->arena, f->at, f->count, &f->room, sizeof *f->at);
    f->at[f->count++] = (kt_level_place){level, code, weight};
}

static void add_place(kt_project_level *level, const kt_project_place *place, finding *f)
{
    if (strcmp(place->level, KT_LEVEL_NATIONAL) == 0 ||
        strcmp(place->level, KT_LEVEL_UNLOCATED) == 0) {
        add(f, place->level, place->code, place->weight);
        return;
    }
    const reached *of = reached_by(level, place);
    if (!of->inside) {
        add(f, level->level, "_X", place->weight);
    }
    for (size_t i = 0; i < of->count; i++) {
        add(f, level->level, of->units[i], of->inside ? place->weight : 0.0);
    }
}

static int by_level(const void *a, const void *b)
{
    const kt_level_place *x = a, *y = b;
    const int level = strcmp(x->level, y->level);
    return level != 0 ? level : strcmp(x->code, y->code);
}

kt_level_places kt_project_level_places(kt_project_level *level, const kt_project_places *places,
                                        kt_arena *arena)
{
    finding f = {.arena = arena};
    for (size_t i = 0; i < places->count; i++) {
        if (places->at[i].role == KT_PLACE_IMPLEMENTATION) {
            add_place(level, &places->at[i], &f);
        }
    }
    if (f.count > 1) {
        qsort(f.at, f.count, sizeof *f.at, by_level);
    }
    return (kt_level_places){f.at, f.count};
}
