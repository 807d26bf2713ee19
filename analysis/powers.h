/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_POWERS_H
#define KT_ANALYSIS_POWERS_H

#include <math.h>
#include <stddef.h>

#include "core/arena.h"

/** Powers of counts with one exponent: those of small counts are computed once. */
#define KT_POWERS_KNOWN ((size_t)1024)

typedef struct kt_powers {
    double exponent;
    double known[KT_POWERS_KNOWN];
} kt_powers;

static inline kt_powers *kt_powers_new(double exponent, kt_arena *arena)
{
    kt_powers *made = kt_arena_new(arena, kt_powers);
    made->exponent = exponent;
    for (size_t i = 0; i < KT_POWERS_KNOWN; i++) {
        made->known[i] = pow((double)i, exponent);
    }
    return made;
}

/** count is whole and not below 0. */
static inline double kt_power(const kt_powers *of, double count)
{
    return count < (double)KT_POWERS_KNOWN ? of->known[(size_t)count] : pow(count, of->exponent);
}

#endif
