/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CHECKING_H
#define KT_TRANSFORM_CHECKING_H

#include "core/text.h"
#include "rollup_plan.h"
#include "sums.h"

/** How a check of parts and totals is made: reconcile.c and check_sectors.c share it. */

/* Rows of the source that are summed, as positions in one dimension. */
typedef struct kt_source_rows {
    size_t *at;
    size_t count;
} kt_source_rows;

/* A sum of cells as an interval; known is false if a part is missing or was not collected. */
typedef struct kt_check_sum {
    double low, high;
    size_t parts; /* parts with a figure or an interval */
    bool known;
} kt_check_sum;

/* One check on its way. */
typedef struct kt_checking {
    const kt_cube *cube;
    kt_check *check;
    double rounding; /* that of the measure */
    kt_text examples;
    size_t example_count;
    kt_arena *arena;
} kt_checking;

typedef struct kt_reconciling {
    const kt_cube *cube;
    const kt_source *source;
    const kt_rollup *rollup;
    kt_sum_book book;
    kt_arena *arena;
    kt_check *rows;
    size_t count;
} kt_reconciling;

/** Begins the check of that name over a measure; level may be NULL. */
kt_checking kt_check_begin(kt_reconciling *job, const char *name, size_t measure,
                           const char *level);

/** Adds a cell to a sum. */
void kt_check_part(const kt_cube *cube, size_t cell, kt_check_sum *sum);

/**
 * Holds a sum against the total in a cell; at_most: below it is no fault. Each figure is off by up
 * to half of what it is rounded to, so much of an excess is no fault either.
 */
void kt_check_hold(kt_checking *checking, size_t cell, const kt_check_sum *sum, bool at_most);

void kt_check_end(kt_checking *checking);

/** Adds the source's rows of a line, through the lines that it sums. */
void kt_line_rows(const kt_outline *outline, size_t line, kt_source_rows *rows, kt_arena *arena);

/**
 * Sectors against their section and their total: sectors_sum_to_section, sectors_sum_to_total, and
 * of the country, where some may be in none, sectors_within_country. Where the total is an
 * aggregate (B-S) its parts are those sections. Adds at most KT_SECTOR_CHECKS rows.
 */
#define KT_SECTOR_CHECKS 5
void kt_check_sectors(kt_reconciling *job, size_t measure);

#endif
