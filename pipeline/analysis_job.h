/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_ANALYSIS_JOB_H
#define KT_PIPELINE_ANALYSIS_JOB_H

#include "core/codes.h"
#include "core/cube.h"
#include "feeds.h"
#include "index_rows.h"
#include "kept.h"
#include "markets.h"
#include "night.h"
#include "panel.h"
#include "publish/dims.h"
#include "publish/observations.h"
#include "run_id.h"

/** The hash of everything that the rows of one period are made from. */
typedef struct kt_month_key {
    char text[KT_HASH_SIZE];
} kt_month_key;

/** What the search for breaks in series came to; all 0 where no series are asked for. */
typedef struct kt_break_counts {
    size_t stretches; /* of series between gaps and breaks of the statistic */
    size_t unsplit;   /* of them: too short to be searched */
    size_t found, declared;
    size_t *asked; /* series of each kind that series.json asks for; NULL where it asks for none */
} kt_break_counts;

/** Lines of `beveridge`, how many of them have a shift anywhere, and why the first other has none.
 */
typedef struct kt_curve_counts {
    size_t lines, shifted;
    const char *reason;
} kt_curve_counts;

/** What the parts of the analyse stage share: the tables, loaded and rolled up, and the markets. */
typedef struct kt_analysis_job {
    kt_night *night;
    kt_arena *arena;
    kt_run_identity identity;
    const char *findings; /* folder of the findings that are being made */
    const char *months;   /* folder of the parts of periods */
    kt_kept earlier;      /* the findings that stand */
    kt_cube **cubes;      /* of each source; NULL if the table is not there */
    kt_rollup **rollups;
    kt_feed *feeds;                            /* of each source */
    const kt_classifications *classifications; /* with the names of all codes of all tables */
    kt_market_table *tables;
    kt_period *periods; /* of all feeds, as files and rows order them */
    size_t period_count;
    size_t *places; /* period-major: its position in each source's feed, or KT_NO_CODE */
    kt_markets markets;
    kt_index_plan plan;
    kt_observations *observations; /* the order of their rows */
    kt_month_key *keys;            /* of each period */
    kt_kept_file *files;           /* that may be kept by the next night */
    size_t file_count, file_room;
    kt_codes *used_parts;    /* names of all parts of periods that the findings are made of */
    size_t computed_periods; /* whose parts were not there */
    size_t revisions_left_out;
    const struct kt_balances *balances;             /* the rows of occupation_balance */
    const struct kt_function_list *functions;       /* of matching_function */
    const struct kt_counterfactual *counterfactual; /* the rows of that table */
    kt_break_counts break_counts;
    kt_curve_counts curves;
    kt_x13_counts x13; /* stretches of series; all 0 where no such program is configured */
    const struct kt_warnings *warnings;      /* the rows of early_warning */
    const struct kt_project_study *projects; /* of the newest lists */
    const struct kt_project_moneys *moneys;  /* of them, as `coverage` has it */
    size_t *ratios; /* of each pair of the configuration: rows of two_sources with one */
} kt_analysis_job;

/** Fills in the keys of all periods. */
kt_status kt_month_keys(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Takes a file into the list that kt_kept_save writes. */
void kt_analysis_note(kt_analysis_job *job, const kt_kept_file *file);

/**
 * On which days the tables collect a figure: an end where each of them has one, by its source file
 * or because the source stopped filling it, and then the latest of them.
 */
kt_indicator_days kt_indicator_days_of(const kt_analysis_job *job, const char *measure);

/** Writes findings/observations/, keeping the years of which no period changed. */
kt_status kt_analyse_observations(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes the tables of kt_index_table into findings/, a file a year, periods in parallel. Years of
 * which no period changed are kept, and periods that are known are not computed again.
 */
kt_status kt_analyse_indices(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/changes/: each region's figures over all occupations in the newest periods, what
 * they were before, and which changes are to be told. It starts from the figures of `observations`
 * as they are published, so nothing else can show through it. An indicator comes from the first
 * source of the configuration that has it. Flows and groups of job seekers are read back from their
 * own tables, which have to be written before.
 */
kt_status kt_analyse_changes(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/flows/, a file a year, years in parallel. Years of which no flow changed are
 * kept; a month is not computed again because of its flows.
 */
kt_status kt_analyse_flows(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/projects/ and findings/rejects/, from the lists that the archive has. */
kt_status kt_analyse_projects(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/own_counts/, from the configuration alone. */
kt_status kt_analyse_own(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/two_sources/. */
kt_status kt_analyse_two_sources(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/target_groups/, a file a year, from the first table of the configuration that
 * counts groups. Years of which no group changed are kept.
 */
kt_status kt_analyse_target_groups(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** What the groups of that table are, for dim_indicator. */
size_t kt_target_group_indicators(const kt_analysis_job *job, const kt_indicator_words **out);

/** What money of projects is held against, for dim_indicator. */
size_t kt_need_indicators(const kt_analysis_job *job, const kt_indicator_words **out);

/** Regions that tables of projects name and no classification has; none without projects. */
size_t kt_project_regions(const kt_analysis_job *job, const kt_region_words **out);

/** Writes findings/sectors/, a file a year; years of which no figure changed are kept. */
kt_status kt_analyse_sectors(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/occupation_balance/, a file a year, from `observations` as it is published. What
 * holds from the months before shows in the rows, so years whose rows would not change are kept.
 */
kt_status kt_analyse_occupation_balance(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/beveridge/, a file a year; years of which no figure changed are kept. */
kt_status kt_analyse_beveridge(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/matching_function/ and findings/counterfactual/, from `observations`, `flows`
 * and `mismatch` as they are published. */
kt_status kt_analyse_matching(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * Writes findings/early_warning/, a file a year, from tables that are written already; years of
 * which no figure changed are kept.
 */
kt_status kt_analyse_early_warning(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** What the flows of the stored tables are, for dim_indicator; from the first source of each. */
size_t kt_flow_indicators(const kt_analysis_job *job, const kt_indicator_words **out);

/** Writes findings/sources/ and findings/checks/. */
kt_status kt_analyse_sources(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;
kt_status kt_analyse_checks(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** The findings that are being made, as kt_panel_read wants them: tables that are written already.
 */
kt_panel_place kt_analysis_panels(const kt_analysis_job *job);

/** The name of the table at an address: 12r5 of tyonv/12r5.px. In the arena. */
const char *kt_address_table(const char *address, kt_arena *arena);

#endif
