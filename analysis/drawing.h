/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_DRAWING_H
#define KT_ANALYSIS_DRAWING_H

#include "analysis/generator.h"
#include "sample.h"

/** The parameters of every measure that draws. The same ones give the same figures. */
#define KT_PARAM_DRAWS                                                                           \
    {                                                                                            \
        .name = "draws", .kind = KT_PARAM_INTEGER, .least = 2.0, .most = 1e6, .fallback = "999", \
        .meaning = "how often it is drawn"                                                       \
    }
#define KT_PARAM_SEED                                                                           \
    {                                                                                           \
        .name = "seed", .kind = KT_PARAM_INTEGER, .least = 0.0, .most = 9007199254740991.0,     \
        .fallback = "1", .meaning = "where the random numbers of " KT_SAMPLE_GENERATOR " start" \
    }
#define KT_PARAM_LEVEL                                                                     \
    {                                                                                      \
        .name = "level", .kind = KT_PARAM_NUMBER, .least = 0.0, .most = 1.0, .open = true, \
        .fallback = "0.95", .meaning = "how often the interval holds what it is of"        \
    }

#endif
