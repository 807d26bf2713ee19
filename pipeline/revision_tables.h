/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_REVISION_TABLES_H
#define KT_PIPELINE_REVISION_TABLES_H

#include "analysis_job.h"
#include "revision_rows.h"

/** The most rows that a file of `revisions` has; above that a year keeps its newest changes. */
#define KT_REVISION_ROWS 1000000

/** Writes findings/revisions/, a file for each year in which a period was revised. */
kt_status kt_analyse_revisions(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/code_changes/. */
kt_status kt_analyse_code_changes(kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/**
 * The history of a table, from the night or from the store; NULL for one that the configuration
 * stopped before it had any. KT_ERR_NOT_FOUND if it is lost.
 */
kt_status kt_revision_log_of(const kt_night *night, const kt_table *table, kt_arena *arena,
                             const kt_revision_log **out, kt_error *err) KT_MUST_CHECK;

/** What may be shown of it beside that cube. */
kt_revision_view kt_revision_view_of(const kt_night *night, const kt_table *table,
                                     const kt_revision_log *log, const kt_cube *cube);

#endif
