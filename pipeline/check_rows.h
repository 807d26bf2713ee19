/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CHECK_ROWS_H
#define KT_PIPELINE_CHECK_ROWS_H

#include "analysis_job.h"
#include "publish/table.h"

/** One row of findings/checks/. */
typedef struct kt_check_row {
    const char *check, *subject, *severity, *result;
    double measured, threshold; /* NAN where there is none */
    size_t cells_failed;
    const char *examples; /* NULL for none */
} kt_check_row;

kt_status kt_check_row_add(kt_rows *rows, kt_check_row row, kt_error *err) KT_MUST_CHECK;

/** Figures that are no counts (days, shares), and the levels at which nothing is made of them. */
#define KT_CHECK_UNITS "figures_not_added"

kt_status kt_unit_checks(const kt_analysis_job *job, size_t table, kt_rows *rows,
                         kt_error *err) KT_MUST_CHECK;

/** A table whose sectors are shown in another revision, how sure that is, and what is split for it.
 */
#define KT_CHECK_CONVERTED "sectors_converted"

kt_status kt_sector_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/**
 * Of occupation_balance: for each level of occupations and of regions how many rows the newest
 * month has, and why none; for each reason why nothing is said how many rows have it (measured: in
 * the whole table, cells_failed: in the newest month, some of them by name); then what
 * kt_barometer_checks has to tell.
 */
#define KT_CHECK_BALANCE_GIVEN  "balance_given"
#define KT_CHECK_NOT_ASSESSABLE "balance_not_assessable"

kt_status kt_balance_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** How many series there are of each kind that is asked for, in how many stretches of them breaks
 * were searched, and how many there are. */
kt_status kt_breaks_searched_check(const kt_analysis_job *job, kt_rows *rows,
                                   kt_error *err) KT_MUST_CHECK;

/** How many stretches of series x13as split (measured) and how many it could not (cells_failed),
 * one of these by name; that there is no such program, where stl stands in. */
#define KT_CHECK_X13 "x13_split"

kt_status kt_x13_check(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** Each file of own counts that is held, and why; of those that count nothing is told, so that the
 * table is the same with and without them. */
#define KT_CHECK_OWN "own_counts_read"

kt_status kt_own_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** How many lines of `beveridge` have an outward shift. */
kt_status kt_curves_check(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/**
 * How many functions of matching_function are estimated (measured) and how many are not
 * (cells_failed), some of these by name; and in how many months of counterfactual there is a figure
 * and in how many not, and why.
 */
#define KT_CHECK_FUNCTIONS      "functions_estimated"
#define KT_CHECK_COUNTERFACTUAL "counterfactual_given"

kt_status kt_matching_checks(const kt_analysis_job *job, kt_rows *rows,
                             kt_error *err) KT_MUST_CHECK;

/**
 * Of early_warning: for each signal how many rows of the newest month are weighed, and for each
 * reason why one is not how many rows have it (measured: in the whole table, cells_failed: in the
 * newest month, some of them by name).
 */
#define KT_CHECK_WARNING_GIVEN  "early_warning_given"
#define KT_CHECK_WARNING_ABSENT "early_warning_absent"

kt_status kt_warning_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/** For each pair of two_sources how many rows have a ratio, and what is compared. */
kt_status kt_two_sources_checks(const kt_analysis_job *job, kt_rows *rows,
                                kt_error *err) KT_MUST_CHECK;

/** For each set of weights by how much the sum over job seekers is off the posts, at most; how many
 * periods have no figure, and why the newest of them has none. */
#define KT_CHECK_REACH "effective_tightness_sum"

kt_status kt_reach_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/**
 * Of each list of funded projects how many there are in it (measured), how many of its rows could
 * not be read (cells_failed), and why the first one could not; how many euros those rows say, and
 * where their projects stand. Of the projects of each format in
 * how many the list names a place that nobody knows, some of them by name. For each level of
 * regions and each period of the programme by how many euros what is in regions, national, shared
 * and unlocated is off what the lists have: a cent is a fault of the program.
 */
#define KT_CHECK_LIST     "list_read"
#define KT_CHECK_REJECTED "rows_rejected"
#define KT_CHECK_PLACES   "locations_known"
#define KT_CHECK_MONEY    "money_conserved"

kt_status kt_project_checks(const kt_analysis_job *job, kt_rows *rows, kt_error *err) KT_MUST_CHECK;

/**
 * What a table's history has to tell:
 *
 *     cells_revised   the newest campaign: measured cells were known before, cells_failed differ
 *     revision_size   its largest change of a national figure, as a share
 *     chain_overlap   periods that two addresses of the table gave: cells compared, cells that
 *                     differ; absent where there are none
 *     chain_break     one table took over from another: whether a break is declared
 */
kt_status kt_revision_checks(const kt_analysis_job *job, size_t table, kt_rows *rows,
                             kt_error *err) KT_MUST_CHECK;

#endif
