/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/csv.h"
#include "core/file.h"
#include "core/number.h"
#include "placing.h"

#define FILE_LIMIT ((size_t)16 << 20)

typedef struct loading {
    kt_placement *out;
    kt_arena *arena;
} loading;

/* Columns of a table by name, in the order of names; ended by NULL. */
static kt_status open_table(const char *path, const char *const *names, loading *l,
                            kt_csv_table **table, size_t *columns, kt_error *err)
{
    KT_TRY(kt_csv_load(path, FILE_LIMIT, l->arena, table, err));
    for (size_t i = 0; names[i] != NULL; i++) {
        KT_TRY(kt_csv_column(*table, names[i], &columns[i], err));
    }
    return KT_OK;
}

static size_t count_parts(const char *text)
{
    size_t count = text[0] != '\0' ? 1 : 0;
    for (const char *at = text; *at != '\0'; at++) {
        count += *at == '|' ? 1 : 0;
    }
    return count;
}

static kt_status read_members(const kt_csv_table *table, size_t row, const char *text, loading *l,
                              own_area *area, kt_error *err)
{
    const char **members = kt_arena_array(l->arena, const char *, count_parts(text));
    char *rest = NULL;
    for (char *code = strtok_r(kt_arena_copy(l->arena, text), "|", &rest); code != NULL;
         code = strtok_r(NULL, "|", &rest)) {
        const kt_class_item *item = kt_class_find(l->out->regions, code);
        if (item == NULL || strcmp(item->level, "maakunta") != 0) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: \"%s\" is no maakunta", table->path,
                           row + 2, code);
        }
        members[area->member_count++] = code;
    }
    area->members = members;
    return KT_OK;
}

static kt_status load_areas(const char *path, loading *l, kt_error *err)
{
    static const char *const names[] = {"region_code", "members", "name_fi", NULL};
    kt_csv_table *table = NULL;
    size_t columns[3];
    KT_TRY(open_table(path, names, l, &table, columns, err));
    own_area *areas = kt_arena_array(l->arena, own_area, table->row_count);
    for (size_t row = 0; row < table->row_count; row++) {
        areas[row].code = kt_csv_cell(table, row, columns[0]);
        areas[row].name = kt_csv_cell(table, row, columns[2]);
        if (strncmp(areas[row].code, "OWN_", 4) != 0) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: \"%s\": expected a code OWN_...", path,
                           row + 2, areas[row].code);
        }
        KT_TRY(read_members(table, row, kt_csv_cell(table, row, columns[1]), l, &areas[row], err));
    }
    l->out->areas = areas;
    l->out->area_count = table->row_count;
    return KT_OK;
}

/* The region of a code: one of ours, an area, or SSS for the whole country. */
static bool region_of_code(const kt_placement *placement, const char *code, named_region *out)
{
    const kt_class_item *item = kt_class_find(placement->regions, code);
    const own_area *area = area_of(placement, code);
    *out = (named_region){NULL, code, false};
    if (strcmp(code, "SSS") == 0) {
        out->level = KT_LEVEL_NATIONAL;
    } else if (area != NULL) {
        *out = (named_region){"own", area->code, false};
    } else if (item != NULL && strcmp(item->level, "_X") != 0 &&
               strcmp(item->level, "country") != 0) {
        *out = (named_region){item->level, item->code, false};
    }
    return out->level != NULL;
}

const char *kt_placement_level(const kt_placement *placement, const char *code)
{
    named_region region;
    return region_of_code(placement, code, &region) ? region.level : NULL;
}

const char *kt_placement_area(const kt_placement *placement, size_t at, const char **name)
{
    if (at >= placement->area_count) {
        return NULL;
    }
    *name = placement->areas[at].name;
    return placement->areas[at].code;
}

/* A table of keys and regions whose level must be that of the code. */
static kt_status load_regions(const char *path, const char *key_name, loading *l, region_table *out,
                              kt_error *err)
{
    const char *const names[] = {key_name, "region_level", "region_code", NULL};
    kt_csv_table *table = NULL;
    size_t columns[3];
    KT_TRY(open_table(path, names, l, &table, columns, err));
    out->keys = kt_codes_new(l->arena);
    out->regions = kt_arena_array(l->arena, named_region, table->row_count);
    for (size_t row = 0; row < table->row_count; row++) {
        const char *name = kt_csv_cell(table, row, columns[0]);
        const char *key = body_key(l->out->wording, name, l->arena);
        const char *level = kt_csv_cell(table, row, columns[1]);
        const char *code = kt_csv_cell(table, row, columns[2]);
        if (!region_of_code(l->out, code, &out->regions[row]) ||
            strcmp(out->regions[row].level, level) != 0) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: \"%s\" is no region of level \"%s\"",
                           path, row + 2, code, level);
        }
        if (key[0] == '\0' || kt_codes_add(out->keys, key, NULL) == KT_NO_CODE) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: \"%s\" is empty or stands twice", path,
                           row + 2, name);
        }
    }
    return KT_OK;
}

/* The file of further names is read before the areas are known, so its codes are held here. */
static kt_status check_names(const kt_placement *placement, kt_error *err)
{
    named_region stands, known;
    const char *name;
    for (size_t i = 0; (name = place_names_at(placement->wording->places, i, &stands)) != NULL;
         i++) {
        if (!region_of_code(placement, stands.code, &known) ||
            strcmp(known.level, stands.level) != 0) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "place_names.csv: \"%s\": \"%s\" is no region of level \"%s\"", name,
                           stands.code, stands.level);
        }
    }
    return KT_OK;
}

/* A weight above 0 and at most 1; an empty one is NAN. */
static bool read_weight(const char *text, double *out)
{
    *out = NAN;
    return text[0] == '\0' ||
           (kt_number_read(text, strlen(text), out) && *out > 0.0 && *out <= 1.0);
}

/* The weights of one project: all empty, or a sum of one. */
static kt_status check_project(const kt_placement *placement, const char *path, size_t row,
                               kt_error *err)
{
    const stated_place *first = &placement->stated[row];
    double sum = 0.0;
    size_t count = 0, empty = 0;
    for (size_t i = 0; i < placement->stated_count; i++) {
        const stated_place *other = &placement->stated[i];
        if (strcmp(other->project, first->project) != 0) {
            continue;
        }
        if (i < row && strcmp(other->region.code, first->region.code) == 0) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: %s in %s stands twice", path, row + 2,
                           first->project, first->region.code);
        }
        count++;
        empty += isnan(other->weight) ? 1 : 0;
        sum += isnan(other->weight) ? 0.0 : other->weight;
    }
    if (empty != count && (empty > 0 || fabs(sum - 1.0) > 1e-6)) {
        return kt_fail(err, KT_ERR_CONFIG,
                       "%s: row %zu: the weights of %s: expected all empty, or a sum of 1", path,
                       row + 2, first->project);
    }
    return KT_OK;
}

static kt_status load_stated(const char *path, loading *l, kt_error *err)
{
    static const char *const names[] = {"project_code", "region_code", "weight", NULL};
    kt_csv_table *table = NULL;
    size_t columns[3];
    KT_TRY(open_table(path, names, l, &table, columns, err));
    stated_place *stated = kt_arena_array(l->arena, stated_place, table->row_count);
    for (size_t row = 0; row < table->row_count; row++) {
        const char *code = kt_csv_cell(table, row, columns[1]);
        stated[row].project = kt_csv_cell(table, row, columns[0]);
        if (!region_of_code(l->out, code, &stated[row].region)) {
            return kt_fail(err, KT_ERR_CONFIG, "%s: row %zu: \"%s\" is no region", path, row + 2,
                           code);
        }
        const char *weight = kt_csv_cell(table, row, columns[2]);
        if (!read_weight(weight, &stated[row].weight)) {
            return kt_fail(err, KT_ERR_CONFIG,
                           "%s: row %zu: \"%s\": expected a weight above 0 and at most 1", path,
                           row + 2, weight);
        }
    }
    l->out->stated = stated;
    l->out->stated_count = table->row_count;
    for (size_t row = 0; row < table->row_count; row++) {
        KT_TRY(check_project(l->out, path, row, err));
    }
    return KT_OK;
}

static void tell(kt_status status, const kt_error *err, kt_problems *problems)
{
    if (status != KT_OK) {
        kt_problems_add_line(problems, err->message);
    }
}

const kt_placement *kt_placement_load(const char *folder, const kt_classifications *all,
                                      const kt_wording *wording, kt_arena *arena,
                                      kt_problems *problems)
{
    const size_t before = kt_problems_count(problems);
    kt_placement *out = kt_arena_new(arena, kt_placement);
    loading l = {out, arena};
    kt_error err = {0};
    out->regions = &all->regions;
    out->wording = wording;
    tell(load_areas(kt_path_join(arena, folder, "areas.csv"), &l, &err), &err, problems);
    tell(check_names(out, &err), &err, problems);
    tell(load_regions(kt_path_join(arena, all->folder, "nuts.csv"), "code", &l, &out->nuts, &err),
         &err, problems);
    tell(load_regions(kt_path_join(arena, folder, "sections.csv"), "programme_section", &l,
                      &out->sections, &err),
         &err, problems);
    tell(load_regions(kt_path_join(arena, folder, "authorities.csv"), "authority", &l,
                      &out->authorities, &err),
         &err, problems);
    tell(load_stated(kt_path_join(arena, folder, "placed.csv"), &l, &err), &err, problems);
    return kt_problems_count(problems) == before ? out : NULL;
}
