/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "coverage_places.h"

#include <string.h>

#include "core/codes.h"

/* The municipalities of today, by which regions of any two levels are compared. */
typedef struct making {
    const kt_classification *regions;
    const kt_placement *placement;
    kt_arena *arena;
    const char **towns;
    size_t town_count;
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

static bool is_one_of(kt_region_codes codes, const char *code)
{
    bool found = false;
    for (size_t i = 0; code != NULL && i < codes.count && !found; i++) {
        found = strcmp(codes.at[i], code) == 0;
    }
    return found;
}

/* Which municipalities a place has; an area of our own has those of its maakunnat. */
static void find_towns(const making *m, const kt_project_place *place, bool *inside)
{
    const kt_project_places alone = {place, 1};
    bool any = false;
    for (size_t i = 0; i < m->town_count; i++) {
        const char *parent = kt_class_parent(m->regions, m->towns[i], place->level);
        inside[i] = strcmp(m->towns[i], place->code) == 0 ||
                    (parent != NULL && strcmp(parent, place->code) == 0);
        any = any || inside[i];
    }
    if (any) {
        return;
    }
    const kt_region_codes maakunnat = kt_project_maakunnat(m->placement, &alone, m->arena);
    for (size_t i = 0; i < m->town_count; i++) {
        inside[i] = is_one_of(maakunnat, kt_class_parent(m->regions, m->towns[i], "maakunta"));
    }
}

static size_t position_of(const char *const *codes, size_t count, const char *code)
{
    for (size_t i = 0; code != NULL && i < count; i++) {
        if (strcmp(codes[i], code) == 0) {
            return i;
        }
    }
    return KT_NO_CODE;
}

/* The cell of each municipality. */
static size_t *cells_of_towns(const making *m, const kt_coverage_level *level)
{
    size_t *cells = kt_arena_array(m->arena, size_t, m->town_count + 1);
    const bool own = strcmp(level->name, "kunta") == 0;
    for (size_t i = 0; i < m->town_count; i++) {
        const char *code =
            own ? m->towns[i] : kt_class_parent(m->regions, m->towns[i], level->name);
        cells[i] = position_of(level->cells, level->count, code);
    }
    return cells;
}

static void set_place(const making *m, kt_coverage_level *level, const size_t *cell_of_town,
                      size_t place)
{
    bool *inside = kt_arena_array(m->arena, bool, m->town_count + 1);
    bool *touched = &level->touched[place * level->count];
    size_t found = KT_NO_CODE, different = 0;
    find_towns(m, m->at[place], inside);
    for (size_t i = 0; i < m->town_count; i++) {
        if (!inside[i] || cell_of_town[i] == found) {
            continue;
        }
        different++;
        found = cell_of_town[i];
        if (found != KT_NO_CODE) {
            touched[found] = true;
        }
    }
    level->cell_of_place[place] =
        different == 1 && found != KT_NO_CODE ? found : kt_coverage_elsewhere(level);
}

/* The one coordinator area of a cell's municipalities. */
static const char *area_of(const making *m, const size_t *cell_of_town, size_t cell)
{
    const char *area = NULL;
    for (size_t i = 0; i < m->town_count; i++) {
        const char *own = cell_of_town[i] == cell
                              ? kt_class_parent(m->regions, m->towns[i], "coordinator")
                              : NULL;
        area = own == NULL ? area : area == NULL || strcmp(area, own) == 0 ? own : "SSS";
    }
    return area == NULL ? "_X" : area;
}

static void make_level(const making *m, const char *name, kt_coverage_level *level)
{
    const size_t places = m->out->place_count;
    level->name = name;
    level->cells = codes_of(m->regions, name, m->arena, &level->count);
    level->areas = kt_arena_array(m->arena, const char *, level->count + 1);
    level->cell_of_place = kt_arena_array(m->arena, size_t, places + 1);
    level->touched = kt_arena_array(m->arena, bool, places * level->count + 1);
    const size_t *cell_of_town = cells_of_towns(m, level);
    for (size_t i = 0; i < level->count; i++) {
        level->areas[i] = area_of(m, cell_of_town, i);
    }
    level->cell_of_place[KT_PLACE_NATIONAL] = kt_coverage_national(level);
    level->cell_of_place[KT_PLACE_UNLOCATED] = kt_coverage_elsewhere(level);
    for (size_t i = KT_PLACE_FIXED; i < places; i++) {
        set_place(m, level, cell_of_town, i);
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
    m.towns = codes_of(m.regions, "kunta", arena, &m.town_count);
    gather_places(&m, study);
    out->levels = kt_arena_array(arena, kt_coverage_level, needs->level_count + 1);
    for (size_t i = 0; i < needs->level_count; i++) {
        make_level(&m, needs->levels[i], &out->levels[i]);
    }
}

size_t kt_coverage_place(const kt_coverage_places *places, const kt_project_place *place,
                         kt_arena *arena)
{
    return kt_codes_find(places->index, key_of(place, arena));
}
