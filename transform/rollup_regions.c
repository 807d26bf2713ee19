/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rollup_plan.h"

#include <string.h>

#include "core/text.h"

/* Levels that others can be summed from, the coarsest first. */
static const char *const bases[] = {"maakunta", "seutukunta", "kunta"};
#define BASES (sizeof bases / sizeof bases[0])

static const char *const causes[] = {"_X1", "_X2"};

static const char *country_code(const kt_planner *planner)
{
    const kt_variable_spec *spec = kt_source_variable(planner->source, KT_ROLE_REGION);
    return spec != NULL && spec->total != NULL ? spec->total : "SSS";
}

static bool is_unallocated(const kt_source *source, const char *code)
{
    for (size_t i = 0; i < source->unallocated_count; i++) {
        if (strcmp(source->unallocated[i].code, code) == 0) {
            return true;
        }
    }
    return false;
}

/* An unknown region stops the table: nobody can say which sums it belongs to. */
static kt_status check_codes(const kt_planner *planner, kt_error *err)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_REGION];
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        if (strcmp(code, country_code(planner)) != 0 && !is_unallocated(planner->source, code) &&
            kt_class_find(&planner->classifications->regions, code) == NULL) {
            const char *near = kt_codes_nearest(planner->classifications->regions.index, code);
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: unknown region %s, expected a code of regions.csv%s%s%s",
                           planner->source->id, code,
                           near == NULL ? "" : " (nearest: ", near == NULL ? "" : near,
                           near == NULL ? "" : ")");
        }
    }
    return KT_OK;
}

/* The last day that any region of the level is valid: "" if one still is. */
static const char *last_day(const kt_classification *regions, const char *level)
{
    const char *last = NULL;
    for (size_t i = 0; i < regions->item_count; i++) {
        const kt_class_item *item = &regions->items[i];
        if (strcmp(item->level, level) == 0 && item->valid_to[0] == '\0') {
            return "";
        }
        if (strcmp(item->level, level) == 0 && (last == NULL || strcmp(item->valid_to, last) > 0)) {
            last = item->valid_to;
        }
    }
    return last == NULL ? "" : last;
}

/* Today's regions of a level; of a level that has ended (ely) those of its last day. */
static size_t items_today(const kt_planner *planner, const char *level, const kt_class_item ***out)
{
    const kt_classification *regions = &planner->classifications->regions;
    const char *last = last_day(regions, level);
    const kt_class_item **items =
        kt_arena_array(planner->arena, const kt_class_item *, regions->item_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < regions->item_count; i++) {
        if (strcmp(regions->items[i].level, level) == 0 &&
            strcmp(regions->items[i].valid_to, last) == 0) {
            items[count++] = &regions->items[i];
        }
    }
    *out = items;
    return count;
}

/* The source's rows of a region: its own and those of the municipalities merged into it. */
static size_t source_rows(const kt_planner *planner, const char *code, const size_t **out)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_REGION];
    const kt_classification *regions = &planner->classifications->regions;
    size_t *rows = kt_arena_array(planner->arena, size_t, regions->succession_count + 1);
    size_t count = 0;
    if (kt_codes_find(codes, code) != KT_NO_CODE) {
        rows[count++] = kt_codes_find(codes, code);
    }
    for (size_t i = 0; i < regions->succession_count; i++) {
        const char *abolished = regions->successions[i].abolished;
        if (kt_codes_find(codes, abolished) != KT_NO_CODE &&
            strcmp(kt_class_today(regions, abolished), code) == 0) {
            rows[count++] = kt_codes_find(codes, abolished);
        }
    }
    *out = rows;
    return count;
}

/* Lines of run that lie in the region of that code. */
static size_t lines_below(const kt_planner *planner, const kt_run *run, const char *code,
                          const char *level, const size_t **out)
{
    const kt_outline *outline = &planner->rollup->regions;
    size_t *lines = kt_arena_array(planner->arena, size_t, run->count + 1);
    size_t count = 0;
    for (size_t i = run->first; i < run->first + run->count; i++) {
        const char *parent =
            kt_class_parent(&planner->classifications->regions, outline->line[i].code, level);
        if (kt_text_same(parent, code)) {
            lines[count++] = i;
        }
    }
    *out = lines;
    return count;
}

static bool has_parents(const kt_planner *planner, const kt_run *run, const char *level)
{
    const kt_outline *outline = &planner->rollup->regions;
    for (size_t i = run->first; i < run->first + run->count; i++) {
        if (kt_class_parent(&planner->classifications->regions, outline->line[i].code, level) !=
            NULL) {
            return true;
        }
    }
    return false;
}

/* The coarsest level that is there in full and that the level can be summed from, or NULL. */
static const kt_run *base_of(const kt_planner *planner, const char *level)
{
    size_t i = 0;
    while (i < BASES && strcmp(bases[i], level) != 0) {
        i++;
    }
    for (i = i < BASES ? i + 1 : 0; i < BASES; i++) {
        const kt_run *run = kt_outline_run(&planner->rollup->regions, bases[i]);
        if (run != NULL && run->whole && has_parents(planner, run, level)) {
            return run;
        }
    }
    return NULL;
}

/* Adds the line of one region; false if it cannot be made. */
static bool add_region(const kt_planner *planner, const kt_class_item *item, const kt_run *base)
{
    kt_outline *outline = &planner->rollup->regions;
    const size_t *members;
    size_t count = source_rows(planner, item->code, &members);
    if (count > 0) {
        const bool own =
            kt_codes_find(planner->cube->codes[KT_ROLE_REGION], item->code) != KT_NO_CODE;
        const char *made_of = own && count == 1 ? "source" : "predecessors";
        (void)kt_outline_add(outline, (kt_rollup_line){item->level, item->code, made_of},
                             (kt_recipe){.kind = KT_FROM_SOURCE, .count = count, .member = members},
                             planner->arena);
        return true;
    }
    count = base == NULL ? 0 : lines_below(planner, base, item->code, item->level, &members);
    if (count == 0) {
        return false;
    }
    (void)kt_outline_add(outline, (kt_rollup_line){item->level, item->code, base->level},
                         (kt_recipe){.kind = KT_FROM_LINES, .count = count, .member = members},
                         planner->arena);
    return true;
}

/* The source's rows for a cause at a level; none if the table has no such codes. */
static size_t bucket_rows(const kt_planner *planner, const char *cause, const char *level,
                          const size_t **out)
{
    const kt_source *source = planner->source;
    size_t *rows = kt_arena_array(planner->arena, size_t, source->unallocated_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < source->unallocated_count; i++) {
        const kt_unallocated_spec *spec = &source->unallocated[i];
        const size_t row = kt_codes_find(planner->cube->codes[KT_ROLE_REGION], spec->code);
        if (strcmp(spec->cause, cause) == 0 && strcmp(spec->level, level) == 0 &&
            row != KT_NO_CODE) {
            rows[count++] = row;
        }
    }
    *out = rows;
    return count;
}

/* The line of a cause at the level that a level was summed from, or KT_NO_CODE. */
static size_t bucket_below(const kt_outline *outline, const char *cause, const char *level)
{
    for (size_t i = 0; level != NULL && i < outline->count; i++) {
        if (strcmp(outline->line[i].code, cause) == 0 &&
            strcmp(outline->line[i].level, level) == 0) {
            return i;
        }
    }
    return KT_NO_CODE;
}

/* Adds the line of one cause; its position, or KT_NO_CODE if the table has no codes for it. */
static size_t add_bucket(const kt_planner *planner, const char *cause, const kt_run *run)
{
    kt_outline *outline = &planner->rollup->regions;
    const size_t *rows;
    const size_t count = bucket_rows(planner, cause, run->level, &rows);
    const size_t below = bucket_below(outline, cause, run->below);
    if (count > 0) {
        return kt_outline_add(outline, (kt_rollup_line){run->level, cause, "source"},
                              (kt_recipe){.kind = KT_FROM_SOURCE, .count = count, .member = rows},
                              planner->arena);
    }
    if (below == KT_NO_CODE) {
        return KT_NO_CODE;
    }
    return kt_outline_add(outline, (kt_rollup_line){run->level, cause, run->below},
                          (kt_recipe){.kind = KT_FROM_LINES,
                                      .count = 1,
                                      .member = kt_one_member(below, planner->arena)},
                          planner->arena);
}

/* What the level leaves over of the country: _X, its stated causes, and what no cause explains. */
static void add_rest(const kt_planner *planner, const kt_run *run)
{
    kt_outline *outline = &planner->rollup->regions;
    const kt_recipe rest = {.kind = KT_FROM_REST, .first = run->first, .lines = run->count};
    (void)kt_outline_add(outline, (kt_rollup_line){run->level, "_X", "rest"}, rest, planner->arena);
    size_t *buckets = kt_arena_array(planner->arena, size_t, 2);
    size_t count = 0;
    for (size_t i = 0; i < 2; i++) {
        const size_t line = add_bucket(planner, causes[i], run);
        if (line != KT_NO_CODE) {
            buckets[count++] = line;
        }
    }
    kt_recipe unexplained = rest;
    unexplained.count = count;
    unexplained.member = buckets;
    (void)kt_outline_add(outline, (kt_rollup_line){run->level, "_X3", "rest"}, unexplained,
                         planner->arena);
}

static void tell_gap(const kt_planner *planner, const kt_run *run, const char *missing)
{
    if (run->count == 0) {
        kt_rollup_gap(planner->rollup, "%s: not in the table", run->level);
    } else if (!run->whole) {
        kt_rollup_gap(planner->rollup, "%s: %s is not in the table", run->level, missing);
    }
}

static void plan_level(const kt_planner *planner, const char *level)
{
    kt_outline *outline = &planner->rollup->regions;
    const kt_class_item **items;
    const size_t count = items_today(planner, level, &items);
    const kt_run *base = base_of(planner, level);
    const char *missing = NULL;
    bool summed = false;
    kt_run run = {.level = level, .first = outline->count};
    for (size_t i = 0; i < count; i++) {
        if (!add_region(planner, items[i], base)) {
            missing = missing == NULL ? items[i]->code : missing;
            continue;
        }
        summed = summed || outline->recipe[outline->count - 1].kind == KT_FROM_LINES;
    }
    run.count = outline->count - run.first;
    run.whole = count > 0 && missing == NULL;
    run.below = summed ? base->level : NULL;
    tell_gap(planner, &run, missing);
    outline->run[outline->run_count++] = run;
    if (run.whole && planner->rollup->country != KT_NO_CODE) {
        add_rest(planner, &run);
    }
}

static void add_country(const kt_planner *planner, const char *code, size_t row)
{
    (void)kt_outline_add(&planner->rollup->regions, (kt_rollup_line){"country", code, "source"},
                         (kt_recipe){.kind = KT_FROM_SOURCE,
                                     .count = 1,
                                     .member = kt_one_member(row, planner->arena)},
                         planner->arena);
}

/* Countries beside the table's own one, which is its total: nothing is summed to or from them. */
static void add_other_countries(const kt_planner *planner)
{
    const kt_codes *codes = planner->cube->codes[KT_ROLE_REGION];
    for (size_t i = 0; i < kt_codes_count(codes); i++) {
        const char *code = kt_codes_at(codes, i);
        const kt_class_item *item = kt_class_find(&planner->classifications->regions, code);
        if (item != NULL && strcmp(item->level, "country") == 0 &&
            strcmp(code, country_code(planner)) != 0) {
            add_country(planner, code, i);
        }
    }
}

static void plan_country(const kt_planner *planner)
{
    kt_rollup *rollup = planner->rollup;
    kt_outline *outline = &rollup->regions;
    const size_t row = kt_codes_find(planner->cube->codes[KT_ROLE_REGION], country_code(planner));
    kt_run run = {.level = "country", .first = outline->count};
    if (row == KT_NO_CODE) {
        kt_rollup_gap(rollup, "country: not in the table");
    } else {
        rollup->country = outline->count;
        add_country(planner, "SSS", row);
    }
    add_other_countries(planner);
    run.count = outline->count - run.first;
    run.whole = row != KT_NO_CODE;
    if (run.count > 0) {
        outline->run[outline->run_count++] = run;
    }
}

/* The line of a region at whatever level, or KT_NO_CODE. */
static size_t line_of(const kt_outline *outline, const char *code)
{
    return kt_codes_find(outline->codes, code);
}

/* A group of our own is the sum of the regions that memberships put into it, of any levels. */
static bool add_own(const kt_planner *planner, const kt_class_item *item)
{
    const kt_classification *regions = &planner->classifications->regions;
    kt_outline *outline = &planner->rollup->regions;
    size_t *members = kt_arena_array(planner->arena, size_t, regions->membership_count + 1);
    size_t count = 0;
    for (size_t i = 0; i < regions->membership_count; i++) {
        const kt_membership *one = &regions->memberships[i];
        if (strcmp(one->parent, item->code) != 0 || one->valid_to[0] != '\0') {
            continue;
        }
        members[count] = line_of(outline, one->member);
        if (members[count++] == KT_NO_CODE) {
            kt_rollup_gap(planner->rollup, "own: %s of %s is not in the table", one->member,
                          item->code);
            return false;
        }
    }
    if (count > 0) {
        (void)kt_outline_add(outline, (kt_rollup_line){"own", item->code, "own"},
                             (kt_recipe){.kind = KT_FROM_LINES, .count = count, .member = members},
                             planner->arena);
    }
    return count > 0;
}

static void plan_own(const kt_planner *planner)
{
    kt_outline *outline = &planner->rollup->regions;
    const kt_class_item **items;
    const size_t count = items_today(planner, "own", &items);
    kt_run run = {.level = "own", .first = outline->count};
    for (size_t i = 0; i < count; i++) {
        run.count += add_own(planner, items[i]);
    }
    run.whole = run.count == count;
    outline->run[outline->run_count++] = run;
}

kt_status kt_plan_regions(const kt_planner *planner, kt_error *err)
{
    const char *const *levels = kt_region_levels();
    size_t level_count = 0;
    while (levels[level_count] != NULL) {
        level_count++;
    }
    KT_TRY(check_codes(planner, err));
    KT_TRY(kt_class_certain(&planner->classifications->regions,
                            planner->cube->codes[KT_ROLE_REGION], err));
    const size_t lines = planner->classifications->regions.item_count + 4 * level_count;
    planner->rollup->regions = kt_outline_new(lines, level_count, planner->arena);
    plan_country(planner);
    for (size_t i = 0; i < level_count; i++) {
        if (strcmp(levels[i], "own") == 0) {
            plan_own(planner);
        } else if (strcmp(levels[i], "country") != 0 && strcmp(levels[i], "_X") != 0) {
            plan_level(planner, levels[i]);
        }
    }
    return KT_OK;
}
