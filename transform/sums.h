/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SUMS_H
#define KT_TRANSFORM_SUMS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/margin.h"
#include "transform/reconcile.h"

/** One period, measure, sector and group of a cube. */
typedef struct kt_plane {
    const kt_cube *cube;
    size_t first; /* its first cell in the cube */
    double low, high;
} kt_plane;

/** The plane of a period, measure, sector and group: at has 0 for regions and occupations. */
kt_plane kt_plane_at(const kt_reconcile_table *table, const size_t at[KT_ROLES]);

/** From the first plane, which is all zeros, to the next; false after the last. */
bool kt_plane_next(const kt_cube *cube, size_t at[KT_ROLES]);

/** The cell of the cube in a place of the plane. */
static inline size_t kt_plane_cell(const kt_plane *plane, size_t place)
{
    const kt_cube *cube = plane->cube;
    const size_t occupations = cube->size[KT_ROLE_OCCUPATION];
    return plane->first + place / occupations * cube->stride[KT_ROLE_REGION] +
           place % occupations * cube->stride[KT_ROLE_OCCUPATION];
}

/**
 * Which rows of a table are sums of which others, whatever their figures are. Cells are places in
 * a plane of one period, measure, sector and group: region * occupations + occupation.
 */
typedef struct kt_sum {
    kt_margin_kind kind;
    size_t total;
    size_t count;
    const size_t *parts;
    size_t finer_count; /* the same in finer regions, for a month that lacks any figure of theirs */
    const size_t *finer;
    const char *level; /* of the total, where it is a region of regions; else NULL */
} kt_sum;

/** On one day: regions change hands. */
typedef struct kt_sums {
    const char *day; /* NULL: today */
    kt_sum *at;
    size_t count;
    const bool *may_lack; /* of each region: abolished by that day, so no edition need have it */
} kt_sums;

/** The sums of every edition of a table. */
typedef struct kt_sum_book {
    kt_sums *of_day;
    size_t day_count;
    size_t *slot; /* of each period x measure x group: which day */
} kt_sum_book;

/**
 *     occupations, unknown ones included = total, in every region but the country
 *     regions = the region of a coarser level that they lie in that day, per occupation; at most
 *         it, if the table has not all of them
 *     regions and figures without a place <= country, at every level, per occupation
 *
 * A region that changed hands so lately that the edition may be on either division is in no
 * region's sum. Where regions make a coarser one, that one stands for them in the country, so that
 * no cell is in more sums than it need be.
 */
kt_sum_book kt_sums_plan(const kt_reconcile_table *table, kt_arena *arena);

static inline const kt_sums *kt_sums_of(const kt_sum_book *book, const kt_cube *cube, size_t period,
                                        size_t measure, size_t group)
{
    const size_t slot =
        (period * cube->size[KT_ROLE_MEASURE] + measure) * cube->size[KT_ROLE_GROUP] + group;
    return &book->of_day[book->slot[slot]];
}

/** True if figures of the measure are counts and not rounded: what parts leave of a total follows.
 */
bool kt_adds_exactly(const kt_source *source, const char *measure);

#endif
