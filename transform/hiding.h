/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_HIDING_H
#define KT_TRANSFORM_HIDING_H

#include "sums.h"
#include "transform/disclose.h"

/** One plane while it is covered. */
typedef struct kt_hiding {
    const kt_reconcile_table *table;
    const kt_sums *sums;
    kt_plane plane;
    size_t occupations;
    size_t total;        /* position of all occupations; KT_NO_CODE if the table has none */
    size_t country;      /* row; KT_NO_CODE */
    const bool *sums_up; /* of each row: it is a sum of other rows */
    double *was;         /* of each place: the figure that was covered there, else NAN */
    uint8_t *was_obs;    /* its status */
    const kt_cube *totals;
    const size_t *twin; /* of each row: its cell in totals, KT_NO_CODE */
    bool withdrawn;     /* some figure of then is protected by now: sums of then may not fit */
    kt_covering *covering;
    kt_arena *arena;
} kt_hiding;

/** What is known of the parts of a sum. */
typedef struct kt_shown {
    double known;     /* sum of those that are published */
    double low, high; /* sums of the ends of the hidden ones */
    double widest;    /* interval of them */
    size_t hidden;
    bool unknown; /* a part without a figure or an interval */
} kt_shown;

kt_shown kt_shown_parts(const kt_hiding *hiding, const kt_sum *sum);

static inline size_t kt_sum_row(const kt_hiding *hiding, size_t place)
{
    return place / hiding->occupations;
}

static inline kt_obs kt_hiding_obs(const kt_hiding *hiding, size_t place)
{
    return (kt_obs)hiding->plane.cube->status[kt_plane_cell(&hiding->plane, place)];
}

static inline double kt_hiding_low(const kt_hiding *hiding, size_t place)
{
    return hiding->plane.cube->low[kt_plane_cell(&hiding->plane, place)];
}

static inline double kt_hiding_high(const kt_hiding *hiding, size_t place)
{
    return hiding->plane.cube->high[kt_plane_cell(&hiding->plane, place)];
}

/** The occupations of one row; false: of one occupation, regions. */
static inline bool kt_is_row_sum(const kt_hiding *hiding, const kt_sum *sum)
{
    return sum->count > 0 && kt_sum_row(hiding, sum->parts[0]) == kt_sum_row(hiding, sum->total);
}

/** Covers a figure, or widens one that the source protects. True if the place now holds another
 * interval or status than before. */
bool kt_hide(const kt_hiding *hiding, size_t place, double low, double high, size_t *count);

/** Shows a covered figure again. */
void kt_show(const kt_hiding *hiding, size_t place);

/** Rule 1's condition, or nothing hidden could reach it: the sum has more parts than are known. */
bool kt_is_harmless(const kt_hiding *hiding, const kt_sum *sum, const kt_shown *shown);

/** Covers in a table without occupations what the other table has covered. */
void kt_hide_twins(const kt_hiding *hiding);

void kt_hide_rows(const kt_hiding *hiding);
void kt_hide_regions(const kt_hiding *hiding);
void kt_hide_country(const kt_hiding *hiding);
void kt_hide_columns(const kt_hiding *hiding);

#endif
