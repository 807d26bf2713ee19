/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_NILE_H
#define KT_TESTS_ANALYSIS_NILE_H

#include <stddef.h>

/* The yearly flow of the Nile, 1871-1970: R's Nile. */
static const double nile[] = {
    1120, 1160, 963, 1210, 1160, 1160, 813,  1230, 1370, 1140, 995,  935,  1110, 994,  1020,
    960,  1180, 799, 958,  1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774,  840,
    874,  694,  940, 833,  701,  916,  692,  1020, 1050, 969,  831,  726,  456,  824,  702,
    1120, 1100, 832, 764,  821,  768,  845,  864,  862,  698,  845,  744,  796,  1040, 759,
    781,  865,  845, 944,  984,  897,  822,  1010, 771,  676,  649,  846,  812,  742,  801,
    1040, 860,  874, 848,  890,  744,  749,  838,  1050, 918,  986,  797,  923,  975,  815,
    1020, 906,  901, 1170, 912,  746,  919,  718,  714,  740};

#define NILE_YEARS (sizeof nile / sizeof nile[0])

/* 1, 2, ... beside each year. */
static inline const double *nile_x(double *x)
{
    for (size_t i = 0; i < NILE_YEARS; i++) {
        x[i] = (double)i + 1.0;
    }
    return x;
}

#endif
