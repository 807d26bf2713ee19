/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/early_warning.h"

#include <assert.h>
#include <gsl/gsl_cdf.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "sum.h"

#define YEARS          ((double)KT_WARNING_YEARS)
#define OWN_FREEDOM    (YEARS - 1.0)
#define ROUNDS         100
#define MOST_COUNT     4e9 /* what a count of GSL can hold */
#define STEADY         1e-12
#define LARGEST_SPREAD 1e12

const char *kt_warning_word(kt_warning_direction direction)
{
    static const char *const words[] = {
        [KT_WARNING_NONE] = "none",
        [KT_WARNING_UP] = "up",
        [KT_WARNING_DOWN] = "down",
    };
    return words[direction];
}

static double sum_before(const kt_warning_cell *cell)
{
    double sum = 0.0;
    for (size_t i = 0; i < KT_WARNING_YEARS; i++) {
        sum += cell->before[i];
    }
    return sum;
}

static double variance_before(const kt_warning_cell *cell)
{
    const double mean = sum_before(cell) / YEARS;
    double squares = 0.0;
    for (size_t i = 0; i < KT_WARNING_YEARS; i++) {
        squares += (cell->before[i] - mean) * (cell->before[i] - mean);
    }
    return squares / OWN_FREEDOM;
}

/* Sums of the regression of s^2/m on 1 and m, weighed by the inverse square of what is expected. */
typedef struct moments {
    kt_sum weight, mean, square, ratio, product;
} moments;

static moments gather(const kt_warning_cell *cells, size_t count, kt_warning_spread spread)
{
    moments sums = {0};
    for (size_t i = 0; i < count; i++) {
        const double mean = sum_before(&cells[i]) / YEARS;
        if (!(mean > 0.0)) {
            continue;
        }
        const double expected = spread.linear + spread.quadratic * mean;
        const double weight = 1.0 / (expected * expected);
        const double ratio = variance_before(&cells[i]) / mean;
        kt_sum_add(&sums.weight, weight);
        kt_sum_add(&sums.mean, weight * mean);
        kt_sum_add(&sums.square, weight * mean * mean);
        kt_sum_add(&sums.ratio, weight * ratio);
        kt_sum_add(&sums.product, weight * mean * ratio);
    }
    return sums;
}

/* The best line that has linear >= 1 and quadratic >= 0. */
static kt_warning_spread solve(const moments *of)
{
    const double weight = kt_sum_value(of->weight), mean = kt_sum_value(of->mean);
    const double square = kt_sum_value(of->square), ratio = kt_sum_value(of->ratio);
    const double product = kt_sum_value(of->product);
    const double determinant = weight * square - mean * mean;
    if (determinant > STEADY * weight * square) {
        const kt_warning_spread free = {(square * ratio - mean * product) / determinant,
                                        (weight * product - mean * ratio) / determinant};
        if (free.linear >= 1.0 && free.quadratic >= 0.0) {
            return free;
        }
        if (free.linear < 1.0) {
            return (kt_warning_spread){1.0, fmax((product - mean) / square, 0.0)};
        }
    }
    return (kt_warning_spread){fmin(fmax(ratio / weight, 1.0), LARGEST_SPREAD), 0.0};
}

/*
 * The variance s^2 of three years has two degrees of freedom, so s^2/m is about exponential around
 * linear + quadratic m: a generalised linear model whose variance is the square of its mean, by
 * iterated weighted least squares (McCullagh and Nelder 1989, chapter 8). Cells without counts say
 * nothing of it.
 */
kt_warning_spread kt_warning_spread_of(const kt_warning_cell *cells, size_t count)
{
    kt_warning_spread spread = {1.0, 0.0};
    for (int round = 0; round < ROUNDS; round++) {
        const moments sums = gather(cells, count, spread);
        if (!(kt_sum_value(sums.weight) > 0.0)) {
            return spread;
        }
        const kt_warning_spread next = solve(&sums);
        const bool same = fabs(next.linear - spread.linear) <= STEADY * spread.linear &&
                          fabs(next.quadratic - spread.quadratic) <= STEADY * spread.quadratic;
        spread = next;
        if (same) {
            return spread;
        }
    }
    return spread;
}

/* The usual count, negative binomial: success probability and size as R and GSL have them. */
typedef struct usual {
    double mean, deviation, probability, size;
    double freedom; /* of its spread */
} usual;

/*
 * Half an event more than three years had, so that three years of none do not make one impossible:
 * with no more spread than Poisson's this is the prediction that follows from Jeffreys' prior. The
 * mean of three years is uncertain itself, which makes a third more variance.
 */
static usual usual_of(const kt_warning_settings *settings, kt_warning_spread spread,
                      const kt_warning_cell *cell)
{
    const double weight = settings->family_weight;
    const double mean = (sum_before(cell) + 0.5) / YEARS;
    const double common = spread.linear * mean + spread.quadratic * mean * mean;
    const double drawn =
        (weight * common + OWN_FREEDOM * variance_before(cell)) / (weight + OWN_FREEDOM);
    const double variance = fmax(drawn, mean) * (1.0 + 1.0 / YEARS);
    return (usual){.mean = mean,
                   .deviation = sqrt(variance),
                   .probability = mean / variance,
                   .size = mean * mean / (variance - mean),
                   .freedom = weight + OWN_FREEDOM};
}

static double share_up_to(const usual *of, double count)
{
    return count < 0.0 ? 0.0
                       : gsl_cdf_negative_binomial_P((unsigned)count, of->probability, of->size);
}

/* Of a tail whose spread is estimated: as far out on Student's t as it is on the normal curve. */
static double tail_of_estimate(const usual *of, double tail)
{
    if (tail <= 0.0 || tail >= 1.0) {
        return fmax(fmin(tail, 1.0), 0.0);
    }
    return gsl_cdf_tdist_P(gsl_cdf_ugaussian_Pinv(tail), of->freedom);
}

static double two_sided(const usual *of, double now)
{
    const double lower = share_up_to(of, now);
    const double upper =
        now < 1.0 ? 1.0
                  : gsl_cdf_negative_binomial_Q((unsigned)(now - 1.0), of->probability, of->size);
    return fmin(1.0, 2.0 * tail_of_estimate(of, fmin(lower, upper)));
}

/* The smallest count that at least that share of usual counts does not exceed. */
static double quantile(const usual *of, double share, double normal)
{
    const double guess = fmax(floor(of->mean + normal * of->deviation), 0.0);
    double low = fmin(guess, MOST_COUNT), high = low, step = 1.0;
    while (low >= 0.0 && share_up_to(of, low) >= share) {
        high = low;
        low -= step;
        step *= 2.0;
    }
    step = 1.0;
    while (high < MOST_COUNT && share_up_to(of, high) < share) {
        low = high;
        high = fmin(high + step, MOST_COUNT);
        step *= 2.0;
    }
    low = fmax(low, -1.0);
    while (high - low > 1.0) {
        const double middle = floor((low + high) / 2.0);
        *(share_up_to(of, middle) >= share ? &high : &low) = middle;
    }
    return high;
}

kt_warning kt_warning_weigh(const kt_warning_settings *settings, kt_warning_spread spread,
                            const kt_warning_cell *cell)
{
    assert(cell->now >= 0.0 && cell->now < MOST_COUNT);
    const usual is = usual_of(settings, spread, cell);
    const double normal = gsl_cdf_tdist_Pinv((1.0 - settings->level) / 2.0, is.freedom);
    const double share = gsl_cdf_ugaussian_P(normal);
    return (kt_warning){.low = quantile(&is, share, normal),
                        .high = quantile(&is, 1.0 - share, -normal),
                        .p_value = two_sided(&is, cell->now),
                        .q_value = NAN,
                        .direction = cell->now > is.mean ? KT_WARNING_UP : KT_WARNING_DOWN};
}

typedef struct ranked {
    double p_value;
    size_t place;
} ranked;

static int by_p_value(const void *a, const void *b)
{
    const ranked *left = a, *right = b;
    const int order = (left->p_value > right->p_value) - (left->p_value < right->p_value);
    return order != 0 ? order : (left->place > right->place) - (left->place < right->place);
}

/* q of the i-th smallest of n: the least of p_j n/j for j >= i. */
void kt_warning_q_values(const double *p_values, size_t count, kt_arena *arena, double *out)
{
    ranked *list = kt_arena_array(arena, ranked, count + 1);
    for (size_t i = 0; i < count; i++) {
        list[i] = (ranked){p_values[i], i};
    }
    qsort(list, count, sizeof *list, by_p_value);
    double least = 1.0;
    for (size_t i = count; i > 0; i--) {
        least = fmin(least, list[i - 1].p_value * (double)count / (double)i);
        out[list[i - 1].place] = least;
    }
}

/* The cells of one family, by their positions. */
static void judge(const kt_warning_settings *settings, const size_t *places, size_t count,
                  kt_arena *arena, kt_warning *out)
{
    double *values = kt_arena_array(arena, double, count + 1);
    for (size_t i = 0; i < count; i++) {
        values[i] = out[places[i]].p_value;
    }
    kt_warning_q_values(values, count, arena, values);
    for (size_t i = 0; i < count; i++) {
        kt_warning *one = &out[places[i]];
        one->q_value = values[i];
        one->direction = values[i] <= settings->rate ? one->direction : KT_WARNING_NONE;
    }
}

static size_t members_of(const kt_warning_cell *cells, size_t count, size_t family, size_t *places)
{
    size_t members = 0;
    for (size_t i = 0; i < count; i++) {
        if (cells[i].family == family) {
            places[members++] = i;
        }
    }
    return members;
}

void kt_early_warning(const kt_warning_settings *settings, const kt_warning_cell *cells,
                      size_t count, kt_arena *arena, kt_warning *out)
{
    const kt_warning_spread spread = kt_warning_spread_of(cells, count);
    size_t families = 0;
    for (size_t i = 0; i < count; i++) {
        out[i] = kt_warning_weigh(settings, spread, &cells[i]);
        families = cells[i].family >= families ? cells[i].family + 1 : families;
    }
    size_t *places = kt_arena_array(arena, size_t, count + 1);
    for (size_t family = 0; family < families; family++) {
        judge(settings, places, members_of(cells, count, family, places), arena, out);
    }
}
