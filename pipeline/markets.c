/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "markets.h"

#include <stdlib.h>
#include <string.h>

#include "core/codes.h"
#include "core/text.h"
#include "transform/disclose.h"

/* All markets being placed. */
typedef struct builder {
    const kt_config *config;
    const kt_market_table *tables;
    kt_arena *arena;
    kt_markets *out;
    size_t room, gap_room;
} builder;

/* One market of one table being placed in one scope. */
typedef struct place {
    builder *in;
    const kt_market_spec *spec;
    const kt_market_table *table;
    size_t table_index;
    kt_scope scope;
    const char *scope_code;
    size_t scope_region; /* its own row in the roll-up */
} place;

static void turn(kt_market_table *table, kt_arena *arena)
{
    const bool has_sectors = kt_rollup_revision(table->rollup) != KT_SECTOR_REVISIONS;
    const kt_rollup *turned = has_sectors ? kt_rollup_turned(table->rollup, arena) : NULL;
    table->by_sector = turned != NULL;
    table->rollup = turned == NULL ? table->rollup : turned;
}

const kt_cube *kt_market_table_see(const kt_market_table *table, const kt_cube *slab,
                                   kt_arena *arena)
{
    return table->by_sector ? kt_cube_turned(slab, arena) : slab;
}

void kt_market_table_describe(kt_market_table *table, kt_arena *arena)
{
    static const char *const finest_first[] = {"kunta", "seutukunta", "maakunta", "ely",
                                               "suuralue"};
    const kt_rollup_line *lines = NULL;
    turn(table, arena);
    table->allocated = kt_rollup_regions(table->rollup, &lines);
    table->finest_count = 0;
    if (kt_rollup_region_level(table->rollup, kt_scope_level(KT_SCOPE_COUNTRY), &table->country) ==
        0) {
        table->country = KT_NO_CODE;
    }
    for (size_t i = 0; i < sizeof finest_first / sizeof finest_first[0]; i++) {
        const size_t count =
            kt_rollup_region_level(table->rollup, finest_first[i], &table->finest_first);
        if (count > 0 && (strcmp(lines[table->finest_first].made_of, "source") == 0 ||
                          strcmp(lines[table->finest_first].made_of, "predecessors") == 0)) {
            table->finest_count = count;
            return;
        }
    }
}

static void add_gap(builder *in, const char *market, const char *scope, const char *reason)
{
    kt_markets *out = in->out;
    out->gaps =
        kt_arena_grow(in->arena, out->gaps, out->gap_count, &in->gap_room, sizeof *out->gaps);
    out->gaps[out->gap_count++] =
        (kt_market_gap){.market = market, .scope = scope, .reason = reason};
}

static void add_market(builder *in, kt_placed_market market)
{
    kt_markets *out = in->out;
    out->at = kt_arena_grow(in->arena, out->at, out->count, &in->room, sizeof *out->at);
    out->at[out->count++] = market;
}

static size_t find_occupation(const kt_rollup *rollup, const char *level, const char *code)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_occupations(rollup, &lines);
    return kt_rollup_line_find(lines, count, level, code);
}

/* The level of what differs inside a region; NULL if nothing does. */
static const char *inside_level(const kt_market_spec *spec)
{
    return spec->sector_level != NULL ? spec->sector_level : spec->occupation_level;
}

/* A growing list of positions. */
typedef struct positions {
    size_t *at;
    size_t count;
} positions;

/* The regions of the market's level that lie inside the scope. */
static positions regions_inside(const place *of)
{
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_regions(of->table->rollup, &lines);
    size_t first = 0;
    const size_t count = kt_rollup_region_level(of->table->rollup, of->spec->region_level, &first);
    positions inside = {.at = kt_arena_array(of->in->arena, size_t, count + 1)};
    for (size_t i = first; i < first + count; i++) {
        const char *parent =
            of->scope == KT_SCOPE_COUNTRY
                ? of->scope_code
                : kt_class_parent(&kt_rollup_classifications(of->table->rollup)->regions,
                                  lines[i].code, kt_scope_level(of->scope));
        if (kt_text_same(parent, of->scope_code)) {
            inside.at[inside.count++] = i;
        }
    }
    return inside;
}

/* The single row whose occupations are the cells: never the national one. */
static positions scope_alone(const place *of)
{
    positions single = {.at = kt_arena_array(of->in->arena, size_t, 1), .count = 1};
    single.at[0] = of->scope == KT_SCOPE_COUNTRY ? of->table->allocated : of->scope_region;
    return single;
}

static positions occupations_of(const place *of)
{
    const kt_rollup *rollup = of->table->rollup;
    positions list = {0};
    const char *level = inside_level(of->spec);
    if (level == NULL) {
        list.at = kt_arena_array(of->in->arena, size_t, 1);
        list.at[0] = find_occupation(rollup, KT_TOTAL, KT_TOTAL);
        list.count = list.at[0] == KT_NO_CODE ? 0 : 1;
        return list;
    }
    size_t first = 0;
    list.count = kt_rollup_occupation_level(rollup, level, &first);
    list.at = kt_arena_array(of->in->arena, size_t, list.count + 1);
    for (size_t i = 0; i < list.count; i++) {
        list.at[i] = first + i;
    }
    return list;
}

static const char *name_of_cell(const place *of, size_t region, size_t occupation)
{
    const kt_rollup_line *regions = NULL;
    const kt_rollup_line *occupations = NULL;
    (void)kt_rollup_regions(of->table->rollup, &regions);
    (void)kt_rollup_occupations(of->table->rollup, &occupations);
    if (of->spec->region_level == NULL) {
        return occupations[occupation].code;
    }
    if (inside_level(of->spec) == NULL) {
        return regions[region].code;
    }
    return kt_arena_print(of->in->arena, "%s %s", regions[region].code,
                          occupations[occupation].code);
}

static void fill_cells(const place *of, positions regions, positions occupations,
                       kt_placed_market *out)
{
    const size_t count = regions.count * occupations.count;
    size_t *region = kt_arena_array(of->in->arena, size_t, count);
    size_t *occupation = kt_arena_array(of->in->arena, size_t, count);
    const char **names = kt_arena_array(of->in->arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        region[i] = regions.at[i / occupations.count];
        occupation[i] = occupations.at[i % occupations.count];
        names[i] = name_of_cell(of, region[i], occupation[i]);
    }
    out->market.cell_count = count;
    out->market.region = region;
    out->market.occupation = occupation;
    out->names = names;
}

static kt_placed_market describe(const place *of, positions regions, positions occupations)
{
    const kt_rollup *rollup = of->table->rollup;
    const char *level = inside_level(of->spec);
    kt_placed_market placed = {
        .table = of->table_index,
        .scope_level = kt_scope_level(of->scope),
        .has_regions = of->spec->region_level != NULL,
        .has_occupations = level != NULL,
        .has_sectors = of->spec->sector_level != NULL,
        .market = {
            .name = of->spec->name,
            .scope = of->scope_code,
            .scope_region = of->scope_region,
            .scope_occupation = find_occupation(rollup, KT_TOTAL, KT_TOTAL),
            .total_occupation = find_occupation(rollup, KT_TOTAL, KT_TOTAL),
            .unknown_occupation = level == NULL ? KT_NO_CODE : find_occupation(rollup, level, "_X"),
        }};
    fill_cells(of, regions, occupations, &placed);
    /* Over all its occupations, known or not, a region's figures sum to its own total. Regions
       alone have no such equality: the country holds more than its parts. */
    if (level != NULL && placed.market.total_occupation != KT_NO_CODE) {
        placed.market.margin_region = regions.at;
        placed.market.margin_count = regions.count;
    }
    return placed;
}

/* Occupations of regions finer than maakunta have no rows under strict disclosure. */
static bool is_withheld(const place *of, positions regions)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(of->table->rollup, &lines);
    bool fine = false;
    for (size_t i = 0; i < regions.count; i++) {
        const size_t line =
            regions.at[i] < count ? regions.at[i] : of->table->finest_first; /* their sum */
        fine = fine || kt_disclose_is_fine(&lines[line]);
    }
    return fine && of->spec->occupation_level != NULL && of->in->config->publish.strict_disclosure;
}

static void place_in_scope(const place *of)
{
    builder *in = of->in;
    const char *market = of->spec->name;
    if (of->spec->region_level == NULL && of->scope == KT_SCOPE_COUNTRY &&
        of->table->finest_count == 0) {
        add_gap(in, market, of->scope_code, "no regions to sum");
        return;
    }
    const positions regions = of->spec->region_level == NULL ? scope_alone(of) : regions_inside(of);
    const positions occupations = occupations_of(of);
    if (regions.count * occupations.count == 0) {
        add_gap(in, market, of->scope_code, "no cells");
    } else if (is_withheld(of, regions)) {
        add_gap(in, market, of->scope_code,
                "strict disclosure: no occupations of regions finer than maakunta");
    } else if (regions.count * occupations.count == 1) {
        add_gap(in, market, of->scope_code, "one cell alone: it cannot be out of proportion");
    } else {
        kt_placed_market placed = describe(of, regions, occupations);
        placed.margins = kt_market_margins_make(in->config, of->table, &placed, in->arena);
        placed.crossed = kt_crossed_markets_make(of->table, &placed, in->arena);
        add_market(in, placed);
    }
}

/* Both sides of a market are of one table: what another table says of all occupations or sectors
 * says nothing of one of them. */
static const char *missing_side(const kt_source *source)
{
    if (kt_source_measure(source, "unemployed") == NULL) {
        return "unemployed";
    }
    return kt_source_measure(source, "vacancies") == NULL ? "vacancies" : NULL;
}

static const char *why_not(const builder *in, const kt_market_spec *spec,
                           const kt_market_table *table)
{
    size_t first = 0;
    if (table->rollup == NULL) {
        return kt_arena_print(in->arena, "%s has no data", spec->source);
    }
    if (missing_side(table->source) != NULL) {
        return kt_arena_print(in->arena, "%s has no %s by %s", spec->source,
                              missing_side(table->source),
                              spec->sector_level != NULL       ? "sector"
                              : spec->occupation_level != NULL ? "occupation"
                                                               : "region");
    }
    if (spec->region_level != NULL &&
        kt_rollup_region_level(table->rollup, spec->region_level, &first) == 0) {
        return kt_arena_print(in->arena, "%s cannot give the region level %s", spec->source,
                              spec->region_level);
    }
    if (spec->occupation_level != NULL &&
        kt_rollup_occupation_level(table->rollup, spec->occupation_level, &first) == 0) {
        return kt_arena_print(in->arena, "%s cannot give the occupation level %s", spec->source,
                              spec->occupation_level);
    }
    if (spec->sector_level != NULL &&
        (!table->by_sector ||
         kt_rollup_occupation_level(table->rollup, spec->sector_level, &first) == 0)) {
        return kt_arena_print(in->arena, "%s cannot give the sector level %s", spec->source,
                              spec->sector_level);
    }
    if (find_occupation(table->rollup, KT_TOTAL, KT_TOTAL) == KT_NO_CODE) {
        return kt_arena_print(in->arena, "%s has no total that its cells could be held against",
                              spec->source);
    }
    return NULL;
}

static void place_scopes(place of)
{
    const char *level = kt_scope_level(of.scope);
    const kt_rollup_line *lines = NULL;
    (void)kt_rollup_regions(of.table->rollup, &lines);
    size_t first = 0;
    const size_t count = kt_rollup_region_level(of.table->rollup, level, &first);
    if (count == 0) {
        add_gap(of.in, of.spec->name, level, "the table has no such scope");
    }
    for (size_t i = first; i < first + count; i++) {
        of.scope_code = lines[i].code;
        of.scope_region = i;
        place_in_scope(&of);
    }
}

static void place_spec(builder *in, const kt_market_spec *spec)
{
    const size_t index = kt_config_source(in->config, spec->source);
    const kt_market_table *table = &in->tables[index];
    const char *reason = why_not(in, spec, table);
    if (reason != NULL) {
        add_gap(in, spec->name, "SSS", reason);
        return;
    }
    for (kt_scope scope = 0; scope < KT_SCOPES; scope++) {
        if (spec->scopes[scope]) {
            place_scopes((place){
                .in = in, .spec = spec, .table = table, .table_index = index, .scope = scope});
        }
    }
}

static int by_name_and_scope(const void *a, const void *b)
{
    const kt_market *left = &((const kt_placed_market *)a)->market;
    const kt_market *right = &((const kt_placed_market *)b)->market;
    const int by_name = strcmp(left->name, right->name);
    return by_name != 0 ? by_name : strcmp(left->scope, right->scope);
}

void kt_markets_place(const kt_config *config, const kt_market_table *tables, kt_arena *arena,
                      kt_markets *out)
{
    *out = (kt_markets){0};
    builder in = {.config = config, .tables = tables, .arena = arena, .out = out};
    for (size_t i = 0; i < config->market_count; i++) {
        place_spec(&in, &config->markets[i]);
    }
    if (out->count > 0) {
        qsort(out->at, out->count, sizeof *out->at, by_name_and_scope);
    }
}
