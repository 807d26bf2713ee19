/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BALANCE_ROWS_H
#define KT_PIPELINE_BALANCE_ROWS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "panel.h"
#include "pipeline/balance.h"
#include "pipeline/marked.h"
#include "publish/table.h"
#include "transform/rollup.h"

/**
 * The rows of the table `occupation_balance`: unemployed and vacancies as `observations` publishes
 * them, persons employed of the newest year that is not after the row's, and what is said of the
 * three. Whatever stands in a row follows from published figures, the table of persons employed and
 * the configuration.
 */
#define KT_BALANCE_TABLE "occupation_balance"

/** A level of occupations and its table of persons employed. */
typedef struct kt_balance_part {
    const kt_balance_level *level;
    kt_marked_table employed; /* its cube is NULL where the table is not there */
} kt_balance_part;

/** One month of a series. */
typedef struct kt_balance_row {
    double unemployed, vacancies, employed; /* NAN where none may be shown */
    double unemployment_rate, vacancy_rate, distance;
    int employed_year; /* 0: before the first */
    unsigned months;
    kt_balance_state raw, state;
    kt_balance_reason reason;
    int degree; /* 0: none */
    bool robust;
    kt_obs obs;
} kt_balance_row;

/** An occupation in a region, over time. */
typedef struct kt_balance_series {
    kt_ready_cell region_level, region_code, occupation_level, occupation_code;
    kt_period first;    /* months from here on */
    size_t count;       /* of months, the newest of `observations` the last */
    size_t shown;       /* the first of them that may have a row */
    kt_balance_row *at; /* employed_year 0: there is no row */
} kt_balance_series;

typedef struct kt_balances {
    const kt_schema *schema;
    const kt_balance_plan *plan;
    const kt_balance_part *parts;
    size_t part_count;
    kt_balance_series *series; /* in the order of the rows */
    size_t series_count;
    kt_period *periods; /* that have rows, consecutive */
    size_t period_count;
} kt_balances;

typedef struct kt_balance_job {
    const kt_schema *schema, *observations;
    const kt_balance_plan *plan;
    const kt_balance_part *parts; /* one for each level of the plan */
    size_t part_count;
    const kt_panel_place *place; /* of `observations` */
} kt_balance_job;

/** Everything of the table, in the arena; the job's parts and plan are borrowed. */
kt_status kt_balances_make(const kt_balance_job *job, kt_arena *arena, kt_balances **out,
                           kt_error *err) KT_MUST_CHECK;

/** The row of a series in that month, or NULL. */
const kt_balance_row *kt_balance_row_at(const kt_balance_series *series, kt_period month);

/** True for a level of regions of which some have persons employed in the part's table. */
bool kt_balance_has_level(const kt_balance_part *part, const char *region_level);

/** Where a figure stands in a rolled-up period; KT_NO_CODE: the table has no such line. */
typedef struct kt_balance_place {
    const char *measure;
    size_t region, occupation;
} kt_balance_place;

/** It as it may be shown: over all sectors and groups; not collected (L) where it has no place. */
kt_published_figure kt_balance_figure(const kt_marked_table *table, const kt_cube *slab,
                                      const kt_balance_place *place);

#endif
