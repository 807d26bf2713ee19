/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_MATCHING_CES_H
#define KT_ANALYSIS_MATCHING_CES_H

#include "matching.h"

/** ln(h/u) = c + ln(a (v/u)^r + 1 - a) / r by nonlinear least squares. */

kt_matching kt_matching_ces_terms(void);

/** Sets estimates and errors of the terms; why there are none, or NULL. */
const char *kt_matching_ces_fit(const kt_matching_rows *rows, kt_matching *out, kt_arena *arena);

#endif
