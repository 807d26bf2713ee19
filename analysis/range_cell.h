/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_RANGE_CELL_H
#define KT_ANALYSIS_RANGE_CELL_H

#include <stddef.h>

#include "core/arena.h"

/* One cell of a market of which a figure is open, and v^a u^(1-a) where it is asked for. */
typedef struct range_cell {
    double low[2], high[2]; /* of u and of v */
    double corner[4];       /* at (low, low), (low, high), (high, low), (high, high) of (u, v) */
    size_t count[2];        /* whole numbers in each interval; 0 with whole NULL */
    const double *whole;    /* at every whole pair, u by u; NULL if there are more than 16 */
} range_cell;

/* A choice of one cell, and what it is worth there. */
typedef struct range_choice {
    double figure[2];
    double worth;
} range_choice;

double matches(double u, double v, double alpha);

/* A cell between these ends, its figures in the arena. */
range_cell range_cell_new(const double low[2], const double high[2], double alpha, kt_arena *arena);

/* matches at whole figures between the ends. */
double range_cell_at(const range_cell *of, double u, double v, double alpha);

/*
 * The figures that make matches less what they cost, price[0] u + price[1] v, largest: over whole
 * pairs where there are few, else over all between the ends, which is no less.
 */
range_choice range_cell_most(const range_cell *of, const double price[2], double alpha);

/*
 * Those that make matches plus what they cost smallest; worth is less that. The function is
 * concave, so its least value is at a corner.
 */
range_choice range_cell_least(const range_cell *of, const double price[2]);

#endif
