/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_OVERLAP_H
#define KT_ANALYSIS_PROJECT_OVERLAP_H

#include <stdint.h>

#include "analysis/project_relations.h"
#include "analysis/similarity.h"
#include "core/project_found.h"

/**
 * Which projects may work on the same thing without knowing it: a list of people who should talk,
 * no accusation. Pairs whose texts are alike are classed first; what is left is ranked by
 *
 *     score = cosine (1/2 + 1/2 region) time,
 *
 * where region = sum_r min(w_pr, w_qr) over maakunnat and time = days in common over the shorter
 * project's. The score orders the list and is no measure of anything.
 */
typedef struct kt_overlap_settings {
    double at_least; /* cosine of a pair that is looked at */
    size_t per_area; /* pairs of an area that are listed */
} kt_overlap_settings;

/** A project as it is compared. */
typedef struct kt_overlap_project {
    const kt_project_places *places; /* the role implementation counts */
    const kt_project_themes *themes; /* the scheme target_group counts */
    const char *area;                /* coordinator area, "SSS" or "_X" */
    bool left_out; /* it runs the programme itself, as technical assistance does */
} kt_overlap_project;

typedef struct kt_project_overlap {
    size_t a, b; /* a < b */
    double cosine;
    double region_overlap; /* NAN where a place is not known */
    double time_overlap;   /* NAN where a day is not known */
    double target_jaccard; /* NAN where neither names a target group */
    double score;          /* what is not known counts as 0 */
    kt_project_tie tie;
    size_t rank; /* in the area where it ranks highest, from 1 */
} kt_project_overlap;

typedef struct kt_project_overlaps {
    kt_project_overlap *at; /* by score, highest first, then by codes */
    size_t count;
    size_t pairs;         /* of texts that are alike */
    size_t ties[KT_TIES]; /* of them, by what they are */
} kt_project_overlaps;

/** Projects in the order of their codes, with their relations and the texts of the same projects.
 */
typedef struct kt_overlap_question {
    const kt_overlap_project *projects;
    const kt_related_project *texts_of; /* the same projects */
    const kt_project_related *related;
    const kt_similarity *texts;
    size_t count;
    size_t maakunnat; /* how many there are: a project of the whole country is in each of them */
    kt_overlap_settings settings;
} kt_overlap_question;

/**
 * Of each area the best pairs that are candidates or one model in several places. Pairs of one
 * beneficiary are not listed: who runs both knows of both.
 */
kt_status kt_project_overlaps_find(const kt_overlap_question *question, kt_arena *arena,
                                   kt_project_overlaps *out, kt_error *err) KT_MUST_CHECK;

#endif
