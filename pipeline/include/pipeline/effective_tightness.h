/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_EFFECTIVE_TIGHTNESS_H
#define KT_PIPELINE_EFFECTIVE_TIGHTNESS_H

#include <stddef.h>

#include "analysis/measure.h"
#include "core/source.h"

/** Weights between the regions of a level: how easily job seekers of the row reach posts of the
 * column. They are somebody's choice, and `effective_tightness` depends on it. */
typedef struct kt_reach {
    const char *name; /* in the column `weights` */
    const char *region_level;
    kt_words title;
    const char *source; /* where they are from, or that they are assumed */
    const kt_weights *weights;
} kt_reach;

typedef struct kt_reaches {
    kt_reach *at;
    size_t count;
} kt_reaches;

#endif
