/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "count_moments.h"

#include <math.h>
#include <stdbool.h>

enum { SMALL_MEANS = 32, TERMS = 160 };

/* Which powers: p, 2p and p + 1. */
enum { POWER, SQUARE, PRODUCT, KINDS };

struct kt_count_moments {
    double exponent[KINDS];
    double raised[KINDS][TERMS]; /* of 0, 1, ... */
    size_t raised_count;
    bool known[SMALL_MEANS]; /* of whole means */
    kt_count_power small[SMALL_MEANS];
};

kt_count_moments *kt_count_moments_new(double exponent, kt_arena *arena)
{
    kt_count_moments *made = kt_arena_new(arena, kt_count_moments);
    made->exponent[POWER] = exponent;
    made->exponent[SQUARE] = 2.0 * exponent;
    made->exponent[PRODUCT] = exponent + 1.0;
    return made;
}

static void raise_up_to(kt_count_moments *of, size_t n)
{
    for (; of->raised_count <= n; of->raised_count++) {
        for (size_t kind = 0; kind < KINDS; kind++) {
            of->raised[kind][of->raised_count] = pow((double)of->raised_count, of->exponent[kind]);
        }
    }
}

/* The sum itself. Of a mean of 32 nothing is left beyond 160 terms; of a smaller one the terms
 * behind twice the mean halve at least, and n^3 of them grows by less, so they soon add nothing. */
static kt_count_power sum_of(kt_count_moments *of, double mean)
{
    double sum[KINDS] = {0.0}, chance = exp(-mean), last = HUGE_VAL;
    for (size_t n = 1; n < TERMS && ((double)n < 2.0 * mean + 16.0 || last > 0.0); n++) {
        raise_up_to(of, n);
        chance *= mean / (double)n;
        last = 0.0;
        for (size_t kind = 0; kind < KINDS; kind++) {
            const double before = sum[kind];
            sum[kind] += chance * of->raised[kind][n];
            last = fmax(last, sum[kind] - before);
        }
    }
    return (kt_count_power){sum[POWER], sum[SQUARE], sum[PRODUCT]};
}

/*
 * m^p sum_j C(p,j) mu_j / m^j with the central moments mu_2 = mu_3 = m, mu_4 = 3m^2 + m, mu_5 =
 * 10m^2 + m, mu_6 = 15m^3 + 25m^2 + m, mu_7 = 105m^3 + ..., mu_8 = 105m^4 + ..., by powers of 1/m.
 */
static double series_of(double p, double mean)
{
    double choose[10] = {1.0};
    for (int j = 1; j < 10; j++) {
        choose[j] = choose[j - 1] * (p - (double)(j - 1)) / (double)j;
    }
    const double *c = choose, r = 1.0 / mean;
    const double first = c[2];
    const double second = c[3] + 3.0 * c[4];
    const double third = c[4] + 10.0 * c[5] + 15.0 * c[6];
    const double fourth = c[5] + 25.0 * c[6] + 105.0 * c[7] + 105.0 * c[8];
    return pow(mean, p) * (1.0 + r * (first + r * (second + r * (third + r * fourth))));
}

kt_count_power kt_count_moments_of(kt_count_moments *of, double mean)
{
    if (mean >= SMALL_MEANS) {
        return (kt_count_power){series_of(of->exponent[POWER], mean),
                                series_of(of->exponent[SQUARE], mean),
                                series_of(of->exponent[PRODUCT], mean)};
    }
    const size_t whole = (size_t)lround(mean);
    if (whole == 0 || whole >= SMALL_MEANS || fabs(mean - (double)whole) > 1e-9) {
        return sum_of(of, mean);
    }
    if (!of->known[whole]) {
        of->known[whole] = true;
        of->small[whole] = sum_of(of, (double)whole);
    }
    return of->small[whole];
}
