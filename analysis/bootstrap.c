/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bootstrap.h"

#include <assert.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

#include "cells.h"
#include "powers.h"
#include "sample.h"
#include "spread.h"

/*
 * Draws lie above the value on average, for they carry the chance of two rounds; a percentile
 * interval of thin cells then misses the value itself. Turned around it, as Hall's basic interval
 * is, the interval has the bias taken out: 2M - q(1-p), 2M - q(p).
 */

enum { COUNTS = 3 }; /* purpose of the seed */

#define SMALL_COUNTS 40 /* from here on a distribution is a few numbers */

typedef struct pair {
    double u, v;
} pair;

typedef struct drawn_market {
    const kt_bootstrap_settings *settings;
    size_t count;
    pair *cells; /* with both seekers and posts, the least first */
    pair alone;  /* those in cells without the other: they matter in the totals alone */
    kt_totals totals;
    kt_poisson *seekers, *posts; /* of each cell, and last of those alone */
    const kt_powers *of_posts, *of_seekers;
    kt_arena *arena;
} drawn_market;

static int by_figures(const void *a, const void *b)
{
    const pair *x = a, *y = b;
    return x->u != y->u ? (x->u > y->u) - (x->u < y->u) : (x->v > y->v) - (x->v < y->v);
}

/* In the order of their figures, so that the order of the cells decides nothing. */
static void gather(const kt_cells *cells, drawn_market *out)
{
    out->cells = kt_arena_array(out->arena, pair, cells->count + 1);
    kt_sum u = {0}, v = {0};
    for (size_t i = 0; i < cells->count; i++) {
        if (!kt_cells_use(cells, i)) {
            continue;
        }
        const pair at = {cells->unemployed[i], cells->vacancies[i]};
        if (at.u > 0.0 && at.v > 0.0) {
            out->cells[out->count++] = at;
        } else {
            kt_sum_add(&u, at.u);
            kt_sum_add(&v, at.v);
        }
    }
    out->alone = (pair){kt_sum_value(u), kt_sum_value(v)};
    qsort(out->cells, out->count, sizeof *out->cells, by_figures);
}

/* Small whole counts, which most cells have, share what is prepared for them. */
static kt_poisson distribution_of(double mean, kt_poisson *small, kt_arena *arena)
{
    if (!(mean < (double)SMALL_COUNTS) || mean != floor(mean)) {
        return kt_poisson_of(mean, arena);
    }
    kt_poisson *shared = &small[(size_t)mean];
    if (shared->up_to == NULL) {
        *shared = kt_poisson_of(mean, arena);
    }
    return *shared;
}

static void prepare(drawn_market *of)
{
    of->cells[of->count] = of->alone;
    of->seekers = kt_arena_array(of->arena, kt_poisson, of->count + 1);
    of->posts = kt_arena_array(of->arena, kt_poisson, of->count + 1);
    kt_poisson small[SMALL_COUNTS] = {{0}};
    for (size_t i = 0; i <= of->count; i++) {
        of->seekers[i] = distribution_of(of->cells[i].u, small, of->arena);
        of->posts[i] = distribution_of(of->cells[i].v, small, of->arena);
    }
    of->of_posts = kt_powers_new(of->settings->alpha, of->arena);
    of->of_seekers = kt_powers_new(1.0 - of->settings->alpha, of->arena);
}

/* NAN where all counts of one side are 0: there is no index then, and it is drawn again. */
static double draw_once(const drawn_market *of, kt_sample *sample)
{
    double matches = 0.0, seekers = 0.0, posts = 0.0;
    for (size_t i = 0; i <= of->count; i++) {
        const double u = kt_poisson_draw(&of->seekers[i], sample);
        const double v = kt_poisson_draw(&of->posts[i], sample);
        seekers += u;
        posts += v;
        matches += i < of->count ? kt_power(of->of_seekers, u) * kt_power(of->of_posts, v) : 0.0;
    }
    if (!(seekers > 0.0 && posts > 0.0)) {
        return NAN;
    }
    const double possible =
        pow(posts, of->settings->alpha) * pow(seekers, 1.0 - of->settings->alpha);
    return fmax(1.0 - matches / possible, 0.0);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void draw_all(const drawn_market *of, kt_bootstrap *out)
{
    const size_t draws = of->settings->draws;
    kt_sample sample = kt_sample_open(of->settings->seed, COUNTS);
    double *found = kt_arena_array(of->arena, double, draws);
    for (size_t draw = 0; draw < draws;) {
        found[draw] = draw_once(of, &sample);
        draw += isnan(found[draw]) ? 0 : 1;
    }
    const kt_spread spread = kt_spread_of(found, draws);
    const double tail = (1.0 - of->settings->level) / 2.0;
    qsort(found, draws, sizeof *found, by_size);
    out->standard_error = spread.deviation;
    out->bias = spread.mean - out->value;
    out->interval_low =
        2.0 * out->value - gsl_stats_quantile_from_sorted_data(found, 1, draws, 1.0 - tail);
    out->interval_high =
        2.0 * out->value - gsl_stats_quantile_from_sorted_data(found, 1, draws, tail);
}

kt_status kt_bootstrap_compute(const kt_cells *cells, const kt_bootstrap_settings *settings,
                               kt_arena *arena, kt_bootstrap *out, kt_error *err)
{
    assert(settings->draws >= 2 && settings->alpha > 0.0 && settings->alpha < 1.0);
    drawn_market of = {.settings = settings, .arena = arena};
    kt_mismatch found;
    kt_cells exact = *cells;
    exact.unemployed_low = exact.unemployed_high = NULL;
    exact.vacancies_low = exact.vacancies_high = NULL;
    KT_TRY(kt_cells_sum(&exact, &of.totals, err));
    KT_TRY(kt_mismatch_compute(&exact, &settings->alpha, 1, arena, &found, err));
    *out = (kt_bootstrap){.value = found.value,
                          .standard_error = NAN,
                          .bias = NAN,
                          .interval_low = NAN,
                          .interval_high = NAN,
                          .markets_n = found.markets_n,
                          .reason = found.reason,
                          .note = found.note};
    /* Below that most draws have no index, and drawing again would make of them what it likes. */
    if (out->reason == NULL &&
        !(of.totals.unemployed.value >= 1.0 && of.totals.vacancies.value >= 1.0)) {
        out->value = NAN;
        out->reason = "fewer than one job seeker or vacancy to draw";
    }
    if (out->reason == NULL) {
        gather(&exact, &of);
        prepare(&of);
        draw_all(&of, out);
    }
    return KT_OK;
}
