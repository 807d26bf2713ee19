/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_FLOW_ROWS_H
#define KT_PIPELINE_FLOW_ROWS_H

#include <stddef.h>

#include "core/cube.h"
#include "flows.h"
#include "pipeline/breaks.h"
#include "publish/contract.h"
#include "publish/table.h"
#include "transform/classification.h"
#include "transform/rollup.h"

/**
 * The rows of the table `flows`. A cell comes from the first source of the configuration's order
 * that has it: whose table gives that flow for that region and occupation and collected it in that
 * period. A flow that no source collects anywhere in a period has no rows there.
 */
typedef struct kt_flow_feed {
    const kt_source *source;
    const kt_cube *cube;
    const kt_rollup *rollup;
} kt_flow_feed;

typedef struct kt_flow_job {
    const kt_contract *contract;
    const kt_classifications *classifications;
    const kt_breaks *breaks;      /* may be NULL */
    double protected_share_limit; /* of sums that have a value; 0, 1: none */
    const kt_flow_feed *feeds;    /* in the order of the configuration */
    size_t feed_count;
} kt_flow_job;

typedef struct kt_flow_rows kt_flow_rows;

/** Makes the order of rows once for all periods; the job is borrowed. */
kt_status kt_flow_rows_new(const kt_flow_job *job, kt_arena *arena, kt_flow_rows **out,
                           kt_error *err) KT_MUST_CHECK;

/** The periods of all feeds, by year and then bytewise by their names. */
size_t kt_flow_periods(const kt_flow_rows *all, const kt_period **out);

/** The position of a period of kt_flow_periods in a feed's cube, or KT_NO_CODE. */
size_t kt_flow_place(const kt_flow_rows *all, size_t period, size_t feed);

/** Adds the rows of one period. Safe from several threads, each with rows of its own. */
kt_status kt_flow_rows_add(const kt_flow_rows *all, size_t period, kt_rows *rows,
                           kt_error *err) KT_MUST_CHECK;

#endif
