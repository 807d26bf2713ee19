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
 * a plain sum and no product of counts can overflow. Cells are taken some at a time, so that a
 * market of millions of them needs no memory of its own.
 */

#define CELLS_AT_ONCE 256

/* What is taken of which cells: the figures that are known exactly, or of the other cells their
 * points, all lows or all highs. */
typedef enum taking { EXACT, POINT, LOW, HIGH } taking;

/* Some cells with one way to fill them. Cells in which either figure is 0 add nothing to C and are
 * not kept. */
typedef struct filling {
    size_t count;
    double u[CELLS_AT_ONCE], v[CELLS_AT_ONCE]; /* shares of the points' totals, above 0 */
    double log_u[CELLS_AT_ONCE], log_v[CELLS_AT_ONCE];
} filling;

typedef struct market {
    const kt_cells *cells;
    kt_totals totals;
    size_t ranged;        /* cells of which a figure is not known exactly */
    kt_sum seekers_alone; /* shares of seekers in cells whose point has no post ... */
    kt_sum posts_alone;   /* ... and of posts where it has no seeker */
    kt_arena *arena;
} market;

static bool is_exact(kt_interval figure)
{
    return figure.low == figure.high;
}

static void filling_add(filling *to, double u, double v)
{
    if (!(u > 0.0 && v > 0.0)) {
        return;
    }
    to->u[to->count] = u;
    to->v[to->count] = v;
    to->count++;
}

static double taken(kt_interval figure, taking what)
{
    if (what == LOW) {
        return figure.low;
    }
    return what == HIGH ? figure.high : figure.value;
}

/* The next cells from *at on; false if there are no more. */
static bool fill_next(const market *of, taking what, size_t *at, filling *out)
{
    const double seekers = of->totals.unemployed.value, posts = of->totals.vacancies.value;
    const bool is_empty = what != EXACT && of->ranged == 0;
    out->count = 0;
    for (; !is_empty && *at < of->cells->count && out->count < CELLS_AT_ONCE; ++*at) {
        if (!kt_cells_use(of->cells, *at)) {
            continue;
        }
        const kt_interval u = kt_cells_unemployed(of->cells, *at);
        const kt_interval v = kt_cells_vacancies(of->cells, *at);
        if ((is_exact(u) && is_exact(v)) == (what == EXACT)) {
            filling_add(out, taken(u, what) / seekers, taken(v, what) / posts);
        }
    }
    return out->count > 0;
}

static void add_logs(filling *to)
{
    for (size_t i = 0; i < to->count; i++) {
        to->log_u[i] = log(to->u[i]);
        to->log_v[i] = log(to->v[i]);
    }
}

static market market_of(const kt_cells *cells, kt_totals totals, kt_arena *arena)
{
    market made = {.cells = cells, .totals = totals, .arena = arena};
    for (size_t i = 0; i < cells->count; i++) {
        if (!kt_cells_use(cells, i)) {
            continue;
        }
        const kt_interval u = kt_cells_unemployed(cells, i), v = kt_cells_vacancies(cells, i);
        made.ranged += is_exact(u) && is_exact(v) ? 0 : 1;
        if (v.value == 0.0) {
            kt_sum_add(&made.seekers_alone, u.value / totals.unemployed.value);
        }
        if (u.value == 0.0) {
            kt_sum_add(&made.posts_alone, v.value / totals.vacancies.value);
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

static void add_terms(kt_sum *to, const filling *of, double alpha)
{
    for (size_t i = 0; i < of->count; i++) {
        kt_sum_add(to, term(of, i, alpha));
    }
}

/* Sums that the value, its model error and its range need, t = sv^a su^(1-a). */
typedef struct moments {
    kt_sum c;          /* sum of t over the points */
    kt_sum by_vacancy; /* sum of t^2/sv = sv^(2a-1) su^(2-2a) */
    kt_sum by_seeker;  /* sum of t^2/su = sv^(2a) su^(1-2a) */
    kt_sum low, high;  /* sums of t over the exact cells and all lows, and all highs */
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

static bool needs_logs(const kt_mismatch *out, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (out[i].alpha != 0.5) {
            return true;
        }
    }
    return false;
}

/* Adds some cells to the moments of every exponent. */
static void add_filling(moments *to, const kt_mismatch *out, size_t count, const filling *of,
                        taking what)
{
    for (size_t i = 0; i < count; i++) {
        if (what == EXACT || what == POINT) {
            add_moments(&to[i], of, out[i].alpha);
        } else {
            add_terms(what == LOW ? &to[i].low : &to[i].high, of, out[i].alpha);
        }
    }
}

static void add_cells(const market *of, taking what, const kt_mismatch *out, size_t count,
                      moments *to)
{
    const bool logs = needs_logs(out, count);
    filling cells;
    for (size_t at = 0; fill_next(of, what, &at, &cells);) {
        if (logs) {
            add_logs(&cells);
        }
        add_filling(to, out, count, &cells, what);
    }
}

/* The moments of every exponent. Exact cells come first: lows and highs start from their sum. */
static moments *sum_moments(const market *of, const kt_mismatch *out, size_t count)
{
    moments *sums = kt_arena_array(of->arena, moments, count);
    add_cells(of, EXACT, out, count, sums);
    for (size_t i = 0; i < count; i++) {
        sums[i].low = sums[i].high = sums[i].c;
    }
    for (taking what = POINT; what <= HIGH; what++) {
        add_cells(of, what, out, count, sums);
    }
    return sums;
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
    filling cells;
    for (size_t at = 0; fill_next(of, EXACT, &at, &cells);) {
        add_spread(&sums, of, &cells, of_posts, of_seekers);
    }
    for (size_t at = 0; fill_next(of, POINT, &at, &cells);) {
        add_spread(&sums, of, &cells, of_posts, of_seekers);
    }
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
static void set_range(const market *of, const moments *sums, double alpha, kt_mismatch *out)
{
    out->value_low = out->value;
    out->value_high = out->value;
    if (of->ranged == 0 || of->totals.markets_possible == 1) {
        return;
    }
    const kt_interval u = of->totals.unemployed, v = of->totals.vacancies;
    const double s_low = kt_sum_value(sums->low), s_high = kt_sum_value(sums->high);
    const double totals_low = pow(v.low / v.value, alpha) * pow(u.low / u.value, 1.0 - alpha);
    const double totals_high = pow(v.high / v.value, alpha) * pow(u.high / u.value, 1.0 - alpha);
    const double low = totals_low > 0.0 ? 1.0 - s_high / totals_low : 0.0;
    const double high = 1.0 - s_low / totals_high;
    out->value_low = fmin(clip_share(low), out->value);
    out->value_high = fmax(clip_share(high), out->value);
}

static void compute_one(const market *of, const moments *sums, kt_mismatch *out)
{
    const double alpha = out->alpha;
    out->note = kt_totals_note(&of->totals);
    const bool single = out->note != NULL;
    out->value = single ? 0.0 : clip_share(1.0 - kt_sum_value(sums->c));
    out->model_error = single ? 0.0 : closed_error(of, sums, alpha);
    out->error_is_limit = isnan(out->model_error);
    if (out->error_is_limit) {
        out->model_error = bootstrap_limit(of, alpha);
    }
    out->null_value = null_value(&of->totals, alpha);
    out->excess_over_null = out->value - out->null_value;
    set_range(of, sums, alpha, out);
}

kt_status kt_mismatch_compute(const kt_cells *cells, const double *alphas, size_t alpha_count,
                              kt_arena *arena, kt_mismatch *out, kt_error *err)
{
    kt_totals totals;
    KT_TRY(kt_cells_sum(cells, &totals, err));
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
    }
    if (totals.reason != NULL) {
        return KT_OK;
    }
    const market of = market_of(cells, totals, arena);
    const moments *sums = sum_moments(&of, out, alpha_count);
    for (size_t i = 0; i < alpha_count; i++) {
        compute_one(&of, &sums[i], &out[i]);
    }
    return KT_OK;
}
