/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/coverage_places.h"

#include <string.h>

#include "core/codes.h"
#include "transform/project_levels.h"

typedef struct making {
    const kt_classification *regions;
    const kt_placement *placement;
    kt_arena *arena;
    kt_coverage_places *out;
    const kt_project_place **at; /* of each place */
} making;

static bool is_of_today(const kt_class_item *item, const char *level)
{
    return strcmp(item->level, level) == 0 && item->valid_to[0] == '\0';
}

static const char **codes_of(const kt_classification *regions, const char *level, kt_arena *arena,
                             size_t *count)
{
    const char **codes = kt_arena_array(arena, const char *, regions->item_count + 1);
    *count = 0;
    for (size_t i = 0; i < regions->item_count; i++) {
        if (is_of_today(&regions->items[i], level)) {
            codes[(*count)++] = regions->items[i].code;
        }
    }
    return codes;
}

static const char *key_of(const kt_project_place *place, kt_arena *arena)
{
    return kt_arena_print(arena, "%s %s", place->level, place->code);
}

static void add_place(making *m, const kt_project_place *place)
{
    kt_coverage_places *out = m->out;
    if (place->role != KT_PLACE_IMPLEMENTATION ||
        kt_codes_find(out->index, key_of(place, m->arena)) != KT_NO_CODE) {
        return;
    }
    (void)kt_codes_intern(out->index, key_of(place, m->arena));
    m->at[out->place_count++] = place;
}

static void gather_places(making *m, const kt_project_study *study)
{
    static const kt_project_place fixed[KT_PLACE_FIXED] = {
        [KT_PLACE_NATIONAL] = {.level = KT_LEVEL_NATIONAL, .code = "SSS"},
        [KT_PLACE_UNLOCATED] = {.level = KT_LEVEL_UNLOCATED, .code = "_X"}};
    size_t most = KT_PLACE_FIXED;
    for (size_t i = 0; i < study->count; i++) {
        most += study->places[i].count;
    }
    m->at = kt_arena_array(m->arena, const kt_project_place *, most);
    m->out->index = kt_codes_new(m->arena);
    for (size_t i = 0; i < KT_PLACE_FIXED; i++) {
        add_place(m, &fixed[i]);
    }
    for (size_t i = 0; i < study->count; i++) {
        for (size_t j = 0; j < study->places[i].count; j++) {
            add_place(m, &study->places[i].at[j]);
        }
    }
}

static size_t position_of(const kt_coverage_level *level, const char *code)
{
    for (size_t i = 0; i < level->count; i++) {
        if (strcmp(level->cells[i], code) == 0) {
            return i;
        }
    }
    return kt_coverage_elsewhere(level);
}

static void set_place(const making *m, kt_project_level *of, kt_coverage_level *level, size_t place)
{
    const kt_project_places alone = {.at = m->at[place], .count = 1};
    const kt_level_places found = kt_project_level_places(of, &alone, m->arena);
    bool *touched = &level->touched[place * level->count];
    level->cell_of_place[place] = kt_coverage_elsewhere(level);
    for (size_t i = 0; i < found.count; i++) {
        const size_t cell = position_of(level, found.at[i].code);
        if (cell == kt_coverage_elsewhere(level)) {
            continue;
        }
        touched[cell] = true;
        if (found.at[i].weight > 0.0) {
            level->cell_of_place[place] = cell;
        }
    }
}

/* The one coordinator area of what a cell has in any; Åland is in none. */
static const char *area_of(const making *m, kt_project_level *areas, const char *level,
                           const char *cell)
{
    const kt_project_place place = {
        .level = level, .code = cell, .weight = 1.0, .role = KT_PLACE_IMPLEMENTATION};
    const kt_project_places alone = {.at = &place, .count = 1};
    const kt_level_places found = kt_project_level_places(areas, &alone, m->arena);
    const char *area = "_X";
    for (size_t i = 0; i < found.count; i++) {
        const bool is_area = strcmp(found.at[i].code, "_X") != 0;
        const bool first = strcmp(area, "_X") == 0;
        area = !is_area ? area : first ? found.at[i].code : "SSS";
    }
    return area;
}

static void make_level(const making *m, const char *name, kt_project_level *areas,
                       kt_coverage_level *level)
{
    const size_t places = m->out->place_count;
    kt_project_level *of = kt_project_level_new(m->placement, name, m->arena);
    level->name = name;
    level->cells = codes_of(m->regions, name, m->arena, &level->count);
    level->areas = kt_arena_array(m->arena, const char *, level->count + 1);
    level->cell_of_place = kt_arena_array(m->arena, size_t, places + 1);
    level->touched = kt_arena_array(m->arena, bool, places * level->count + 1);
    for (size_t i = 0; i < level->count; i++) {
        level->areas[i] = area_of(m, areas, name, level->cells[i]);
    }
    level->cell_of_place[KT_PLACE_NATIONAL] = kt_coverage_national(level);
    level->cell_of_place[KT_PLACE_UNLOCATED] = kt_coverage_elsewhere(level);
    for (size_t i = KT_PLACE_FIXED; i < places; i++) {
        set_place(m, of, level, i);
    }
}

void kt_coverage_places_make(const kt_project_study *study, const kt_config *config,
                             kt_arena *arena, kt_coverage_places *out)
{
    const kt_need_settings *needs = &config->projects.needs;
    *out = (kt_coverage_places){.level_count = needs->level_count};
    making m = {.regions = &config->classifications->regions,
                .placement = config->projects.placement,
                .arena = arena,
                .out = out};
    kt_project_level *areas = kt_project_level_new(m.placement, "coordinator", arena);
    gather_places(&m, study);
    out->levels = kt_arena_array(arena, kt_coverage_level, needs->level_count + 1);
    for (size_t i = 0; i < needs->level_count; i++) {
        make_level(&m, needs->levels[i], areas, &out->levels[i]);
    }
}

size_t kt_coverage_place(const kt_coverage_places *places, const kt_project_place *place,
                         kt_arena *arena)
{
    return kt_codes_find(places->index, key_of(place, arena));
}
