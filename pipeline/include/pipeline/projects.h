/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_H
#define KT_PIPELINE_PROJECTS_H

#include <stddef.h>
#include <stdint.h>

#include "analysis/project_overlap.h"
#include "core/source.h"
#include "pipeline/needs.h"
#include "transform/indicators.h"
#include "transform/laari.h"
#include "transform/models.h"
#include "transform/placement.h"
#include "transform/project_format.h"
#include "transform/project_themes.h"
#include "transform/project_words.h"

/** What somebody found when they looked at a pair; code_a comes before code_b. */
typedef struct kt_project_review {
    const char *code_a, *code_b;
    const char *review; /* talk, no, merged; a pair that nobody looked at is open */
} kt_project_review;

/** A priority of a period that runs the programme itself, as technical assistance does. */
typedef struct kt_own_priority {
    const char *period, *priority;
} kt_own_priority;

/** Which groups of projects could be a cluster (laari). */
typedef struct kt_laari_suggestions {
    double at_least; /* cosine of two projects that are alike enough */
    size_t least_projects;
} kt_laari_suggestions;

/** So many projects that have not ended, and such a share of them, that the next list may not lack
 * both. */
typedef struct kt_lost_running {
    size_t least;
    double share;
} kt_lost_running;

/** What projects/projects.json says: where lists of funded projects come from, and how they are
 * read. Nothing where no file is named. */
typedef struct kt_project_settings {
    kt_source **sources; /* of the format "list" */
    size_t source_count;
    const kt_project_formats *formats; /* NULL where no file is named */
    const kt_wording *wording;         /* what of their texts is compared */
    const kt_placement *placement;     /* where they work */
    const kt_theming *theming;         /* what they are about */
    const kt_indicators *indicators;   /* that all periods have in common */
    const kt_laarit *laarit;           /* clusters, and what these agreed to report */
    const kt_models *models;           /* that people keep, and who uses them */
    kt_overlap_settings overlaps;
    kt_laari_suggestions suggestions;
    kt_own_priority *own; /* whose projects are in no pair */
    size_t own_count;
    const kt_project_review *reviews; /* what people found of pairs; by code_a, then code_b */
    size_t review_count;
    kt_need_settings needs; /* that their money is held against */
    const char **order;     /* ids of formats: of two that have a project the earlier one counts */
    size_t order_count;
    double lost_share; /* of the projects of a list that the next one may lack */
    kt_lost_running lost_running;
    int64_t judged_on; /* of a modelled portfolio: the day that stands for that of as_of; 0: none */
} kt_project_settings;

#endif
