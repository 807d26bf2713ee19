/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "index_range.h"

#include <math.h>
#include <stdbool.h>

#include "core/codes.h"
#include "core/margin.h"

/* One side's table while it is made. */
typedef struct builder {
    const kt_placed_market *market;
    const kt_market_slab *slab;
    size_t measure;
    kt_arena *arena;
    double *low, *high; /* of each cell; high INFINITY where nothing is known */
    size_t cell_count;
    kt_margin *margins;
    size_t margin_count;
} builder;

/* A figure between its ends as whole numbers. One that cannot exist is none at all; of a missing
 * one nothing is known. */
static void read_figure(const builder *of, size_t region, size_t occupation, double *low,
                        double *high)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = of->measure,   [KT_ROLE_REGION] = region,
        [KT_ROLE_OCCUPATION] = occupation, [KT_ROLE_SECTOR] = of->slab->sector,
        [KT_ROLE_GROUP] = of->slab->group,
    };
    const kt_cube *cube = of->slab->cube;
    const size_t place = kt_cube_at(cube, at);
    const kt_obs obs = (kt_obs)cube->status[place];
    *low = 0.0;
    *high = obs == KT_OBS_IMPOSSIBLE ? 0.0 : INFINITY;
    if (kt_obs_has_interval(obs)) {
        *low = floor(cube->low[place]);
        *high = ceil(cube->high[place]);
    }
}

static size_t add_cell(builder *to, size_t region, size_t occupation)
{
    const size_t cell = to->cell_count++;
    read_figure(to, region, occupation, &to->low[cell], &to->high[cell]);
    return cell;
}

/* The total less what the other parts surely have; a part whose high is not known may have any
 * share of what is left. */
typedef struct margin_sums {
    double low, high;
    size_t known; /* parts */
} margin_sums;

static margin_sums sum_parts(const builder *of, const size_t *parts, size_t count)
{
    margin_sums sums = {0};
    for (size_t i = 0; i < count; i++) {
        sums.low += of->low[parts[i]];
        sums.high += of->high[parts[i]];
        sums.known += isfinite(of->high[parts[i]]) ? 1 : 0;
    }
    return sums;
}

/* Parts without a figure are dropped: the others are then within the total. */
static void add_margin(builder *to, kt_margin_kind kind, size_t total, const size_t *parts,
                       size_t count)
{
    const margin_sums sums = sum_parts(to, parts, count);
    const bool whole = kind == KT_PARTS_MAKE_TOTAL && sums.known == count;
    const bool possible = sums.low <= to->high[total] && (!whole || to->low[total] <= sums.high);
    if (!isfinite(to->high[total]) || sums.known == 0 || !possible) {
        return;
    }
    size_t *known = kt_arena_array(to->arena, size_t, sums.known), used = 0;
    for (size_t i = 0; i < count; i++) {
        if (isfinite(to->high[parts[i]])) {
            known[used++] = parts[i];
        }
    }
    to->margins[to->margin_count++] =
        (kt_margin){.kind = whole ? KT_PARTS_MAKE_TOTAL : KT_PARTS_WITHIN_TOTAL,
                    .total = total,
                    .part_count = used,
                    .parts = known};
}

/* What the country can have of an occupation in the market's regions: the most of its row less the
 * least of the other regions. */
static size_t add_ceiling(builder *to, size_t occupation)
{
    const kt_market_margins *margins = to->market->margins;
    const size_t cell = add_cell(to, margins->country, occupation);
    for (size_t i = 0; i < margins->outside_count; i++) {
        double low, high;
        read_figure(to, margins->outside[i], occupation, &low, &high);
        to->high[cell] -= low;
    }
    to->high[cell] = fmax(to->high[cell], 0.0);
    to->low[cell] = to->high[cell];
    if (!isfinite(to->high[cell])) {
        to->low[cell] = 0.0;
    }
    return cell;
}

/* A market whose cells are occupations, region by region. */
typedef struct cross {
    size_t regions, occupations;
    size_t columns; /* occupations, then the unknown one where there is one */
} cross;

static cross cross_of(const kt_placed_market *placed)
{
    const kt_market *market = &placed->market;
    cross of = {.occupations = 1};
    while (of.occupations < market->cell_count &&
           market->region[of.occupations] == market->region[0]) {
        of.occupations++;
    }
    of.regions = market->cell_count / of.occupations;
    of.columns = of.occupations + (market->unknown_occupation == KT_NO_CODE ? 0 : 1);
    return of;
}

static size_t column_of(const kt_market *market, const cross *of, size_t column)
{
    return column < of->occupations ? market->occupation[column] : market->unknown_occupation;
}

/* A region's total, its occupations and the unknown one: cells row * (columns + 1) onwards. */
static void add_region(builder *to, const cross *of, size_t row)
{
    const kt_market *market = &to->market->market;
    const size_t region = market->region[row * of->occupations];
    const size_t total = add_cell(to, region, market->total_occupation);
    size_t *parts = kt_arena_array(to->arena, size_t, of->columns);
    for (size_t k = 0; k < of->columns; k++) {
        parts[k] = add_cell(to, region, column_of(market, of, k));
    }
    add_margin(to, KT_PARTS_MAKE_TOTAL, total, parts, of->columns);
}

static void add_column(builder *to, const cross *of, size_t column)
{
    const size_t ceiling = add_ceiling(to, column_of(&to->market->market, of, column));
    size_t *parts = kt_arena_array(to->arena, size_t, of->regions);
    for (size_t row = 0; row < of->regions; row++) {
        parts[row] = row * (of->columns + 1) + 1 + column;
    }
    add_margin(to, KT_PARTS_WITHIN_TOTAL, ceiling, parts, of->regions);
}

static void make_room(builder *to, size_t cells, size_t margins)
{
    to->low = kt_arena_array(to->arena, double, cells);
    to->high = kt_arena_array(to->arena, double, cells);
    to->margins = kt_arena_array(to->arena, kt_margin, margins);
}

static void add_occupations(builder *to, size_t *cell)
{
    const cross of = cross_of(to->market);
    make_room(to, (of.regions + 1) * (of.columns + 1), of.regions + of.columns);
    for (size_t row = 0; row < of.regions; row++) {
        add_region(to, &of, row);
    }
    for (size_t k = 0; k < of.columns && to->market->margins->country != KT_NO_CODE; k++) {
        add_column(to, &of, k);
    }
    for (size_t i = 0; i < to->market->market.cell_count; i++) {
        cell[i] = i / of.occupations * (of.columns + 1) + 1 + i % of.occupations;
    }
}

static void add_regions(builder *to, size_t *cell)
{
    const kt_market *market = &to->market->market;
    const kt_market_margins *margins = to->market->margins;
    make_room(to, market->cell_count + margins->parent_count + 1, margins->parent_count + 1);
    for (size_t i = 0; i < market->cell_count; i++) {
        cell[i] = add_cell(to, market->region[i], market->occupation[i]);
    }
    for (size_t i = 0; i < margins->parent_count; i++) {
        const kt_market_parent *parent = &margins->parents[i];
        const size_t total = add_cell(to, parent->region, market->total_occupation);
        add_margin(to, KT_PARTS_MAKE_TOTAL, total, parent->cells, parent->cell_count);
    }
    if (margins->country != KT_NO_CODE) {
        const size_t ceiling = add_ceiling(to, market->total_occupation);
        add_margin(to, KT_PARTS_WITHIN_TOTAL, ceiling, cell, market->cell_count);
    }
}

/* Cells that the index leaves out are left out here: those kept come first. */
static const size_t *keep_used(const kt_market_month *month, size_t *cell)
{
    size_t used = 0;
    for (size_t i = 0; i < month->cells.count; i++) {
        if (!isnan(month->cells.unemployed[i]) && !isnan(month->cells.vacancies[i])) {
            cell[used++] = cell[i];
        }
    }
    return cell;
}

static kt_range_side side_of(builder of, const kt_market_month *month)
{
    size_t *cell = kt_arena_array(of.arena, size_t, of.market->market.cell_count);
    if (of.market->has_occupations) {
        add_occupations(&of, cell);
    } else {
        add_regions(&of, cell);
    }
    kt_margin_table *table = kt_arena_new(of.arena, kt_margin_table);
    *table = (kt_margin_table){.cell_count = of.cell_count,
                               .low = of.low,
                               .high = of.high,
                               .margin_count = of.margin_count,
                               .margins = of.margins};
    return (kt_range_side){.table = table, .cell = keep_used(month, cell)};
}

kt_range_market kt_index_range_market(const kt_placed_market *market, const kt_market_slab *slab,
                                      const kt_market_month *month, kt_arena *arena)
{
    const builder of = {.market = market, .slab = slab, .arena = arena};
    builder seekers = of, posts = of;
    seekers.measure = slab->unemployed;
    posts.measure = slab->vacancies;
    return (kt_range_market){.cell_count = month->cells_used,
                             .unemployed = side_of(seekers, month),
                             .vacancies = side_of(posts, month)};
}
