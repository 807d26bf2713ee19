/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_OTHER_COUNTS_H
#define KT_TRANSFORM_OTHER_COUNTS_H

#include <stdbool.h>

#include "core/margin.h"
#include "transform/hide_counts.h"

/*
 * Tables of counts that could be the true one as well: they have what is shown, and meet every
 * margin.
 */
typedef struct other_counts other_counts;

/* A count that is something else in such a table; all that are not named are what they are. */
typedef struct other_count {
    size_t cell;
    double value;
} other_count;

typedef struct other_table {
    const other_count *at;
    size_t count; /* 0: no table */
} other_table;

/* Fails as kt_margins_check does. truth is borrowed. */
kt_status other_counts_open(const double *truth, const kt_hidden_counts *counts, kt_arena *arena,
                            other_counts **out, kt_error *err);

/* The count is shown, or no longer. */
void other_counts_show(other_counts *of, size_t cell, bool shown);

/* The margins that each count stands in. */
const kt_margin_index *other_counts_index(const other_counts *of);

/*
 * Looks for one in which the count is a little more or less: moves one count after the other, each
 * so far that a margin is met again, the one first after which the fewest are missed; what has just
 * moved waits. Which table is found follows from the counts alone. A search that takes too long
 * counts as one that finds nothing; a thorough one takes longer, and begins in more ways. In the
 * arena of the other counts.
 */
other_table other_counts_find(other_counts *of, size_t cell, bool thoroughly);

/* All counts that margins tie to it twice as much; none where one of them is shown. */
other_table other_counts_double(other_counts *of, size_t cell);

#endif
