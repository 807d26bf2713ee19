/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "crossed_markets.h"

#include <string.h>

#include "core/codes.h"
#include "markets.h"

#define UNALLOCATED "_X"

/* Positions in the table's lines, the last of them for what is in none of the others. */
typedef struct axis {
    size_t *at;
    size_t count;
} axis;

/* The distinct positions of the cells, which stand region by region. */
static axis axis_of(const size_t *positions, size_t count, size_t step, kt_arena *arena)
{
    axis made = {.at = kt_arena_array(arena, size_t, count + 1), .count = count};
    for (size_t i = 0; i < count; i++) {
        made.at[i] = positions[i * step];
    }
    return made;
}

static void add_position(axis *to, size_t position)
{
    if (position != KT_NO_CODE) {
        to->at[to->count++] = position;
    }
}

static void cross_axes(axis regions, axis occupations, kt_arena *arena, kt_crossed_market *out)
{
    const size_t count = regions.count * occupations.count;
    size_t *block = kt_arena_array(arena, size_t, 4 * count);
    size_t *region = block, *occupation = block + count;
    size_t *line = block + 2 * count, *own = block + 3 * count;
    for (size_t i = 0; i < count; i++) {
        region[i] = i / occupations.count;
        occupation[i] = i % occupations.count;
        line[i] = regions.at[region[i]];
        own[i] = occupations.at[occupation[i]];
    }
    out->region = region;
    out->occupation = occupation;
    out->region_count = regions.count;
    out->occupation_count = occupations.count;
    out->market.cell_count = count;
    out->market.region = line;
    out->market.occupation = own;
}

/* How many cells of the first region stand before those of the second. */
static size_t occupations_of(const kt_market *market)
{
    size_t count = 1;
    while (count < market->cell_count && market->region[count] == market->region[0]) {
        count++;
    }
    return count;
}

static size_t unallocated_region(const kt_rollup *rollup, const kt_market *market)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(rollup, &lines);
    return kt_rollup_line_find(lines, count, lines[market->region[0]].level, UNALLOCATED);
}

const kt_crossed_markets *kt_crossed_markets_make(const struct kt_market_table *table,
                                                  const struct kt_placed_market *market,
                                                  kt_arena *arena)
{
    const kt_market *of = &market->market;
    if (!market->has_regions || !market->has_occupations || market->has_sectors ||
        strcmp(market->scope_level, kt_scope_level(KT_SCOPE_COUNTRY)) != 0) {
        return NULL;
    }
    kt_crossed_markets *made = kt_arena_new(arena, kt_crossed_markets);
    *made = (kt_crossed_markets){.without_unallocated = {.market = *of},
                                 .with_unallocated = {.market = *of}};
    const size_t step = occupations_of(of);
    axis regions = axis_of(of->region, of->cell_count / step, step, arena);
    axis occupations = axis_of(of->occupation, step, 1, arena);
    cross_axes(regions, occupations, arena, &made->without_unallocated);
    add_position(&regions, unallocated_region(table->rollup, of));
    add_position(&occupations, of->unknown_occupation);
    cross_axes(regions, occupations, arena, &made->with_unallocated);
    /* What ties the market's own cells together says nothing of these. */
    made->with_unallocated.market.margin_count = 0;
    return made;
}

kt_cross kt_crossed_market_cells(const kt_crossed_market *market, const kt_market_month *month)
{
    return (kt_cross){.cells = month->cells,
                      .region = market->region,
                      .occupation = market->occupation,
                      .region_count = market->region_count,
                      .occupation_count = market->occupation_count};
}
