/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_MARGIN_H
#define KT_CORE_MARGIN_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Counts in cells, each a whole number inside an interval, and the margins that tie them together.
 * A total is a cell like any other, so it may be hidden itself. Numbers of persons or posts; plain
 * data, borrowed by whoever is given a table.
 */
typedef enum kt_margin_kind {
    KT_PARTS_MAKE_TOTAL,   /* the parts sum to the total */
    KT_PARTS_WITHIN_TOTAL, /* the parts sum to at most the total: the rest is in no part */
} kt_margin_kind;

typedef struct kt_margin {
    kt_margin_kind kind;
    size_t total; /* a cell */
    size_t part_count;
    const size_t *parts; /* distinct cells, the total not among them */
} kt_margin;

typedef struct kt_margin_table {
    size_t cell_count;
    /** The interval of each cell; low = high where it is known; high INFINITY where nothing is. */
    const double *low, *high;
    size_t margin_count;
    const kt_margin *margins;
} kt_margin_table;

/**
 * The margins of a cross table whose cell (row, column) is number row * columns + column, whose
 * first row is the country and whose first column is the total: the other columns make the first
 * one in every row, the other rows are within the first one in every column. Margins 0 .. rows - 1
 * are the rows', rows .. rows + columns - 1 the columns'. low and high are borrowed.
 */
kt_margin_table *kt_margins_cross(size_t rows, size_t columns, const double *low,
                                  const double *high, kt_arena *arena);

/**
 * Fails with KT_ERR_DATA and the cell's number if an interval is not one of counts (NAN, a
 * fraction, below zero, low above high, low infinite), with KT_ERR_BUG if a margin names a cell
 * that is not there.
 */
kt_status kt_margins_check(const kt_margin_table *table, kt_error *err) KT_MUST_CHECK;

/** The margins that each cell stands in, as a part or as the total. */
typedef struct kt_margin_index {
    const size_t *start; /* those of cell c: margins[start[c]] .. margins[start[c + 1] - 1] */
    const size_t *margins;
} kt_margin_index;

kt_margin_index kt_margins_index(const kt_margin_table *table, kt_arena *arena);

#endif
