/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_DRAWN_MARKET_H
#define KT_TESTS_ANALYSIS_DRAWN_MARKET_H

#include <stddef.h>

/** A market with thin cells for what is drawn. */
typedef struct drawn_market {
    size_t count;
    const double *u, *v;
} drawn_market;

/* R: i <- 1:40; u <- 20 + (7 * i) %% 31; v <- 1 + (5 * i) %% 9; v[c(3, 17)] <- 0 */
static inline drawn_market drawn_market_of_forty(void)
{
    static double u[40], v[40];
    for (size_t i = 0; i < 40; i++) {
        u[i] = 20.0 + (double)((7 * (i + 1)) % 31);
        v[i] = 1.0 + (double)((5 * (i + 1)) % 9);
    }
    v[2] = v[16] = 0.0;
    return (drawn_market){.count = 40, .u = u, .v = v};
}

#endif
