/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORTED_EQUATIONS_H
#define KT_TRANSFORM_PROJECTS_REPORTED_EQUATIONS_H

#include "core/codes.h"
#include "transform/hide_counts.h"
#include "transform/reported.h"

/*
 * The figures of one project as a table of counts, and every equation between them: the one place
 * that says what a reader can add and subtract.
 *
 *     women, men and non-binary make the total
 *     the checks of the catalogue, and what an indicator cannot exceed (its parents)
 *     an earlier period has at most what a later one has, of figures that count on
 *
 * What no report has but subtraction gives is a cell too, which nobody shows: what a total leaves
 * without some of its parts or all of them, and by how much a figure differs from the same one of
 * another period or an older report. From 1 to 4 of them are persons as well and as secret as a
 * small figure, whatever the relation: those of a base who did not reach a result are a group that
 * the relation defines ("jobless and not employed upon leaving"), for a result counts persons of
 * its base. Who is neither woman nor man is secret in any number where non-binary participants are
 * not reported, for they never show. The difference of figures that no relation ties is no group,
 * nor is a sum above its total.
 */

/* One figure of one project: its versions, by day. */
typedef struct figure {
    const kt_reported *is; /* the oldest one */
    size_t first, versions;
} figure;

/* The figures of one project and measure on their way into a table of counts. */
typedef struct reported_table {
    const kt_reported_rules *rules;
    const kt_reported *at; /* the project's; cell i is version i */
    size_t count;          /* of versions; behind them stand sums */
    bool target;
    figure *figures; /* in their order */
    size_t figure_count;
    kt_hidden_counts counts;
    size_t cell_room, margin_room;
    kt_codes *known; /* margins that stand there */
    kt_codes *made;  /* sums and rests that have a cell: number i is cell count + i */
    int64_t day;     /* the reports up to this one are known */
    kt_arena *arena;
} reported_table;

bool reported_is_small(double value);

/* The figure's versions; NULL. */
const figure *reported_find(const reported_table *of, const char *code, const char *period,
                            kt_indicator_sex sex);

/* Finds the figures; version i is to be cell i, added in this order. */
void reported_table_open(reported_table *of);

void reported_add_cell(reported_table *of, kt_hidden_count cell);

/* All equations, and the cells of what nobody reports. */
void reported_tie(reported_table *of);

#endif
