/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_REPORTS_H
#define KT_PIPELINE_PROJECTS_REPORTS_H

#include "analysis_job.h"
#include "projects/study.h"
#include "transform/reported.h"

/** What projects reported over all reports of the archive, and what of it may be shown. */
typedef struct kt_project_reports {
    kt_reported_list indicators, scores;
    const bool *hidden;        /* of each of indicators: not to be shown of a project */
    const bool *scores_hidden; /* of each of scores */
} kt_project_reports;

/**
 * Everything in the arena. A sum over projects of which exactly one may not be shown tells that
 * one: whoever publishes sums of these figures has to see to it.
 */
kt_status kt_project_reports_make(const kt_night *night, kt_arena *arena, kt_project_reports *out,
                                  kt_error *err) KT_MUST_CHECK;

/** Projects and what they reported. */
typedef struct kt_reported_projects {
    const kt_project_settings *settings;
    const kt_project_study *study;
    const kt_project_reports *reports;
} kt_reported_projects;

/** Those of one project: how many, and in *first where they begin. */
size_t kt_reported_of(const kt_reported_list *list, const char *project, size_t *first);

/** Writes findings/indicator_values/ and findings/indicator_scores/. */
kt_status kt_project_values_write(const kt_analysis_job *job, const kt_project_reports *reports,
                                  kt_error *err) KT_MUST_CHECK;

#endif
