/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <stdlib.h>

#include "range_cell.h"
#include "unallocated_place.h"

/*
 * Posts of which some may lie elsewhere: any number of a group's, none to all. The share of matches
 * made, R = S / (V^a U^(1-a)), is quasi-concave in the posts placed, because R^(1/a) is a concave
 * function of degree one (S^(1/a), a CES aggregate) over a linear one. So it is largest where
 * placing one more gains nothing in any cell,
 *
 *     d log R / d v_i = a ((v_i/u_i)^(a-1) / S - 1/V) <= 0,
 *
 * that is with every cell whose group has posts left raised to the one tightness L at which
 * L^(a-1) = S/V; and it is least at a corner, of each group none or all in one cell.
 */

/* R is level at its largest: a tightness so near to it is right to the last bit of R. */
#define HALVINGS 48

typedef struct filled {
    double v, matched;
} filled;

/* A group raised to a tightness, as far as its posts go: what that adds. */
static filled fill_group(const place_group *of, double level, double alpha)
{
    filled sum = {0};
    const double own = fmin(level, place_level(of));
    const double each = matches(1.0, own, alpha); /* of a job seeker at that tightness */
    for (size_t i = 0; i < of->count; i++) {
        const place *at = &of->places[i];
        const double raised = own * at->u;
        if (raised > at->v) {
            sum.v += raised - at->v;
            sum.matched += each * at->u - at->matched;
        }
    }
    return sum;
}

static filled fill_whole(const place_group *groups, size_t count, const place_whole *whole,
                         double level, double alpha)
{
    filled sum = {.v = whole->v, .matched = whole->matched};
    for (size_t g = 0; g < count; g++) {
        if (groups[g].posts > 0.0) {
            const filled more = fill_group(&groups[g], level, alpha);
            sum.v += more.v;
            sum.matched += more.matched;
        }
    }
    return sum;
}

/* Below the best tightness one more post gains more than the mean post does, above it less. */
static double most_up_to(const place_group *groups, size_t count, const place_whole *whole,
                         double alpha)
{
    double low = 0.0, high = 0.0;
    for (size_t g = 0; g < count; g++) {
        high = groups[g].posts > 0.0 ? fmax(high, place_level(&groups[g])) : high;
    }
    for (int i = 0; i < HALVINGS && high > 0.0; i++) {
        const double level = 0.5 * (low + high);
        const filled at = fill_whole(groups, count, whole, level, alpha);
        if (pow(level, alpha - 1.0) * at.v >= at.matched) {
            low = level;
        } else {
            high = level;
        }
    }
    const filled at = fill_whole(groups, count, whole, high, alpha);
    return at.matched / matches(whole->u, at.v, alpha);
}

/* The posts of a group as one lump: how many, and what they add to the matches at least. */
typedef struct lump {
    double posts, added;
    size_t group;
} lump;

/* Those that add fewest matches a post first. */
static int compare_lumps(const void *a, const void *b)
{
    const lump *left = a, *right = b;
    const double l = left->added * right->posts, r = right->added * left->posts;
    if (l != r) {
        return l < r ? -1 : 1;
    }
    return left->group < right->group ? -1 : left->group > right->group;
}

/*
 * From here on a lump is added bit by bit: where along it is R least? It falls until a S = V dS/dV
 * and rises from there. A part of a lump is no corner, so between several lumps this bounds R from
 * below without being reached; one lump alone is all there or not.
 */
static double least_along(const place_whole *from, const lump *added, double alpha)
{
    const double slope = added->added / added->posts;
    const double flat = (alpha * (from->matched - slope * from->v)) / (slope * (1.0 - alpha));
    const double most = from->v + added->posts;
    if (!(flat > from->v && flat < most)) {
        return INFINITY;
    }
    return (from->matched + slope * (flat - from->v)) / matches(from->u, flat, alpha);
}

/* For each number of posts the fewest matches are made by the lumps that add fewest a post. */
static double least_up_to(lump *lumps, size_t count, place_whole at, double alpha)
{
    qsort(lumps, count, sizeof *lumps, compare_lumps);
    double least = at.v > 0.0 ? at.matched / matches(at.u, at.v, alpha) : INFINITY;
    for (size_t i = 0; i < count; i++) {
        if (count > 1) {
            least = fmin(least, least_along(&at, &lumps[i], alpha));
        }
        at.v += lumps[i].posts;
        at.matched += lumps[i].added;
        least = fmin(least, at.matched / matches(at.u, at.v, alpha));
    }
    return least;
}

place_range place_up_to(const place_group *groups, size_t count, const place_whole *whole,
                        double alpha, kt_arena *arena)
{
    lump *lumps = kt_arena_array(arena, lump, count);
    size_t used = 0;
    for (size_t g = 0; g < count; g++) {
        if (groups[g].count > 0 && groups[g].posts > 0.0) {
            lumps[used++] = (lump){groups[g].posts, place_least(&groups[g], alpha), g};
        }
    }
    return (place_range){.least = least_up_to(lumps, used, *whole, alpha),
                         .most = most_up_to(groups, count, whole, alpha)};
}
