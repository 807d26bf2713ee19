/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/cells.h"
#include "rollup_plan.h"

/*
 * A slab is filled line by line, in the order of the regions: rows of the source first, then sums
 * of lines, then what is left over. A row is all occupations, sectors and groups of one region and
 * measure; its cells lie together. Status M is the neutral element of a sum: a figure that cannot
 * exist adds nothing, and a cell to which nothing was added yet is M.
 */

static void add_row(kt_cell_row to, kt_cell_row from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        kt_cell_add(to, i, from, i);
    }
}

/* As add_row, but what was not collected is left out: a municipality that the edition does not
 * list. */
static void add_collected(kt_cell_row to, kt_cell_row from, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (from.status[i] == KT_OBS_NOT_COLLECTED && to.status[i] != KT_OBS_IMPOSSIBLE) {
            continue;
        }
        if (to.status[i] == KT_OBS_NOT_COLLECTED) {
            to.status[i] = KT_OBS_IMPOSSIBLE;
        }
        kt_cell_add(to, i, from, i);
    }
}

static kt_cell_row cells_after(kt_cell_row row, size_t at)
{
    return (kt_cell_row){row.value + at, row.low + at, row.high + at, row.status + at};
}

static void leave_out(kt_cell_row row, size_t count)
{
    kt_cell_row_begin(row, count);
    memset(row.status, KT_OBS_NOT_COLLECTED, count);
}

/* to -= from, in intervals: what is left is least where the parts are most. */
static void subtract_row(kt_cell_row to, kt_cell_row from, size_t count, bool collected_only)
{
    for (size_t i = 0; i < count; i++) {
        const kt_obs part = (kt_obs)from.status[i];
        if (part == KT_OBS_IMPOSSIBLE || to.status[i] == KT_OBS_IMPOSSIBLE ||
            (collected_only && part == KT_OBS_NOT_COLLECTED) ||
            (kt_obs_is_hidden((kt_obs)to.status[i]) && kt_cell_is_zero(from, i))) {
            continue;
        }
        to.value[i] -= from.value[i];
        to.low[i] -= from.high[i];
        to.high[i] -= from.low[i];
        to.status[i] = (uint8_t)kt_cell_join((kt_obs)to.status[i], part);
    }
}

/*
 * What is left cannot be below zero, for the country is at least its parts; so an interval is cut
 * at zero and its point is held inside it. A figure without an interval stays as it is: parts above
 * the total must show.
 */
static void hold_inside(kt_cell_row row, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!(row.low[i] < row.high[i]) || row.high[i] < 0.0) {
            continue;
        }
        row.low[i] = fmax(row.low[i], 0.0);
        row.value[i] = fmin(fmax(row.value[i], row.low[i]), row.high[i]);
    }
}

/* One period of one measure on its way. */
typedef struct kt_rolling {
    const kt_rollup *rollup;
    const kt_cube *cube, *slab;
    size_t from, to;     /* first cells of the measure */
    size_t inner;        /* cells of one occupation of the source: sectors x groups */
    size_t row;          /* cells of a row of the slab */
    bool counted;        /* the measure's figures may be added */
    double rounding;     /* of the measure; 0: its figures are exact */
    const size_t *rows;  /* of the source, that each line of regions is made of */
    kt_cell_row scratch; /* a row */
    kt_cell_row
        unfolded; /* our occupations by the source's sectors; not there where these are ours */
} kt_rolling;

static kt_cell_row slab_row(const kt_rolling *rolling, size_t line)
{
    return kt_cell_row_at(rolling->slab,
                          rolling->to + line * rolling->slab->stride[KT_ROLE_REGION]);
}

static kt_cell_row source_row(const kt_rolling *rolling, size_t region)
{
    return kt_cell_row_at(rolling->cube,
                          rolling->from + region * rolling->cube->stride[KT_ROLE_REGION]);
}

/* The sectors of each of our occupations, summed into our lines. */
static void sum_sectors(const kt_rolling *rolling, kt_cell_row to)
{
    const kt_outline *outline = &rolling->rollup->sectors;
    const size_t groups = rolling->slab->stride[KT_ROLE_SECTOR];
    kt_cell_row_begin(to, rolling->row);
    for (size_t i = 0; i < rolling->rollup->occupations.count * outline->count; i++) {
        const kt_recipe *recipe = &outline->recipe[i % outline->count];
        const kt_cell_row from =
            cells_after(rolling->unfolded, i / outline->count * rolling->inner);
        const kt_cell_row sum = cells_after(to, i * groups);
        for (size_t m = 0; m < recipe->count; m++) {
            add_row(sum, cells_after(from, recipe->member[m] * groups), groups);
        }
        if (!rolling->counted && recipe->count > 1) {
            leave_out(sum, groups);
        }
    }
}

/* The occupations and sectors of one row of the source, summed into our lines. */
static void sum_occupations(const kt_rolling *rolling, kt_cell_row source, kt_cell_row sums)
{
    const kt_outline *outline = &rolling->rollup->occupations;
    const size_t inner = rolling->inner;
    const bool folds = rolling->unfolded.value != NULL;
    const kt_cell_row to = folds ? rolling->unfolded : sums;
    kt_cell_row_begin(to, outline->count * inner);
    for (size_t line = 0; line < outline->count; line++) {
        const kt_recipe *recipe = &outline->recipe[line];
        const kt_cell_row sum = cells_after(to, line * inner);
        for (size_t m = 0; m < recipe->count; m++) {
            add_row(sum, cells_after(source, recipe->member[m] * inner), inner);
        }
        if (!rolling->counted && recipe->count > 1) {
            leave_out(sum, inner);
        }
    }
    if (folds) {
        sum_sectors(rolling, sums);
    }
}

static void fill_from_source(const kt_rolling *rolling, const kt_recipe *recipe, kt_cell_row to)
{
    for (size_t m = 0; m < recipe->count; m++) {
        const kt_cell_row source = source_row(rolling, recipe->member[m]);
        if (recipe->count == 1) {
            sum_occupations(rolling, source, to);
            return;
        }
        sum_occupations(rolling, source, rolling->scratch);
        add_collected(to, rolling->scratch, rolling->row);
    }
}

static bool is_own_row(const kt_rolling *rolling, size_t line)
{
    const kt_rollup_line *is = &rolling->rollup->regions.line[line];
    const size_t first = rolling->rollup->regions.recipe[line].member[0];
    return strcmp(is->made_of, "source") == 0 ||
           strcmp(kt_codes_at(rolling->cube->codes[KT_ROLE_REGION], first), is->code) == 0;
}

/* A figure beside those of predecessors is of another division: it is not of the whole region. */
static void leave_out_divided(kt_cell_row row, kt_cell_row other, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (other.status[i] != KT_OBS_NOT_COLLECTED && other.status[i] != KT_OBS_IMPOSSIBLE) {
            leave_out(cells_after(row, i), 1);
        }
    }
}

/* A line of a figure that is no count: the region's own row of the source, or the one line that it
 * consists of. */
static void fill_own(const kt_rolling *rolling, size_t line, kt_cell_row to)
{
    const kt_recipe *recipe = &rolling->rollup->regions.recipe[line];
    leave_out(to, rolling->row);
    if (recipe->kind == KT_FROM_LINES && recipe->count == 1) {
        kt_cell_row_begin(to, rolling->row);
        add_row(to, slab_row(rolling, recipe->member[0]), rolling->row);
    }
    if (recipe->kind != KT_FROM_SOURCE || !is_own_row(rolling, line)) {
        return;
    }
    sum_occupations(rolling, source_row(rolling, recipe->member[0]), to);
    for (size_t m = 1; m < recipe->count; m++) {
        sum_occupations(rolling, source_row(rolling, recipe->member[m]), rolling->scratch);
        leave_out_divided(to, rolling->scratch, rolling->row);
    }
}

/* Of how many rows of the source each line of regions is made; a line sums lines before it. */
static const size_t *count_rows(const kt_outline *outline, kt_arena *arena)
{
    size_t *rows = kt_arena_array(arena, size_t, outline->count + 1);
    for (size_t line = 0; line < outline->count; line++) {
        const kt_recipe *recipe = &outline->recipe[line];
        rows[line] = recipe->kind == KT_FROM_SOURCE ? recipe->count : 0;
        for (size_t m = 0; m < recipe->count && recipe->kind == KT_FROM_LINES; m++) {
            rows[line] += rows[recipe->member[m]];
        }
    }
    return rows;
}

/* Those that what is left over was computed from. */
static size_t rows_of_rest(const kt_rolling *rolling, const kt_recipe *recipe)
{
    size_t rows = rolling->rows[rolling->rollup->country];
    for (size_t i = 0; i < recipe->lines; i++) {
        rows += rolling->rows[recipe->first + i];
    }
    for (size_t i = 0; i < recipe->count; i++) {
        rows += rolling->rows[recipe->member[i]];
    }
    return rows;
}

/*
 * Each figure of the source is off by up to half of what it is rounded to, so what they leave over
 * is known to within all these halves: an estimate between what is left at the least and at most.
 */
static void widen_by_rounding(const kt_rolling *rolling, size_t rows, kt_cell_row row)
{
    const kt_outline *occupations = &rolling->rollup->occupations;
    const kt_outline *sectors = &rolling->rollup->sectors;
    const size_t groups = rolling->slab->stride[KT_ROLE_SECTOR];
    for (size_t i = 0; i < rolling->row; i++) {
        const size_t cells = occupations->recipe[i / groups / sectors->count].count *
                             sectors->recipe[i / groups % sectors->count].count * rows;
        const kt_obs obs = (kt_obs)row.status[i];
        if (!kt_obs_has_value(obs)) {
            continue;
        }
        row.low[i] -= rolling->rounding / 2.0 * (double)cells;
        row.high[i] += rolling->rounding / 2.0 * (double)cells;
        row.status[i] = (uint8_t)kt_cell_join(obs, KT_OBS_ESTIMATED);
    }
}

static void fill_rest(const kt_rolling *rolling, const kt_recipe *recipe, kt_cell_row to)
{
    add_row(to, slab_row(rolling, rolling->rollup->country), rolling->row);
    for (size_t i = 0; i < recipe->lines; i++) {
        subtract_row(to, slab_row(rolling, recipe->first + i), rolling->row, false);
    }
    for (size_t i = 0; i < recipe->count; i++) {
        subtract_row(to, slab_row(rolling, recipe->member[i]), rolling->row, true);
    }
    if (rolling->rounding > 0.0) {
        widen_by_rounding(rolling, rows_of_rest(rolling, recipe), to);
    }
    hold_inside(to, rolling->row);
}

static void fill_line(const kt_rolling *rolling, size_t line)
{
    const kt_recipe *recipe = &rolling->rollup->regions.recipe[line];
    const kt_cell_row to = slab_row(rolling, line);
    kt_cell_row_begin(to, rolling->row);
    if (!rolling->counted) {
        fill_own(rolling, line, to);
    } else if (recipe->kind == KT_FROM_SOURCE) {
        fill_from_source(rolling, recipe, to);
    } else if (recipe->kind == KT_FROM_REST) {
        fill_rest(rolling, recipe, to);
    } else {
        for (size_t i = 0; i < recipe->count; i++) {
            add_row(to, slab_row(rolling, recipe->member[i]), rolling->row);
        }
    }
}

static kt_status make_slab(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                           kt_arena *arena, kt_cube **out, kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    memcpy(codes, cube->codes, sizeof codes);
    codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    (void)kt_codes_add(codes[KT_ROLE_PERIOD], kt_codes_at(cube->codes[KT_ROLE_PERIOD], period),
                       NULL);
    codes[KT_ROLE_REGION] = rollup->regions.codes;
    codes[KT_ROLE_OCCUPATION] = rollup->occupations.codes;
    codes[KT_ROLE_SECTOR] = rollup->sectors.codes;
    return kt_cube_new(arena, codes, out, err);
}

static kt_cell_row scratch_row(size_t count, kt_arena *arena)
{
    return (kt_cell_row){kt_arena_array(arena, double, count), kt_arena_array(arena, double, count),
                         kt_arena_array(arena, double, count),
                         kt_arena_array(arena, uint8_t, count)};
}

static double rounding_of(const kt_source *source, const char *measure)
{
    const kt_measure_spec *spec = kt_source_measure(source, measure);
    return spec == NULL ? 0.0 : spec->rounding;
}

kt_status kt_rollup_period(const kt_rollup *rollup, const kt_cube *cube, size_t period,
                           kt_arena *arena, kt_cube **out, kt_error *err)
{
    size_t size[KT_ROLES]; /* the periods and measures may be others */
    memcpy(size, cube->size, sizeof size);
    size[KT_ROLE_PERIOD] = rollup->source_size[KT_ROLE_PERIOD];
    size[KT_ROLE_MEASURE] = rollup->source_size[KT_ROLE_MEASURE];
    if (memcmp(rollup->source_size, size, sizeof size) != 0 ||
        period >= cube->size[KT_ROLE_PERIOD]) {
        return kt_fail(err, KT_ERR_BUG, "period %zu of another cube than the rollup was made for",
                       period);
    }
    kt_cube *slab = NULL;
    KT_TRY(make_slab(rollup, cube, period, arena, &slab, err));
    kt_rolling rolling = {.rollup = rollup, .cube = cube, .slab = slab};
    rolling.inner = cube->stride[KT_ROLE_OCCUPATION];
    rolling.row = slab->stride[KT_ROLE_REGION];
    rolling.rows = count_rows(&rollup->regions, arena);
    rolling.scratch = scratch_row(rolling.row, arena);
    if (!rollup->plain_sectors) {
        rolling.unfolded = scratch_row(rollup->occupations.count * rolling.inner, arena);
    }
    for (size_t m = 0; m < cube->size[KT_ROLE_MEASURE]; m++) {
        rolling.from = period * cube->stride[KT_ROLE_PERIOD] + m * cube->stride[KT_ROLE_MEASURE];
        rolling.to = m * slab->stride[KT_ROLE_MEASURE];
        const char *measure = kt_codes_at(cube->codes[KT_ROLE_MEASURE], m);
        rolling.counted = kt_source_counts(rollup->source, measure);
        rolling.rounding = rounding_of(rollup->source, measure);
        for (size_t line = 0; line < rollup->regions.count; line++) {
            fill_line(&rolling, line);
        }
    }
    *out = slab;
    return KT_OK;
}

kt_status kt_cube_take_period(const kt_cube *cube, size_t period, kt_arena *arena, kt_cube **out,
                              kt_error *err)
{
    kt_codes *codes[KT_ROLES];
    memcpy(codes, cube->codes, sizeof codes);
    codes[KT_ROLE_PERIOD] = kt_codes_new(arena);
    (void)kt_codes_add(codes[KT_ROLE_PERIOD], kt_codes_at(cube->codes[KT_ROLE_PERIOD], period),
                       NULL);
    kt_cube *taken = NULL;
    KT_TRY(kt_cube_new(arena, codes, &taken, err));
    const size_t first = period * cube->stride[KT_ROLE_PERIOD];
    memcpy(taken->value, cube->value + first, taken->cells * sizeof *taken->value);
    memcpy(taken->low, cube->low + first, taken->cells * sizeof *taken->low);
    memcpy(taken->high, cube->high + first, taken->cells * sizeof *taken->high);
    memcpy(taken->status, cube->status + first, taken->cells);
    *out = taken;
    return KT_OK;
}
