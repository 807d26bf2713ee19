/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_LAARI_FIGURES_H
#define KT_PIPELINE_PROJECTS_LAARI_FIGURES_H

#include "analysis/laari_result.h"
#include "projects/judged.h"
#include "projects/laari.h"

/** A change of a scale in a project, and whether it may be shown. */
typedef struct kt_laari_change {
    kt_project_change is; /* persons: of those at the start and at the end the fewer; NAN */
    bool reported, hidden;
} kt_laari_change;

/** The members of a cluster, by their positions in the study. */
typedef struct kt_laari_members {
    size_t *at;
    size_t count;
} kt_laari_members;

kt_laari_members kt_laari_members_of(const kt_laari_study *laarit, size_t laari, size_t count,
                                     kt_arena *arena);

/** What figures are taken from. */
typedef struct kt_laari_source {
    const kt_reported_projects *reported;
    const kt_project_judged *judged;
} kt_laari_source;

/** The reports of one project: a piece of all. */
typedef struct kt_own_reports {
    const kt_reported *at;
    const bool *hidden;
    const bool *doubted; /* NULL of scores */
    size_t count;
} kt_own_reports;

/** Those of indicators, or of scales. */
kt_own_reports kt_own_reports_of(const kt_laari_source *from, size_t project, bool scores);

/** A figure of a project over its periods. */
typedef struct kt_own_figure {
    double value; /* NAN: not reported */
    bool hidden, doubted;
    int64_t end;        /* of its newest period */
    const char *period; /* that one; NULL */
} kt_own_figure;

/**
 * Of periods that end by until, both sexes together: the newest figure, or the sum where they are
 * not cumulative. What is reported at the end stands for all periods.
 */
kt_own_figure kt_own_figure_of(kt_own_reports of, const char *code, bool target, bool summed,
                               int64_t until);

/** A figure of a project, and of when it is. */
typedef struct kt_laari_said {
    kt_laari_figure is;
    const char *period; /* the report period of what was realised; NULL without */
    int64_t period_end; /* its last day; KT_END_DAY of END */
    int64_t money_day;  /* the last list that has these euros; KT_NO_DAY where no list has any */
} kt_laari_said;

/**
 * What a project says of an indicator by its newest report period, both sexes together; figures
 * that are not cumulative are added over the periods. Its base is the newest figures of what it is
 * a part of (the catalogue's parents), of no later period, if all of them are reported. It is in
 * doubt if one of these figures is: a check that failed in an older period alone leaves a newer
 * cumulative figure as it is, and doubts a sum that has the older one in it. Its euros and what was
 * realised are of other days if more than cost_within_days of laari.json lie between the list's day
 * and the last day of the report period, neither taken later than the project's end.
 */
kt_laari_said kt_laari_said_of(const kt_laari_source *from, size_t project,
                               const kt_indicator *indicator);

/** From the newest answers at the start to the newest at the end. */
kt_laari_change kt_laari_change_of(const kt_laari_source *from, size_t project,
                                   const kt_scale *scale);

/** Writes findings/indicator_progress/. */
kt_status kt_project_progress_write(const kt_analysis_job *job, const kt_laari_source *from,
                                    kt_error *err) KT_MUST_CHECK;

/** Writes findings/laari_results/. */
kt_status kt_project_results_write(const kt_analysis_job *job, const kt_laari_source *from,
                                   const kt_laari_study *laarit, kt_error *err) KT_MUST_CHECK;

#endif
