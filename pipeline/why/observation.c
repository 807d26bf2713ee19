/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/codes.h"
#include "transform/assess.h"
#include "why/why.h"

/* A sum of members on its way: what is missing leaves no figure, what cannot exist adds nothing. */
typedef struct sum {
    double value;
    bool any, missing;
} sum;

/* The row's members and their sums. */
typedef struct members {
    const kt_why *of;
    const kt_why_month *month;
    const kt_rollup_line *regions, *occupations; /* of the roll-up */
    size_t region, occupation;                   /* the row's lines */
    bool rest;                                   /* what regions leave over of the country */
    const char *kind; /* what differs inside a region: occupation, or sector of a turned table */
    const kt_why_figure *figures;
    size_t count;
    size_t *measure; /* of each figure; KT_NO_CODE: the table has no such one */
    bool *counts;    /* it may be added */
    sum *sums;
    kt_why_statuses *statuses;
    kt_why_rows rows;
} members;

/* The code's place; without one that of all, by the source's code or ours; else the first. */
static size_t position_of(const members *in, const kt_cube *cube, kt_role role, const char *code)
{
    const kt_variable_spec *spec = kt_source_variable(in->month->source, role);
    const char *all = spec != NULL && spec->total != NULL ? spec->total : KT_TOTAL;
    const size_t at = kt_codes_find(cube->codes[role], code == NULL ? all : code);
    const size_t ours = kt_codes_find(cube->codes[role], KT_TOTAL);
    return at != KT_NO_CODE ? at : code == NULL && ours != KT_NO_CODE ? ours : 0;
}

static size_t cell_of(const members *in, const kt_cube *cube, size_t figure, size_t region,
                      size_t occupation)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = in->measure[figure],
        [KT_ROLE_REGION] = region,
        [KT_ROLE_OCCUPATION] = occupation,
        [KT_ROLE_SECTOR] = position_of(in, cube, KT_ROLE_SECTOR, NULL),
        [KT_ROLE_GROUP] = position_of(in, cube, KT_ROLE_GROUP, in->figures[figure].group),
    };
    return kt_cube_at(cube, at);
}

/* A rolled-up line leaves out the rows that an edition does not list where it has several. */
static void add_to_sum(sum *to, const kt_cube *cube, size_t cell, double sign, bool may_lack)
{
    const kt_obs obs = (kt_obs)cube->status[cell];
    if (kt_obs_has_interval(obs)) {
        to->value += sign * cube->value[cell];
        to->any = true;
    } else if (obs == KT_OBS_MISSING || (obs == KT_OBS_NOT_COLLECTED && !may_lack)) {
        to->missing = true;
    }
}

/* One member: a cell of the source's cube, or of the rolled-up month. */
typedef struct member {
    const kt_cube *cube;
    size_t region, occupation;
    const char *region_code, *occupation_code;
    double sign;
    bool may_lack;
} member;

static void add_member(members *in, const member *one)
{
    json_t *row = json_object();
    double rank = NAN;
    if (in->rest) {
        kt_why_put_text(row, "sign", one->sign < 0.0 ? "less" : "plus");
    }
    kt_why_put_text(row, "region", one->region_code);
    kt_why_put_text(row, in->kind, one->occupation_code);
    for (size_t i = 0; i < in->count; i++) {
        if (in->measure[i] == KT_NO_CODE) {
            continue;
        }
        const size_t cell = cell_of(in, one->cube, i, one->region, one->occupation);
        const kt_obs obs = (kt_obs)one->cube->status[cell];
        kt_why_put_figure(row, in->figures[i].measure, one->cube, cell, in->month->source);
        in->statuses[i].count[obs]++;
        add_to_sum(&in->sums[i], one->cube, cell, one->sign, one->may_lack);
        if (isnan(rank) && kt_obs_has_value(obs)) {
            rank = one->cube->value[cell];
        }
    }
    kt_why_rows_add(&in->rows, row, rank);
}

static void add_line(members *in, size_t region, double sign, bool may_lack)
{
    const member one = {.cube = in->month->slab,
                        .region = region,
                        .occupation = in->occupation,
                        .region_code = in->regions[region].code,
                        .occupation_code = in->occupations[in->occupation].code,
                        .sign = sign,
                        .may_lack = may_lack};
    add_member(in, &one);
}

static void add_source_rows(members *in, const kt_recipe *regions, const kt_recipe *occupations)
{
    const kt_cube *cube = in->month->cube;
    for (size_t r = 0; r < regions->count; r++) {
        for (size_t o = 0; o < occupations->count; o++) {
            const member one = {
                .cube = cube,
                .region = regions->member[r],
                .occupation = occupations->member[o],
                .region_code = kt_codes_at(cube->codes[KT_ROLE_REGION], regions->member[r]),
                .occupation_code =
                    kt_codes_at(cube->codes[KT_ROLE_OCCUPATION], occupations->member[o]),
                .sign = 1.0,
                .may_lack = regions->count > 1};
            add_member(in, &one);
        }
    }
}

static void add_rest(members *in, const kt_recipe *recipe)
{
    add_line(in, kt_rollup_country(in->month->rollup), 1.0, false);
    for (size_t i = 0; i < recipe->lines; i++) {
        add_line(in, recipe->first + i, -1.0, false);
    }
    for (size_t i = 0; i < recipe->count; i++) {
        add_line(in, recipe->member[i], -1.0, true);
    }
}

static const char *made_of(const members *in, const kt_recipe *regions,
                           const kt_recipe *occupations)
{
    kt_arena *arena = in->of->arena;
    const char *level = in->regions[in->region].made_of;
    const bool own = regions->kind != KT_FROM_REST && regions->count * occupations->count == 1;
    if (in->count == 1 && !in->counts[0] && !own) {
        return "nothing but the source's own row, if it has one: figures that are no counts are "
               "not added";
    }
    if (regions->kind == KT_FROM_REST) {
        return "the country less its regions of that level, and less what the source states as "
               "without a place";
    }
    if (regions->kind == KT_FROM_LINES) {
        return kt_arena_print(arena, "the sum of its regions of the level %s (%zu)", level,
                              regions->count);
    }
    if (regions->count > 1) {
        return "the sum of the source's rows of the region and of those merged into it";
    }
    return occupations->count > 1
               ? kt_arena_print(arena, "the sum of its %ss in the source's row (%zu)", in->kind,
                                occupations->count)
               : "the source's own figure";
}

/* How much of a sum is hidden figures, and how much may be. */
static void put_share(const members *in, size_t figure, json_t *inputs)
{
    const kt_cube *slab = in->month->slab;
    const size_t cell = cell_of(in, slab, figure, in->region, in->occupation);
    const kt_obs obs = (kt_obs)slab->status[cell];
    if (in->month->known != NULL && (obs == KT_OBS_ESTIMATED || obs == KT_OBS_UNASSESSED)) {
        kt_why_put_share(in->of, inputs, in->figures[figure].column,
                         kt_protected_share(slab->value[cell], in->month->known->value[cell]));
    }
}

static void put_inputs(const members *in, const kt_recipe *regions, const kt_recipe *occupations)
{
    json_t *inputs = kt_why_section(in->of, "inputs", json_object());
    kt_why_put_text(inputs, "made_of", made_of(in, regions, occupations));
    for (size_t i = 0; i < in->count; i++) {
        if (in->measure[i] == KT_NO_CODE) {
            continue;
        }
        const char *measure = in->figures[i].measure;
        kt_why_put_text(inputs, kt_arena_print(in->of->arena, "%s_content", measure),
                        kt_source_measure(in->month->source, measure)->code);
        kt_why_put_statuses(inputs, kt_arena_print(in->of->arena, "%s_statuses", measure),
                            &in->statuses[i]);
        put_share(in, i, inputs);
    }
    kt_why_list(in->of, "members", &in->rows);
}

/* What the members give, as it would be published: a rest inside its interval, a whole number. What
 * is no count is no sum: several members give nothing. */
static double settled(const members *in, size_t figure)
{
    const sum *total = &in->sums[figure];
    const kt_cube *slab = in->month->slab;
    const size_t cell = cell_of(in, slab, figure, in->region, in->occupation);
    if (!in->counts[figure]) {
        return kt_obs_has_value((kt_obs)slab->status[cell]) ? total->value : NAN;
    }
    if (total->missing || !total->any) {
        return NAN;
    }
    const bool held = in->rest && slab->low[cell] < slab->high[cell] && slab->high[cell] >= 0.0;
    return round(held ? fmin(fmax(total->value, slab->low[cell]), slab->high[cell]) : total->value);
}

static void compare(const members *in)
{
    json_t *list = kt_why_recomputed(in->of);
    for (size_t i = 0; i < in->count; i++) {
        const kt_why_figure *one = &in->figures[i];
        const char *status = kt_why_cell(in->of, one->status);
        if (in->measure[i] != KT_NO_CODE && strcmp(status, "Q") != 0) {
            kt_why_compare(list, one->column, settled(in, i), kt_why_cell(in->of, one->column));
        }
    }
}

static void explain(members *in)
{
    const kt_recipe *region = &kt_rollup_region_recipes(in->month->rollup)[in->region];
    const kt_recipe *occupation = &kt_rollup_occupation_recipes(in->month->rollup)[in->occupation];
    in->rows = kt_why_rows_new(
        1 + region->count * occupation->count + region->lines + region->count, in->of->arena);
    in->rest = region->kind == KT_FROM_REST;
    if (in->rest) {
        add_rest(in, region);
    } else if (region->kind == KT_FROM_SOURCE) {
        add_source_rows(in, region, occupation);
    }
    for (size_t i = 0; region->kind == KT_FROM_LINES && i < region->count; i++) {
        add_line(in, region->member[i], 1.0, false);
    }
    put_inputs(in, region, occupation);
    compare(in);
}

static void find_measures(members *in)
{
    kt_arena *arena = in->of->arena;
    in->measure = kt_arena_array(arena, size_t, in->count + 1);
    in->counts = kt_arena_array(arena, bool, in->count + 1);
    in->sums = kt_arena_array(arena, sum, in->count + 1);
    in->statuses = kt_arena_array(arena, kt_why_statuses, in->count + 1);
    for (size_t i = 0; i < in->count; i++) {
        const char *measure = in->figures[i].measure;
        in->measure[i] = kt_codes_find(in->month->slab->codes[KT_ROLE_MEASURE], measure);
        in->counts[i] = kt_source_counts(in->month->source, measure);
    }
}

/* A table without occupations is of all of them. */
static const char *cell_or_total(const members *in, const char *what)
{
    const char *cell = kt_why_cell(in->of, kt_arena_print(in->of->arena, "%s_%s", in->kind, what));
    return cell[0] == '\0' ? KT_TOTAL : cell;
}

void kt_why_members(const kt_why *of, const kt_why_month *month, const kt_why_figure *figures,
                    size_t count)
{
    if (month->reason != NULL) {
        (void)kt_why_section(of, "inputs", json_string(month->reason));
        return;
    }
    const bool sectors = kt_schema_column(of->schema, "sector_code") != KT_NO_COLUMN;
    members in = {.of = of,
                  .month = month,
                  .kind = sectors ? "sector" : "occupation",
                  .figures = figures,
                  .count = count};
    const size_t regions = kt_rollup_regions(month->rollup, &in.regions);
    const size_t occupations = kt_rollup_occupations(month->rollup, &in.occupations);
    in.region = kt_rollup_line_find(in.regions, regions, kt_why_cell(of, "region_level"),
                                    kt_why_cell(of, "region_code"));
    in.occupation = kt_rollup_line_find(in.occupations, occupations, cell_or_total(&in, "level"),
                                        cell_or_total(&in, "code"));
    if (in.region == KT_NO_CODE || in.occupation == KT_NO_CODE) {
        (void)kt_why_section(of, "inputs",
                             json_string("the configuration of today has no such row"));
        return;
    }
    find_measures(&in);
    explain(&in);
}

kt_status kt_why_observation(const kt_why *of, kt_error *err)
{
    static const kt_why_figure figures[] = {
        {.measure = "unemployed", .column = "unemployed", .status = "unemployed_status"},
        {.measure = "vacancies", .column = "vacancies", .status = "vacancies_status"},
        {.measure = "labour_force", .column = "labour_force", .status = "labour_force_status"},
    };
    kt_why_month month;
    (void)err;
    kt_why_month_open(of, kt_why_cell(of, "source"), kt_why_cell(of, "time_period"), NAN, &month);
    kt_why_members(of, &month, figures, sizeof figures / sizeof figures[0]);
    return KT_OK;
}
