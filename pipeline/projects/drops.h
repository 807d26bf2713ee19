/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_DROPS_H
#define KT_PIPELINE_PROJECTS_DROPS_H

#include "pipeline/projects.h"
#include "transform/indicator_report.h"
#include "transform/project_list.h"
#include "transform/score_report.h"

/**
 * What somebody drops or imports: a list of funded projects in one of its formats, one of the
 * templates that projects report in, or good models and their uses. Their header tells which; all
 * of them are kept, dated and refused alike.
 */
typedef struct kt_project_drop_source {
    const kt_project_settings *settings;
    const kt_project_file *file;
    const char *format; /* an id; NULL: the header tells */
} kt_project_drop_source;

/** What was read; of list, indicators, scores and models one is there. */
typedef struct kt_project_drop {
    const char *format;    /* of a list its own, else indicators, scores, models, model_use */
    kt_project_list *list; /* in scratch */
    kt_indicator_report *indicators;  /* in arena */
    kt_score_report *scores;          /* in arena */
    kt_models *models;                /* in arena; or uses of them */
    const kt_project_reject *rejects; /* of any of them */
    size_t reject_count;
    kt_list_warning *warnings; /* of rows that are kept all the same; some of them, in scratch */
    size_t warning_count, warned;
    size_t rows, projects; /* in the file; that they are of */
} kt_project_drop;

/** KT_ERR_USAGE if the format is none, else as the readers of these files fail. */
kt_status kt_project_drop_read(const kt_project_drop_source *from, kt_arena *scratch,
                               kt_arena *arena, kt_project_drop *out, kt_error *err) KT_MUST_CHECK;

#endif
