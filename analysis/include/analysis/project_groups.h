/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_GROUPS_H
#define KT_ANALYSIS_PROJECT_GROUPS_H

#include "analysis/project_relations.h"
#include "analysis/similarity.h"

/**
 * Groups of projects that could be a cluster: their texts are alike, and they are of others in
 * other places. What is one undertaking (joint, parallel, continuation, coordination, ghost) makes
 * no link. A group is what links join, so two of its projects may be alike through others alone.
 */
typedef struct kt_group_question {
    const kt_related_project *projects;
    const kt_project_related *related;
    size_t count;
    const kt_similar_pair *pairs; /* of texts that are alike enough */
    size_t pair_count;
    const bool *taken;     /* of each project: it is in a cluster already */
    size_t least_projects; /* of a group */
} kt_group_question;

typedef struct kt_project_groups {
    const size_t *of; /* of each project: its group, or KT_NO_PROJECT */
    size_t count;     /* of groups, in the order of their first projects */
} kt_project_groups;

/** In the arena. */
kt_project_groups kt_project_groups_find(const kt_group_question *question, kt_arena *arena);

#endif
