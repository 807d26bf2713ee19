/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORTED_EQUATIONS_H
#define KT_TRANSFORM_PROJECTS_REPORTED_EQUATIONS_H

#include "transform/hide_counts.h"
#include "transform/indicator_families.h"
#include "transform/reported.h"

/*
 * The figures of one project as a table of counts, and what a reader can add and subtract: the one
 * place that says what is known of them and what they tell together.
 *
 * Participants are women, men, non-binary, or nobody knows which; each figure counts some of them,
 * by sex and by what the families of indicators say (transform/indicator_families.h). A figure that
 * is not reported is told where others leave nothing but it, of any set of sexes: what is not women
 * is the total less women. So it takes part in every equation, by what it is made of.
 *
 * Rules: a set of sexes has nobody less than none; who is in the parts of a family is in the whole;
 * of figures that count on none falls from one period to the next, nor does what parts leave of
 * such a whole; women, men and non-binary make the total, and parts the whole, where they do.
 *
 * Groups, which are secret from 1 to 4: what parts leave of a whole, of any set of sexes; a whole
 * without some sexes of a part; by how much either differs from the same one of another period or
 * another report; and a whole of one period without a part of another one. Whatever the relation,
 * those of a base who did not reach a result are a group that it defines ("jobless and not employed
 * upon leaving"). Who is neither woman nor man is secret in any number where non-binary
 * participants are not reported, for they never show. The difference of figures that no relation
 * ties is no group, nor is a sum above its total.
 */

/* One figure of one project: its versions, by day. */
typedef struct figure {
    const kt_reported *is; /* the oldest one */
    size_t first, versions;
} figure;

/* The figures of one project and measure on their way into a table of counts. */
typedef struct reported_table {
    const kt_reported_rules *rules;
    const kt_indicator_families *families;
    const kt_reported *at; /* the project's; cell i is version i */
    size_t count;          /* of versions */
    bool target;
    figure *figures; /* in their order */
    size_t figure_count;
    kt_hidden_count *cells; /* of each version; not those of the other measure */
    kt_arena *arena;
} reported_table;

bool reported_is_small(double value);

/* The figure's versions; NULL. */
const figure *reported_find(const reported_table *of, const char *code, const char *period,
                            kt_indicator_sex sex);

/* Finds the figures. */
void reported_table_open(reported_table *of);

/* The cells with all that ties them together, and the groups. */
kt_hidden_counts reported_tie(reported_table *table);

#endif
