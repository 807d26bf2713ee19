/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_INTERVAL_CHECKS_H
#define KT_TRANSFORM_INTERVAL_CHECKS_H

#include "slice.h"

/** What the margins left of the protected cells of one measure, as rows of `checks`. */
typedef struct kt_interval_check kt_interval_check;

#define KT_INTERVAL_CHECKS 7 /* rows of a measure */

kt_interval_check *kt_interval_check_new(const kt_reconcile_table *table, size_t measure,
                                         kt_arena *arena);

/** Adds one tightened plane; newest: of the last period. */
void kt_interval_check_note(kt_interval_check *check, const kt_plane *plane, const kt_slice *slice,
                            bool newest);

/** Writes the rows; how many. */
size_t kt_interval_check_end(kt_interval_check *check, kt_check *rows);

#endif
