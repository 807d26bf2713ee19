/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ANALYSIS_JOB_H
#define KT_PIPELINE_ANALYSIS_JOB_H

#include "core/cube.h"
#include "index_rows.h"
#include "markets.h"
#include "night.h"
#include "run_id.h"

/** What the parts of the analyse stage share: the tables, loaded and rolled up, and the markets. */
typedef struct kt_analysis_job {
    kt_night *night;
    kt_arena *arena;
    kt_run_identity identity;
    const char *findings; /* folder */
    kt_cube **cubes;      /* of each source; NULL if the table is not there */
    kt_rollup **rollups;
    kt_market_table *tables;
    kt_period *periods; /* of all tables, as files and rows order them */
    size_t period_count;
    size_t *places; /* period-major: its position in each source's cube, or KT_NO_CODE */
    kt_markets markets;
    kt_index_plan plan;
} kt_analysis_job;

/** Writes the tables of kt_index_table into findings/, a file a year, periods in parallel. */
kt_status kt_analyse_indices(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/sources/ and findings/checks/. */
kt_status kt_analyse_sources(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;
kt_status kt_analyse_checks(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

#endif
