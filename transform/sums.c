/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sums.h"

#include <string.h>

#include "core/text.h"
#include "division.h"
#include "rollup_plan.h"

/* Levels that regions are summed from, the coarsest first. */
static const char *const bases[] = {"maakunta", "seutukunta", "kunta"};
#define BASES (sizeof bases / sizeof bases[0])

/* The regions that lie in one row; whole if the table has all there are. */
typedef struct nest {
    size_t count;
    size_t *rows;
    bool whole;
} nest;

typedef struct planner {
    const kt_reconcile_table *table;
    kt_sums *sums;
    const char *before; /* the day since which no region may have changed hands */
    size_t room;
    nest *nests; /* of each region */
    size_t occupations;
    size_t total; /* of occupations; KT_NO_CODE if there is none, 0 if there is one alone */
    kt_arena *arena;
} planner;

static bool is_level(const kt_class_item *item, const char *level)
{
    return item != NULL && strcmp(item->level, level) == 0;
}

static bool is_valid_on(const kt_class_item *item, const char *day)
{
    const bool ends = item->valid_to[0] != '\0';
    return day == NULL
               ? !ends
               : strcmp(item->valid_from, day) <= 0 && (!ends || strcmp(item->valid_to, day) >= 0);
}

static size_t region_row(const planner *plan, const char *code)
{
    return code == NULL ? KT_NO_CODE
                        : kt_codes_find(plan->table->cube->codes[KT_ROLE_REGION], code);
}

static nest *nest_of(const planner *plan, const char *code, nest *nests)
{
    const size_t row = region_row(plan, code);
    if (row == KT_NO_CODE) {
        return NULL;
    }
    if (nests[row].rows == NULL) {
        nests[row].rows = kt_arena_array(plan->arena, size_t, plan->table->regions->item_count);
        nests[row].whole = true;
    }
    return &nests[row];
}

/* Adds an item to the nest of the row that it lies in; one that has lately moved leaves both its
 * old and its new one in doubt. */
static void gather_item(const planner *plan, const kt_class_item *item, const char *level,
                        nest *nests)
{
    const kt_classification *regions = plan->table->regions;
    const char *now = kt_class_parent_on(regions, item->code, level, plan->sums->day);
    const char *then = kt_class_parent_on(regions, item->code, level, plan->before);
    const size_t row = region_row(plan, item->code);
    nest *into = nest_of(plan, now, nests);
    nest *out_of = kt_text_same(now, then) ? NULL : nest_of(plan, then, nests);
    const bool settled = kt_text_same(now, then);
    if (out_of != NULL) {
        out_of->whole = false;
    }
    if (into != NULL && settled && row != KT_NO_CODE) {
        into->rows[into->count++] = row;
    } else if (into != NULL && (!settled || is_valid_on(item, plan->sums->day))) {
        into->whole = false;
    }
}

static void gather(const planner *plan, const char *base, const char *level, nest *nests)
{
    const kt_classification *regions = plan->table->regions;
    for (size_t i = 0; i < regions->item_count; i++) {
        if (is_level(&regions->items[i], base)) {
            gather_item(plan, &regions->items[i], level, nests);
        }
    }
}

/* What is there in full goes before what is not, and coarser before finer. */
static void keep_nests(const planner *plan, const nest *found)
{
    for (size_t row = 0; row < plan->table->cube->size[KT_ROLE_REGION]; row++) {
        const nest *now = &plan->nests[row];
        if (found[row].count > 0 && !now->whole && (now->count == 0 || found[row].whole)) {
            plan->nests[row] = found[row];
        }
    }
}

/* What the rows of the level are made of. */
static void nest_level(const planner *plan, const char *level)
{
    size_t first = 0;
    for (size_t i = 0; i < BASES; i++) {
        first = strcmp(bases[i], level) == 0 ? i + 1 : first;
    }
    for (size_t b = first; b < BASES; b++) {
        nest *found = kt_arena_array(plan->arena, nest, plan->table->cube->size[KT_ROLE_REGION]);
        gather(plan, bases[b], level, found);
        keep_nests(plan, found);
    }
}

static void add_sum(planner *plan, kt_sum sum)
{
    plan->sums->at = kt_arena_grow(plan->arena, plan->sums->at, plan->sums->count, &plan->room,
                                   sizeof *plan->sums->at);
    plan->sums->at[plan->sums->count++] = sum;
}

/* Rows of regions, at one occupation. */
static const size_t *places_of(const planner *plan, const size_t *rows, size_t count, size_t o)
{
    size_t *places = kt_arena_array(plan->arena, size_t, count + 1);
    for (size_t i = 0; i < count; i++) {
        places[i] = rows[i] * plan->occupations + o;
    }
    return places;
}

typedef struct row_list {
    size_t count;
    const size_t *rows;
} row_list;

/* One sum of rows for every occupation. */
static void add_region_sums(planner *plan, size_t above, row_list parts, row_list finer,
                            kt_sum like)
{
    for (size_t o = 0; o < plan->occupations && parts.count > 0; o++) {
        like.total = above * plan->occupations + o;
        like.count = parts.count;
        like.parts = places_of(plan, parts.rows, parts.count, o);
        like.finer_count = finer.count;
        like.finer = places_of(plan, finer.rows, finer.count, o);
        add_sum(plan, like);
    }
}

static void add_nests(planner *plan)
{
    const kt_cube *cube = plan->table->cube;
    for (size_t row = 0; row < cube->size[KT_ROLE_REGION]; row++) {
        const nest *own = &plan->nests[row];
        const kt_class_item *item =
            kt_class_find(plan->table->regions, kt_codes_at(cube->codes[KT_ROLE_REGION], row));
        if (own->count > 0 && item != NULL) {
            const row_list parts = {own->count, own->rows};
            add_region_sums(
                plan, row, parts, parts,
                (kt_sum){.kind = own->whole ? KT_PARTS_MAKE_TOTAL : KT_PARTS_WITHIN_TOTAL,
                         .level = item->level});
        }
    }
}

/* Puts a row in the place of the rows that make it, if all of them are there. */
static void climb(const planner *plan, size_t row, bool *there)
{
    const nest *own = &plan->nests[row];
    bool all = own->whole && own->count > 0;
    for (size_t i = 0; i < own->count; i++) {
        all = all && there[own->rows[i]];
    }
    for (size_t i = 0; i < own->count && all; i++) {
        there[own->rows[i]] = false;
    }
    there[row] = there[row] || all;
}

static void climb_level(const planner *plan, const char *level, bool *there)
{
    const kt_cube *cube = plan->table->cube;
    for (size_t row = 0; row < cube->size[KT_ROLE_REGION]; row++) {
        const char *code = kt_codes_at(cube->codes[KT_ROLE_REGION], row);
        if (is_level(kt_class_find(plan->table->regions, code), level)) {
            climb(plan, row, there);
        }
    }
}

static row_list list_rows(const planner *plan, const bool *there, size_t but)
{
    const size_t count = plan->table->cube->size[KT_ROLE_REGION];
    size_t *rows = kt_arena_array(plan->arena, size_t, count);
    row_list listed = {.rows = rows};
    for (size_t row = 0; row < count; row++) {
        if (there[row] && row != but) {
            rows[listed.count++] = row;
        }
    }
    return listed;
}

/* The rows that are the table's own of a level. */
static void mark_level(const kt_outline *outline, const kt_run *run, bool *there)
{
    for (size_t line = run->first; line < run->first + run->count; line++) {
        const kt_recipe *recipe = &outline->recipe[line];
        for (size_t i = 0; i < recipe->count && recipe->kind == KT_FROM_SOURCE; i++) {
            there[recipe->member[i]] = true;
        }
    }
}

/* And those without a place there. */
static void mark_unallocated(const planner *plan, const char *level, bool *there)
{
    const kt_source *source = plan->table->source;
    for (size_t i = 0; i < source->unallocated_count; i++) {
        const size_t row = region_row(plan, source->unallocated[i].code);
        if (row != KT_NO_CODE && strcmp(source->unallocated[i].level, level) == 0) {
            there[row] = true;
        }
    }
}

static void add_country(planner *plan, const kt_run *run, size_t country)
{
    bool *there = kt_arena_array(plan->arena, bool, plan->table->cube->size[KT_ROLE_REGION]);
    mark_level(&plan->table->rollup->regions, run, there);
    mark_unallocated(plan, run->level, there);
    const row_list finer = list_rows(plan, there, country);
    climb_level(plan, "seutukunta", there);
    climb_level(plan, "maakunta", there);
    add_region_sums(plan, country, list_rows(plan, there, country), finer,
                    (kt_sum){.kind = KT_PARTS_WITHIN_TOTAL});
}

/* The source's occupations, unknown ones among them, as positions. */
static size_t occupation_rows(const planner *plan, const kt_run *run, size_t *rows)
{
    const kt_outline *outline = &plan->table->rollup->occupations;
    size_t count = 0;
    for (size_t line = run->first; line < outline->count; line++) {
        const kt_recipe *recipe = &outline->recipe[line];
        if (strcmp(outline->line[line].level, run->level) == 0) {
            memcpy(rows + count, recipe->member, recipe->count * sizeof *rows);
            count += recipe->count;
        }
    }
    return count;
}

static void add_occupations(planner *plan, size_t country)
{
    const kt_outline *outline = &plan->table->rollup->occupations;
    const char *level = plan->table->source->occupation_level;
    const kt_run *run = level == NULL ? NULL : kt_outline_run(outline, level);
    const kt_run *totals = kt_outline_run(outline, KT_TOTAL);
    if (run == NULL || run->count == 0 || totals == NULL) {
        return;
    }
    const size_t total = outline->recipe[totals->first].member[0];
    size_t *rows = kt_arena_array(plan->arena, size_t, plan->occupations + 1);
    const size_t count = occupation_rows(plan, run, rows);
    for (size_t r = 0; r < plan->table->cube->size[KT_ROLE_REGION]; r++) {
        size_t *parts = kt_arena_array(plan->arena, size_t, count + 1);
        for (size_t i = 0; i < count; i++) {
            parts[i] = r * plan->occupations + rows[i];
        }
        const bool equal = run->whole && r != country;
        add_sum(plan, (kt_sum){.kind = equal ? KT_PARTS_MAKE_TOTAL : KT_PARTS_WITHIN_TOTAL,
                               .total = r * plan->occupations + total,
                               .count = count,
                               .parts = parts,
                               .finer_count = count,
                               .finer = parts});
    }
}

/* Regions that the edition need not have. */
static const bool *abolished_by(const kt_reconcile_table *table, const char *day, kt_arena *arena)
{
    const kt_codes *codes = table->cube->codes[KT_ROLE_REGION];
    bool *gone = kt_arena_array(arena, bool, kt_codes_count(codes) + 1);
    for (size_t r = 0; r < kt_codes_count(codes); r++) {
        const kt_class_item *item = kt_class_find(table->regions, kt_codes_at(codes, r));
        gone[r] = item != NULL && !is_valid_on(item, day);
    }
    return gone;
}

static void plan_day(const kt_reconcile_table *table, kt_sums *sums, kt_arena *arena)
{
    const kt_rollup *rollup = table->rollup;
    planner plan = {.table = table, .sums = sums, .arena = arena};
    plan.occupations = table->cube->size[KT_ROLE_OCCUPATION];
    plan.nests = kt_arena_array(arena, nest, table->cube->size[KT_ROLE_REGION] + 1);
    const size_t country = rollup->country == KT_NO_CODE
                               ? KT_NO_CODE
                               : rollup->regions.recipe[rollup->country].member[0];
    sums->may_lack = abolished_by(table, sums->day, arena);
    plan.before = kt_division_settled(sums->day, arena);
    const char *const *levels = kt_region_levels();
    for (size_t i = 0; levels[i] != NULL; i++) {
        if (strcmp(levels[i], "country") != 0 && strcmp(levels[i], "kunta") != 0) {
            nest_level(&plan, levels[i]);
        }
    }
    add_nests(&plan);
    for (size_t i = 0; i < rollup->regions.run_count && country != KT_NO_CODE; i++) {
        if (strcmp(rollup->regions.run[i].level, "country") != 0) {
            add_country(&plan, &rollup->regions.run[i], country);
        }
    }
    add_occupations(&plan, country);
}

static size_t day_number(kt_sum_book *book, const char *day)
{
    size_t i = 0;
    while (i < book->day_count && !kt_text_same(book->of_day[i].day, day)) {
        i++;
    }
    if (i == book->day_count) {
        book->of_day[book->day_count++].day = day;
    }
    return i;
}

kt_sum_book kt_sums_plan(const kt_reconcile_table *table, kt_arena *arena)
{
    const kt_cube *cube = table->cube;
    const size_t measures = cube->size[KT_ROLE_MEASURE], groups = cube->size[KT_ROLE_GROUP];
    const size_t slots = cube->size[KT_ROLE_PERIOD] * measures * groups;
    kt_sum_book book = {.of_day = kt_arena_array(arena, kt_sums, slots + 1),
                        .slot = kt_arena_array(arena, size_t, slots + 1)};
    for (size_t i = 0; i < slots; i++) {
        const char *day = kt_edition_day(table->editions, cube, i / groups / measures,
                                         i / groups % measures, i % groups);
        book.slot[i] = day_number(&book, kt_division_day(table, day, i, arena));
    }
    for (size_t i = 0; i < book.day_count; i++) {
        plan_day(table, &book.of_day[i], arena);
    }
    return book;
}

kt_plane kt_plane_at(const kt_reconcile_table *table, const size_t at[KT_ROLES])
{
    return (kt_plane){.cube = table->cube,
                      .first = kt_cube_at(table->cube, at),
                      .low = table->source->protected_low,
                      .high = table->source->protected_high};
}

bool kt_plane_next(const kt_cube *cube, size_t at[KT_ROLES])
{
    static const kt_role fastest_first[] = {KT_ROLE_GROUP, KT_ROLE_SECTOR, KT_ROLE_MEASURE,
                                            KT_ROLE_PERIOD};
    for (size_t i = 0; i < sizeof fastest_first / sizeof fastest_first[0]; i++) {
        const kt_role role = fastest_first[i];
        if (++at[role] < cube->size[role]) {
            return true;
        }
        at[role] = 0;
    }
    return false;
}

bool kt_adds_exactly(const kt_source *source, const char *measure)
{
    return kt_source_counts(source, measure) && kt_source_measure(source, measure)->rounding == 0.0;
}
