/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reconcile.h"

#include <math.h>
#include <string.h>

#include "checking.h"
#include "core/cleanup.h"
#include "core/text.h"

#define EXAMPLES  3
#define TOLERANCE 1e-9 /* of figures that are no counts; of those one too many always shows */

static bool has_interval(const kt_cube *cube, size_t cell)
{
    return kt_obs_has_interval((kt_obs)cube->status[cell]);
}

void kt_check_part(const kt_cube *cube, size_t cell, kt_check_sum *sum)
{
    if (has_interval(cube, cell)) {
        sum->low += cube->low[cell];
        sum->high += cube->high[cell];
        sum->parts++;
    } else if (cube->status[cell] != KT_OBS_IMPOSSIBLE) {
        sum->known = false;
    }
}

/* What the parts are above or below their total's interval; at_most: below is no fault. */
static double excess_of(const kt_check_sum *sum, double low, double high, bool at_most)
{
    const double above = sum->low - high;
    return at_most ? above : fmax(above, low - sum->high);
}

static void tell_example(kt_checking *checking, size_t cell, const kt_check_sum *sum)
{
    const kt_cube *cube = checking->cube;
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("an example", 0);
    if (checking->example_count++ >= EXAMPLES) {
        return;
    }
    kt_text_print(&checking->examples, "%s%s parts=%.15g",
                  checking->examples.length > 0 ? "; " : "",
                  kt_cube_coordinates(cube, cell, scratch), sum->low);
    if (sum->high > sum->low) {
        kt_text_print(&checking->examples, "..%.15g", sum->high);
    }
    kt_text_print(&checking->examples, " total=%.15g", cube->low[cell]);
    if (cube->high[cell] > cube->low[cell]) {
        kt_text_print(&checking->examples, "..%.15g", cube->high[cell]);
    }
}

/* Holds a sum against the total in a cell. Each of them is off by up to half of what it is rounded
 * to, so much of an excess is no fault. */
void kt_check_hold(kt_checking *checking, size_t cell, const kt_check_sum *sum, bool at_most)
{
    const kt_cube *cube = checking->cube;
    kt_check *check = checking->check;
    if (!has_interval(cube, cell) || sum->parts == 0 || (!at_most && !sum->known)) {
        return;
    }
    const double excess = excess_of(sum, cube->low[cell], cube->high[cell], at_most) -
                          checking->rounding / 2.0 * (double)(sum->parts + 1);
    check->cells_checked++;
    check->measured = isnan(check->measured) ? excess : fmax(check->measured, excess);
    if (excess > TOLERANCE * fmax(1.0, cube->high[cell])) {
        check->passed = false;
        check->cells_failed++;
        tell_example(checking, cell, sum);
    }
}

kt_checking kt_check_begin(kt_reconciling *job, const char *name, size_t measure, const char *level)
{
    kt_check *check = &job->rows[job->count++];
    const char *code = kt_codes_at(job->cube->codes[KT_ROLE_MEASURE], measure);
    *check = (kt_check){
        .name = name,
        .subject = kt_arena_print(job->arena, "%s %s%s%s", job->source->id, code,
                                  level == NULL ? "" : " ", level == NULL ? "" : level),
        .severity = "hold",
        .passed = true,
        .measured = NAN,
        .threshold = 0.0,
    };
    return (kt_checking){.cube = job->cube,
                         .check = check,
                         .rounding = kt_source_measure(job->source, code)->rounding,
                         .arena = job->arena};
}

void kt_check_end(kt_checking *checking)
{
    checking->check->examples =
        checking->examples.length == 0
            ? ""
            : kt_arena_copy_n(checking->arena, checking->examples.bytes, checking->examples.length);
    kt_text_free(&checking->examples);
}

/* The source's rows of a line, through the lines that it sums. */
void kt_line_rows(const kt_outline *outline, size_t line, kt_source_rows *rows, kt_arena *arena)
{
    size_t *open = kt_arena_array(arena, size_t, outline->count + 1);
    size_t count = 0;
    open[count++] = line;
    while (count > 0) {
        const kt_recipe *recipe = &outline->recipe[open[--count]];
        size_t *to = recipe->kind == KT_FROM_SOURCE ? rows->at + rows->count : open + count;
        memcpy(to, recipe->member, recipe->count * sizeof *to);
        *(recipe->kind == KT_FROM_SOURCE ? &rows->count : &count) += recipe->count;
    }
}

/* All rows of a level: its regions and what the source itself says has no place there. */
static kt_source_rows level_rows(const kt_reconciling *job, const kt_run *run)
{
    const kt_outline *outline = &job->rollup->regions;
    kt_source_rows rows = {kt_arena_array(job->arena, size_t, job->cube->size[KT_ROLE_REGION] + 1),
                           0};
    for (size_t line = run->first; line < outline->count; line++) {
        const bool of_level = strcmp(outline->line[line].level, run->level) == 0;
        if (of_level && outline->recipe[line].kind != KT_FROM_REST) {
            kt_line_rows(outline, line, &rows, job->arena);
        }
    }
    return rows;
}

/* One period of one measure; first is its first cell. */
static void check_period(kt_checking *checking, const kt_source_rows *rows, size_t first,
                         size_t country)
{
    const size_t stride = checking->cube->stride[KT_ROLE_REGION];
    for (size_t i = 0; i < stride; i++) {
        kt_check_sum sum = {.known = true};
        for (size_t r = 0; r < rows->count; r++) {
            kt_check_part(checking->cube, first + rows->at[r] * stride + i, &sum);
        }
        kt_check_hold(checking, first + country * stride + i, &sum, true);
    }
}

static void check_regions(kt_reconciling *job, const kt_run *run, size_t measure)
{
    const kt_cube *cube = job->cube;
    const size_t country = job->rollup->regions.recipe[job->rollup->country].member[0];
    const kt_source_rows rows = level_rows(job, run);
    kt_checking checking = kt_check_begin(job, "regions_within_country", measure, run->level);
    for (size_t p = 0; p < cube->size[KT_ROLE_PERIOD]; p++) {
        check_period(&checking, &rows,
                     p * cube->stride[KT_ROLE_PERIOD] + measure * cube->stride[KT_ROLE_MEASURE],
                     country);
    }
    kt_check_end(&checking);
}

/* The source's occupations, unknown ones included, at the source's own level. */
static kt_source_rows occupation_rows(const kt_reconciling *job, const kt_run *run)
{
    const kt_outline *outline = &job->rollup->occupations;
    kt_source_rows rows = {
        kt_arena_array(job->arena, size_t, job->cube->size[KT_ROLE_OCCUPATION] + 1), 0};
    for (size_t line = run->first; line < outline->count; line++) {
        if (strcmp(outline->line[line].level, run->level) == 0) {
            kt_line_rows(outline, line, &rows, job->arena);
        }
    }
    return rows;
}

/* The occupations of one row of the source against its total. */
static void check_row(kt_checking *checking, const kt_source_rows *rows, size_t row, size_t total,
                      bool at_most)
{
    const kt_cube *cube = checking->cube;
    const size_t stride = cube->stride[KT_ROLE_OCCUPATION];
    for (size_t i = 0; i < stride; i++) {
        kt_check_sum sum = {.known = true};
        for (size_t o = 0; o < rows->count; o++) {
            kt_check_part(cube, row + rows->at[o] * stride + i, &sum);
        }
        kt_check_hold(checking, row + total * stride + i, &sum, at_most);
    }
}

/* All regions but the country, or the country alone. */
static void check_occupations(kt_reconciling *job, const kt_run *run, size_t measure,
                              bool of_country)
{
    const kt_cube *cube = job->cube;
    const kt_outline *outline = &job->rollup->occupations;
    const kt_run *totals = kt_outline_run(outline, KT_TOTAL);
    const size_t total = outline->recipe[totals->first].member[0];
    const size_t country = job->rollup->country == KT_NO_CODE
                               ? KT_NO_CODE
                               : job->rollup->regions.recipe[job->rollup->country].member[0];
    const kt_source_rows rows = occupation_rows(job, run);
    kt_checking checking = kt_check_begin(
        job, of_country ? "occupations_within_country" : "occupations_sum_to_total", measure, NULL);
    const size_t regions = cube->size[KT_ROLE_REGION];
    for (size_t i = 0; i < cube->size[KT_ROLE_PERIOD] * regions; i++) {
        const size_t p = i / regions, r = i % regions;
        if ((r == country) == of_country) {
            check_row(&checking, &rows,
                      p * cube->stride[KT_ROLE_PERIOD] + measure * cube->stride[KT_ROLE_MEASURE] +
                          r * cube->stride[KT_ROLE_REGION],
                      total, of_country || !run->whole);
        }
    }
    kt_check_end(&checking);
}

/* The regions of one coarser region in all sectors of a period, measure and group. */
static void check_nest(kt_checking *checking, const kt_sum *nest, size_t first)
{
    const kt_cube *cube = checking->cube;
    for (size_t s = 0; s < cube->size[KT_ROLE_SECTOR]; s++) {
        const kt_plane plane = {.cube = cube, .first = first + s * cube->stride[KT_ROLE_SECTOR]};
        kt_check_sum sum = {.known = true};
        for (size_t i = 0; i < nest->count; i++) {
            kt_check_part(cube, kt_plane_cell(&plane, nest->parts[i]), &sum);
        }
        kt_check_hold(checking, kt_plane_cell(&plane, nest->total), &sum, true);
    }
}

static void check_nests(kt_checking *checking, const kt_sums *sums, const char *level, size_t first)
{
    for (size_t i = 0; i < sums->count; i++) {
        const kt_sum *nest = &sums->at[i];
        if (nest->level != NULL && strcmp(nest->level, level) == 0) {
            check_nest(checking, nest, first);
        }
    }
}

static bool has_nests(const kt_sum_book *book, const char *level)
{
    size_t found = 0;
    for (size_t d = 0; d < book->day_count; d++) {
        for (size_t i = 0; i < book->of_day[d].count; i++) {
            found += kt_text_same(book->of_day[d].at[i].level, level);
        }
    }
    return found > 0;
}

static void check_nested(kt_reconciling *job, const char *level, size_t measure)
{
    const kt_cube *cube = job->cube;
    if (!has_nests(&job->book, level)) {
        return;
    }
    kt_checking checking = kt_check_begin(job, "regions_within_region", measure, level);
    for (size_t i = 0; i < cube->size[KT_ROLE_PERIOD] * cube->size[KT_ROLE_GROUP]; i++) {
        const size_t p = i / cube->size[KT_ROLE_GROUP], g = i % cube->size[KT_ROLE_GROUP];
        check_nests(&checking, kt_sums_of(&job->book, cube, p, measure, g), level,
                    p * cube->stride[KT_ROLE_PERIOD] + measure * cube->stride[KT_ROLE_MEASURE] +
                        g * cube->stride[KT_ROLE_GROUP]);
    }
    kt_check_end(&checking);
}

static void check_measure(kt_reconciling *job, size_t measure)
{
    const char *const *levels = kt_region_levels();
    if (!kt_source_counts(job->source, kt_codes_at(job->cube->codes[KT_ROLE_MEASURE], measure))) {
        return;
    }
    for (size_t i = 0; levels[i] != NULL; i++) {
        check_nested(job, levels[i], measure);
    }
    const kt_outline *regions = &job->rollup->regions;
    const bool country = job->rollup->country != KT_NO_CODE;
    for (size_t i = 0; i < regions->run_count && country; i++) {
        const kt_run *run = &regions->run[i];
        if (run->count > 0 && strcmp(run->level, "country") != 0 &&
            strcmp(run->level, "own") != 0) {
            check_regions(job, run, measure);
        }
    }
    kt_check_sectors(job, measure);
    const kt_outline *occupations = &job->rollup->occupations;
    const kt_run *run = job->source->occupation_level == NULL
                            ? NULL
                            : kt_outline_run(occupations, job->source->occupation_level);
    if (run == NULL || run->count == 0 || kt_outline_run(occupations, KT_TOTAL) == NULL) {
        return;
    }
    check_occupations(job, run, measure, false);
    if (country) {
        check_occupations(job, run, measure, true);
    }
}

kt_status kt_reconcile_checks(const kt_reconcile_table *table, kt_arena *arena, kt_checks *out,
                              kt_error *err)
{
    const kt_cube *cube = table->cube;
    const kt_rollup *rollup = table->rollup;
    if (memcmp(rollup->source_size, cube->size, sizeof cube->size) != 0) {
        return kt_fail(err, KT_ERR_BUG, "checks of another cube than the rollup was made for");
    }
    const size_t measures = cube->size[KT_ROLE_MEASURE];
    kt_reconciling job = {.cube = cube, .source = table->source, .rollup = rollup, .arena = arena};
    job.book = kt_sums_plan(table, arena);
    size_t levels = 0;
    while (kt_region_levels()[levels] != NULL) {
        levels++;
    }
    job.rows = kt_arena_array(
        arena, kt_check, measures * (rollup->regions.run_count + levels + 2 + KT_SECTOR_CHECKS));
    for (size_t m = 0; m < measures; m++) {
        check_measure(&job, m);
    }
    *out = (kt_checks){job.rows, job.count};
    return KT_OK;
}
