/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "core/cleanup.h"
#include "sample.h"
#include "spread.h"

/*
 * What the bootstrap and the null of a month cost: 779 cells of generated job seekers and posts,
 * 999 draws, one thread, our samplers and GSL's in turns; medians of CPU seconds, and what was
 * drawn.
 *
 *     cmake --build build/release --target bench_sample && build/release/tests/bench/bench_sample
 */

#define CELLS  779
#define DRAWS  999
#define ROUNDS 11

typedef struct month {
    double u[CELLS], v[CELLS], pooled[CELLS];
    unsigned seekers, posts;
    kt_arena *arena;
    double found[DRAWS];
} month;

static double cpu_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Sizes as those of 19 regions by 41 occupations: 250,000 job seekers, 40,000 posts, many cells of
 * few. */
static void generate(month *out)
{
    kt_sample sample = kt_sample_open(1, 0);
    for (size_t i = 0; i < CELLS; i++) {
        const double size = exp(6.0 * kt_sample_unit(&sample) - 2.0);
        out->u[i] = floor(26.0 * size * kt_sample_unit(&sample));
        out->v[i] = floor(4.5 * size * kt_sample_unit(&sample));
        out->seekers += (unsigned)out->u[i];
        out->posts += (unsigned)out->v[i];
    }
    for (size_t i = 0; i < CELLS; i++) {
        out->pooled[i] = (out->u[i] / out->seekers + out->v[i] / out->posts) / 2.0;
    }
}

static double index_of(const double *u, const double *v)
{
    double matches = 0.0, seekers = 0.0, posts = 0.0;
    for (size_t i = 0; i < CELLS; i++) {
        matches += sqrt(u[i] * v[i]);
        seekers += u[i];
        posts += v[i];
    }
    return 1.0 - matches / sqrt(seekers * posts);
}

static void our_poisson(month *of)
{
    kt_poisson seekers[CELLS], posts[CELLS];
    double u[CELLS], v[CELLS];
    kt_sample sample = kt_sample_open(1, 0);
    for (size_t i = 0; i < CELLS; i++) {
        seekers[i] = kt_poisson_of(of->u[i], of->arena);
        posts[i] = kt_poisson_of(of->v[i], of->arena);
    }
    for (size_t draw = 0; draw < DRAWS; draw++) {
        for (size_t i = 0; i < CELLS; i++) {
            u[i] = kt_poisson_draw(&seekers[i], &sample);
            v[i] = kt_poisson_draw(&posts[i], &sample);
        }
        of->found[draw] = index_of(u, v);
    }
}

static void their_poisson(month *of)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    double u[CELLS], v[CELLS];
    for (size_t draw = 0; draw < DRAWS; draw++) {
        for (size_t i = 0; i < CELLS; i++) {
            u[i] = gsl_ran_poisson(rng, of->u[i]);
            v[i] = gsl_ran_poisson(rng, of->v[i]);
        }
        of->found[draw] = index_of(u, v);
    }
    gsl_rng_free(rng);
}

static void our_multinomial(month *of)
{
    double u[CELLS], v[CELLS];
    kt_sample sample = kt_sample_open(1, 0);
    const kt_multinomial *seekers = kt_multinomial_new(of->pooled, CELLS, of->seekers, of->arena);
    const kt_multinomial *posts = kt_multinomial_new(of->pooled, CELLS, of->posts, of->arena);
    for (size_t draw = 0; draw < DRAWS; draw++) {
        kt_multinomial_draw(seekers, &sample, u);
        kt_multinomial_draw(posts, &sample, v);
        of->found[draw] = index_of(u, v);
    }
}

static void their_multinomial(month *of)
{
    gsl_rng *rng = gsl_rng_alloc(gsl_rng_mt19937);
    unsigned u[CELLS], v[CELLS];
    double real_u[CELLS], real_v[CELLS];
    for (size_t draw = 0; draw < DRAWS; draw++) {
        gsl_ran_multinomial(rng, CELLS, of->seekers, of->pooled, u);
        gsl_ran_multinomial(rng, CELLS, of->posts, of->pooled, v);
        for (size_t i = 0; i < CELLS; i++) {
            real_u[i] = u[i];
            real_v[i] = v[i];
        }
        of->found[draw] = index_of(real_u, real_v);
    }
    gsl_rng_free(rng);
}

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

typedef struct contestant {
    const char *name;
    void (*draw)(month *of);
    double seconds[ROUNDS];
    kt_spread spread;
} contestant;

int main(void)
{
    static month of;
    KT_AUTO(arena) kt_arena *arena = kt_arena_open("bench", 0);
    of.arena = arena;
    generate(&of);
    contestant all[] = {
        {.name = "poisson, ours", .draw = our_poisson},
        {.name = "poisson, GSL", .draw = their_poisson},
        {.name = "multinomial, ours", .draw = our_multinomial},
        {.name = "multinomial, GSL", .draw = their_multinomial},
    };
    const size_t count = sizeof all / sizeof all[0];
    for (size_t round = 0; round < ROUNDS; round++) {
        for (size_t i = 0; i < count; i++) {
            const double start = cpu_seconds();
            all[i].draw(&of);
            all[i].seconds[round] = cpu_seconds() - start;
            all[i].spread = kt_spread_of(of.found, DRAWS);
        }
    }
    printf("%u job seekers, %u posts, %d cells, %d draws\n", of.seekers, of.posts, CELLS, DRAWS);
    for (size_t i = 0; i < count; i++) {
        qsort(all[i].seconds, ROUNDS, sizeof(double), by_size);
        printf("%-18s %.4f s (%.4f to %.4f)  mean %.6f  sd %.6f\n", all[i].name,
               all[i].seconds[ROUNDS / 2], all[i].seconds[0], all[i].seconds[ROUNDS - 1],
               all[i].spread.mean, all[i].spread.deviation);
    }
    return 0;
}
