/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_STL_SPREAD_H
#define KT_ANALYSIS_STL_SPREAD_H

#include <stddef.h>

/**
 * The sum of the two middle ones of count sizes (of the middle one with itself where the count is
 * odd), as netlib's stl and so R finds them, which is not always so: see the comment in the code.
 * Reorders sizes, which must be finite; count is at least 1.
 */
double kt_stl_two_middles(double *size, size_t count);

#endif
