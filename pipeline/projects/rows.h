/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_ROWS_H
#define KT_PIPELINE_PROJECTS_ROWS_H

#include "analysis_job.h"
#include "projects/laari.h"
#include "projects/study.h"
#include "projects/theme_gaps.h"
#include "publish/table.h"

/** What the tables of projects have in common. */

/** Opens a table of findings whose columns are these; rows come in any order. */
kt_status kt_project_rows_open(const kt_analysis_job *job, const char *table,
                               const char *const *names, size_t count, kt_rows **out,
                               kt_error *err) KT_MUST_CHECK;

/** "2026-09-25"; an empty text for KT_NO_DAY. Returns out. */
const char *kt_day_words(int64_t day, char out[KT_INSTANT_SIZE]);

/** The newest day that any list speaks of; KT_NO_DAY without projects. */
int64_t kt_newest_list_day(const kt_project_study *study);

/** The day on which reports are due or not, and projects run or not: that of as_of, of a modelled
 * portfolio the one that its file says. */
int64_t kt_project_day(const kt_analysis_job *job);

/** A cosine, or what is made of cosines, in the digits that are good. NAN of NAN. */
double kt_shown_cosine(double value);

/** A text in one line, in the arena: a list may break lines inside a cell. NULL of NULL. */
const char *kt_one_line(const char *text, kt_arena *arena);

/** Writes findings/projects/. */
kt_status kt_project_versions_write(const kt_analysis_job *job, const kt_project_study *study,
                                    kt_error *err) KT_MUST_CHECK;

/** Writes findings/project_regions/ and findings/project_themes/. */
kt_status kt_project_places_write(const kt_analysis_job *job, const kt_project_study *study,
                                  kt_error *err) KT_MUST_CHECK;

/** Writes findings/dim_theme/: what the codes of project_themes are called. */
kt_status kt_project_topics_write(const kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/indicators/. */
kt_status kt_project_indicators_write(const kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/models/ and findings/model_use/. */
kt_status kt_project_models_write(const kt_analysis_job *job, const kt_project_study *study,
                                  const kt_theme_gaps *gaps, kt_error *err) KT_MUST_CHECK;

/** Writes findings/organisations/ and findings/ongoing_projects/. */
kt_status kt_project_actors_write(const kt_analysis_job *job, const kt_project_study *study,
                                  kt_error *err) KT_MUST_CHECK;

/** Writes findings/project_overlaps/. */
kt_status kt_project_overlaps_write(const kt_analysis_job *job, const kt_project_study *study,
                                    const kt_overlap_study *of, kt_error *err) KT_MUST_CHECK;

/** Writes findings/laari/. */
kt_status kt_project_laari_write(const kt_analysis_job *job, const kt_project_study *study,
                                 const kt_laari_study *laarit, kt_error *err) KT_MUST_CHECK;

/** Writes findings/laari_indicators/. */
kt_status kt_project_agreed_write(const kt_analysis_job *job, kt_error *err) KT_MUST_CHECK;

/** Writes findings/coverage/, findings/coverage_summary/ and findings/white_spots/, against figures
 * of tables that are written already. */
kt_status kt_project_coverage_write(const kt_analysis_job *job, const kt_coverage_study *study,
                                    kt_error *err) KT_MUST_CHECK;

#endif
