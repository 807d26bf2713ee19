/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_SECTOR_PLAN_H
#define KT_PIPELINE_SECTOR_PLAN_H

#include <stdbool.h>
#include <stddef.h>

#include "all_periods.h"
#include "publish/table.h"
#include "sector_rows.h"

/**
 * Which rows the table `sectors` has, and where their figures stand: made once for all periods by
 * kt_sector_rows_new. The columns and types here are between sector_plan.c and sector_rows.c.
 */
#define KT_SECTORS_TABLE "sectors"

enum {
    KT_SECTORS_TIME_PERIOD,
    KT_SECTORS_PERIOD_START,
    KT_SECTORS_SOURCE,
    KT_SECTORS_REGION_LEVEL,
    KT_SECTORS_REGION_CODE,
    KT_SECTORS_SECTOR_LEVEL,
    KT_SECTORS_SECTOR_CODE,
    KT_SECTORS_SECTOR_REVISION,
    KT_SECTORS_SECTOR_NAME,
    KT_SECTORS_VACANCIES,
    KT_SECTORS_VACANCIES_LOW,
    KT_SECTORS_VACANCIES_HIGH,
    KT_SECTORS_EMPLOYED,
    KT_SECTORS_EMPLOYED_YEAR,
    KT_SECTORS_VACANCY_RATE,
    KT_SECTORS_VACANCY_RATE_DEFINITION,
    KT_SECTORS_OBS_STATUS,
    KT_SECTORS_COLUMNS
};

/** How much of a table's sectors stands at a level of regions. */
typedef enum kt_sector_detail {
    KT_DETAIL_TOTAL,
    KT_DETAIL_SECTIONS,
    KT_DETAIL_DIVISIONS,
    KT_DETAIL_COUNTRY
} kt_sector_detail;

/** A region of a feed in the order of the rows. */
typedef struct kt_sector_region {
    kt_ready_cell level, code;
    kt_sector_detail detail;
    size_t at, denominator; /* lines of the two roll-ups; KT_NO_CODE: the second has none */
} kt_sector_region;

/** A table's sectors of one revision: its own, or those that it is converted to. */
typedef struct kt_sector_view {
    const kt_conversion *conversion; /* NULL: its own */
    const kt_rollup_line *lines;
    size_t count;
} kt_sector_view;

/** A sector of a feed in one of the two revisions. */
typedef struct kt_sector_line {
    kt_ready_cell level, code, revision, name, definition;
    kt_sector_detail least; /* the least detail of a region whose rows have it */
    bool converted;
    size_t at;           /* in the view of the vacancies */
    size_t denominator;  /* in that of the denominator; KT_NO_CODE: it has none */
    bool other_revision; /* of the denominator: the converted view */
} kt_sector_line;

/** A feed as it becomes rows. */
typedef struct kt_sector_plan {
    const kt_sector_feed *from;
    kt_ready_cell source;
    kt_sector_region *regions;
    size_t region_count;
    kt_sector_line *sectors;
    size_t sector_count;
    kt_sector_view own, converted, below, below_converted; /* below: of the denominator */
    size_t vacancies, rate, denominator;                   /* measures; KT_NO_CODE: there is none */
    size_t occupation, group;
    size_t denominator_occupation, denominator_group;
} kt_sector_plan;

struct kt_sector_rows {
    const kt_sector_job *job;
    const kt_schema *schema;
    kt_sector_plan *feeds; /* in the order of their ids */
    size_t *given;         /* of each of them: its place in the job */
    kt_period_list periods;
    kt_arena *arena;
};

#endif
