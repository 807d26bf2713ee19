/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_OTHER_COUNTS_H
#define KT_TRANSFORM_OTHER_COUNTS_H

#include "propagate.h"
#include "transform/hide_counts.h"

/*
 * Tables of counts that could be the true one as well: they have what is shown, and meet every
 * margin. low and high are the intervals of the counts, equal where they are shown.
 */
typedef struct other_counts {
    const double *truth;
    double *low, *high;
    kt_margin_table table; /* of low and high */
    kt_margin_index index;
    const bool *in_use; /* all margins */
} other_counts;

/* The count is shown, or no longer. */
void other_counts_show(const other_counts *of, size_t cell, bool shown);

/* Fails as kt_margins_check does. */
kt_status other_counts_open(other_counts *out, const double *truth, const kt_hidden_counts *counts,
                            kt_arena *arena, kt_error *err);

/*
 * Looks for one in which the count is something else: as near to the truth as it goes, wherever a
 * margin is missed by moving one count of it, and by halves else. Every table is looked at in the
 * end; a search that takes too long counts as one that finds nothing.
 */
bool other_counts_find(const other_counts *of, size_t cell, double *out);

#endif
