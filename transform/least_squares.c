/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "least_squares.h"

#include <math.h>

#define ROUNDS     5000
#define LINE_STEPS 200

/* A margin with its known cells taken to the right: sum of sign * figure = rest, or at most it. */
typedef struct row {
    size_t count;
    const size_t *cells; /* the open ones */
    const double *sign;
    double rest, multiplier;
    bool at_most;
} row;

/* The dual: every margin pulls at its cells, and a cell gives way inside its interval. */
typedef struct dual {
    const nearest *problem;
    double close; /* margins need not be met closer */
    double *pull; /* of each cell: sum of sign * multiplier */
    size_t row_count;
    row *rows;
} dual;

static double held(const nearest *of, size_t cell, double figure)
{
    const double low = of->table->low[cell], high = of->table->high[cell];
    return figure < low ? low : figure > high ? high : figure;
}

static double figure_at(const nearest *of, size_t cell, double pull)
{
    return held(of, cell, of->target[cell] + of->weight[cell] * pull);
}

static row row_of(const nearest *of, const kt_margin *margin, kt_arena *arena)
{
    size_t *cells = kt_arena_array(arena, size_t, margin->part_count + 1);
    double *sign = kt_arena_array(arena, double, margin->part_count + 1);
    row made = {.at_most = margin->kind == KT_PARTS_WITHIN_TOTAL, .cells = cells, .sign = sign};
    for (size_t i = 0; i <= margin->part_count; i++) {
        const bool is_part = i < margin->part_count;
        const size_t cell = is_part ? margin->parts[i] : margin->total;
        const double own_sign = is_part ? 1.0 : -1.0;
        if (of->table->low[cell] < of->table->high[cell]) {
            cells[made.count] = cell;
            sign[made.count++] = own_sign;
        } else {
            made.rest -= own_sign * of->table->low[cell];
        }
    }
    return made;
}

static dual dual_new(const nearest *of, double close, kt_arena *arena)
{
    dual made = {.problem = of,
                 .close = close,
                 .pull = kt_arena_array(arena, double, of->table->cell_count),
                 .rows = kt_arena_array(arena, row, of->table->margin_count)};
    for (size_t m = 0; m < of->table->margin_count; m++) {
        if (!of->set_aside[m]) {
            made.rows[made.row_count] = row_of(of, &of->table->margins[m], arena);
            made.row_count += made.rows[made.row_count].count > 0;
        }
    }
    return made;
}

/* A row's sum when its multiplier moves by change, how fast it grows there, and how far it is in
 * the given direction to where the next cell starts to move. */
typedef struct point_of_line {
    double sum, slope, next_bend;
} point_of_line;

static point_of_line look_along(const dual *of, const row *at, double change, double direction)
{
    const nearest *problem = of->problem;
    point_of_line found = {.next_bend = INFINITY};
    for (size_t i = 0; i < at->count; i++) {
        const size_t c = at->cells[i];
        const double weight = problem->weight[c];
        const double free = problem->target[c] + weight * (of->pull[c] + at->sign[i] * change);
        const double figure = held(problem, c, free);
        found.sum += at->sign[i] * figure;
        if (figure == free) {
            found.slope += weight;
        } else if ((figure - free) * at->sign[i] * direction > 0.0) {
            found.next_bend = fmin(found.next_bend, fabs(figure - free) / weight);
        }
    }
    return found;
}

/*
 * The change of one multiplier that meets its margin: the root of a rising, piecewise linear
 * function, by Newton's method kept between what is too little and what is too much.
 */
static double meet(const dual *of, const row *at)
{
    double change = 0.0, too_little = -INFINITY, too_much = INFINITY;
    double direction = 1.0;
    for (int i = 0; i < LINE_STEPS; i++) {
        point_of_line here = look_along(of, at, change, direction);
        const double gap = at->rest - here.sum;
        if (fabs(gap) <= of->close / 100.0) {
            return change;
        }
        if (gap * direction < 0.0) {
            direction = -direction;
            here = look_along(of, at, change, direction);
        }
        *(gap > 0.0 ? &too_little : &too_much) = change;
        const double step = here.slope > 0.0 ? gap / here.slope : direction * here.next_bend;
        if (isinf(step)) {
            return change; /* every cell is at its end */
        }
        change += step * (1.0 + 1e-15);
        if (change <= too_little || change >= too_much) {
            change = 0.5 * (too_little + too_much);
        }
    }
    return change;
}

static void move(const dual *of, row *at, double change)
{
    for (size_t i = 0; i < at->count; i++) {
        of->pull[at->cells[i]] += at->sign[i] * change;
    }
    at->multiplier += change;
}

/* By how much a row is missed; what is left over of an inequality is no miss. */
static double miss_of(const dual *of, const row *at)
{
    double sum = -at->rest;
    for (size_t i = 0; i < at->count; i++) {
        sum += at->sign[i] * figure_at(of->problem, at->cells[i], of->pull[at->cells[i]]);
    }
    /* With a multiplier below 0 an inequality must hold as an equality. */
    return at->at_most && at->multiplier == 0.0 ? fmax(0.0, sum) : fabs(sum);
}

/* An inequality pulls down only: where it would have to push up, it lets go. */
static void ascend(const dual *of, row *at)
{
    const double change = meet(of, at);
    const bool lets_go = at->at_most && at->multiplier + change > 0.0;
    move(of, at, lets_go ? -at->multiplier : change);
    if (lets_go) {
        at->multiplier = 0.0;
    }
}

static double round_of(const dual *of)
{
    double worst = 0.0;
    for (size_t r = 0; r < of->row_count; r++) {
        const double miss = miss_of(of, &of->rows[r]);
        worst = fmax(worst, miss);
        if (miss > of->close / 10.0) {
            ascend(of, &of->rows[r]);
        }
    }
    return worst;
}

void solve_nearest(const nearest *problem, double close, kt_arena *arena, double *value)
{
    const dual of = dual_new(problem, close, arena);
    for (int i = 0; i < ROUNDS && round_of(&of) > close; i++) {
    }
    for (size_t c = 0; c < problem->table->cell_count; c++) {
        value[c] = figure_at(problem, c, of.pull[c]);
    }
}

double largest_miss(const kt_margin_table *table, const bool *set_aside, const double *value)
{
    double worst = 0.0;
    for (size_t m = 0; m < table->margin_count; m++) {
        const kt_margin *margin = &table->margins[m];
        double over = -value[margin->total];
        for (size_t i = 0; i < margin->part_count; i++) {
            over += value[margin->parts[i]];
        }
        const double miss = margin->kind == KT_PARTS_MAKE_TOTAL ? fabs(over) : fmax(0.0, over);
        worst = set_aside[m] ? worst : fmax(worst, miss);
    }
    return worst;
}
