/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MEASURE_WEIGHTS_H
#define KT_PIPELINE_MEASURE_WEIGHTS_H

#include <stdbool.h>

#include "analysis/measure.h"
#include "core/arena.h"
#include "core/error.h"

/**
 * Reads the weights of a measure that needs them: a CSV whose first column is the market of the row
 * and whose others are a market each. *out is NULL for a measure that takes none. KT_ERR_USAGE if
 * the file is missing where it is needed, or given where it is not; KT_ERR_DATA or KT_ERR_FORMAT
 * with row and column for what is wrong in it.
 */
kt_status kt_measure_weights(const kt_measure *measure, const char *path, kt_arena *arena,
                             const kt_weights **out, kt_error *err) KT_MUST_CHECK;

/** True if no column is named as a row's market: columns are then taken in the order of the rows.
 */
bool kt_measure_weights_by_order(const kt_weights *weights);

#endif
