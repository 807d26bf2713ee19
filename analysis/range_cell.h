/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_RANGE_CELL_H
#define KT_ANALYSIS_RANGE_CELL_H

#include <stddef.h>

#include "core/arena.h"

/*
 * What an index sums over its cells: v^a u^(1-a), or where alpha is NAN the smaller of the two
 * shares u per[0] and v per[1]. Both rise with both figures, are concave, and of degree one.
 */
typedef struct range_form {
    double alpha;
    double per[2];
} range_form;

double range_form_at(const range_form *form, double u, double v);

/* One cell of a market of which a figure is open, and its form where it is asked for. */
typedef struct range_cell {
    double low[2], high[2]; /* of u and of v */
    double corner[4]; /* the form at (low, low), (low, high), (high, low), (high, high) of (u, v) */
    size_t count[2];  /* whole numbers in each interval; 0 with whole NULL */
    const double *whole; /* at every whole pair, u by u; NULL if there are more than 16 */
} range_cell;

/* A choice of one cell, and what it is worth there. */
typedef struct range_choice {
    double figure[2];
    double worth;
} range_choice;

double matches(double u, double v, double alpha);

/* A cell between these ends, its figures in the arena. */
range_cell range_cell_new(const double low[2], const double high[2], const range_form *form,
                          kt_arena *arena);

/* The form at whole figures between the ends. */
double range_cell_at(const range_cell *of, double u, double v, const range_form *form);

/*
 * The figures that make the form less what they cost, price[0] u + price[1] v, largest: over whole
 * pairs where there are few, else over all between the ends, which is no less.
 */
range_choice range_cell_most(const range_cell *of, const double price[2], const range_form *form);

/*
 * Those that make the form plus what they cost smallest; worth is less that. The function is
 * concave, so its least value is at a corner.
 */
range_choice range_cell_least(const range_cell *of, const double price[2]);

#endif
