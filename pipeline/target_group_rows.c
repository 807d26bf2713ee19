/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "target_group_rows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "core/cells.h"
#include "core/cleanup.h"
#include "core/codes.h"
#include "core/period.h"
#include "transform/assess.h"
#include "transform/disclose.h"

enum {
    TIME_PERIOD,
    PERIOD_START,
    REGION_LEVEL,
    REGION_CODE,
    GROUP_CODE,
    PERSONS,
    PERSONS_LOW,
    PERSONS_HIGH,
    SHARE_OF_UNEMPLOYED,
    OBS_STATUS,
    COLUMNS
};

static const char *const names[COLUMNS] = {
    "time_period", "period_start", "region_level", "region_code",         "group_code",
    "persons",     "persons_low",  "persons_high", "share_of_unemployed", "obs_status",
};

/* A region of the roll-up, in the order of the rows. */
typedef struct line {
    kt_ready_cell level, code;
    size_t at;
    bool by_cause; /* a part of what is in no region of the level: _X1, _X2, _X3 */
} line;

typedef struct shown_group {
    const kt_target_group *group;
    kt_ready_cell code;
} shown_group;

struct kt_target_group_rows {
    const kt_target_group_feed *feed;
    const kt_schema *schema;
    line *lines;
    size_t line_count;
    shown_group *groups;
    size_t group_count;
};

static int by_level_and_code(const void *a, const void *b)
{
    const line *left = a;
    const line *right = b;
    const int levels = strcmp(left->level.text, right->level.text);
    return levels != 0 ? levels : strcmp(left->code.text, right->code.text);
}

static void gather_lines(kt_target_group_rows *all, kt_arena *arena)
{
    const kt_rollup_line *lines = NULL;
    const size_t count = kt_rollup_regions(all->feed->rollup, &lines);
    all->lines = kt_arena_array(arena, line, count + 1);
    for (size_t i = 0; i < count; i++) {
        if (!all->feed->strict || kt_disclose_is_coarse(lines[i].level)) {
            all->lines[all->line_count++] = (line){
                .level = kt_cell_ready(all->schema, REGION_LEVEL, lines[i].level, arena),
                .code = kt_cell_ready(all->schema, REGION_CODE, lines[i].code, arena),
                .at = i,
                .by_cause = lines[i].code[0] == '_' && strcmp(lines[i].code, "_X") != 0,
            };
        }
    }
    qsort(all->lines, all->line_count, sizeof *all->lines, by_level_and_code);
}

static void gather_groups(kt_target_group_rows *all, kt_arena *arena)
{
    size_t most = 0;
    while (kt_target_group_at(most) != NULL) {
        most++;
    }
    all->groups = kt_arena_array(arena, shown_group, most + 1);
    for (size_t i = 0; i < most; i++) {
        const kt_target_group *group = kt_target_group_at(i);
        if (kt_target_group_is_in(group, all->feed->source)) {
            all->groups[all->group_count++] =
                (shown_group){group, kt_cell_ready(all->schema, GROUP_CODE, group->code, arena)};
        }
    }
}

kt_status kt_target_group_rows_new(const kt_target_group_feed *feed, const kt_schema *schema,
                                   kt_arena *arena, kt_target_group_rows **out, kt_error *err)
{
    kt_target_group_rows *all = kt_arena_new(arena, kt_target_group_rows);
    *all = (kt_target_group_rows){.feed = feed, .schema = schema};
    KT_TRY(kt_schema_expect(schema, names, COLUMNS, err));
    gather_lines(all, arena);
    gather_groups(all, arena);
    *out = all;
    return KT_OK;
}

/* All figures of one measure lie together, one a region: a feed has regions alone. */
static bool is_collected(const kt_cube *slab, size_t measure)
{
    const size_t first = measure * slab->stride[KT_ROLE_MEASURE];
    for (size_t i = 0; i < slab->stride[KT_ROLE_MEASURE]; i++) {
        if (slab->status[first + i] != KT_OBS_NOT_COLLECTED) {
            return true;
        }
    }
    return false;
}

static size_t cell_of(const kt_cube *slab, size_t measure, size_t region)
{
    return measure * slab->stride[KT_ROLE_MEASURE] + region * slab->stride[KT_ROLE_REGION];
}

/* A part of a sum: what sums count it as, and its ends as they are published. Of a withdrawn figure
 * the point is the figure itself, and the other parts stand beside the sum. */
static void add_part(kt_cell_row sum, const kt_cube *slab, const kt_source *source, size_t cell)
{
    const kt_published_figure told = kt_figure_published(slab, cell, source, true);
    kt_interval is = {slab->value[cell], told.is.low, told.is.high};
    if (slab->status[cell] == KT_OBS_WITHDRAWN) {
        is.value = (is.low + is.high) / 2.0;
    }
    kt_cell_add(sum, 0, (kt_cell_row){&is.value, &is.low, &is.high, &slab->status[cell]}, 0);
}

/* The place of a measure that is a part of the group and is collected, else KT_NO_CODE. */
static size_t part_place(const kt_target_group *group, const kt_marked_month *of, size_t measure)
{
    const kt_measure_spec *spec = &of->source->measures[measure];
    const size_t at = kt_codes_find(of->slab->codes[KT_ROLE_MEASURE], spec->measure);
    return kt_target_group_has_part(group, spec) && at != KT_NO_CODE && is_collected(of->slab, at)
               ? at
               : KT_NO_CODE;
}

/* A sum with its point, and the known part of that. */
typedef struct group_sum {
    kt_interval is;
    kt_obs obs;
    double known;
} group_sum;

static group_sum sum_of(const kt_target_group *group, const kt_marked_month *of, size_t region)
{
    group_sum sum = {.obs = KT_OBS_NOT_COLLECTED};
    uint8_t status = KT_OBS_NOT_COLLECTED;
    const kt_cell_row row = {&sum.is.value, &sum.is.low, &sum.is.high, &status};
    bool any = false;
    kt_cell_row_begin(row, 1);
    for (size_t i = 0; i < of->source->measure_count; i++) {
        const size_t at = part_place(group, of, i);
        if (at == KT_NO_CODE) {
            continue;
        }
        const size_t cell = cell_of(of->slab, at, region);
        add_part(row, of->slab, of->source, cell);
        sum.known += of->known != NULL && kt_obs_has_interval((kt_obs)of->slab->status[cell])
                         ? of->known->value[cell]
                         : 0.0;
        any = true;
    }
    sum.obs = any ? (kt_obs)status : KT_OBS_NOT_COLLECTED;
    return sum;
}

static double share_in(const group_sum *sum, const kt_marked_month *of)
{
    return of->known == NULL ? 0.0 : kt_protected_share(sum->is.value, sum->known);
}

double kt_target_group_share(const kt_target_group *group, const kt_marked_month *month,
                             size_t region)
{
    const group_sum sum = sum_of(group, month, region);
    return share_in(&sum, month);
}

/* As kt_assess_mark_sums does with the sums of a roll-up. */
static bool is_assessable(const group_sum *sum, const kt_marked_month *of, size_t region)
{
    if (of->known == NULL) {
        return true;
    }
    const bool is_rest = kt_rollup_region_recipes(of->rollup)[region].kind == KT_FROM_REST;
    return is_rest || !(sum->is.low < sum->is.high) ||
           !(share_in(sum, of) > of->protected_share_limit);
}

static kt_published_figure published_sum(const kt_target_group *group, const kt_marked_month *of,
                                         size_t region)
{
    const group_sum sum = sum_of(group, of, region);
    const bool hidden = kt_obs_is_hidden(sum.obs) ||
                        (kt_obs_has_value(sum.obs) && !is_assessable(&sum, of, region));
    kt_published_figure told = {sum.is, hidden ? KT_OBS_PROTECTED : sum.obs};
    told.is.value = hidden ? NAN : round(sum.is.value);
    return told;
}

kt_published_figure kt_target_group_figure(const kt_target_group *group,
                                           const kt_marked_month *month, size_t region)
{
    if (group->is_sum) {
        return published_sum(group, month, region);
    }
    const size_t at = kt_codes_find(month->slab->codes[KT_ROLE_MEASURE], group->measure);
    return at == KT_NO_CODE || !is_collected(month->slab, at)
               ? (kt_published_figure){{NAN, NAN, NAN}, KT_OBS_NOT_COLLECTED}
               : kt_figure_published(month->slab, cell_of(month->slab, at, region), month->source,
                                     true);
}

/* One period on its way to rows. */
typedef struct month {
    const kt_target_group_rows *all;
    const kt_marked_month *figures;
    kt_ready_cell period, start;
    bool *counted; /* of each group: somebody counts it in this period */
} month;

static double share_of(const month *of, const shown_group *shown,
                       const kt_published_figure *persons, size_t region)
{
    const kt_target_group *all = kt_target_group_find("unemployed");
    const kt_published_figure unemployed = kt_target_group_figure(all, of->figures, region);
    const bool known = kt_obs_has_value(persons->obs) && kt_obs_has_value(unemployed.obs);
    if (!shown->group->of_unemployed || !known || !(unemployed.is.value > 0.0)) {
        return NAN;
    }
    const double share = persons->is.value / unemployed.is.value;
    return share >= 0.0 && share <= 1.0 ? share : NAN;
}

/* A row of what is withheld would say no more, nor is what it is a part of divided by causes then.
 */
static bool is_withheld(const month *of, const line *region, const shown_group *shown, kt_obs obs)
{
    return of->all->feed->strict &&
           (obs == KT_OBS_NOT_COLLECTED ||
            (region->by_cause && strcmp(shown->group->code, "unemployed") != 0));
}

static kt_status add_row(const month *of, const line *region, const shown_group *shown,
                         kt_rows *rows, kt_error *err)
{
    const kt_published_figure persons =
        kt_target_group_figure(shown->group, of->figures, region->at);
    if (is_withheld(of, region, shown, persons.obs)) {
        return KT_OK;
    }
    kt_rows_ready(rows, TIME_PERIOD, &of->period);
    kt_rows_ready(rows, PERIOD_START, &of->start);
    kt_rows_ready(rows, REGION_LEVEL, &region->level);
    kt_rows_ready(rows, REGION_CODE, &region->code);
    kt_rows_ready(rows, GROUP_CODE, &shown->code);
    kt_rows_number(rows, PERSONS, persons.is.value);
    kt_rows_number(rows, PERSONS_LOW, persons.is.low);
    kt_rows_number(rows, PERSONS_HIGH, persons.is.high);
    kt_rows_number(rows, SHARE_OF_UNEMPLOYED, share_of(of, shown, &persons, region->at));
    kt_rows_status(rows, OBS_STATUS, persons.obs);
    return kt_rows_end(rows, err);
}

/* A group that nobody counts in the period has no rows there. */
static void find_counted(month *of, kt_arena *arena)
{
    const kt_target_group_rows *all = of->all;
    of->counted = kt_arena_array(arena, bool, all->group_count + 1);
    for (size_t i = 0; i < all->group_count * all->line_count; i++) {
        const size_t group = i / all->line_count;
        const kt_published_figure one = kt_target_group_figure(
            all->groups[group].group, of->figures, all->lines[i % all->line_count].at);
        of->counted[group] = of->counted[group] || one.obs != KT_OBS_NOT_COLLECTED;
    }
}

kt_status kt_target_group_rows_add(const kt_target_group_rows *all, size_t period, kt_rows *rows,
                                   kt_error *err)
{
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("target groups of a period", 0);
    const kt_target_group_feed *feed = all->feed;
    char start[KT_PERIOD_SIZE];
    kt_period at;
    kt_marked_month figures;
    const kt_marked_table table = {.source = feed->source,
                                   .cube = feed->cube,
                                   .rollup = feed->rollup,
                                   .breaks = feed->breaks,
                                   .protected_share_limit = feed->protected_share_limit};
    const char *name = kt_codes_at(feed->cube->codes[KT_ROLE_PERIOD], period);
    if (!kt_period_read(name, &at)) {
        return kt_fail(err, KT_ERR_FORMAT, "\"%s\" is no period", name);
    }
    KT_TRY(kt_marked_month_open(&table, period, arena, &figures, err));
    month of = {.all = all,
                .figures = &figures,
                .period = kt_cell_ready(all->schema, TIME_PERIOD, name, arena),
                .start =
                    kt_cell_ready(all->schema, PERIOD_START, kt_period_start(at, start), arena)};
    find_counted(&of, arena);
    for (size_t i = 0; i < all->line_count * all->group_count; i++) {
        const size_t group = i % all->group_count;
        KT_TRY(of.counted[group]
                   ? add_row(&of, &all->lines[i / all->group_count], &all->groups[group], rows, err)
                   : KT_OK);
    }
    return KT_OK;
}
