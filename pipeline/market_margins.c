/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "market_margins.h"

#include <string.h>

#include "core/codes.h"
#include "core/text.h"
#include "markets.h"

/* A run of regions of one level. */
typedef struct run {
    const char *level;
    size_t first, count;
} run;

/* A market whose margins are being described. */
typedef struct builder {
    const kt_config *config;
    const kt_market_table *table;
    const kt_placed_market *market;
    const kt_rollup_line *lines;
    kt_arena *arena;
    run level; /* of the market's cells, the scope's own where the cells are occupations alone */
} builder;

static run run_of(const kt_rollup *rollup, const char *level)
{
    run found = {.level = level};
    found.count = kt_rollup_region_level(rollup, level, &found.first);
    return found;
}

static bool of_the_country(const kt_placed_market *market)
{
    return strcmp(market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) == 0;
}

/* The level of the rows that the cells were summed from; a cell of the allocated row is of the
 * finest. */
static run level_of(const builder *of)
{
    if (!of->market->has_regions && of_the_country(of->market)) {
        return run_of(of->table->rollup, of->lines[of->table->finest_first].level);
    }
    return run_of(of->table->rollup, of->lines[of->market->market.region[0]].level);
}

static size_t find_line(const builder *of, const char *level, const char *code)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(of->table->rollup, &lines);
    return kt_rollup_line_find(lines, count, level, code);
}

static size_t find_country(const builder *of)
{
    const run country = run_of(of->table->rollup, kt_scope_level(KT_SCOPE_COUNTRY));
    return country.count == 0 ? KT_NO_CODE : country.first;
}

static bool has_region(const kt_market *market, size_t region)
{
    for (size_t i = 0; i < market->cell_count; i++) {
        if (market->region[i] == region) {
            return true;
        }
    }
    return false;
}

static void add_outside(const builder *of, kt_market_margins *to)
{
    const bool is_sum = !of->market->has_regions && of_the_country(of->market);
    size_t *outside = kt_arena_array(of->arena, size_t, of->level.count + 1);
    for (size_t i = 0; i < of->level.count && !is_sum; i++) {
        const size_t region = of->level.first + i;
        if (!has_region(&of->market->market, region)) {
            outside[to->outside_count++] = region;
        }
    }
    to->outside = outside;
}

static const char *parent_at(const builder *of, size_t region, const char *level)
{
    return kt_class_parent(&kt_rollup_classifications(of->table->rollup)->regions,
                           of->lines[region].code, level);
}

/*
 * Whether the region has had the same parts all along. A month may come from an edition on an older
 * division, and a sum that was not true then would make the range too narrow.
 */
static bool is_lasting(const builder *of, const char *code, const char *level)
{
    const kt_classification *regions = &kt_rollup_classifications(of->table->rollup)->regions;
    for (size_t i = 0; i < regions->membership_count; i++) {
        const kt_membership *one = &regions->memberships[i];
        if (strcmp(one->parent_level, level) != 0) {
            continue;
        }
        const char *now = kt_class_parent(regions, kt_class_today(regions, one->member), level);
        if ((strcmp(one->parent, code) == 0) != kt_text_same(now, code)) {
            return false;
        }
    }
    return true;
}

/* The cells of a parent, given the parent of each region of the cells' level; count 0 unless all
 * regions that lie in it are cells. */
static kt_market_parent parent_of(const builder *of, size_t parent, const char *const *parents)
{
    const kt_market *market = &of->market->market;
    const char *code = of->lines[parent].code;
    size_t members = 0;
    for (size_t i = 0; i < of->level.count; i++) {
        members += kt_text_same(parents[i], code);
    }
    size_t *cells = kt_arena_array(of->arena, size_t, members + 1);
    kt_market_parent made = {.region = parent, .cells = cells};
    for (size_t i = 0; i < market->cell_count; i++) {
        if (kt_text_same(parents[market->region[i] - of->level.first], code)) {
            cells[made.cell_count++] = i;
        }
    }
    made.cell_count = made.cell_count == members ? members : 0;
    return made;
}

static bool is_own_row(const kt_rollup_line *line)
{
    return strcmp(line->made_of, "source") == 0 || strcmp(line->made_of, "predecessors") == 0;
}

/* Those of one level; a row that is no figure of the source's own is such a sum already. */
static void add_parents_at(const builder *of, run level, kt_market_parent *parents, size_t *count)
{
    const char **parents_of = kt_arena_array(of->arena, const char *, of->level.count + 1);
    for (size_t i = 0; i < of->level.count; i++) {
        parents_of[i] = parent_at(of, of->level.first + i, level.level);
    }
    for (size_t i = level.first; i < level.first + level.count; i++) {
        const kt_market_parent found = parent_of(of, i, parents_of);
        if (found.cell_count > 1 && is_own_row(&of->lines[i]) &&
            is_lasting(of, of->lines[i].code, level.level)) {
            parents[(*count)++] = found;
        }
    }
}

/* Coarser regions whose rows the cells sum to. */
static void add_parents(const builder *of, kt_market_margins *to)
{
    static const char *const coarser[] = {"seutukunta", "maakunta", "ely", "suuralue"};
    const kt_rollup_line *lines = NULL;
    const size_t room = kt_rollup_regions(of->table->rollup, &lines);
    kt_market_parent *parents = kt_arena_array(of->arena, kt_market_parent, room + 1);
    for (size_t i = 0; i < sizeof coarser / sizeof coarser[0]; i++) {
        if (strcmp(coarser[i], of->level.level) != 0) {
            add_parents_at(of, run_of(of->table->rollup, coarser[i]), parents, &to->parent_count);
        }
    }
    to->parents = parents;
}

/* The level whose rows are the source's own: what it leaves over has no region there, while a level
 * that is summed from it may leave over regions that are in none of its own. */
static run base_of(const builder *of, run level)
{
    while (level.count > 0 && !is_own_row(&of->lines[level.first])) {
        const run below = run_of(of->table->rollup, of->lines[level.first].made_of);
        if (below.count == 0) {
            break;
        }
        level = below;
    }
    return level;
}

/* Whether every region of the finest level lies in one of the market's level. */
static bool covers(const builder *of, const char *level)
{
    for (size_t i = 0; i < of->table->finest_count; i++) {
        const size_t region = of->table->finest_first + i;
        if (strcmp(of->lines[region].level, level) != 0 && parent_at(of, region, level) == NULL) {
            return false;
        }
    }
    return of->table->finest_count > 0;
}

static void add_unplaced(const builder *of, kt_market_margins *to)
{
    to->unplaced = find_line(of, base_of(of, of->level).level, "_X");
    to->all_inside = of_the_country(of->market) && covers(of, of->level.level);
}

const kt_market_margins *kt_market_margins_make(const kt_config *config,
                                                const kt_market_table *table,
                                                const kt_placed_market *market, kt_arena *arena)
{
    builder of = {.config = config, .table = table, .market = market, .arena = arena};
    (void)kt_rollup_regions(table->rollup, &of.lines);
    of.level = level_of(&of);
    kt_market_margins *made = kt_arena_new(arena, kt_market_margins);
    made->country = find_country(&of);
    add_outside(&of, made);
    if (market->has_regions && !market->has_occupations) {
        add_parents(&of, made);
    }
    add_unplaced(&of, made);
    return made;
}
