/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "range_cell.h"

#include <math.h>
#include <stdbool.h>

#define MOST_PAIRS 16.0

double matches(double u, double v, double alpha)
{
    return pow(v, alpha) * pow(u, 1.0 - alpha);
}

double range_form_at(const range_form *form, double u, double v)
{
    return isnan(form->alpha) ? fmin(u * form->per[0], v * form->per[1])
                              : matches(u, v, form->alpha);
}

static const double *whole_pairs(const range_cell *of, const range_form *form, kt_arena *arena)
{
    double *table = kt_arena_array(arena, double, of->count[0] * of->count[1]);
    for (size_t i = 0; i < of->count[0]; i++) {
        for (size_t k = 0; k < of->count[1]; k++) {
            table[i * of->count[1] + k] =
                range_form_at(form, of->low[0] + (double)i, of->low[1] + (double)k);
        }
    }
    return table;
}

range_cell range_cell_new(const double low[2], const double high[2], const range_form *form,
                          kt_arena *arena)
{
    range_cell made = {.low = {low[0], low[1]}, .high = {high[0], high[1]}};
    for (size_t i = 0; i < 4; i++) {
        made.corner[i] =
            range_form_at(form, i < 2 ? low[0] : high[0], i % 2 == 0 ? low[1] : high[1]);
    }
    if ((high[0] - low[0] + 1.0) * (high[1] - low[1] + 1.0) <= MOST_PAIRS) {
        made.count[0] = (size_t)(high[0] - low[0]) + 1;
        made.count[1] = (size_t)(high[1] - low[1]) + 1;
        made.whole = whole_pairs(&made, form, arena);
    }
    return made;
}

double range_cell_at(const range_cell *of, double u, double v, const range_form *form)
{
    if (of->whole == NULL) {
        return range_form_at(form, u, v);
    }
    return of->whole[(size_t)(u - of->low[0]) * of->count[1] + (size_t)(v - of->low[1])];
}

/* One post more is worth less the more posts there are, and no less the more job seekers there are:
 * the best v only grows with u. */
static range_choice most_of_whole(const range_cell *of, const double price[2])
{
    range_choice best = {.worth = -INFINITY};
    const double *row = of->whole;
    for (size_t i = 0, k = 0; i < of->count[0]; i++, row += of->count[1]) {
        while (k + 1 < of->count[1] && row[k + 1] - row[k] > price[1]) {
            k++;
        }
        const double u = of->low[0] + (double)i, v = of->low[1] + (double)k;
        const double worth = row[k] - price[0] * u - price[1] * v;
        if (worth > best.worth) {
            best = (range_choice){.figure = {u, v}, .worth = worth};
        }
    }
    return best;
}

/* One edge of the box: `still` keeps its figure, the other side moves. */
typedef struct edge {
    int moving;             /* 0: u, 1: v */
    double still;           /* the figure of the other side */
    double at_low, at_high; /* the form at its ends */
} edge;

/* Where the worth turns along an edge as the moving side grows; both times the side that stands
 * still, the form being of degree one. */
typedef struct turn {
    double figure; /* INFINITY: it only grows */
    double form;
} turn;

/* Matches are level where exponent * x^(exponent - 1) * still^(1 - exponent) = price; they are
 * there x * price / exponent. The smaller share stops growing where it is that of the other side.
 */
static turn turn_at(const range_form *form, int moving, double price)
{
    if (!(price > 0.0)) {
        return (turn){.figure = INFINITY};
    }
    if (isnan(form->alpha)) {
        const bool grows = price < form->per[moving];
        return (turn){.figure = grows ? form->per[1 - moving] / form->per[moving] : 0.0,
                      .form = form->per[1 - moving]};
    }
    const double exponent = moving == 1 ? form->alpha : 1.0 - form->alpha;
    const double ratio = exponent / price;
    const double figure = exponent == 0.5 ? ratio * ratio : pow(ratio, 1.0 / (1.0 - exponent));
    return (turn){.figure = figure, .form = figure / ratio};
}

static range_choice most_of_edge(const range_cell *of, const edge *along, const turn *at,
                                 const double price[2])
{
    const int moving = along->moving;
    /* The side that stands still may be 0. */
    const double level = isinf(at->figure) ? INFINITY : along->still * at->figure;
    double x = level, worth = along->still * at->form;
    if (!(level > of->low[moving])) {
        x = of->low[moving];
        worth = along->at_low;
    } else if (level >= of->high[moving]) {
        x = of->high[moving];
        worth = along->at_high;
    }
    range_choice found = {.worth = worth - price[moving] * x - price[1 - moving] * along->still};
    found.figure[moving] = x;
    found.figure[1 - moving] = along->still;
    return found;
}

/* The form being concave and of degree one, where it is level inside the box it is so on the whole
 * ray through that point, and the ray ends on an edge. So the edges hold the largest. */
static range_choice most_of_box(const range_cell *of, const double price[2], const range_form *form)
{
    for (int still = 0; still < 2; still++) {
        if (of->low[still] == of->high[still]) { /* the box is an edge */
            const edge only = {1 - still, of->low[still], of->corner[0], of->corner[3]};
            const turn at = turn_at(form, 1 - still, price[1 - still]);
            return most_of_edge(of, &only, &at, price);
        }
    }
    const turn turns[] = {turn_at(form, 0, price[0]), turn_at(form, 1, price[1])};
    const edge edges[] = {{1, of->low[0], of->corner[0], of->corner[1]},
                          {1, of->high[0], of->corner[2], of->corner[3]},
                          {0, of->low[1], of->corner[0], of->corner[2]},
                          {0, of->high[1], of->corner[1], of->corner[3]}};
    range_choice best = {.worth = -INFINITY};
    for (size_t i = 0; i < 4; i++) {
        const range_choice here = most_of_edge(of, &edges[i], &turns[edges[i].moving], price);
        best = here.worth > best.worth ? here : best;
    }
    return best;
}

range_choice range_cell_most(const range_cell *of, const double price[2], const range_form *form)
{
    return of->whole != NULL ? most_of_whole(of, price) : most_of_box(of, price, form);
}

range_choice range_cell_least(const range_cell *of, const double price[2])
{
    range_choice best = {.worth = -INFINITY};
    /* Where one side does not move, opposite corners are all there are. */
    const bool is_edge = of->low[0] == of->high[0] || of->low[1] == of->high[1];
    for (size_t i = 0; i < 4; i += is_edge ? 3 : 1) {
        const double u = i < 2 ? of->low[0] : of->high[0];
        const double v = i % 2 == 0 ? of->low[1] : of->high[1];
        const double here = -of->corner[i] - price[0] * u - price[1] * v;
        if (here > best.worth) {
            best = (range_choice){.figure = {u, v}, .worth = here};
        }
    }
    return best;
}
