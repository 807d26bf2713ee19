/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/rollup.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "rollup_plan.h"

#define MOST_GAPS 32

kt_outline kt_outline_new(size_t lines, size_t runs, kt_arena *arena)
{
    return (kt_outline){
        .line = kt_arena_array(arena, kt_rollup_line, lines + 1),
        .recipe = kt_arena_array(arena, kt_recipe, lines + 1),
        .run = kt_arena_array(arena, kt_run, runs + 1),
        .codes = kt_codes_new(arena),
    };
}

size_t kt_outline_add(kt_outline *outline, kt_rollup_line line, kt_recipe recipe, kt_arena *arena)
{
    const bool rest = strncmp(line.code, "_X", 2) == 0;
    const char *code = rest ? kt_arena_print(arena, "%s/%s", line.level, line.code) : line.code;
    (void)kt_codes_add(outline->codes, code, line.code);
    outline->line[outline->count] = line;
    outline->recipe[outline->count] = recipe;
    return outline->count++;
}

const kt_run *kt_outline_run(const kt_outline *outline, const char *level)
{
    for (size_t i = 0; i < outline->run_count; i++) {
        if (strcmp(outline->run[i].level, level) == 0) {
            return &outline->run[i];
        }
    }
    return NULL;
}

void kt_rollup_gap(kt_rollup *rollup, const char *format, ...)
{
    char words[160];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    if (rollup->gap_count < MOST_GAPS) {
        rollup->gaps[rollup->gap_count++] = kt_arena_copy(rollup->arena, words);
    }
}

const size_t *kt_one_member(size_t member, kt_arena *arena)
{
    size_t *list = kt_arena_array(arena, size_t, 1);
    list[0] = member;
    return list;
}

kt_status kt_rollup_new(const kt_cube *cube, const kt_source *source,
                        const kt_classifications *classifications, kt_arena *arena, kt_rollup **out,
                        kt_error *err)
{
    kt_rollup *rollup = kt_arena_new(arena, kt_rollup);
    rollup->arena = arena;
    rollup->classifications = classifications;
    rollup->country = KT_NO_CODE;
    rollup->gaps = kt_arena_array(arena, const char *, MOST_GAPS);
    memcpy(rollup->source_size, cube->size, sizeof cube->size);
    rollup->source = source;
    const kt_planner planner = {rollup, cube, source, classifications, arena};
    KT_TRY(kt_plan_regions(&planner, err));
    KT_TRY(kt_plan_occupations(&planner, err));
    KT_TRY(kt_plan_sectors(&planner, err));
    *out = rollup;
    return KT_OK;
}

size_t kt_rollup_regions(const kt_rollup *rollup, const kt_rollup_line **lines)
{
    *lines = rollup->regions.line;
    return rollup->regions.count;
}

size_t kt_rollup_occupations(const kt_rollup *rollup, const kt_rollup_line **lines)
{
    *lines = rollup->occupations.line;
    return rollup->occupations.count;
}

size_t kt_rollup_sectors(const kt_rollup *rollup, const kt_rollup_line **lines)
{
    *lines = rollup->sectors.line;
    return rollup->sectors.count;
}

kt_sector_revision kt_rollup_revision(const kt_rollup *rollup)
{
    return rollup->revision;
}

size_t kt_rollup_line_find(const kt_rollup_line *lines, size_t count, const char *level,
                           const char *code)
{
    for (size_t i = 0; i < count; i++) {
        if (strcmp(lines[i].level, level) == 0 && strcmp(lines[i].code, code) == 0) {
            return i;
        }
    }
    return KT_NO_CODE;
}

size_t kt_rollup_all_sectors(const kt_rollup *rollup)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_sectors(rollup, &lines);
    return kt_rollup_line_find(lines, count, KT_TOTAL, KT_TOTAL);
}

const kt_classifications *kt_rollup_classifications(const kt_rollup *rollup)
{
    return rollup->classifications;
}

const kt_recipe *kt_rollup_region_recipes(const kt_rollup *rollup)
{
    return rollup->regions.recipe;
}

const kt_recipe *kt_rollup_occupation_recipes(const kt_rollup *rollup)
{
    return rollup->occupations.recipe;
}

const kt_recipe *kt_rollup_sector_recipes(const kt_rollup *rollup)
{
    return rollup->sectors.recipe;
}

size_t kt_rollup_country(const kt_rollup *rollup)
{
    return rollup->country;
}

size_t kt_rollup_gaps(const kt_rollup *rollup, const char *const **lines)
{
    *lines = rollup->gaps;
    return rollup->gap_count;
}

static size_t level_lines(const kt_outline *outline, const char *level, size_t *first)
{
    const kt_run *run = kt_outline_run(outline, level);
    *first = run == NULL ? 0 : run->first;
    return run == NULL ? 0 : run->count;
}

size_t kt_rollup_region_level(const kt_rollup *rollup, const char *level, size_t *first)
{
    return level_lines(&rollup->regions, level, first);
}

size_t kt_rollup_occupation_level(const kt_rollup *rollup, const char *level, size_t *first)
{
    return level_lines(&rollup->occupations, level, first);
}

size_t kt_rollup_sector_level(const kt_rollup *rollup, const char *level, size_t *first)
{
    return level_lines(&rollup->sectors, level, first);
}

const kt_rollup *kt_rollup_turned(const kt_rollup *rollup, kt_arena *arena)
{
    kt_rollup *turned = kt_arena_new(arena, kt_rollup);
    const size_t *size = rollup->source_size;
    if (size[KT_ROLE_OCCUPATION] > 1 && size[KT_ROLE_SECTOR] > 1) {
        return NULL;
    }
    *turned = *rollup;
    turned->occupations = rollup->sectors;
    turned->sectors = rollup->occupations;
    turned->source_size[KT_ROLE_OCCUPATION] = size[KT_ROLE_SECTOR];
    turned->source_size[KT_ROLE_SECTOR] = size[KT_ROLE_OCCUPATION];
    turned->plain_sectors = size[KT_ROLE_OCCUPATION] == 1 && rollup->occupations.count == 1;
    return turned;
}
