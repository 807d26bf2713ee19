/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/market.h"

#include <math.h>

#include "analysis/tightness.h"
#include "sum.h"

/* The gathered arrays while they are filled. */
typedef struct gathered {
    double *value, *low, *high;
} gathered;

static size_t place_of(const kt_market_slab *slab, size_t measure, size_t region, size_t occupation)
{
    const size_t at[KT_ROLES] = {
        [KT_ROLE_MEASURE] = measure,       [KT_ROLE_REGION] = region,
        [KT_ROLE_OCCUPATION] = occupation, [KT_ROLE_SECTOR] = slab->sector,
        [KT_ROLE_GROUP] = slab->group,
    };
    return kt_cube_at(slab->cube, at);
}

static bool is_inside(const kt_market_slab *slab, size_t region, size_t occupation)
{
    const size_t *size = slab->cube->size;
    return region < size[KT_ROLE_REGION] && occupation < size[KT_ROLE_OCCUPATION];
}

static kt_status refuse_position(const kt_market *market, const char *what, kt_error *err)
{
    return kt_fail(err, KT_ERR_BUG, "market %s in %s: %s lies outside the slab", market->name,
                   market->scope, what);
}

static kt_status check_slab(const kt_market *market, const kt_market_slab *slab, kt_error *err)
{
    const size_t *size = slab->cube->size;
    const bool fits = size[KT_ROLE_PERIOD] == 1 && slab->unemployed < size[KT_ROLE_MEASURE] &&
                      slab->vacancies < size[KT_ROLE_MEASURE] &&
                      slab->sector < size[KT_ROLE_SECTOR] && slab->group < size[KT_ROLE_GROUP];
    return fits ? KT_OK : refuse_position(market, "a measure, sector, group or period", err);
}

static kt_status check_positions(const kt_market *market, const kt_market_slab *slab, kt_error *err)
{
    KT_TRY(check_slab(market, slab, err));
    for (size_t i = 0; i < market->cell_count; i++) {
        if (!is_inside(slab, market->region[i], market->occupation[i])) {
            return refuse_position(market, "a cell", err);
        }
    }
    if (market->scope_region != KT_NO_CODE &&
        !is_inside(slab, market->scope_region, market->scope_occupation)) {
        return refuse_position(market, "the scope's row", err);
    }
    const bool unknown = market->unknown_occupation != KT_NO_CODE;
    for (size_t i = 0; i < market->margin_count; i++) {
        if (!is_inside(slab, market->margin_region[i], market->total_occupation) ||
            (unknown && !is_inside(slab, market->margin_region[i], market->unknown_occupation))) {
            return refuse_position(market, "a margin", err);
        }
    }
    return KT_OK;
}

/* The figure at a place, NAN where it has none. */
static kt_interval figure_at(const kt_cube *cube, size_t place)
{
    const kt_obs obs = (kt_obs)cube->status[place];
    if (!kt_obs_has_interval(obs)) {
        return (kt_interval){NAN, NAN, NAN};
    }
    return (kt_interval){cube->value[place], cube->low[place], cube->high[place]};
}

static kt_status gather_figure(const kt_cube *cube, size_t place, kt_arena *arena, kt_interval *out,
                               kt_error *err)
{
    const kt_interval figure = figure_at(cube, place);
    const bool possible =
        figure.low >= 0.0 && figure.low <= figure.value && figure.value <= figure.high;
    if (!possible && !isnan(figure.value)) {
        return kt_fail(err, KT_ERR_DATA, "%s: %.17g between %.17g and %.17g is no count",
                       kt_cube_coordinates(cube, place, arena), figure.value, figure.low,
                       figure.high);
    }
    *out = figure;
    return KT_OK;
}

static gathered gathered_new(size_t count, kt_arena *arena)
{
    double *block = kt_arena_array(arena, double, 3 * count);
    return (gathered){.value = block, .low = block + count, .high = block + 2 * count};
}

static void gathered_set(gathered *to, size_t i, kt_interval figure)
{
    to->value[i] = figure.value;
    to->low[i] = figure.low;
    to->high[i] = figure.high;
}

/* What the statuses of the cells come to. */
typedef struct tally {
    kt_sum unemployed, vacancies;
    size_t used, hidden;
    kt_obs worst_used, absent;
} tally;

/* A break says nothing of what a figure holds, but its interval does. */
static bool holds_protected(kt_obs obs, kt_interval figure)
{
    return kt_obs_is_hidden(obs) || obs == KT_OBS_ESTIMATED || figure.low < figure.high;
}

static kt_obs inside_a_sum(kt_obs obs)
{
    return kt_obs_is_hidden(obs) ? KT_OBS_ESTIMATED : obs;
}

/* Why a cell cannot be used: what is protected could be. */
static kt_obs absence(kt_obs obs)
{
    return kt_obs_has_interval(obs) ? KT_OBS_OBSERVED : obs;
}

static void count_cell(tally *of, kt_obs u, kt_obs v, kt_interval seekers, kt_interval posts)
{
    if (isnan(seekers.value) || isnan(posts.value)) {
        of->absent = kt_obs_worse(of->absent, kt_obs_worse(absence(u), absence(v)));
        return;
    }
    const kt_obs shown = kt_obs_worse(inside_a_sum(u), inside_a_sum(v));
    of->worst_used = kt_obs_worse(of->worst_used, shown);
    of->used++;
    of->hidden += holds_protected(u, seekers) || holds_protected(v, posts);
    kt_sum_add(&of->unemployed, seekers.value);
    kt_sum_add(&of->vacancies, posts.value);
}

/* The sum of total less unknown over the margin's rows; NAN where one has no figure. */
static kt_interval margin_of(const kt_market *market, const kt_market_slab *slab, size_t measure)
{
    if (market->margin_count == 0) {
        return (kt_interval){NAN, NAN, NAN};
    }
    kt_interval sum = {0};
    for (size_t i = 0; i < market->margin_count; i++) {
        const size_t region = market->margin_region[i];
        const kt_interval total =
            figure_at(slab->cube, place_of(slab, measure, region, market->total_occupation));
        kt_interval unknown = {0};
        if (market->unknown_occupation != KT_NO_CODE) {
            unknown =
                figure_at(slab->cube, place_of(slab, measure, region, market->unknown_occupation));
        }
        sum.low += total.low - unknown.high;
        sum.high += total.high - unknown.low;
    }
    return sum;
}

/* Cells are never more than what the scope has (a check of its own holds that); their sum can pass
 * it by rounding, or by what the points of protected cells are off. */
static double coverage_of(const kt_market *market, const kt_market_slab *slab, size_t measure,
                          double sum)
{
    if (market->scope_region == KT_NO_CODE) {
        return NAN;
    }
    const size_t place = place_of(slab, measure, market->scope_region, market->scope_occupation);
    const double scope = figure_at(slab->cube, place).value;
    return scope > 0.0 ? fmin(sum / scope, 1.0) : NAN;
}

/*
 * A margin is the total of all cells. Where some have no figure and are left out, the others may be
 * fewer, so its low end says nothing of them.
 */
static void set_margins(const kt_market *market, const kt_market_slab *slab, kt_market_month *out)
{
    const kt_interval u = margin_of(market, slab, slab->unemployed);
    const kt_interval v = margin_of(market, slab, slab->vacancies);
    const bool whole = out->cells_without_figure == 0;
    out->cells.unemployed_total_low = whole ? u.low : NAN;
    out->cells.unemployed_total_high = u.high;
    out->cells.vacancies_total_low = whole ? v.low : NAN;
    out->cells.vacancies_total_high = v.high;
}

static kt_status gather_cells(const kt_market *market, const kt_market_slab *slab, kt_arena *arena,
                              kt_cells *cells, tally *of, kt_error *err)
{
    const size_t count = market->cell_count;
    gathered us = gathered_new(count, arena), vs = gathered_new(count, arena);
    for (size_t i = 0; i < count; i++) {
        const size_t u_place =
            place_of(slab, slab->unemployed, market->region[i], market->occupation[i]);
        const size_t v_place =
            place_of(slab, slab->vacancies, market->region[i], market->occupation[i]);
        kt_interval u, v;
        KT_TRY(gather_figure(slab->cube, u_place, arena, &u, err));
        KT_TRY(gather_figure(slab->cube, v_place, arena, &v, err));
        gathered_set(&us, i, u);
        gathered_set(&vs, i, v);
        count_cell(of, (kt_obs)slab->cube->status[u_place], (kt_obs)slab->cube->status[v_place], u,
                   v);
    }
    *cells = (kt_cells){.count = count,
                        .unemployed = us.value,
                        .unemployed_low = us.low,
                        .unemployed_high = us.high,
                        .vacancies = vs.value,
                        .vacancies_low = vs.low,
                        .vacancies_high = vs.high};
    return KT_OK;
}

kt_status kt_market_gather(const kt_market *market, const kt_market_slab *slab, kt_arena *arena,
                           kt_market_month *out, kt_error *err)
{
    KT_TRY(check_positions(market, slab, err));
    kt_cells cells;
    tally of = {0};
    KT_TRY(gather_cells(market, slab, arena, &cells, &of, err));
    kt_market_month month = {
        .cells = cells,
        .unemployed = kt_sum_value(of.unemployed),
        .vacancies = kt_sum_value(of.vacancies),
        .protected_share = of.used > 0 ? (double)of.hidden / (double)of.used : NAN,
        .cells_used = of.used,
        .cells_without_figure = market->cell_count - of.used,
        .obs = of.used > 0 ? of.worst_used : of.absent,
    };
    month.unemployed_coverage = coverage_of(market, slab, slab->unemployed, month.unemployed);
    month.vacancies_coverage = coverage_of(market, slab, slab->vacancies, month.vacancies);
    set_margins(market, slab, &month);
    *out = month;
    return KT_OK;
}
