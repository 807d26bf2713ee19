/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sample.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "sum.h"

/* Steele, Lea and Flood (2014). */
uint64_t kt_splitmix(uint64_t *state)
{
    uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);
    z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
    return z ^ (z >> 31);
}

kt_sample kt_sample_open(uint64_t seed, uint64_t purpose)
{
    uint64_t told_apart = purpose;
    uint64_t state = kt_splitmix(&told_apart) ^ seed;
    kt_sample made;
    for (size_t i = 0; i < 4; i++) {
        made.state[i] = kt_splitmix(&state);
    }
    return made;
}

static uint64_t rotate(uint64_t bits, int by)
{
    return (bits << by) | (bits >> (64 - by));
}

/* Blackman and Vigna (2021): Scrambled linear pseudorandom number generators, ACM TOMS 47(4). */
static inline uint64_t next_bits(kt_sample *sample)
{
    uint64_t *s = sample->state;
    const uint64_t made = rotate(s[1] * 5, 7) * 9;
    const uint64_t shifted = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = rotate(s[3], 45);
    return made;
}

/* The middles of 2^52 parts, which doubles hold exactly: neither 0 nor 1 is among them. */
static inline double next_unit(kt_sample *sample)
{
    return ((double)(next_bits(sample) >> 12) + 0.5) * 0x1p-52;
}

uint64_t kt_sample_bits(kt_sample *sample)
{
    return next_bits(sample);
}

double kt_sample_unit(kt_sample *sample)
{
    return next_unit(sample);
}

#define SMALL_MEAN 40.0
#define LARGE_MEAN 9.1e15
#define GUIDES     64

/* Chances up to where the rest is below the last bit of a double, and a last one that nothing is
 * above. A guide says where to begin to look for each 64th of the chances. */
static void prepare_small(kt_poisson *of, kt_arena *arena)
{
    const size_t count = (size_t)(of->mean + 9.0 * sqrt(of->mean) + 20.0);
    double *up_to = kt_arena_array(arena, double, count);
    uint8_t *guide = kt_arena_array(arena, uint8_t, GUIDES);
    double chance = exp(-of->mean);
    up_to[0] = chance;
    for (size_t k = 1; k < count; k++) {
        chance *= of->mean / (double)k;
        up_to[k] = up_to[k - 1] + chance;
    }
    up_to[count - 1] = 2.0;
    size_t k = 0;
    for (size_t i = 0; i < GUIDES; i++) {
        while (up_to[k] <= (double)i / GUIDES) {
            k++;
        }
        guide[i] = (uint8_t)k;
    }
    of->up_to = up_to;
    of->guide = guide;
}

kt_poisson kt_poisson_of(double mean, kt_arena *arena)
{
    assert(mean >= 0.0 && mean < LARGE_MEAN);
    kt_poisson made = {.mean = mean};
    if (mean < SMALL_MEAN) {
        prepare_small(&made, arena);
        return made;
    }
    made.b = 0.931 + 2.53 * sqrt(mean);
    made.a = -0.059 + 0.02483 * made.b;
    made.inverse_alpha = 1.1239 + 1.1328 / (made.b - 3.4);
    made.squeeze = 0.9277 - 3.6224 / (made.b - 2.0);
    return made;
}

/* Inversion by indexed search (Chen and Asau 1974). */
static inline double draw_small(const kt_poisson *of, kt_sample *sample)
{
    const double u = next_unit(sample);
    size_t k = of->guide[(size_t)(u * GUIDES)];
    while (of->up_to[k] <= u) {
        k++;
    }
    return (double)k;
}

/*
 * The log of the probability of k times the root of k, by Stirling's series, which is exact to
 * 1e-12 from k = 10 on:
 *
 *     -m + k log m - log k! = (k - m) - k log(k/m) - log(2 pi k)/2 - 1/(12 k) + 1/(360 k^3) - ...
 *
 * written so that large counts do not cancel to nothing.
 */
static double log_probability(double mean, double k)
{
    const double off = k - mean, r = 1.0 / k, r2 = r * r;
    const double half_log_two_pi = 0.91893853320467274178;
    return off - k * log1p(off / mean) - half_log_two_pi -
           r * (1.0 / 12.0 - r2 * (1.0 / 360.0 - r2 * (1.0 / 1260.0 - r2 / 1680.0)));
}

/*
 * Hörmann (1993): The transformed rejection method for generating Poisson random variables,
 * Insurance: Mathematics and Economics 12(1), algorithm PTRS. Four of five draws are accepted at
 * the squeeze, without a logarithm. Counts below 10, whose chance is below 1e-8 here, have the
 * series where it is still exact to 1e-3.
 */
static inline double draw_large(const kt_poisson *of, kt_sample *sample)
{
    for (;;) {
        const double u = next_unit(sample) - 0.5, v = next_unit(sample);
        const double from_end = 0.5 - fabs(u);
        const double at = (2.0 * of->a / from_end + of->b) * u + of->mean + 0.43;
        if (!(at >= 1.0 && at < 9e18)) {
            continue;
        }
        const double k = (double)(int64_t)at;
        if (from_end >= 0.07 && v <= of->squeeze) {
            return k;
        }
        if (from_end < 0.013 && v > from_end) {
            continue;
        }
        const double hat = of->inverse_alpha / (of->a / (from_end * from_end) + of->b);
        if (log(v * hat * sqrt(k)) <= log_probability(of->mean, k)) {
            return k;
        }
    }
}

static inline double draw_poisson(const kt_poisson *of, kt_sample *sample)
{
    return of->up_to != NULL ? draw_small(of, sample) : draw_large(of, sample);
}

double kt_poisson_draw(const kt_poisson *of, kt_sample *sample)
{
    return draw_poisson(of, sample);
}

/*
 * Poisson counts given their sum are multinomial. So counts are drawn whose means sum to a little
 * less than the trials, and the trials that are left fall singly. Where the counts sum to more than
 * the trials, they are drawn again; that leaves the sum another distribution, and the counts given
 * the sum the same.
 */
struct kt_multinomial {
    size_t count;
    double trials;
    bool in_bulk;     /* few trials all fall singly: part is then not set */
    kt_poisson *part; /* of each outcome */
    double *keep;  /* Walker's alias method: a trial stays at the outcome it hits with this ... */
    size_t *alias; /* ... and else goes here */
};

#define SLACK_DEVIATIONS 1.0 /* one draw of six is drawn again, and few trials fall singly */
#define BULK_TRIALS      4.0 /* an outcome: fewer are as fast singly */

/* Vose (1991): A linear algorithm for generating random numbers with a given distribution. */
static void prepare_singles(kt_multinomial *of, const double *share, kt_arena *arena)
{
    const size_t n = of->count;
    size_t *stack = kt_arena_array(arena, size_t, n);
    size_t poor = 0, rich = n; /* both ends of the stack */
    of->keep = kt_arena_array(arena, double, n);
    of->alias = kt_arena_array(arena, size_t, n);
    for (size_t i = 0; i < n; i++) {
        of->keep[i] = share[i] * (double)n;
        of->alias[i] = i;
        stack[of->keep[i] < 1.0 ? poor++ : --rich] = i;
    }
    while (poor > 0 && rich < n) {
        const size_t from = stack[--poor], to = stack[rich];
        of->alias[from] = to;
        of->keep[to] -= 1.0 - of->keep[from];
        if (of->keep[to] < 1.0) {
            rich++;
            stack[poor++] = to;
        }
    }
    /* What is left has all of its part but for rounding. */
    while (poor > 0) {
        of->keep[stack[--poor]] = 1.0;
    }
}

kt_multinomial *kt_multinomial_new(const double *weight, size_t count, double trials,
                                   kt_arena *arena)
{
    kt_multinomial *made = kt_arena_new(arena, kt_multinomial);
    *made = (kt_multinomial){
        .count = count, .trials = trials, .in_bulk = trials >= BULK_TRIALS * (double)count};
    kt_sum sum = {0};
    for (size_t i = 0; i < count; i++) {
        kt_sum_add(&sum, weight[i]);
    }
    const double total = kt_sum_value(sum);
    assert(total > 0.0);
    double *share = kt_arena_array(arena, double, count);
    for (size_t i = 0; i < count; i++) {
        share[i] = weight[i] / total;
    }
    prepare_singles(made, share, arena);
    if (made->in_bulk) {
        const double bulk = fmax(trials - SLACK_DEVIATIONS * sqrt(trials), 0.0);
        made->part = kt_arena_array(arena, kt_poisson, count);
        for (size_t i = 0; i < count; i++) {
            made->part[i] = i > 0 && share[i] == share[i - 1]
                                ? made->part[i - 1]
                                : kt_poisson_of(bulk * share[i], arena);
        }
    }
    return made;
}

/* Returns how many trials are left. */
static double draw_bulk(const kt_multinomial *of, kt_sample *sample, double *out)
{
    double left = -1.0;
    while (left < 0.0) {
        left = of->trials;
        for (size_t i = 0; i < of->count; i++) {
            out[i] = draw_poisson(&of->part[i], sample);
            left -= out[i];
        }
    }
    return left;
}

void kt_multinomial_draw(const kt_multinomial *of, kt_sample *sample, double *out)
{
    double left = of->trials;
    if (of->in_bulk) {
        left = draw_bulk(of, sample, out);
    } else {
        memset(out, 0, of->count * sizeof *out);
    }
    for (uint64_t single = (uint64_t)left; single > 0; single--) {
        const double at = next_unit(sample) * (double)of->count;
        const size_t hit = (size_t)at;
        out[at - (double)hit < of->keep[hit] ? hit : of->alias[hit]] += 1.0;
    }
}
