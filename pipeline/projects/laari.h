/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_LAARI_H
#define KT_PIPELINE_PROJECTS_LAARI_H

#include "analysis/cohesion.h"
#include "projects/study.h"

/** Which projects are in which cluster: those of laari.json, then groups that could be one. */
typedef struct kt_laari_study {
    const size_t *of; /* of each project of the study; KT_NO_CLUSTER */
    size_t configured, count;
    const size_t *sizes;         /* of each cluster */
    const kt_cohesion *cohesion; /* of each cluster */
} kt_laari_study;

/** Everything in the arena; texts as the overlap study has them. */
kt_status kt_laari_study_make(const kt_night *night, const kt_project_study *study,
                              const kt_overlap_study *texts, kt_arena *arena, kt_laari_study *out,
                              kt_error *err) KT_MUST_CHECK;

#endif
