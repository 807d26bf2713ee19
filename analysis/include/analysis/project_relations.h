/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_RELATIONS_H
#define KT_ANALYSIS_PROJECT_RELATIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/project.h"
#include "core/project_found.h"

/**
 * What projects are to one another, decided before anything is scored: most pairs whose texts are
 * alike are one undertaking, or one model in several places, and no overlap. The first that holds:
 *
 *     ghost         nothing was granted (a grant that is not known is no ghost)
 *     joint         another project has its group code
 *     parallel      its name says so; or an office of the state runs it beside somebody else's
 *                   project of the same stem, at the same time and not known to be elsewhere
 *     continuation  its beneficiary began one of the same stem earlier
 *     coordination  its name says so
 *     replication   another beneficiary began one of the same stem elsewhere, and earlier
 *     main          none of these
 *
 * A stem is the name without places, numbers and what every project says (core/project_found.h); an
 * empty one is nobody's. "Elsewhere" needs both places known, with no maakunta in common.
 */
typedef struct kt_related_project {
    const kt_project *project;
    kt_project_words words;
    const char *const *regions; /* maakunnat it works in; none where not known, or everywhere */
    size_t region_count;
} kt_related_project;

#define KT_NO_PROJECT ((size_t)-1)

typedef struct kt_project_related {
    kt_project_relation relation;
    size_t parent; /* the project it belongs to or follows; KT_NO_PROJECT where nobody can say */
} kt_project_related;

/**
 * One for each project, in the arena. Each project stands once. The order of projects does not
 * show: of several parents that are as good the first by start, then by code counts.
 */
const kt_project_related *kt_project_relations(const kt_related_project *projects, size_t count,
                                               kt_arena *arena);

/** What two projects with similar texts are to one another. */
typedef enum kt_project_tie {
    KT_TIE_GHOST,        /* one of them is */
    KT_TIE_JOINT,        /* one group code */
    KT_TIE_PARALLEL,     /* one of them is */
    KT_TIE_CONTINUATION, /* one beneficiary, and one began later; of coordinators with one stem */
    KT_TIE_COORDINATION, /* one of them coordinates */
    KT_TIE_REPLICATION,  /* one stem, other beneficiaries, other places */
    KT_TIE_CANDIDATE,    /* a possible overlap, for people to look at */
    KT_TIES
} kt_project_tie;

const char *kt_project_tie_name(kt_project_tie tie);

/** The first tie that holds; the same for (b, a). */
kt_project_tie kt_project_tie_of(const kt_related_project *projects,
                                 const kt_project_related *related, size_t a, size_t b);

/** True if both places are known, with no maakunta in common. */
bool kt_project_works_elsewhere(const kt_related_project *a, const kt_related_project *b);

/** True if both have one register number or, where one has none, one name. */
bool kt_project_same_beneficiary(const kt_related_project *a, const kt_related_project *b);

#endif
