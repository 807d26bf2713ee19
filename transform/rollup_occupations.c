/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_plan.h"

#include <string.h>

#include "core/text.h"

#define PREFIX "ISCO-"
#define ISCO   "isco"

/* The source's occupations by what they are; a source without occupations has the total alone. */
typedef struct occupation_rows {
    size_t total; /* KT_NO_CODE if there is none */
    size_t *unknown;
    size_t unknown_count;
    size_t *of_item; /* of each item of the classification: the source's row, or KT_NO_CODE */
} occupation_rows;

static const kt_class_item *item_of(const kt_planner *planner, const char *code)
{
    const char *ours = kt_arena_print(planner->arena, PREFIX "%s", code);
    return kt_class_find(&planner->classifications->occupations, ours);
}

static kt_status unknown_code(const kt_planner *planner, const char *code, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: unknown occupation %s, expected a code of occupations.csv",
                   planner->source->id, code);
}

static kt_status sort_rows(const kt_planner *planner, occupation_rows *rows, kt_error *err)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_OCCUPATION];
    const kt_classification *all = &planner->classifications->occupations;
    const kt_variable_spec *spec = kt_source_variable(planner->source, KT_ROLE_OCCUPATION);
    const char *total = spec != NULL && spec->total != NULL ? spec->total : KT_TOTAL;
    rows->total = KT_NO_CODE;
    rows->unknown = kt_arena_array(planner->arena, size_t, kt_codes_count(codes) + 1);
    rows->of_item = kt_arena_array(planner->arena, size_t, all->item_count + 1);
    for (size_t i = 0; i < all->item_count; i++) {
        rows->of_item[i] = KT_NO_CODE;
    }
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const kt_class_item *item = item_of(planner, code);
        if (strcmp(code, total) == 0) {
            rows->total = i;
        } else if (item != NULL) {
            rows->of_item[item - all->items] = i;
        } else if (spec != NULL && spec->unknown != NULL && kt_text_matches(code, spec->unknown)) {
            rows->unknown[rows->unknown_count++] = i;
        } else {
            return unknown_code(planner, code, err);
        }
    }
    return KT_OK;
}

/*
 * The source's rows below an item, at the source's own level. False if one that is in use is not
 * there: the sum would be too small and nobody could tell.
 */
static bool rows_below(const kt_planner *planner, const occupation_rows *rows,
                       const kt_class_item *item, size_t **out, size_t *count)
{
    const kt_classification *all = &planner->classifications->occupations;
    *out = kt_arena_array(planner->arena, size_t, all->item_count + 1);
    *count = 0;
    for (size_t i = 0; i < all->item_count; i++) {
        if (strcmp(all->items[i].level, planner->source->occupation_level) != 0 ||
            !kt_text_same(kt_class_parent(all, all->items[i].code, item->level), item->code)) {
            continue;
        }
        if (rows->of_item[i] != KT_NO_CODE) {
            (*out)[(*count)++] = rows->of_item[i];
        } else if (all->items[i].in_use) {
            return false;
        }
    }
    return *count > 0;
}

/* Adds the line of one occupation; false if it cannot be made. */
static bool add_occupation(const kt_planner *planner, const occupation_rows *rows,
                           const kt_class_item *item)
{
    kt_outline *outline = &planner->rollup->occupations;
    const size_t own = rows->of_item[item - planner->classifications->occupations.items];
    if (own != KT_NO_CODE) {
        (void)kt_outline_add(outline, (kt_rollup_line){item->level, item->code, "source"},
                             (kt_recipe){.kind = KT_FROM_SOURCE,
                                         .count = 1,
                                         .member = kt_one_member(own, planner->arena)},
                             planner->arena);
        return true;
    }
    size_t *members, count;
    if (strcmp(item->level, planner->source->occupation_level) >= 0 ||
        !rows_below(planner, rows, item, &members, &count)) {
        return false;
    }
    (void)kt_outline_add(
        outline, (kt_rollup_line){item->level, item->code, planner->source->occupation_level},
        (kt_recipe){.kind = KT_FROM_SOURCE, .count = count, .member = members}, planner->arena);
    return true;
}

static void plan_level(const kt_planner *planner, const occupation_rows *rows, const char *level)
{
    const kt_classification *all = &planner->classifications->occupations;
    kt_outline *outline = &planner->rollup->occupations;
    const char *missing = NULL;
    kt_run run = {.level = level, .first = outline->count};
    for (size_t i = 0; i < all->item_count; i++) {
        const kt_class_item *item = &all->items[i];
        if (strcmp(item->level, level) == 0 && !add_occupation(planner, rows, item) &&
            item->in_use && missing == NULL) {
            missing = item->code;
        }
    }
    run.count = outline->count - run.first;
    run.whole = missing == NULL;
    outline->run[outline->run_count++] = run;
    if (run.count == 0) {
        kt_rollup_gap(planner->rollup, "%s: not in the table", level);
        return;
    }
    if (missing != NULL) {
        kt_rollup_gap(planner->rollup, "%s: %s is not in the table", level, missing);
    }
    if (rows->unknown_count > 0) {
        (void)kt_outline_add(outline, (kt_rollup_line){level, "_X", "source"},
                             (kt_recipe){.kind = KT_FROM_SOURCE,
                                         .count = rows->unknown_count,
                                         .member = rows->unknown},
                             planner->arena);
    }
}

static void plan_total(const kt_planner *planner, const occupation_rows *rows)
{
    kt_outline *outline = &planner->rollup->occupations;
    if (rows->total == KT_NO_CODE) {
        kt_rollup_gap(planner->rollup, "%s: no total of occupations in the table", KT_TOTAL);
        return;
    }
    const size_t line =
        kt_outline_add(outline, (kt_rollup_line){KT_TOTAL, KT_TOTAL, "source"},
                       (kt_recipe){.kind = KT_FROM_SOURCE,
                                   .count = 1,
                                   .member = kt_one_member(rows->total, planner->arena)},
                       planner->arena);
    outline->run[outline->run_count++] =
        (kt_run){.level = KT_TOTAL, .first = line, .count = 1, .whole = true};
}

kt_status kt_plan_occupations(const kt_planner *planner, kt_error *err)
{
    const char *const *levels = kt_occupation_levels();
    size_t level_count = 0;
    while (levels[level_count] != NULL) {
        level_count++;
    }
    occupation_rows rows = {0};
    KT_TRY(sort_rows(planner, &rows, err));
    const size_t lines = planner->classifications->occupations.item_count + level_count;
    planner->rollup->occupations = kt_outline_new(lines, level_count, planner->arena);
    plan_total(planner, &rows);
    for (size_t i = 0; i < level_count && planner->source->occupation_level != NULL; i++) {
        if (kt_text_starts(levels[i], ISCO)) {
            plan_level(planner, &rows, levels[i]);
        }
    }
    return KT_OK;
}
