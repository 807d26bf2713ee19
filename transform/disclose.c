/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/disclose.h"

#include <math.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "disclose_groups.h"
#include "disclose_sectors.h"
#include "hiding.h"
#include "rollup_plan.h"

kt_shown kt_shown_parts(const kt_hiding *hiding, const kt_sum *sum)
{
    kt_shown shown = {0};
    for (size_t i = 0; i < sum->count; i++) {
        const kt_obs obs = kt_hiding_obs(hiding, sum->parts[i]);
        const double low = kt_hiding_low(hiding, sum->parts[i]);
        const double high = kt_hiding_high(hiding, sum->parts[i]);
        if (kt_obs_has_value(obs)) {
            shown.known += low;
        } else if (kt_obs_is_hidden(obs)) {
            shown.low += low;
            shown.high += high;
            shown.widest = fmax(shown.widest, high - low);
            shown.hidden++;
        } else if (obs == KT_OBS_MISSING) {
            shown.unknown = true;
        } else if (obs == KT_OBS_NOT_COLLECTED) {
            const size_t row = kt_sum_row(hiding, sum->parts[i]);
            shown.unknown = shown.unknown || !hiding->sums->may_lack[row];
        }
    }
    return shown;
}

bool kt_hide(const kt_hiding *hiding, size_t place, double low, double high, size_t *count)
{
    const size_t cell = kt_plane_cell(&hiding->plane, place);
    kt_cube *cube = hiding->table->cube;
    const kt_obs obs = (kt_obs)cube->status[cell];
    const bool hidden = kt_obs_is_hidden(obs);
    if (hidden && cube->low[cell] == low && cube->high[cell] == high) {
        return false;
    }
    if (!hidden) {
        hiding->was[place] = cube->value[cell];
        hiding->was_obs[place] = cube->status[cell];
        (*count)++;
    }
    cube->status[cell] = kt_obs_is_protected(obs) ? KT_OBS_WIDENED : KT_OBS_COVERED;
    kt_cube_bound(cube, cell, low, high);
    return true;
}

void kt_show(const kt_hiding *hiding, size_t place)
{
    kt_cube_set(hiding->table->cube, kt_plane_cell(&hiding->plane, place), hiding->was[place],
                (kt_obs)hiding->was_obs[place]);
    hiding->was[place] = NAN;
    hiding->covering->totals--;
}

bool kt_is_harmless(const kt_hiding *hiding, const kt_sum *sum, const kt_shown *shown)
{
    const double left = kt_hiding_low(hiding, sum->total) - shown->known;
    const double reach = hiding->plane.high - hiding->plane.low;
    const bool equal = sum->kind == KT_PARTS_MAKE_TOTAL && !shown->unknown;
    const bool beyond = left > shown->high && !(equal && hiding->withdrawn);
    return shown->hidden == 0 || beyond ||
           (equal && left >= shown->low + reach && left <= shown->high - reach);
}

/* Protected cells get the source's limits, withdrawn ones too: nothing may follow from a figure
 * that is not published. Nothing is covered yet. */
static void begin(kt_hiding *hiding, size_t rows)
{
    kt_cube *cube = hiding->table->cube;
    const double low = hiding->plane.low, high = hiding->plane.high;
    for (size_t place = 0; place < rows * hiding->occupations; place++) {
        const size_t cell = kt_plane_cell(&hiding->plane, place);
        hiding->was[place] = NAN;
        hiding->withdrawn |= cube->status[cell] == KT_OBS_WITHDRAWN;
        if (kt_obs_shows_limits((kt_obs)cube->status[cell])) {
            kt_cube_protect(cube, cell, (low + high) / 2.0, low, high);
        }
    }
}

static size_t position_in(const kt_cube *from, const kt_cube *to, kt_role role, size_t position)
{
    return kt_codes_find(to->codes[role], kt_codes_at(from->codes[role], position));
}

/* The cells of the other table that have the totals of this plane's rows. */
static const size_t *find_twins(const kt_reconcile_table *table, const kt_cube *totals,
                                const size_t at[KT_ROLES], kt_arena *arena)
{
    const kt_cube *cube = table->cube;
    const size_t rows = cube->size[KT_ROLE_REGION];
    size_t *twin = kt_arena_array(arena, size_t, rows + 1);
    size_t there[KT_ROLES] = {0};
    bool found = totals != NULL && totals->size[KT_ROLE_OCCUPATION] == 1 &&
                 totals->size[KT_ROLE_SECTOR] == 1 && totals->size[KT_ROLE_GROUP] == 1 &&
                 at[KT_ROLE_GROUP] == kt_place_of_all(table->cube, table->source, KT_ROLE_GROUP) &&
                 !kt_is_part(table, at);
    static const kt_role same[] = {KT_ROLE_PERIOD, KT_ROLE_MEASURE};
    for (size_t i = 0; i < sizeof same / sizeof same[0] && found; i++) {
        there[same[i]] = position_in(cube, totals, same[i], at[same[i]]);
        found = there[same[i]] != KT_NO_CODE;
    }
    for (size_t row = 0; row < rows; row++) {
        there[KT_ROLE_REGION] = found ? position_in(cube, totals, KT_ROLE_REGION, row) : KT_NO_CODE;
        twin[row] = there[KT_ROLE_REGION] == KT_NO_CODE ? KT_NO_CODE : kt_cube_at(totals, there);
    }
    return twin;
}

/* Rows that are sums of other rows. */
static const bool *find_sums(const kt_hiding *hiding, size_t rows)
{
    bool *up = kt_arena_array(hiding->arena, bool, rows + 1);
    for (size_t i = 0; i < hiding->sums->count; i++) {
        const kt_sum *sum = &hiding->sums->at[i];
        up[kt_sum_row(hiding, sum->total)] |= !kt_is_row_sum(hiding, sum);
    }
    return up;
}

static size_t position_of_all(const kt_reconcile_table *table)
{
    const kt_outline *occupations = &table->rollup->occupations;
    const kt_run *totals = kt_outline_run(occupations, KT_TOTAL);
    if (table->cube->size[KT_ROLE_OCCUPATION] == 1) {
        return 0;
    }
    return totals == NULL ? KT_NO_CODE : occupations->recipe[totals->first].member[0];
}

/* Regions before occupations in both directions: what is left of a total needs its parts first. */
static void cover_plane(const kt_hiding *hiding)
{
    if (hiding->occupations > 1) {
        kt_hide_rows(hiding);
    } else {
        kt_hide_twins(hiding);
    }
    kt_hide_regions(hiding);
    kt_hide_country(hiding);
    if (hiding->occupations > 1) {
        kt_hide_columns(hiding);
    }
}

static void cover_at(const kt_reconcile_table *table, const kt_cube *totals,
                     const kt_sum_book *book, const size_t at[KT_ROLES], kt_covering *covering)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("cells to cover", 0);
    const kt_cube *cube = table->cube;
    const kt_rollup *rollup = table->rollup;
    kt_hiding hiding = {.table = table,
                        .totals = totals,
                        .occupations = cube->size[KT_ROLE_OCCUPATION],
                        .total = position_of_all(table),
                        .country = rollup->country,
                        .covering = covering,
                        .arena = scratch};
    if (rollup->country != KT_NO_CODE) {
        hiding.country = rollup->regions.recipe[rollup->country].member[0];
    }
    hiding.plane = kt_plane_at(table, at);
    hiding.sums =
        kt_sums_of(book, cube, at[KT_ROLE_PERIOD], at[KT_ROLE_MEASURE], at[KT_ROLE_GROUP]);
    hiding.sums_up = find_sums(&hiding, cube->size[KT_ROLE_REGION]);
    hiding.twin = find_twins(table, totals, at, scratch);
    const size_t places = cube->size[KT_ROLE_REGION] * hiding.occupations;
    hiding.was = kt_arena_array(scratch, double, places);
    hiding.was_obs = kt_arena_array(scratch, uint8_t, places);
    begin(&hiding, cube->size[KT_ROLE_REGION]);
    cover_plane(&hiding);
}

/* Where the figure of a rate's numerator is hidden: a share, with what it is of, tells the figure.
 */
static void withhold_rate(kt_cube *cube, size_t rate, size_t figure)
{
    for (size_t cell = 0; cell < cube->cells; cell++) {
        const size_t stride = cube->stride[KT_ROLE_MEASURE];
        const size_t other = cell - rate * stride + figure * stride;
        if (cell / stride % cube->size[KT_ROLE_MEASURE] == rate &&
            kt_obs_is_hidden((kt_obs)cube->status[other])) {
            kt_cube_clear(cube, cell, KT_OBS_NOT_COLLECTED);
        }
    }
}

static void withhold_rates(const kt_reconcile_table *table)
{
    static const char *const rates[][2] = {{"unemployment_rate", "unemployed"},
                                           {"vacancy_rate", "vacancies"}};
    const kt_codes *measures = table->cube->codes[KT_ROLE_MEASURE];
    for (size_t i = 0; i < 2 * kt_codes_count(measures); i++) {
        const kt_measure_spec *spec =
            kt_source_measure(table->source, kt_codes_at(measures, i / 2));
        const size_t figure = kt_codes_find(measures, rates[i % 2][1]);
        if (spec != NULL && kt_text_same(spec->base, rates[i % 2][0]) && figure != KT_NO_CODE) {
            withhold_rate(table->cube, i / 2, figure);
        }
    }
}

kt_status kt_disclose_cover(const kt_reconcile_table *table, const kt_cube *totals, kt_arena *arena,
                            kt_covering *out, kt_error *err)
{
    const kt_cube *cube = table->cube;
    if (memcmp(table->rollup->source_size, cube->size, sizeof cube->size) != 0) {
        return kt_fail(err, KT_ERR_BUG, "covering of another cube than the rollup was made for");
    }
    const kt_sum_book book = kt_sums_plan(table, arena);
    *out = (kt_covering){0};
    size_t at[KT_ROLES] = {0};
    do {
        const char *measure = kt_codes_at(cube->codes[KT_ROLE_MEASURE], at[KT_ROLE_MEASURE]);
        if (kt_adds_exactly(table->source, measure) &&
            !kt_is_group_content(table->source, measure) && !kt_is_part(table, at)) {
            cover_at(table, totals, &book, at, out);
        }
    } while (kt_plane_next(cube, at));
    kt_withhold_sectors(table, arena, out);
    kt_withhold_groups(table, arena, out);
    withhold_rates(table);
    return KT_OK;
}

bool kt_disclose_is_fine(const kt_rollup_line *region)
{
    static const char *const fine[] = {"kunta", "seutukunta", "tyollisyysalue"};
    for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++) {
        if (strcmp(region->level, fine[i]) == 0 || strcmp(region->made_of, fine[i]) == 0) {
            return true;
        }
    }
    return false;
}

bool kt_disclose_is_coarse(const char *level)
{
    static const char *const coarse[] = {"country",  "maakunta",        "ely",
                                         "suuralue", "elinvoimakeskus", "coordinator"};
    for (size_t i = 0; i < sizeof coarse / sizeof coarse[0]; i++) {
        if (strcmp(level, coarse[i]) == 0) {
            return true;
        }
    }
    return false;
}
