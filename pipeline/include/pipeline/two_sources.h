/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TWO_SOURCES_H
#define KT_PIPELINE_TWO_SOURCES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/source.h"

/**
 * What a register and a survey say of the same thing, side by side: which figures of which tables
 * are set beside one another, and how the months of the register make a quarter of the survey.
 */
typedef struct kt_figure_place {
    const char *source; /* kt_source.id */
    const char *measure;
} kt_figure_place;

typedef enum kt_month_rule {
    KT_MONTHS_MEAN,    /* the mean of the month-ends of the survey's period */
    KT_MONTHS_NEAREST, /* the month-end nearest to the day that the survey is of */
} kt_month_rule;

typedef struct kt_source_pair {
    const char *indicator;          /* a code of dim_indicator */
    kt_figure_place counted, asked; /* by the register and by the survey */
    const char **levels;            /* of regions */
    size_t level_count;
    kt_month_rule months;
    int reference_month, reference_day; /* of KT_MONTHS_NEAREST: the second month's 1st is 2, 1 */
    kt_words definition;                /* what is compared, and why the two need not be the same */
} kt_source_pair;

typedef struct kt_source_pairs {
    kt_source_pair *at;
    size_t count;
} kt_source_pairs;

#endif
