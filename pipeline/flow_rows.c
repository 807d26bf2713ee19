/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "flow_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "all_periods.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "pipeline/marked.h"
#include "publish/observation_row.h"

#define TABLE "flows"

enum {
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE,
    OCCUPATION_LEVEL,
    OCCUPATION_CODE,
    FLOW,
    VALUE,
    VALUE_LOW,
    VALUE_HIGH,
    DEFINITION,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period",      "period_start",    "region_level", "region_code",
    "occupation_level", "occupation_code", "flow",         "value",
    "value_low",        "value_high",      "definition",   "obs_status",
};

/* A region or an occupation of some feed, in the order of the rows. */
typedef struct line {
    kt_ready_cell level, code;
    bool has_parts; /* a region: the contract gives its occupations too */
    size_t *at;     /* of each feed: its line in the roll-up, or KT_NO_CODE */
} line;

/* Where a feed has a flow. */
typedef struct flow_place {
    size_t measure, group; /* KT_NO_CODE: it has no such flow */
    bool counts;
    kt_ready_cell definition;
} flow_place;

typedef struct flow {
    kt_ready_cell name;
    flow_place *of; /* of each feed */
} flow;

typedef struct lines {
    line *at;
    size_t count;
} lines;

struct kt_flow_rows {
    const kt_flow_job *job;
    const kt_schema *schema;
    lines regions, occupations;
    flow *flows;
    size_t flow_count;
    kt_period_list periods;
    size_t *places; /* period-major */
    size_t *sector; /* of each feed: the position of all sectors, or KT_NO_CODE */
    kt_arena *arena;
};

static int by_words(const char *level, const char *code, const char *other_level,
                    const char *other_code)
{
    const int levels = strcmp(level, other_level);
    return levels != 0 ? levels : strcmp(code, other_code);
}

static int by_line(const void *a, const void *b)
{
    const line *left = a;
    const line *right = b;
    return by_words(left->level.text, left->code.text, right->level.text, right->code.text);
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const flow *)a)->name.text, ((const flow *)b)->name.text);
}

/* CONTRACT section 5, as in `observations`. */
static bool has_parts(const char *level)
{
    static const char *const levels[] = {"country", "maakunta", "elinvoimakeskus", "coordinator"};
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        if (strcmp(levels[i], level) == 0) {
            return true;
        }
    }
    return false;
}

static bool is_published_occupation(const char *level)
{
    return strcmp(level, KT_TOTAL) == 0 || strcmp(level, "isco1") == 0 ||
           strcmp(level, "isco2") == 0;
}

/* The columns of a kind of lines, and how to ask a roll-up for them. */
typedef struct line_kind {
    size_t level, code;
    size_t (*lines_of)(const kt_rollup *rollup, const kt_rollup_line **lines);
    bool (*is_published)(const char *level);
} line_kind;

static size_t add_line(kt_flow_rows *all, const line_kind *kind, const kt_rollup_line *from,
                       kt_codes *seen, lines *out)
{
    const char *name = kt_arena_print(all->arena, "%s/%s", from->level, from->code);
    const size_t found = kt_codes_find(seen, name);
    if (found != KT_NO_CODE) {
        return found;
    }
    line *added = &out->at[out->count++];
    added->level = kt_cell_ready(all->schema, kind->level, from->level, all->arena);
    added->code = kt_cell_ready(all->schema, kind->code, from->code, all->arena);
    added->has_parts = has_parts(from->level);
    added->at = kt_arena_array(all->arena, size_t, all->job->feed_count + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        added->at[i] = KT_NO_CODE;
    }
    return kt_codes_intern(seen, name);
}

static void add_lines(kt_flow_rows *all, const line_kind *kind, size_t feed, kt_codes *seen,
                      lines *out)
{
    const kt_rollup_line *from = NULL;
    const size_t count = kind->lines_of(all->job->feeds[feed].rollup, &from);
    for (size_t i = 0; i < count; i++) {
        if (kind->is_published(from[i].level)) {
            out->at[add_line(all, kind, &from[i], seen, out)].at[feed] = i;
        }
    }
}

/* The lines of all feeds, each once. */
static lines gather_lines(kt_flow_rows *all, const line_kind *kind)
{
    lines out = {0};
    size_t most = 0;
    const kt_rollup_line *from = NULL;
    for (size_t i = 0; i < all->job->feed_count; i++) {
        most += kind->lines_of(all->job->feeds[i].rollup, &from);
    }
    out.at = kt_arena_array(all->arena, line, most + 1);
    kt_codes *seen = kt_codes_new(all->arena);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        add_lines(all, kind, i, seen, &out);
    }
    qsort(out.at, out.count, sizeof *out.at, by_line);
    return out;
}

static bool is_any(const char *level)
{
    (void)level;
    return true;
}

static void gather_all_lines(kt_flow_rows *all)
{
    static const line_kind regions = {REGION_LEVEL, REGION_CODE, kt_rollup_regions, is_any};
    static const line_kind occupations = {OCCUPATION_LEVEL, OCCUPATION_CODE, kt_rollup_occupations,
                                          is_published_occupation};
    all->regions = gather_lines(all, &regions);
    all->occupations = gather_lines(all, &occupations);
}

static flow *find_flow(kt_flow_rows *all, const char *name)
{
    for (size_t i = 0; i < all->flow_count; i++) {
        if (strcmp(all->flows[i].name.text, name) == 0) {
            return &all->flows[i];
        }
    }
    flow *added = &all->flows[all->flow_count++];
    added->name = kt_cell_ready(all->schema, FLOW, name, all->arena);
    added->of = kt_arena_array(all->arena, flow_place, all->job->feed_count + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        added->of[i].measure = KT_NO_CODE;
    }
    return added;
}

/* A measure of a feed, of all and of each code of its group dimension. */
static void add_flows(kt_flow_rows *all, size_t feed, size_t measure)
{
    const kt_flow_feed *of = &all->job->feeds[feed];
    const kt_measure_spec *spec =
        kt_source_measure(of->source, kt_codes_at(of->cube->codes[KT_ROLE_MEASURE], measure));
    const kt_codes *groups = of->cube->codes[KT_ROLE_GROUP];
    if (spec == NULL || kt_flow_find(spec->base) == NULL) {
        return;
    }
    for (size_t i = 0; i < kt_codes_count(groups); i++) {
        const char *group = kt_flow_group(of->source, kt_codes_at(groups, i));
        find_flow(all, kt_flow_name(spec, group, all->arena))->of[feed] =
            (flow_place){.measure = measure,
                         .group = i,
                         .counts = kt_source_counts(of->source, spec->measure),
                         .definition = kt_cell_ready(all->schema, DEFINITION,
                                                     kt_flow_definition(spec)->fi, all->arena)};
    }
}

static void gather_flows(kt_flow_rows *all)
{
    size_t most = 0;
    for (size_t i = 0; i < all->job->feed_count; i++) {
        const size_t *size = all->job->feeds[i].cube->size;
        most += size[KT_ROLE_MEASURE] * size[KT_ROLE_GROUP];
    }
    all->flows = kt_arena_array(all->arena, flow, most + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        for (size_t m = 0; m < all->job->feeds[i].cube->size[KT_ROLE_MEASURE]; m++) {
            add_flows(all, i, m);
        }
    }
    qsort(all->flows, all->flow_count, sizeof *all->flows, by_name);
}

static kt_status gather_periods(kt_flow_rows *all, kt_error *err)
{
    const kt_cube **cubes = kt_arena_array(all->arena, const kt_cube *, all->job->feed_count + 1);
    for (size_t i = 0; i < all->job->feed_count; i++) {
        cubes[i] = all->job->feeds[i].cube;
    }
    return kt_all_periods(cubes, all->job->feed_count, all->arena, &all->periods, err);
}

static void place_periods(kt_flow_rows *all)
{
    const size_t feeds = all->job->feed_count;
    all->places = kt_arena_array(all->arena, size_t, all->periods.count * feeds + 1);
    for (size_t i = 0; i < all->periods.count * feeds; i++) {
        char name[KT_PERIOD_SIZE];
        const kt_codes *periods = all->job->feeds[i % feeds].cube->codes[KT_ROLE_PERIOD];
        all->places[i] = kt_codes_find(periods, kt_period_write(all->periods.at[i / feeds], name));
    }
}

kt_status kt_flow_rows_new(const kt_flow_job *job, kt_arena *arena, kt_flow_rows **out,
                           kt_error *err)
{
    kt_flow_rows *all = kt_arena_new(arena, kt_flow_rows);
    *all = (kt_flow_rows){
        .job = job, .arena = arena, .schema = kt_contract_find(job->contract, TABLE)};
    if (all->schema == NULL) {
        return kt_fail(err, KT_ERR_CONFIG, "the contract has no table %s", TABLE);
    }
    KT_TRY(kt_schema_expect(all->schema, names, COLUMNS, err));
    all->sector = kt_arena_array(arena, size_t, job->feed_count + 1);
    for (size_t i = 0; i < job->feed_count; i++) {
        all->sector[i] = kt_rollup_all_sectors(job->feeds[i].rollup);
    }
    gather_all_lines(all);
    gather_flows(all);
    KT_TRY(gather_periods(all, err));
    place_periods(all);
    *out = all;
    return KT_OK;
}

size_t kt_flow_periods(const kt_flow_rows *all, const kt_period **out)
{
    *out = all->periods.at;
    return all->periods.count;
}

size_t kt_flow_place(const kt_flow_rows *all, size_t period, size_t feed)
{
    return all->places[period * all->job->feed_count + feed];
}

/* One period of all feeds. */
typedef struct month {
    const kt_flow_rows *all;
    kt_cube **slabs;  /* NULL where a feed does not have the period */
    bool **collected; /* of each feed and flow: some figure of the period is */
    kt_ready_cell period, start;
} month;

static bool is_collected(const kt_cube *slab, const flow_place *place)
{
    const size_t first = place->measure * slab->stride[KT_ROLE_MEASURE];
    const size_t end = first + slab->stride[KT_ROLE_MEASURE];
    for (size_t cell = first + place->group; cell < end; cell += slab->stride[KT_ROLE_SECTOR]) {
        if (slab->status[cell] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

static kt_status open_feed(month *of, size_t period, size_t feed, kt_arena *arena, kt_error *err)
{
    const kt_flow_rows *all = of->all;
    const kt_flow_feed *from = &all->job->feeds[feed];
    const size_t place = kt_flow_place(all, period, feed);
    of->collected[feed] = kt_arena_array(arena, bool, all->flow_count + 1);
    if (place == KT_NO_CODE || all->sector[feed] == KT_NO_CODE) {
        return KT_OK;
    }
    const kt_marked_table table = {.source = from->source,
                                   .cube = from->cube,
                                   .rollup = from->rollup,
                                   .breaks = all->job->breaks,
                                   .protected_share_limit = all->job->protected_share_limit};
    KT_TRY(kt_marked_period(&table, place, arena, &of->slabs[feed], err));
    for (size_t i = 0; i < all->flow_count; i++) {
        const flow_place *one = &all->flows[i].of[feed];
        of->collected[feed][i] = one->measure != KT_NO_CODE && is_collected(of->slabs[feed], one);
    }
    return KT_OK;
}

/* The cell of a feed, KT_NO_CODE where it has none. */
static size_t cell_of(const month *of, size_t feed, size_t flow_at, const line *region,
                      const line *occupation)
{
    const size_t r = region->at[feed], o = occupation->at[feed];
    if (!of->collected[feed][flow_at] || r == KT_NO_CODE || o == KT_NO_CODE) {
        return KT_NO_CODE;
    }
    const flow_place *place = &of->all->flows[flow_at].of[feed];
    const size_t at[KT_ROLES] = {[KT_ROLE_MEASURE] = place->measure,
                                 [KT_ROLE_REGION] = r,
                                 [KT_ROLE_OCCUPATION] = o,
                                 [KT_ROLE_SECTOR] = of->all->sector[feed],
                                 [KT_ROLE_GROUP] = place->group};
    return kt_cube_at(of->slabs[feed], at);
}

/* The first feed that collected the cell; else the first that has it; feed_count if none has. */
static size_t giver_of(const month *of, size_t flow_at, const line *region, const line *occupation)
{
    const size_t feeds = of->all->job->feed_count;
    size_t first = feeds;
    for (size_t i = 0; i < feeds; i++) {
        const size_t cell = cell_of(of, i, flow_at, region, occupation);
        if (cell == KT_NO_CODE) {
            continue;
        }
        if (of->slabs[i]->status[cell] != KT_OBS_NOT_COLLECTED) {
            return i;
        }
        first = first == feeds ? i : first;
    }
    return first;
}

static kt_status add_row(const month *of, size_t flow_at, const line *region,
                         const line *occupation, kt_rows *rows, kt_error *err)
{
    const size_t feed = giver_of(of, flow_at, region, occupation);
    if (feed == of->all->job->feed_count) {
        return KT_OK;
    }
    const flow *one = &of->all->flows[flow_at];
    const kt_published_figure figure =
        kt_figure_published(of->slabs[feed], cell_of(of, feed, flow_at, region, occupation),
                            of->all->job->feeds[feed].source, one->of[feed].counts);
    kt_rows_ready(rows, TIME_PERIOD, &of->period);
    kt_rows_ready(rows, PERIOD_START, &of->start);
    kt_rows_ready(rows, REGION_LEVEL, &region->level);
    kt_rows_ready(rows, REGION_CODE, &region->code);
    kt_rows_ready(rows, OCCUPATION_LEVEL, &occupation->level);
    kt_rows_ready(rows, OCCUPATION_CODE, &occupation->code);
    kt_rows_ready(rows, FLOW, &one->name);
    kt_rows_number(rows, VALUE, figure.is.value);
    kt_rows_number(rows, VALUE_LOW, figure.is.low);
    kt_rows_number(rows, VALUE_HIGH, figure.is.high);
    kt_rows_ready(rows, DEFINITION, &one->of[feed].definition);
    kt_rows_status(rows, OBS_STATUS, figure.obs);
    return kt_rows_end(rows, err);
}

static kt_status add_occupation(const month *of, const line *region, const line *occupation,
                                kt_rows *rows, kt_error *err)
{
    for (size_t i = 0; i < of->all->flow_count; i++) {
        KT_TRY(add_row(of, i, region, occupation, rows, err));
    }
    return KT_OK;
}

static kt_status add_region(const month *of, const line *region, kt_rows *rows, kt_error *err)
{
    for (size_t o = 0; o < of->all->occupations.count; o++) {
        const line *occupation = &of->all->occupations.at[o];
        const bool total = strcmp(occupation->level.text, KT_TOTAL) == 0;
        KT_TRY(total || region->has_parts ? add_occupation(of, region, occupation, rows, err)
                                          : KT_OK);
    }
    return KT_OK;
}

kt_status kt_flow_rows_add(const kt_flow_rows *all, size_t period, kt_rows *rows, kt_error *err)
{
    char name[KT_PERIOD_SIZE], start[KT_PERIOD_SIZE];
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("flows of a period", 0);
    const char *period_name = kt_period_write(all->periods.at[period], name);
    const char *first_day = kt_period_start(all->periods.at[period], start);
    month of = {
        .all = all,
        .slabs = kt_arena_array(arena, kt_cube *, all->job->feed_count + 1),
        .collected = kt_arena_array(arena, bool *, all->job->feed_count + 1),
        .period = kt_cell_ready(all->schema, TIME_PERIOD, period_name, arena),
        .start = kt_cell_ready(all->schema, PERIOD_START, first_day, arena),
    };
    for (size_t i = 0; i < all->job->feed_count; i++) {
        KT_TRY(open_feed(&of, period, i, arena, err));
    }
    for (size_t r = 0; r < all->regions.count; r++) {
        KT_TRY(add_region(&of, &all->regions.at[r], rows, err));
    }
    return KT_OK;
}
