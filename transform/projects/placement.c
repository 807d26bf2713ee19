/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/placement.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "placing.h"

static const named_region national = {KT_LEVEL_NATIONAL, "SSS", false};
static const named_region unlocated = {KT_LEVEL_UNLOCATED, "_X", false};

/* The places of one project while they are found. */
typedef struct placing {
    const kt_placement *placement;
    kt_finnish *finnish;
    const kt_project *project;
    kt_arena *arena;
    kt_project_place *places;
    size_t count, room;
    const char **unknown; /* codes and names of the list */
    size_t unknown_count, unknown_room;
} placing;

const named_region *region_in(const region_table *table, const char *key)
{
    const size_t at = kt_codes_find(table->keys, key);
    return at == KT_NO_CODE ? NULL : &table->regions[at];
}

const own_area *area_of(const kt_placement *placement, const char *code)
{
    for (size_t i = 0; i < placement->area_count; i++) {
        if (strcmp(placement->areas[i].code, code) == 0) {
            return &placement->areas[i];
        }
    }
    return NULL;
}

static bool has_member(const own_area *area, const char *maakunta)
{
    for (size_t i = 0; maakunta != NULL && i < area->member_count; i++) {
        if (strcmp(area->members[i], maakunta) == 0) {
            return true;
        }
    }
    return false;
}

static const char *maakunta_of(const kt_placement *placement, named_region region)
{
    return strcmp(region.level, "maakunta") == 0
               ? region.code
               : kt_class_parent(placement->regions, region.code, "maakunta");
}

bool lies_in(const kt_placement *placement, named_region inner, named_region outer)
{
    if (strcmp(inner.code, outer.code) == 0) {
        return false;
    }
    const own_area *area = area_of(placement, outer.code);
    if (area != NULL) {
        return area_of(placement, inner.code) == NULL &&
               has_member(area, maakunta_of(placement, inner));
    }
    const char *parent = kt_class_parent(placement->regions, inner.code, outer.level);
    return parent != NULL && strcmp(parent, outer.code) == 0;
}

static void put(placing *p, named_region region, double weight, kt_place_role role,
                kt_place_basis basis)
{
    p->places = kt_arena_grow(p->arena, p->places, p->count, &p->room, sizeof *p->places);
    p->places[p->count++] = (kt_project_place){region.level, region.code, weight, role, basis};
}

static bool is_covered(const kt_placement *placement, const found_regions *found, size_t at)
{
    for (size_t i = 0; i < found->count; i++) {
        if (lies_in(placement, found->at[i], found->at[at])) {
            return true;
        }
    }
    return false;
}

/* Equal weights for regions that hold no other of them; what nobody knows keeps its share. */
static bool put_equal(placing *p, const found_regions *found, kt_place_role role,
                      kt_place_basis basis)
{
    size_t kept = 0;
    for (size_t i = 0; i < found->count; i++) {
        kept += is_covered(p->placement, found, i) ? 0 : 1;
    }
    const double all = (double)(kept + found->unknown);
    for (size_t i = 0; i < found->count; i++) {
        if (!is_covered(p->placement, found, i)) {
            put(p, found->at[i], 1.0 / all, role, basis);
        }
    }
    if (kept > 0 && found->unknown > 0) {
        put(p, unlocated, (double)found->unknown / all, role, KT_PLACE_NONE);
    }
    return kept > 0;
}

static bool put_one(placing *p, const named_region *region, kt_place_role role,
                    kt_place_basis basis)
{
    if (region != NULL) {
        put(p, *region, 1.0, role, basis);
    }
    return region != NULL;
}

/* What people wrote down. */
static bool place_stated(placing *p)
{
    const char *code = p->project->text[KT_PROJECT_PROJECT_CODE];
    found_regions unweighted = {0};
    const size_t before = p->count;
    for (size_t i = 0; code != NULL && i < p->placement->stated_count; i++) {
        const stated_place *stated = &p->placement->stated[i];
        if (strcmp(stated->project, code) != 0) {
            continue;
        }
        if (isnan(stated->weight)) {
            found_add(&unweighted, stated->region, p->arena);
        } else {
            put(p, stated->region, stated->weight, KT_PLACE_IMPLEMENTATION, KT_PLACE_STATED);
        }
    }
    const kt_place_basis basis = unweighted.count > 1 ? KT_PLACE_EQUAL_SPLIT : KT_PLACE_STATED;
    return put_equal(p, &unweighted, KT_PLACE_IMPLEMENTATION, basis) || p->count > before;
}

/* A code of NUTS or of ours, else a name, of the whole country too. */
static bool find_location(const placing *p, const char *code, const char *name, named_region *out)
{
    const kt_class_item *item = kt_class_find(p->placement->regions, code);
    const named_region *found = region_in(&p->placement->nuts, kt_plain_words(code, p->arena));
    if (found == NULL &&
        stems_in(&p->placement->wording->national, kt_plain_words(name, p->arena))) {
        found = &national;
    } else if (found == NULL && name[0] != '\0') {
        found = place_names_find(p->placement->wording->places, name, p->arena);
    }
    if (item != NULL && item->level[0] != '_') {
        *out = strcmp(item->level, "country") == 0
                   ? national
                   : (named_region){item->level, kt_class_today(p->placement->regions, item->code),
                                    false};
        return true;
    }
    *out = found != NULL ? *found : *out;
    return found != NULL;
}

/* The next of several that '|' joins; NULL at the end. */
static const char *next_cell(const char **rest, kt_arena *arena)
{
    if (*rest == NULL) {
        return NULL;
    }
    const size_t length = strcspn(*rest, "|");
    const char *cell = kt_arena_copy_n(arena, *rest, length);
    *rest = (*rest)[length] == '|' ? *rest + length + 1 : NULL;
    return cell;
}

static void note_unknown(placing *p, const char *words)
{
    if (words[0] != '\0') {
        p->unknown = kt_arena_grow(p->arena, p->unknown, p->unknown_count, &p->unknown_room,
                                   sizeof *p->unknown);
        p->unknown[p->unknown_count++] = words;
    }
}

/* One of the list's places. A code that nobody knows is told, also where a name stands for it. */
static void add_location(placing *p, const char *code, const char *name, found_regions *found)
{
    named_region region, by_code;
    const bool known = find_location(p, code, name, &region);
    if (known) {
        found_add(found, region, p->arena);
    } else {
        found->unknown++;
    }
    if (code[0] != '\0' && !find_location(p, code, "", &by_code)) {
        note_unknown(p, code);
    } else if (!known) {
        note_unknown(p, name);
    }
}

static bool place_location(placing *p)
{
    const char *codes = p->project->text[KT_PROJECT_LOCATION_CODE];
    const char *names = p->project->text[KT_PROJECT_LOCATION_NAME];
    found_regions found = {0};
    while (codes != NULL || names != NULL) {
        const char *code = next_cell(&codes, p->arena), *name = next_cell(&names, p->arena);
        add_location(p, code != NULL ? code : "", name != NULL ? name : "", &found);
    }
    return put_equal(p, &found, KT_PLACE_IMPLEMENTATION, KT_PLACE_LOCATION_CODE);
}

/* Post towns are called after municipalities, most of them. */
static const named_region *town(const placing *p, const char *name)
{
    return name == NULL ? NULL : place_names_find(p->placement->wording->places, name, p->arena);
}

static bool place_named(placing *p)
{
    const char *name = p->project->text[KT_PROJECT_NAME];
    if (name == NULL) {
        return false;
    }
    if (stems_in(&p->placement->wording->national, kt_plain_words(name, p->arena))) {
        return put_one(p, &national, KT_PLACE_IMPLEMENTATION, KT_PLACE_NAME_MATCH);
    }
    const found_regions found = regions_named(p->placement, p->finnish, name, p->arena);
    return put_equal(p, &found, KT_PLACE_IMPLEMENTATION, KT_PLACE_NAME_MATCH);
}

static const named_region *section(const placing *p)
{
    const char *name = p->project->text[KT_PROJECT_SECTION];
    return name == NULL ? NULL
                        : region_in(&p->placement->sections,
                                    body_key(p->placement->wording, name, p->arena));
}

static const named_region *authority(const placing *p)
{
    const char *name = p->project->text[KT_PROJECT_AUTHORITY];
    return name == NULL ? NULL
                        : region_in(&p->placement->authorities,
                                    body_key(p->placement->wording, name, p->arena));
}

static void place_work(placing *p)
{
    const kt_place_role role = KT_PLACE_IMPLEMENTATION;
    const named_region *post = town(p, p->project->text[KT_PROJECT_PLACE_NAME]);
    if (!place_stated(p) && !place_location(p) && !put_one(p, post, role, KT_PLACE_POSTCODE) &&
        !place_named(p) && !put_one(p, section(p), role, KT_PLACE_SECTION) &&
        !put_one(p, authority(p), role, KT_PLACE_AUTHORITY)) {
        put(p, unlocated, 1.0, role, KT_PLACE_NONE);
    }
}

/* The first region that the beneficiary's name names, for it sits in one place. */
static void place_seat(placing *p)
{
    const named_region *post = town(p, p->project->text[KT_PROJECT_SEAT_NAME]);
    const char *name = p->project->text[KT_PROJECT_BENEFICIARY];
    if (put_one(p, post, KT_PLACE_BENEFICIARY_SEAT, KT_PLACE_POSTCODE) || name == NULL) {
        return;
    }
    const found_regions found = regions_named(p->placement, p->finnish, name, p->arena);
    (void)put_one(p, found.at, KT_PLACE_BENEFICIARY_SEAT, KT_PLACE_NAME_MATCH);
}

static int by_place(const void *a, const void *b)
{
    const kt_project_place *x = a, *y = b;
    if (x->role != y->role) {
        return x->role < y->role ? -1 : 1;
    }
    const int level = strcmp(x->level, y->level);
    return level != 0 ? level : strcmp(x->code, y->code);
}

kt_project_places kt_project_places_of(const kt_placement *placement, kt_finnish *finnish,
                                       const kt_project *project, kt_arena *arena)
{
    placing p = {.placement = placement, .finnish = finnish, .project = project, .arena = arena};
    place_work(&p);
    place_seat(&p);
    (void)put_one(&p, section(&p), KT_PLACE_PROGRAMME_SECTION, KT_PLACE_SECTION);
    qsort(p.places, p.count, sizeof *p.places, by_place);
    return (kt_project_places){
        .at = p.places, .count = p.count, .unknown = p.unknown, .unknown_count = p.unknown_count};
}

/* True if the maakunta is in one of the places, or one of them in it. */
static bool touches(const kt_placement *placement, const kt_project_places *places,
                    named_region maakunta)
{
    for (size_t i = 0; i < places->count; i++) {
        const named_region place = {places->at[i].level, places->at[i].code, false};
        if (places->at[i].role == KT_PLACE_IMPLEMENTATION &&
            (strcmp(place.code, maakunta.code) == 0 || lies_in(placement, place, maakunta) ||
             lies_in(placement, maakunta, place))) {
            return true;
        }
    }
    return false;
}

kt_region_codes kt_project_maakunnat(const kt_placement *placement, const kt_project_places *places,
                                     kt_arena *arena)
{
    const char **codes = NULL;
    size_t count = 0, room = 0;
    for (size_t i = 0; i < placement->regions->item_count; i++) {
        const kt_class_item *item = &placement->regions->items[i];
        const named_region maakunta = {item->level, item->code, false};
        if (strcmp(item->level, "maakunta") == 0 && item->valid_to[0] == '\0' &&
            touches(placement, places, maakunta)) {
            codes = kt_arena_grow(arena, codes, count, &room, sizeof *codes);
            codes[count++] = item->code;
        }
    }
    return (kt_region_codes){codes, count};
}
