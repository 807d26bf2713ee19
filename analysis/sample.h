/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SAMPLE_H
#define KT_ANALYSIS_SAMPLE_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/**
 * Random numbers that anybody can draw again: xoshiro256** (Blackman and Vigna 2021) seeded by
 * splitmix64, so a stream follows from its seed alone, on every machine and every thread. Counts
 * are drawn as doubles. A distribution is prepared once and drawn from many times.
 */

typedef struct kt_sample {
    uint64_t state[4];
} kt_sample;

/** The stream of a seed; purpose tells apart what is drawn with one seed. */
kt_sample kt_sample_open(uint64_t seed, uint64_t purpose);

uint64_t kt_sample_bits(kt_sample *sample);

/** Above 0 and below 1. */
double kt_sample_unit(kt_sample *sample);

/** The next number of splitmix64. */
uint64_t kt_splitmix(uint64_t *state);

/** A Poisson distribution, prepared. */
typedef struct kt_poisson {
    double mean;
    const double *up_to; /* of a small mean: the chance of at most 0, 1, ...; NULL: it is large */
    const uint8_t *guide;
    double a, b, inverse_alpha, squeeze;
} kt_poisson;

/** mean from 0 to 9e15. Lives in the arena. */
kt_poisson kt_poisson_of(double mean, kt_arena *arena);

double kt_poisson_draw(const kt_poisson *of, kt_sample *sample);

/** A multinomial distribution, prepared. */
typedef struct kt_multinomial kt_multinomial;

/**
 * So many trials over count outcomes in proportion to weight, which sum to more than 0; none is
 * below 0. weight is not kept. In the arena.
 */
kt_multinomial *kt_multinomial_new(const double *weight, size_t count, double trials,
                                   kt_arena *arena);

/** Fills out, a count for each outcome; they sum to the trials. */
void kt_multinomial_draw(const kt_multinomial *of, kt_sample *sample, double *out);

#endif
