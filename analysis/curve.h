/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_CURVE_H
#define KT_ANALYSIS_CURVE_H

#include <stddef.h>

#include "core/arena.h"
#include "regression.h"

/**
 * The Beveridge curve ln v = b - e ln u, fitted segment by segment, and how far it has moved
 * outward: the change of b from the segment before in one regression of all segments with one
 * common e (Michaillat and Saez 2021 fit it per segment).
 */

/** The points of one segment in time. Borrowed; both rates are above zero. */
typedef struct kt_curve_points {
    const char *reason; /* why the segment is not to be fitted, or NULL */
    size_t count;
    const double *unemployment_rate, *vacancy_rate;
    const int *time; /* period of each point, rising */
} kt_curve_points;

/** NAN where there is no figure. Errors are standard errors. */
typedef struct kt_curve {
    const char
        *reason;      /* why there is no curve: the points' own, too few, e not above 0; or NULL */
    const char *note; /* why something else is missing or weak, or NULL */
    double intercept, intercept_error;
    double elasticity, elasticity_error; /* e > 0 */
    double shift, shift_error;           /* of ln v at a given u; none in the first segment */
} kt_curve;

/** Fills one curve a segment. Segments without a curve play no part in the shifts of others. */
void kt_curve_fit(const kt_curve_points *segments, size_t count, const kt_errors *errors,
                  kt_arena *arena, kt_curve *out);

#endif
