/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_STUDY_H
#define KT_PIPELINE_PROJECTS_STUDY_H

#include "analysis/project_overlap.h"
#include "analysis/project_relations.h"
#include "core/project_found.h"
#include "projects/lists.h"

/** What was found out about the projects of the newest lists, in the order of their versions. */
typedef struct kt_project_study {
    const kt_project_version **at; /* current versions alone */
    size_t count;
    kt_project_places *places; /* of each */
    kt_related_project *texts; /* of each: words and maakunnat */
    kt_project_themes *themes; /* of each */
    const char **areas; /* of each: its coordinator area, SSS (the whole country, or several), _X */
    const kt_project_related *related; /* of each; a parent is a position here */
    const char *method;                /* the dictionary that words were read by */
} kt_project_study;

/** Everything in the arena. KT_ERR_CONFIG where the Finnish dictionary is not installed and there
 * is a project. */
kt_status kt_project_study_make(const kt_night *night, kt_arena *arena, kt_project_study *out,
                                kt_error *err) KT_MUST_CHECK;

/** True of a project that runs the programme itself, as technical assistance does. */
bool kt_project_is_own(const kt_project_settings *settings, const kt_project *project);

/** How many maakunnat there are today. */
size_t kt_maakunta_count(const kt_classification *regions);

/** Pairs of projects that people should look at, and the texts that say so. */
typedef struct kt_overlap_study {
    kt_similarity *texts; /* NULL without projects */
    kt_project_overlaps found;
} kt_overlap_study;

kt_status kt_overlap_study_make(const kt_night *night, const kt_project_study *study,
                                kt_arena *arena, kt_overlap_study *out,
                                kt_error *err) KT_MUST_CHECK;

#endif
