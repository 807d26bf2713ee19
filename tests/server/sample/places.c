/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/sample/places.h"

#include <string.h>

#include "core/csv.h"

#define FILE_LIMIT ((size_t)1 << 20)

static const char *const level_names[KT_PLACE_LEVELS] = {"kunta", "seutukunta", "maakunta", "ely"};

/* Columns of the two files that are read here. */
enum { CODE, LEVEL, NAME, FROM, TO, COLUMNS };

/* A table and where its columns are. */
typedef struct listing {
    kt_csv_table *table;
    size_t columns[COLUMNS];
} listing;

static kt_status load(const char *path, const char *const names[COLUMNS], kt_arena *arena,
                      listing *out, kt_error *err)
{
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &out->table, err));
    for (size_t i = 0; i < COLUMNS; i++) {
        KT_TRY(kt_csv_column(out->table, names[i], &out->columns[i], err));
    }
    return KT_OK;
}

static const char *cell(const listing *l, size_t row, size_t column)
{
    return kt_csv_cell(l->table, row, l->columns[column]);
}

/* ISO days compare as text; an empty one is open. */
static bool stands(const listing *l, size_t row)
{
    const char *to = cell(l, row, TO);
    return strcmp(cell(l, row, FROM), KT_SAMPLE_DAY) <= 0 &&
           (to[0] == '\0' || strcmp(to, KT_SAMPLE_DAY) >= 0);
}

static size_t find_level(const char *name)
{
    size_t level = 0;
    while (level < KT_PLACE_LEVELS && strcmp(level_names[level], name) != 0) {
        level++;
    }
    return level;
}

static kt_status load_codes(const char *folder, kt_arena *arena, kt_places *places, kt_error *err)
{
    static const char *const names[COLUMNS] = {"code", "level", "name_fi", "valid_from",
                                               "valid_to"};
    listing l;
    KT_TRY(load(kt_arena_print(arena, "%s/regions.csv", folder), names, arena, &l, err));
    for (size_t level = 0; level < KT_PLACE_LEVELS; level++) {
        places->codes[level] = kt_codes_new(arena);
    }
    for (size_t row = 0; row < l.table->row_count; row++) {
        const size_t level = find_level(cell(&l, row, LEVEL));
        const char *code = cell(&l, row, CODE);
        if (level < KT_PLACE_LEVELS && code[0] != '_' && stands(&l, row)) {
            kt_codes_add(places->codes[level], code, cell(&l, row, NAME));
        }
    }
    return KT_OK;
}

static kt_status load_parents(const char *folder, kt_arena *arena, kt_places *places, kt_error *err)
{
    static const char *const names[COLUMNS] = {"member", "parent_level", "parent", "valid_from",
                                               "valid_to"};
    listing l;
    KT_TRY(load(kt_arena_print(arena, "%s/memberships.csv", folder), names, arena, &l, err));
    for (size_t row = 0; row < l.table->row_count; row++) {
        const size_t level = find_level(cell(&l, row, LEVEL));
        const size_t kunta = kt_codes_find(places->codes[KT_PLACE_KUNTA], cell(&l, row, CODE));
        if (level < KT_PLACE_LEVELS && kunta != KT_NO_CODE && stands(&l, row)) {
            places->parent[level][kunta] = kt_codes_find(places->codes[level], cell(&l, row, NAME));
        }
    }
    return KT_OK;
}

static kt_status check_parents(const char *folder, const kt_places *places, size_t level,
                               kt_error *err)
{
    const kt_codes *municipalities = places->codes[KT_PLACE_KUNTA];
    for (size_t i = 0; i < kt_codes_count(municipalities); i++) {
        if (places->parent[level][i] == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_CONFIG, "%s/memberships.csv: %s has no %s on %s", folder,
                           kt_codes_at(municipalities, i), level_names[level], KT_SAMPLE_DAY);
        }
    }
    return KT_OK;
}

kt_status kt_places_load(const char *folder, kt_arena *arena, kt_places *out, kt_error *err)
{
    KT_TRY(load_codes(folder, arena, out, err));
    const size_t count = kt_codes_count(out->codes[KT_PLACE_KUNTA]);
    for (size_t level = 0; level < KT_PLACE_LEVELS; level++) {
        out->parent[level] = kt_arena_array(arena, size_t, count);
        for (size_t i = 0; i < count; i++) {
            out->parent[level][i] = level == KT_PLACE_KUNTA ? i : KT_NO_CODE;
        }
    }
    KT_TRY(load_parents(folder, arena, out, err));
    for (size_t level = 0; level < KT_PLACE_LEVELS; level++) {
        KT_TRY(check_parents(folder, out, level, err));
    }
    return KT_OK;
}

kt_status kt_occupation_names(const char *folder, kt_arena *arena, kt_codes **out, kt_error *err)
{
    kt_csv_table *table = NULL;
    size_t code = 0;
    size_t name = 0;
    const char *path = kt_arena_print(arena, "%s/occupations.csv", folder);
    KT_TRY(kt_csv_load(path, FILE_LIMIT, arena, &table, err));
    KT_TRY(kt_csv_column(table, "code", &code, err));
    KT_TRY(kt_csv_column(table, "name_fi", &name, err));
    *out = kt_codes_new(arena);
    for (size_t row = 0; row < table->row_count; row++) {
        kt_codes_add(*out, kt_csv_cell(table, row, code), kt_csv_cell(table, row, name));
    }
    return KT_OK;
}
