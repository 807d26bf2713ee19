/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/mismatch.h"

#include <assert.h>
#include <math.h>

#include "cells.h"
#include "count_moments.h"
#include "sum.h"

/*
 * Sahin, Song, Topa and Violante (2014): of the matches that U job seekers and V vacancies could
 * make if they were spread over the markets in proportion, the share that is lost,
 *
 *     M = 1 - C,    C = sum_i (v_i/V)^a (u_i/U)^(1-a).
 *
 * Every filling below holds figures divided by the totals of the points, so that C of the points is
 * a plain sum and no product of counts can overflow.
 */

/* One way to fill some cells: with their points, with all lows, or with all highs. Cells in which
 * either figure is 0 add nothing to C and are not kept. */
typedef struct filling {
    size_t count;
    double *u, *v; /* shares of the points' totals, above 0 */
    double *log_u, *log_v;
} filling;

typedef struct market {
    kt_totals totals;
    size_t ranged;            /* cells of which a figure is not known exactly */
    filling exact;            /* cells whose figures are known exactly */
    filling point, low, high; /* the other cells */
    kt_sum seekers_alone;     /* shares of seekers in cells whose point has no post ... */
    kt_sum posts_alone;       /* ... and of posts where it has no seeker */
    kt_arena *arena;
} market;

static filling filling_new(size_t room, kt_arena *arena)
{
    double *block = kt_arena_array(arena, double, 4 * room);
    return (filling){
        .u = block, .v = block + room, .log_u = block + 2 * room, .log_v = block + 3 * room};
}

static void filling_add(filling *to, double u, double v)
{
    if (!(u > 0.0 && v > 0.0)) {
        return;
    }
    to->u[to->count] = u;
    to->v[to->count] = v;
    to->log_u[to->count] = log(u);
    to->log_v[to->count] = log(v);
    to->count++;
}

static bool is_exact(kt_interval figure)
{
    return figure.low == figure.high;
}

static size_t count_ranged(const kt_cells *cells)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->count; i++) {
        count += kt_cells_use(cells, i) && !(is_exact(kt_cells_unemployed(cells, i)) &&
                                             is_exact(kt_cells_vacancies(cells, i)));
    }
    return count;
}

static void market_add(market *to, kt_interval u, kt_interval v)
{
    const double seekers = to->totals.unemployed.value, posts = to->totals.vacancies.value;
    if (v.value == 0.0) {
        kt_sum_add(&to->seekers_alone, u.value / seekers);
    }
    if (u.value == 0.0) {
        kt_sum_add(&to->posts_alone, v.value / posts);
    }
    if (is_exact(u) && is_exact(v)) {
        filling_add(&to->exact, u.value / seekers, v.value / posts);
        return;
    }
    filling_add(&to->point, u.value / seekers, v.value / posts);
    filling_add(&to->low, u.low / seekers, v.low / posts);
    filling_add(&to->high, u.high / seekers, v.high / posts);
}

static market market_new(const kt_cells *cells, kt_totals totals, kt_arena *arena)
{
    const size_t ranged = count_ranged(cells);
    market made = {
        .totals = totals,
        .ranged = ranged,
        .exact = filling_new(totals.cells_used - ranged, arena),
        .point = filling_new(ranged, arena),
        .low = filling_new(ranged, arena),
        .high = filling_new(ranged, arena),
        .arena = arena,
    };
    for (size_t i = 0; i < cells->count; i++) {
        if (kt_cells_use(cells, i)) {
            market_add(&made, kt_cells_unemployed(cells, i), kt_cells_vacancies(cells, i));
        }
    }
    return made;
}

/* v^a u^(1-a) */
static double term(const filling *of, size_t i, double alpha)
{
    if (alpha == 0.5) {
        return sqrt(of->u[i] * of->v[i]);
    }
    return exp(alpha * of->log_v[i] + (1.0 - alpha) * of->log_u[i]);
}

static kt_sum add_terms(kt_sum to, const filling *of, double alpha)
{
    for (size_t i = 0; i < of->count; i++) {
        kt_sum_add(&to, term(of, i, alpha));
    }
    return to;
}

/* Sums over the points that the value and its model error need, t = sv^a su^(1-a). */
typedef struct moments {
    kt_sum c;          /* sum of t */
    kt_sum by_vacancy; /* sum of t^2/sv = sv^(2a-1) su^(2-2a) */
    kt_sum by_seeker;  /* sum of t^2/su = sv^(2a) su^(1-2a) */
} moments;

static void add_moments(moments *to, const filling *of, double alpha)
{
    for (size_t i = 0; i < of->count; i++) {
        const double t = term(of, i, alpha);
        kt_sum_add(&to->c, t);
        kt_sum_add(&to->by_vacancy, t * t / of->v[i]);
        kt_sum_add(&to->by_seeker, t * t / of->u[i]);
    }
}

/* What cells with one figure 0 add to a sum of 0^exponent s^(1-exponent): none, s, or no end. */
static double add_alone(kt_sum to, kt_sum alone, double exponent)
{
    const double share = kt_sum_value(alone);
    if (exponent > 0.0 || share == 0.0) {
        return kt_sum_value(to);
    }
    return exponent == 0.0 ? kt_sum_value(to) + share : INFINITY;
}

/*
 * The delta method for Poisson counts given the totals:
 *
 *     Var M = a^2/V     (sum sv^(2a-1) su^(2-2a) - C^2)
 *           + (1-a)^2/U (sum sv^(2a)   su^(1-2a) - C^2),
 *
 * at a = 1/2: (1 - C^2)(1/U + 1/V)/4. A sum is infinite where a < 1/2 and a market with job seekers
 * has no vacancies, or a > 1/2 and one with vacancies no job seekers: NAN.
 */
static double closed_error(const market *of, const moments *sums, double alpha)
{
    const kt_totals *totals = &of->totals;
    const double c = kt_sum_value(sums->c), tilt = 2.0 * alpha - 1.0;
    const double by_vacancy = add_alone(sums->by_vacancy, of->seekers_alone, tilt) - c * c;
    const double by_seeker = add_alone(sums->by_seeker, of->posts_alone, -tilt) - c * c;
    const double variance =
        alpha * alpha * fmax(by_vacancy, 0.0) / totals->vacancies.value +
        (1.0 - alpha) * (1.0 - alpha) * fmax(by_seeker, 0.0) / totals->unemployed.value;
    return isfinite(by_vacancy) && isfinite(by_seeker) ? sqrt(variance) : NAN;
}

/* Sums over the cells for Poisson counts n of posts and m of seekers, A = n^a and B = m^(1-a). */
typedef struct spread_sums {
    kt_sum matches;      /* E AB */
    kt_sum variance;     /* of AB */
    kt_sum with_posts;   /* covariance of AB and n */
    kt_sum with_seekers; /* covariance of AB and m */
} spread_sums;

static void add_spread(spread_sums *to, const market *of, const filling *cells,
                       kt_count_moments *of_posts, kt_count_moments *of_seekers)
{
    const double posts = of->totals.vacancies.value, seekers = of->totals.unemployed.value;
    for (size_t i = 0; i < cells->count; i++) {
        const double v = cells->v[i] * posts, u = cells->u[i] * seekers;
        const kt_count_power a = kt_count_moments_of(of_posts, v);
        const kt_count_power b = kt_count_moments_of(of_seekers, u);
        const double matches = a.power * b.power;
        kt_sum_add(&to->matches, matches);
        kt_sum_add(&to->variance, a.square * b.square - matches * matches);
        kt_sum_add(&to->with_posts, b.power * (a.product - v * a.power));
        kt_sum_add(&to->with_seekers, a.power * (b.product - u * b.power));
    }
}

/*
 * The standard error that the bootstrap of Poisson counts tends to as draws grow in number. Nothing
 * is drawn: what the powers of a count are on average is summed cell by cell, and the totals, which
 * are large, come in to first order. With S = sum AB and C = S / (V^a U^(1-a))
 *
 *     Var C / C^2 = Var S / S^2 + a^2/V + (1-a)^2/U - 2a Cov(S,V)/(SV) - 2(1-a) Cov(S,U)/(SU).
 */
static double bootstrap_limit(const market *of, double alpha)
{
    const double posts = of->totals.vacancies.value, seekers = of->totals.unemployed.value;
    kt_count_moments *of_posts = kt_count_moments_new(alpha, of->arena);
    kt_count_moments *of_seekers = kt_count_moments_new(1.0 - alpha, of->arena);
    spread_sums sums = {0};
    add_spread(&sums, of, &of->exact, of_posts, of_seekers);
    add_spread(&sums, of, &of->point, of_posts, of_seekers);
    const double s = kt_sum_value(sums.matches);
    if (!(s > 0.0)) {
        return 0.0; /* no market has both, in any draw */
    }
    const double relative = kt_sum_value(sums.variance) / (s * s) + alpha * alpha / posts +
                            (1.0 - alpha) * (1.0 - alpha) / seekers -
                            2.0 * alpha * kt_sum_value(sums.with_posts) / (s * posts) -
                            2.0 * (1.0 - alpha) * kt_sum_value(sums.with_seekers) / (s * seekers);
    const double c = s / pow(posts, alpha) / pow(seekers, 1.0 - alpha);
    return c * sqrt(fmax(relative, 0.0));
}

/*
 * What M would be, to second order, if U job seekers and V posts fell singly into the markets with
 * the same probabilities: a(1-a)/2 (K-1)(1/U + 1/V) with K markets.
 */
static double null_value(const kt_totals *totals, double alpha)
{
    const double free_markets = (double)totals->markets_n - 1.0;
    return alpha * (1.0 - alpha) / 2.0 * free_markets *
           (1.0 / totals->unemployed.value + 1.0 / totals->vacancies.value);
}

static double clip_share(double share)
{
    return fmin(fmax(share, 0.0), 1.0);
}

/*
 * The box: S = sum v^a u^(1-a) rises with every figure, so it lies between its values at all lows
 * and all highs, and M = 1 - S / (V^a U^(1-a)). Points that do not meet the margins may lie
 * outside; the range is then widened to hold the value.
 */
static void set_range(const market *of, double alpha, kt_mismatch *out)
{
    out->value_low = out->value;
    out->value_high = out->value;
    if (of->ranged == 0 || of->totals.markets_possible == 1) {
        return;
    }
    const kt_interval u = of->totals.unemployed, v = of->totals.vacancies;
    const kt_sum exact = add_terms((kt_sum){0}, &of->exact, alpha);
    const double s_low = kt_sum_value(add_terms(exact, &of->low, alpha));
    const double s_high = kt_sum_value(add_terms(exact, &of->high, alpha));
    const double totals_low = pow(v.low / v.value, alpha) * pow(u.low / u.value, 1.0 - alpha);
    const double totals_high = pow(v.high / v.value, alpha) * pow(u.high / u.value, 1.0 - alpha);
    const double low = totals_low > 0.0 ? 1.0 - s_high / totals_low : 0.0;
    const double high = 1.0 - s_low / totals_high;
    out->value_low = fmin(clip_share(low), out->value);
    out->value_high = fmax(clip_share(high), out->value);
}

static void compute_one(const market *of, kt_mismatch *out)
{
    const double alpha = out->alpha;
    moments sums = {0};
    add_moments(&sums, &of->exact, alpha);
    add_moments(&sums, &of->point, alpha);
    out->note = kt_totals_note(&of->totals);
    const bool single = out->note != NULL;
    out->value = single ? 0.0 : clip_share(1.0 - kt_sum_value(sums.c));
    out->model_error = single ? 0.0 : closed_error(of, &sums, alpha);
    out->error_is_limit = isnan(out->model_error);
    if (out->error_is_limit) {
        out->model_error = bootstrap_limit(of, alpha);
    }
    out->null_value = null_value(&of->totals, alpha);
    out->excess_over_null = out->value - out->null_value;
    set_range(of, alpha, out);
}

kt_status kt_mismatch_compute(const kt_cells *cells, const double *alphas, size_t alpha_count,
                              kt_arena *arena, kt_mismatch *out, kt_error *err)
{
    kt_totals totals;
    KT_TRY(kt_cells_sum(cells, &totals, err));
    market of = {.totals = totals};
    if (totals.reason == NULL) {
        of = market_new(cells, totals, arena);
    }
    for (size_t i = 0; i < alpha_count; i++) {
        assert(alphas[i] > 0.0 && alphas[i] < 1.0);
        out[i] = (kt_mismatch){.alpha = alphas[i],
                               .value = NAN,
                               .value_low = NAN,
                               .value_high = NAN,
                               .model_error = NAN,
                               .null_value = NAN,
                               .excess_over_null = NAN,
                               .markets_n = totals.markets_n,
                               .reason = totals.reason};
        if (totals.reason == NULL) {
            compute_one(&of, &out[i]);
        }
    }
    return KT_OK;
}
