/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/granularity.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "cells.h"
#include "powers.h"
#include "sample.h"
#include "spread.h"

/*
 * With su = p + x and sv = p + y, to second order
 *
 *     sum sv^a su^(1-a) = 1 - a(1-a)/2 sum (x - y)^2 / p,
 *
 * and U seekers and n advertisements that fall with the probabilities p give E x^2 = p(1-p)/U,
 * E y^2 = p(1-p)/n, E xy = 0. Over K cells sum (1-p) = K - 1, so
 *
 *     E M = a(1-a)/2 (K-1) (1/U + 1/n),    n = V/cluster.
 *
 * Draws go on where cells expect few of either and the second order is not enough.
 */

enum { SEEKERS = 1, POSTS = 2 }; /* purposes of the seed */

/* The posts of one kind of advertisement, falling. */
typedef struct fall {
    kt_sample sample;
    const kt_multinomial *posts;
    double posts_power; /* of their sum */
    double *found;      /* the index of each draw */
} fall;

typedef struct null_market {
    const kt_granularity_settings *settings;
    size_t count;
    double *share; /* of the cells with seekers or posts, the least first */
    kt_totals totals;
    const kt_powers *of_posts, *of_seekers;
    fall *falls; /* of each cluster */
    kt_arena *arena;
} null_market;

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* In the order of their size, so that the order of the cells decides nothing. */
static void pool_shares(const kt_cells *cells, null_market *out)
{
    out->share = kt_arena_array(out->arena, double, cells->count + 1);
    for (size_t i = 0; i < cells->count; i++) {
        if (!kt_cells_use(cells, i)) {
            continue;
        }
        const double u = cells->unemployed[i] / out->totals.unemployed.value;
        const double v = cells->vacancies[i] / out->totals.vacancies.value;
        if (u + v > 0.0) {
            out->share[out->count++] = (u + v) / 2.0;
        }
    }
    qsort(out->share, out->count, sizeof *out->share, by_size);
}

static fall fall_of(const null_market *of, double cluster)
{
    const double trials = fmax(round(of->totals.vacancies.value / cluster), 1.0);
    return (fall){.sample = kt_sample_open(of->settings->seed, POSTS),
                  .posts = kt_multinomial_new(of->share, of->count, trials, of->arena),
                  .posts_power = pow(trials, of->settings->alpha),
                  .found = kt_arena_array(of->arena, double, of->settings->draws)};
}

static double index_of(const null_market *of, const double *seekers, const double *posts,
                       double total_power)
{
    double matches = 0.0;
    for (size_t i = 0; i < of->count; i++) {
        matches += seekers[i] * kt_power(of->of_posts, posts[i]);
    }
    return fmax(1.0 - matches / total_power, 0.0);
}

/* One fall of the seekers, and one of each kind of advertisement beside it. */
static void draw_once(const null_market *of, const double *seekers, double seekers_power,
                      size_t draw, double *posts)
{
    for (size_t i = 0; i < of->settings->cluster_count; i++) {
        fall *at = &of->falls[i];
        kt_multinomial_draw(at->posts, &at->sample, posts);
        at->found[draw] = index_of(of, seekers, posts, seekers_power * at->posts_power);
    }
}

static void draw_all(const null_market *of)
{
    const double trials = round(of->totals.unemployed.value);
    const double seekers_power = pow(trials, of->of_seekers->exponent);
    kt_sample sample = kt_sample_open(of->settings->seed, SEEKERS);
    const kt_multinomial *fallen = kt_multinomial_new(of->share, of->count, trials, of->arena);
    double *seekers = kt_arena_array(of->arena, double, of->count);
    double *posts = kt_arena_array(of->arena, double, of->count);
    for (size_t draw = 0; draw < of->settings->draws; draw++) {
        kt_multinomial_draw(fallen, &sample, seekers);
        for (size_t i = 0; i < of->count; i++) {
            seekers[i] = kt_power(of->of_seekers, seekers[i]);
        }
        draw_once(of, seekers, seekers_power, draw, posts);
    }
}

static double closed(const null_market *of, double cluster)
{
    const double alpha = of->settings->alpha, free_cells = (double)of->count - 1.0;
    return alpha * (1.0 - alpha) / 2.0 * free_cells *
           (1.0 / of->totals.unemployed.value + cluster / of->totals.vacancies.value);
}

static kt_status open_null(const kt_cells *cells, const kt_granularity_settings *settings,
                           kt_arena *arena, null_market *out, kt_error *err)
{
    *out = (null_market){.settings = settings, .arena = arena};
    KT_TRY(kt_cells_sum(cells, &out->totals, err));
    if (out->totals.reason == NULL &&
        !(out->totals.unemployed.value >= 1.0 && out->totals.vacancies.value >= 1.0)) {
        out->totals.reason = "fewer than one job seeker or vacancy to draw";
    }
    if (out->totals.reason != NULL) {
        return KT_OK;
    }
    pool_shares(cells, out);
    out->of_posts = kt_powers_new(settings->alpha, arena);
    out->of_seekers = kt_powers_new(1.0 - settings->alpha, arena);
    out->falls = kt_arena_array(arena, fall, settings->cluster_count);
    for (size_t i = 0; i < settings->cluster_count; i++) {
        out->falls[i] = fall_of(out, settings->cluster[i]);
    }
    draw_all(out);
    return KT_OK;
}

static void put_null(const null_market *of, size_t at, kt_granularity *out)
{
    const kt_spread spread = kt_spread_of(of->falls[at].found, of->settings->draws);
    out->null_closed = closed(of, of->settings->cluster[at]);
    out->null_mean = spread.mean;
    out->null_sd = spread.deviation;
    out->excess_over_null = out->value - spread.mean;
}

kt_status kt_granularity_compute(const kt_cells *cells, const kt_granularity_settings *settings,
                                 kt_arena *arena, kt_granularity *out, kt_error *err)
{
    assert(settings->draws >= 2 && settings->alpha > 0.0 && settings->alpha < 1.0);
    null_market of;
    kt_mismatch found;
    kt_cells exact = *cells;
    exact.unemployed_low = exact.unemployed_high = NULL;
    exact.vacancies_low = exact.vacancies_high = NULL;
    KT_TRY(open_null(&exact, settings, arena, &of, err));
    KT_TRY(kt_mismatch_compute(&exact, &settings->alpha, 1, arena, &found, err));
    for (size_t i = 0; i < settings->cluster_count; i++) {
        out[i] = (kt_granularity){.value = of.totals.reason == NULL ? found.value : NAN,
                                  .null_closed = NAN,
                                  .null_mean = NAN,
                                  .null_sd = NAN,
                                  .excess_over_null = NAN,
                                  .markets_n = of.totals.markets_n,
                                  .reason = of.totals.reason,
                                  .note = found.note};
        if (of.totals.reason == NULL) {
            put_null(&of, i, &out[i]);
        }
    }
    return KT_OK;
}
