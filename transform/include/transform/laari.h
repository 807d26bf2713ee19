/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_LAARI_H
#define KT_TRANSFORM_LAARI_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"
#include "core/project_found.h"
#include "core/source.h"
#include "transform/indicators.h"

/**
 * Clusters of projects (laarit) that are alike enough for one method of evaluation: which projects
 * belong to each, what they have agreed to report, and when. laari.json of the folder of projects.
 */

/** When a report of something is due. */
typedef struct kt_laari_due {
    bool at_end; /* once, of the report period END; else of every period of the project */
    long months; /* after the end of the period, or of the project */
} kt_laari_due;

/** An indicator of the set that a cluster has agreed upon. */
typedef struct kt_laari_indicator {
    const char *code; /* in the catalogue, of the cluster's programme period */
    bool required;    /* else it may be reported, and nobody waits for it */
    kt_laari_due due;
    double weight; /* in the cluster's own judgement; nothing is computed by it */
} kt_laari_indicator;

/** A scale that participants answer, at their start, their end, and some time later. */
typedef struct kt_scale {
    const char *code;
    kt_words name;
    double least, most; /* of a mean */
    bool rising;        /* higher is better */
    double correlation; /* assumed between two answers of one person: reports do not say it */
} kt_scale;

typedef struct kt_laari_score {
    const kt_scale *scale;
    bool required;
    kt_laari_due due;
} kt_laari_score;

typedef struct kt_laari {
    const char *id;
    kt_words name;
    const char *theme;             /* a code of the scheme "theme" */
    const char *method;            /* how its projects are evaluated, in words */
    const char *period;            /* of the programme: 2021-2027 */
    int64_t valid_from, valid_to;  /* days; KT_NO_DAY: open */
    const char *primary_indicator; /* one of the indicators below */
    size_t min_projects;           /* below which nothing is said of the whole */
    const char **codes;            /* its projects, one by one */
    const char **group_codes;      /* its joint projects */
    const char **themes;           /* or all projects of these themes */
    size_t code_count, group_code_count, theme_count;
    kt_laari_indicator *indicators; /* in the order of the file */
    size_t indicator_count;
    kt_laari_score *scores;
    size_t score_count;
} kt_laari;

typedef struct kt_laarit {
    kt_laari *at; /* in the order of the file */
    size_t count;
    kt_scale *scales;
    size_t scale_count;
    bool yearly;      /* report periods are years; else half years */
    bool cumulative;  /* realised figures count from the project's start */
    double far_above; /* realised over target from which on an ended project is asked about it */
    long cost_within_days; /* the most between the day of money and that of what it is held against
                            */
} kt_laarit;

/** NULL if there was a problem; all are told. No cluster where the file is absent. indicators may
 * be NULL: its own problems are told already. */
const kt_laarit *kt_laarit_load(const char *folder, const kt_indicators *indicators,
                                kt_arena *arena, kt_problems *problems);

/**
 * The cluster of a project, or NULL: the first one of its programme period, valid while the project
 * runs, that names its code; else its group code; else one of its themes. Parallel, ghost and
 * coordinating projects belong to none by theme: they have no participants of their own.
 */
const kt_laari *kt_laari_of(const kt_laarit *all, const kt_project *project,
                            kt_project_relation relation, const kt_project_themes *themes);

/** The scale of that code, or NULL. */
const kt_scale *kt_scale_find(const kt_laarit *all, const char *code);

#endif
