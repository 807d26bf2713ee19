/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PLACES_H
#define KT_ANALYSIS_PLACES_H

#include "analysis/measure.h"

/** The place of each row's key among the distinct ones, in the order of their first rows; in the
 * arena. *count is how many those are. */
const size_t *kt_places_of(const kt_group *group, size_t input, kt_arena *arena, size_t *count);

#endif
