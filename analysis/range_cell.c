/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "range_cell.h"

#include <math.h>

#define MOST_PAIRS 16.0

double matches(double u, double v, double alpha)
{
    return pow(v, alpha) * pow(u, 1.0 - alpha);
}

static const double *whole_pairs(const range_cell *of, double alpha, kt_arena *arena)
{
    double *table = kt_arena_array(arena, double, of->count[0] * of->count[1]);
    for (size_t i = 0; i < of->count[0]; i++) {
        for (size_t k = 0; k < of->count[1]; k++) {
            table[i * of->count[1] + k] =
                matches(of->low[0] + (double)i, of->low[1] + (double)k, alpha);
        }
    }
    return table;
}

range_cell range_cell_new(const double low[2], const double high[2], double alpha, kt_arena *arena)
{
    range_cell made = {.low = {low[0], low[1]}, .high = {high[0], high[1]}};
    for (size_t i = 0; i < 4; i++) {
        made.corner[i] = matches(i < 2 ? low[0] : high[0], i % 2 == 0 ? low[1] : high[1], alpha);
    }
    if ((high[0] - low[0] + 1.0) * (high[1] - low[1] + 1.0) <= MOST_PAIRS) {
        made.count[0] = (size_t)(high[0] - low[0]) + 1;
        made.count[1] = (size_t)(high[1] - low[1]) + 1;
        made.whole = whole_pairs(&made, alpha, arena);
    }
    return made;
}

double range_cell_at(const range_cell *of, double u, double v, double alpha)
{
    if (of->whole == NULL) {
        return matches(u, v, alpha);
    }
    return of->whole[(size_t)(u - of->low[0]) * of->count[1] + (size_t)(v - of->low[1])];
}

/* The best v for one u, of which worth holds the matches. */
static inline range_choice most_at(const range_cell *of, double u, const double *worth,
                                   const double price[2])
{
    range_choice best = {.worth = -INFINITY};
    for (size_t k = 0; k < of->count[1]; k++) {
        const double v = of->low[1] + (double)k;
        const double here = worth[k] - price[0] * u - price[1] * v;
        if (here > best.worth) {
            best = (range_choice){.figure = {u, v}, .worth = here};
        }
    }
    return best;
}

static range_choice most_of_whole(const range_cell *of, const double price[2])
{
    range_choice best = most_at(of, of->low[0], of->whole, price);
    for (size_t i = 1; i < of->count[0]; i++) {
        const double u = of->low[0] + (double)i;
        const range_choice here = most_at(of, u, of->whole + i * of->count[1], price);
        if (here.worth > best.worth) {
            best = here;
        }
    }
    return best;
}

/* One edge of the box: `still` keeps its figure, the other side moves. */
typedef struct edge {
    int moving;             /* 0: u, 1: v */
    double still;           /* the figure of the other side */
    double exponent;        /* of the moving side */
    double at_low, at_high; /* matches at its ends */
} edge;

/*
 * Along an edge the worth is concave, and level where
 *     exponent * x^(exponent - 1) * still^(1 - exponent) = price.
 * There matches are x * price / exponent.
 */
static range_choice most_of_edge(const range_cell *of, const edge *along, const double price[2])
{
    const int moving = along->moving;
    const double own = price[moving];
    const double level =
        own > 0.0 ? along->still * pow(along->exponent / own, 1.0 / (1.0 - along->exponent))
                  : INFINITY;
    double x = level, worth = level * own / along->exponent;
    if (!(level > of->low[moving])) {
        x = of->low[moving];
        worth = along->at_low;
    } else if (level >= of->high[moving]) {
        x = of->high[moving];
        worth = along->at_high;
    }
    range_choice found = {.worth = worth - own * x - price[1 - moving] * along->still};
    found.figure[moving] = x;
    found.figure[1 - moving] = along->still;
    return found;
}

/* Matches are of degree one in both figures: where they are level inside the box, they are so on
 * the whole ray through that point, and the ray ends on an edge. So the edges hold the largest. */
static range_choice most_of_box(const range_cell *of, const double price[2], double alpha)
{
    const edge edges[] = {{1, of->low[0], alpha, of->corner[0], of->corner[1]},
                          {1, of->high[0], alpha, of->corner[2], of->corner[3]},
                          {0, of->low[1], 1.0 - alpha, of->corner[0], of->corner[2]},
                          {0, of->high[1], 1.0 - alpha, of->corner[1], of->corner[3]}};
    range_choice best = most_of_edge(of, &edges[0], price);
    for (size_t i = 1; i < 4; i++) {
        const range_choice here = most_of_edge(of, &edges[i], price);
        best = here.worth > best.worth ? here : best;
    }
    return best;
}

range_choice range_cell_most(const range_cell *of, const double price[2], double alpha)
{
    return of->whole != NULL ? most_of_whole(of, price) : most_of_box(of, price, alpha);
}

range_choice range_cell_least(const range_cell *of, const double price[2])
{
    range_choice best = {.worth = -INFINITY};
    for (size_t i = 0; i < 4; i++) {
        const double u = i < 2 ? of->low[0] : of->high[0];
        const double v = i % 2 == 0 ? of->low[1] : of->high[1];
        const double here = -of->corner[i] - price[0] * u - price[1] * v;
        if (here > best.worth) {
            best = (range_choice){.figure = {u, v}, .worth = here};
        }
    }
    return best;
}
