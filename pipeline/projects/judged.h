/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_JUDGED_H
#define KT_PIPELINE_PROJECTS_JUDGED_H

#include "analysis/compliance.h"
#include "projects/reports.h"

/** A report that is asked of a project, and what came of it. */
typedef struct kt_asked_report {
    const char *indicator, *period;
    int64_t due_day;
    kt_report_finding found;
} kt_asked_report;

/** What a project reported, held against what its cluster agreed upon. */
typedef struct kt_project_judgement {
    const kt_laari *laari;  /* NULL: none */
    bool known;             /* it is in a cluster, or has reported something */
    kt_compliance is;       /* of a known one; its doubted is not kept */
    kt_asked_report *asked; /* none of one that owes nothing */
    size_t asked_count;
} kt_project_judgement;

typedef struct kt_project_judged {
    int64_t as_of_day;        /* of the run */
    kt_project_judgement *of; /* of each project of the study */
    bool *doubted; /* of each of the reports' indicators: a part of a check that failed */
} kt_project_judged;

/** Everything in the arena. */
kt_project_judged kt_project_judged_make(const kt_reported_projects *from, int64_t as_of_day,
                                         kt_arena *arena);

/** Writes findings/indicator_compliance/ and findings/required_reports/. */
kt_status kt_project_compliance_write(const kt_analysis_job *job, const kt_project_study *study,
                                      const kt_project_judged *judged, kt_error *err) KT_MUST_CHECK;

#endif
