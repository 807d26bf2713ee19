/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "range_dual.h"

/* The first step is of this many times the worth of one more job seeker or post at the mean. Chosen
 * on a dozen months of four-digit occupations by maakunta; the bound holds for any choice. */
#define STEP     4.0
#define MOMENTUM 0.8
#define PI       3.14159265358979323846

/* A plane that leaves more than this share of the denominator unused is no better than none. */
#define MOST_DROP 0.01

/* A plane above or below the denominator V^a U^(1-a): slope[0] U + slope[1] V - drop. */
typedef struct range_plane {
    double slope[2], drop;
    double low, high; /* its values over all totals that can be */
} range_plane;

typedef struct state {
    const range_dual *of;
    bool most;
    double slope[2]; /* what one more job seeker and one more post add to the denominator */
    range_plane plane;
    double ratio;        /* the denominator's price: matches less ratio * plane are bounded */
    double *multiplier;  /* of each row; not below 0 where the row is an inequality */
    double *price, *sum; /* of each tie: the multiplier with its sign, and what is chosen there */
    double *direction, *squares;
    double bound;
    double *best;
} state;

/* By how much a plane through 0 is over the denominator at the corner where it is most so. */
static double most_over(const range_dual *of, const double slope[2])
{
    const double *low = of->total_low, *high = of->total_high;
    double most = 0.0;
    for (size_t i = 0; i < 4; i++) {
        const double u = i < 2 ? low[0] : high[0], v = i % 2 == 0 ? low[1] : high[1];
        most = fmax(most, slope[0] * u + slope[1] * v - matches(u, v, of->form.alpha));
    }
    return most;
}

/*
 * The tangent of the denominator at the middle of the totals' ends. The denominator is concave, so
 * the tangent is above it everywhere; dropped until it is under it at the corners, it is below it
 * everywhere. Where the totals are so uncertain that the two are far apart, a flat plane at the
 * denominator's own end.
 */
static range_plane plane_of(const range_dual *of, const double slope[2], bool below)
{
    const double *low = of->total_low, *high = of->total_high;
    const double least = matches(low[0], low[1], of->form.alpha);
    const double over = most_over(of, slope);
    if (over > MOST_DROP * least) {
        const double flat = below ? least : matches(high[0], high[1], of->form.alpha);
        return (range_plane){.drop = -flat, .low = flat, .high = flat};
    }
    const double drop = below ? over : 0.0;
    return (range_plane){.slope = {slope[0], slope[1]},
                         .drop = drop,
                         .low = slope[0] * low[0] + slope[1] * low[1] - drop,
                         .high = slope[0] * high[0] + slope[1] * high[1] - drop};
}

static double price_of(const state *at, size_t tie, size_t end)
{
    double price = 0.0;
    for (; tie < end; tie++) {
        price += at->price[at->of->ties[tie]];
    }
    return price;
}

static void take(const state *at, size_t tie, size_t end, double figure)
{
    for (; tie < end; tie++) {
        at->sum[at->of->ties[tie]] += figure;
    }
}

static double value_of_pairs(const state *at)
{
    const range_dual *of = at->of;
    const double sign = at->most ? 1.0 : -1.0;
    const double own[] = {sign * at->ratio * at->plane.slope[0],
                          sign * at->ratio * at->plane.slope[1]};
    double sum = 0.0;
    for (size_t i = 0; i < of->pair_count; i++) {
        const range_pair *pair = &of->pairs[i];
        const double price[] = {own[0] + price_of(at, pair->tie[0], pair->tie_end[0]),
                                own[1] + price_of(at, pair->tie[1], pair->tie_end[1])};
        const range_choice choice = at->most ? range_cell_most(&pair->choices, price, &of->form)
                                             : range_cell_least(&pair->choices, price);
        sum += choice.worth;
        take(at, pair->tie[0], pair->tie_end[0], choice.figure[0]);
        take(at, pair->tie[1], pair->tie_end[1], choice.figure[1]);
    }
    return sum;
}

static double value_of_others(const state *at)
{
    double sum = 0.0;
    for (size_t i = 0; i < at->of->other_count; i++) {
        const range_other *other = &at->of->others[i];
        const double price = price_of(at, other->tie, other->tie_end);
        const double figure = price < 0.0 ? other->high : other->low;
        sum -= price * figure;
        take(at, other->tie, other->tie_end, figure);
    }
    return sum;
}

/*
 * For every filling that keeps the margins, (matches - ratio * plane), its sign turned for the
 * least, is at most
 *     sum over cells of the best choice at the rows' prices + sum of multiplier * rest.
 * The gradient of that is the rest less what the choices sum to (move).
 */
static double value_of(const state *at)
{
    const range_dual *of = at->of;
    const double sign = at->most ? 1.0 : -1.0;
    const double *slope = at->plane.slope;
    const double plane = slope[0] * of->known[0] + slope[1] * of->known[1] - at->plane.drop;
    double sum = sign * (of->known_matches - at->ratio * plane);
    for (size_t r = 0; r < of->row_count; r++) {
        at->price[2 * r] = at->multiplier[r];
        at->price[2 * r + 1] = -at->multiplier[r];
        at->sum[2 * r] = at->sum[2 * r + 1] = 0.0;
        sum += at->multiplier[r] * of->rows[r].rest;
    }
    sum += value_of_pairs(at);
    return sum + value_of_others(at);
}

/* matches - ratio * plane <= value (most) or >= -value, for a plane between its ends. */
static double bound_of(const state *at, double value)
{
    const double low = value / at->plane.low, high = value / at->plane.high;
    return at->most ? at->ratio + fmax(low, high) : at->ratio - fmax(low, high);
}

static void keep_if_better(state *at, double bound)
{
    if (at->most ? bound < at->bound : bound > at->bound) {
        at->bound = bound;
        memcpy(at->best, at->multiplier, at->of->row_count * sizeof *at->best);
    }
}

static void move(state *at, double step)
{
    for (size_t r = 0; r < at->of->row_count; r++) {
        const range_row *row = &at->of->rows[r];
        const double gradient = row->rest - at->sum[2 * r] + at->sum[2 * r + 1];
        at->squares[r] += gradient * gradient;
        if (at->squares[r] == 0.0) {
            continue;
        }
        at->direction[r] = MOMENTUM * at->direction[r] + (1.0 - MOMENTUM) * gradient;
        at->multiplier[r] -= step * at->slope[row->side] * at->direction[r] / sqrt(at->squares[r]);
        if (row->within) {
            at->multiplier[r] = fmax(0.0, at->multiplier[r]);
        }
    }
}

double range_box(const range_dual *of, bool most, const double low[2], const double high[2])
{
    const double *total = most ? low : high;
    const double matched = most ? of->box_high : of->box_low;
    return fmin(1.0, matched / range_whole(of, total[0], total[1]));
}

/* The whole is 1, wherever the shares lie. */
static void price_shares(state *to)
{
    to->slope[0] = 0.5 * to->of->form.per[0];
    to->slope[1] = 0.5 * to->of->form.per[1];
    to->plane = (range_plane){.drop = -1.0, .low = 1.0, .high = 1.0};
}

static void price_matches(state *to)
{
    const range_dual *of = to->of;
    const double u = 0.5 * (of->total_low[0] + of->total_high[0]);
    const double v = 0.5 * (of->total_low[1] + of->total_high[1]);
    const double middle = matches(u, v, of->form.alpha);
    to->slope[0] = (1.0 - of->form.alpha) * middle / u;
    to->slope[1] = of->form.alpha * middle / v;
    to->plane = plane_of(of, to->slope, to->most);
}

static state state_new(const range_dual *of, bool most, kt_arena *arena)
{
    state made = {
        .of = of, .most = most, .bound = range_box(of, most, of->total_low, of->total_high)};
    if (isnan(of->form.alpha)) {
        price_shares(&made);
    } else {
        price_matches(&made);
    }
    made.ratio = made.bound;
    double *arrays = kt_arena_array(arena, double, 8 * of->row_count);
    made.multiplier = arrays;
    made.direction = arrays + of->row_count;
    made.squares = arrays + 2 * of->row_count;
    made.best = arrays + 3 * of->row_count;
    made.price = arrays + 4 * of->row_count;
    made.sum = arrays + 6 * of->row_count;
    return made;
}

range_end range_dual_search(const range_dual *of, bool most, size_t steps, kt_arena *arena)
{
    state at = state_new(of, most, arena);
    /* Without a lower end the denominator may be next to nothing: only the box is left. */
    const bool has_plane = at.plane.high > 0.0 && (!most || at.plane.low > 0.0);
    for (size_t k = 0, renew = 4; k < steps && has_plane; k++) {
        if (k == renew) {
            at.ratio = at.bound;
            renew *= 2;
        }
        keep_if_better(&at, bound_of(&at, value_of(&at)));
        move(&at, STEP * 0.5 * (1.0 + cos(PI * (double)k / (double)steps)));
    }
    return (range_end){.most = most, .bound = at.bound, .multiplier = at.best};
}
