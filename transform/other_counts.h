/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_OTHER_COUNTS_H
#define KT_TRANSFORM_OTHER_COUNTS_H

#include <stdbool.h>

#include "transform/hide_counts.h"

/*
 * Tables of counts that could be the true one as well: they have what is shown, and keep every
 * rule.
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

/* What is to be something else: a sum, of one term or more. */
typedef kt_count_sum other_goal;

/* The rules that each count stands in, and its sign there. */
typedef struct other_place {
    size_t rule;
    int sign;
} other_place;

typedef struct other_index {
    const size_t *start; /* those of count c: places[start[c]] .. places[start[c + 1] - 1] */
    const other_place *places;
} other_index;

other_counts *other_counts_open(const kt_hidden_counts *counts, kt_arena *arena);

const other_index *other_counts_index(const other_counts *of);

/* How far a search goes. */
typedef struct other_effort {
    bool thorough; /* longer, and begins in more ways */
    bool free;     /* what a reader knows of single counts does not matter */
} other_effort;

/*
 * Looks for one in which the goal is a little more or less: moves one count after the other, each
 * so far that a rule is kept again, the one first after which the fewest are broken; what has just
 * moved waits. Which table is found follows from the counts alone. A search that takes too long
 * counts as one that finds nothing. Hidden counts of now may move. In the arena of the other
 * counts.
 */
other_table other_counts_find(other_counts *of, other_goal goal, other_effort effort);

/* All counts that rules tie to the goal twice as much; none where one of them is shown. */
other_table other_counts_double(other_counts *of, other_goal goal);

#endif
