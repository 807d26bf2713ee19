/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "place_names.h"

#include <string.h>

#include "core/codes.h"
#include "core/csv.h"

#define FILE_LIMIT ((size_t)1 << 20)

struct place_names {
    kt_arena *arena;
    kt_codes *keys; /* plain names, and "seutu NAME" for a seutukunta */
    named_region *regions;
    size_t room;
};

static void add(place_names *names, const char *key, named_region region)
{
    const size_t at = kt_codes_count(names->keys);
    if (key[0] != '\0' && kt_codes_add(names->keys, key, NULL) != KT_NO_CODE) {
        names->regions =
            kt_arena_grow(names->arena, names->regions, at, &names->room, sizeof *names->regions);
        names->regions[at] = region;
    }
}

static const named_region *find_key(const place_names *names, const char *key)
{
    const size_t at = kt_codes_find(names->keys, key);
    return at == KT_NO_CODE ? NULL : &names->regions[at];
}

static const char *district_key(const char *plain, kt_arena *arena)
{
    return kt_arena_print(arena, "seutu %s", plain);
}

typedef struct wanted {
    const char *level;
    bool ended;
    bool swedish;
} wanted;

static void add_level(place_names *names, const kt_classification *regions, wanted which)
{
    for (size_t i = 0; i < regions->item_count; i++) {
        const kt_class_item *item = &regions->items[i];
        if (strcmp(item->level, which.level) != 0 || (item->valid_to[0] != '\0') != which.ended) {
            continue;
        }
        const char *code = which.ended ? kt_class_today(regions, item->code) : item->code;
        const char *name = which.swedish ? item->name_sv : item->name_fi;
        const char *key = kt_plain_words(name, names->arena);
        add(names, key, (named_region){item->level, code, which.ended});
        if (strcmp(which.level, "seutukunta") == 0) {
            add(names, district_key(key, names->arena), (named_region){item->level, code, false});
        }
    }
}

static void add_regions(place_names *names, const kt_classification *regions)
{
    static const wanted order[] = {
        {"kunta", false, false},     {"maakunta", false, false}, {"seutukunta", false, false},
        {"suuralue", false, false},  {"kunta", false, true},     {"maakunta", false, true},
        {"seutukunta", false, true}, {"suuralue", false, true},  {"kunta", true, false},
        {"kunta", true, true},
    };
    for (size_t i = 0; i < sizeof order / sizeof order[0]; i++) {
        add_level(names, regions, order[i]);
    }
}

static kt_status add_file(place_names *names, const char *path, kt_error *err)
{
    kt_csv_table *table = NULL;
    size_t name, level, code;
    KT_TRY(kt_csv_load(path, FILE_LIMIT, names->arena, &table, err));
    KT_TRY(kt_csv_column(table, "name", &name, err));
    KT_TRY(kt_csv_column(table, "region_level", &level, err));
    KT_TRY(kt_csv_column(table, "region_code", &code, err));
    for (size_t row = 0; row < table->row_count; row++) {
        const char *key = kt_plain_words(kt_csv_cell(table, row, name), names->arena);
        if (find_key(names, key) != NULL) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: the name \"%s\" stands twice", path,
                           row + 2, kt_csv_cell(table, row, name));
        }
        add(names, key,
            (named_region){kt_csv_cell(table, row, level), kt_csv_cell(table, row, code), false});
    }
    return KT_OK;
}

place_names *place_names_load(const char *path, const kt_classification *regions, kt_arena *arena,
                              kt_problems *problems)
{
    kt_error err = {0};
    place_names *names = kt_arena_new(arena, place_names);
    names->arena = arena;
    names->keys = kt_codes_new(arena);
    if (add_file(names, path, &err) != KT_OK) {
        kt_problems_add_line(problems, err.message);
        return NULL;
    }
    add_regions(names, regions);
    return names;
}

const char *place_names_at(const place_names *names, size_t position, named_region *region)
{
    if (position >= kt_codes_count(names->keys)) {
        return NULL;
    }
    *region = names->regions[position];
    return kt_codes_at(names->keys, position);
}

const named_region *place_names_find(const place_names *names, const char *name, kt_arena *arena)
{
    return find_key(names, kt_plain_words(name, arena));
}

const named_region *place_names_district(const place_names *names, const char *name,
                                         kt_arena *arena)
{
    return find_key(names, district_key(kt_plain_words(name, arena), arena));
}

/* The word itself, or without the s of a Swedish genitive; for names no dictionary has. */
static const char *as_written(const place_names *names, const char *word, kt_arena *arena,
                              const named_region **region)
{
    const size_t length = strlen(word);
    *region = place_names_find(names, word, arena);
    if (*region == NULL && length > 3 && word[length - 1] == 's') {
        word = kt_arena_copy_n(arena, word, length - 1);
        *region = place_names_find(names, word, arena);
    }
    return *region != NULL ? word : NULL;
}

/* A reading whose base form is a name of ours, before one that is a place to the dictionary alone;
 * NULL for a word in small letters that can be something else. */
static const char *as_read(const place_names *names, kt_finnish_readings all, bool capital,
                           const named_region **region)
{
    const char *place = NULL;
    for (size_t i = 0; i < all.count; i++) {
        const kt_finnish_reading *reading = &all.at[i];
        const named_region *ours = find_key(names, reading->plain);
        if (!reading->place && !capital) {
            return NULL;
        }
        if (ours != NULL && *region == NULL) {
            *region = ours;
            place = reading->base_form;
        }
        place = place == NULL && reading->place ? reading->base_form : place;
    }
    return place;
}

const char *place_names_read(const place_names *names, kt_finnish *finnish, const token *word,
                             kt_arena *arena, const named_region **region)
{
    *region = NULL;
    const kt_finnish_readings all = kt_finnish_read(finnish, word->word);
    const char *place = as_read(names, all, word->capital, region);
    if (place == NULL && word->capital) {
        place = as_written(names, word->word, arena, region);
    }
    return place != NULL ? kt_arena_copy(arena, place) : NULL;
}
