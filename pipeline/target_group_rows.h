/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_TARGET_GROUP_ROWS_H
#define KT_PIPELINE_TARGET_GROUP_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "pipeline/breaks.h"
#include "pipeline/marked.h"
#include "publish/contract.h"
#include "publish/observation_row.h"
#include "publish/table.h"
#include "target_groups.h"
#include "transform/rollup.h"

/** The rows of the table `target_groups`: one table's figures at every region level. */
typedef struct kt_target_group_feed {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
    const kt_breaks *breaks;      /* may be NULL */
    double protected_share_limit; /* of sums that have a value; 0, 1: none */
    bool strict;                  /* levels that strict disclosure does not allow have no rows */
} kt_target_group_feed;

typedef struct kt_target_group_rows kt_target_group_rows;

/** Makes the order of rows once for all periods; the feed is borrowed. */
kt_status kt_target_group_rows_new(const kt_target_group_feed *feed, const kt_schema *schema,
                                   kt_arena *arena, kt_target_group_rows **out,
                                   kt_error *err) KT_MUST_CHECK;

/** Adds the rows of one period of the cube. Safe from several threads, each with its own rows. */
kt_status kt_target_group_rows_add(const kt_target_group_rows *all, size_t period, kt_rows *rows,
                                   kt_error *err) KT_MUST_CHECK;

/**
 * The figure of a group in one region of a period, as it may be published. A sum leaves
 * out parts that nobody collects in the period, and its status is that of any sum (core/cells.h):
 * zeros keep their letters, one hidden part beside zeros stays hidden, parts none of which can
 * exist make no figure. A hidden part counts with the cube's point, as it does in every other sum,
 * a withdrawn one with the middle of its limits; its ends are those that are published of it.
 * A sum of mostly hidden parts has its interval alone.
 */
kt_published_figure kt_target_group_figure(const kt_target_group *group,
                                           const kt_marked_month *month, size_t region);

/** The protected share of a group that is a sum, in one region; 0 where there is no limit. */
double kt_target_group_share(const kt_target_group *group, const kt_marked_month *month,
                             size_t region);

#endif
