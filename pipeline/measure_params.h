/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_PARAMS_H
#define KT_PIPELINE_MEASURE_PARAMS_H

#include <stddef.h>

#include "analysis/measure.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

/** The parameters of a measure as the caller gives them: each with one value or several. */
typedef struct kt_param_grid {
    const kt_measure *measure;
    size_t param_count;
    kt_param_value *values[KT_MEASURE_PARAMS];
    size_t counts[KT_MEASURE_PARAMS];
    size_t combinations; /* the product of the counts */
} kt_param_grid;

/**
 * Reads "name=value" words; several values are joined by commas, or the word stands again. A
 * parameter that is not given has its fallback. KT_ERR_USAGE for a name that the measure does not
 * have, a value that it does not take, or one that is needed and missing.
 */
kt_status kt_param_grid_read(const kt_measure *measure, const char *const *words, size_t count,
                             kt_arena *arena, kt_param_grid *out, kt_error *err) KT_MUST_CHECK;

/** Combination number `at`, the last parameter changing fastest, into values. */
void kt_param_grid_at(const kt_param_grid *grid, size_t at, kt_param_value *values);

/** Adds a value to a CSV line as the caller would write it: 0.5, sqrt. */
void kt_param_put(kt_text *line, kt_param_value value);

#endif
