/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TESTS_ANALYSIS_SUPPORT_H
#define KT_TESTS_ANALYSIS_SUPPORT_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "analysis/measure.h"
#include "support/arena.h"
#include "support/random.h"

/* A market of a group: what the measures with market, unemployed and vacancies take. */
typedef struct market_case {
    size_t count;
    const char *const *market; /* NULL: "1", "2", ... */
    const double *unemployed, *vacancies;
} market_case;

static inline const char *const *numbered(size_t count, kt_arena *arena)
{
    const char **names = kt_arena_array(arena, const char *, count);
    for (size_t i = 0; i < count; i++) {
        names[i] = kt_arena_print(arena, "%zu", i + 1);
    }
    return names;
}

/* Runs a measure whose inputs are market, unemployed, vacancies; alpha where it has one. */
static inline kt_status try_market(const char *id, const market_case *market, double alpha,
                                   kt_arena *arena, kt_findings **out, kt_error *err)
{
    const kt_measure *measure = kt_measure_find(id);
    assert_non_null(measure);
    const kt_group group = {
        .row_count = market->count,
        .key = {market->market != NULL ? market->market : numbered(market->count, arena)},
        .figure = {NULL, market->unemployed, market->vacancies},
    };
    const kt_param_value params[] = {{.number = alpha}};
    return kt_measure_run(measure, &group, params, arena, out, err);
}

static inline const kt_findings *run_market(const char *id, const market_case *market, double alpha,
                                            kt_arena *arena)
{
    kt_findings *found = NULL;
    kt_error err = {0};
    if (try_market(id, market, alpha, arena, &found, &err) != KT_OK) {
        fail_msg("%s", err.message);
    }
    return found;
}

/* The number called result in a row of findings. */
static inline double found_number(const char *id, const kt_findings *found, size_t row,
                                  const char *result)
{
    const kt_measure *measure = kt_measure_find(id);
    const size_t count = kt_measure_result_count(measure);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(measure->results[i].name, result) == 0) {
            return found->number[row * count + i];
        }
    }
    fail_msg("%s has no result %s", id, result);
    return NAN;
}

#endif
