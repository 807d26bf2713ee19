/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_RANDOM_H
#define KT_TESTS_RANDOM_H

#include <stdint.h>

/* Repeatable numbers: 0 .. below - 1. */
static inline unsigned random_below(uint64_t *seed, unsigned below)
{
    *seed = *seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
    return (unsigned)((*seed >> 33) % below);
}

#endif
