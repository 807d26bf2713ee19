/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_INDICATORS_H
#define KT_TRANSFORM_INDICATORS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/indicator.h"
#include "core/problems.h"
#include "core/source.h"

/**
 * The common indicators of the programme periods: indicators.csv and indicator_checks.csv of the
 * folder of projects. Codes and what they count are the regulations' (EU 2021/1057 and 1304/2013,
 * Annex I); the words are ours.
 */
typedef struct kt_indicator {
    const char *code;
    const char *period; /* 2021-2027 */
    const char *kind;   /* output, result_immediate, result_longer_term */
    const char *level;  /* participants, entities */
    const char *unit;
    const char *const *parents; /* whose sum it cannot exceed; none */
    size_t parent_count;
    bool sensitive;                /* shown of clusters and the country alone */
    const char *const *successors; /* in the next period; none */
    size_t successor_count;
    const char
        *comparability; /* equal, near, split, none, not_comparable; "" without an older one */
    kt_words name;
} kt_indicator;

typedef struct kt_indicators {
    const kt_indicator *at; /* by period, then code */
    size_t count;
    const kt_indicator_check *checks; /* in the order of the file */
    size_t check_count;
} kt_indicators;

/** NULL if there was a problem; all are told. */
const kt_indicators *kt_indicators_load(const char *folder, kt_arena *arena, kt_problems *problems);

/** The indicator of that code, or NULL. */
const kt_indicator *kt_indicator_find(const kt_indicators *all, const char *code);

#endif
