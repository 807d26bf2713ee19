/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_BODIES_H
#define KT_PIPELINE_PROJECTS_BODIES_H

#include "analysis/project_actors.h"
#include "core/codes.h"
#include "projects/study.h"

/** Codes that stand for bodies without a name of their own. */
#define KT_BODY_TRADER  "_P" /* persons' own firms, all together */
#define KT_BODY_UNKNOWN "_X" /* the list names nobody */

/**
 * The bodies of a portfolio, each once. A body is its register number; where a list has none, the
 * number that its name has elsewhere in the portfolio if there is exactly one; else its name in
 * plain words.
 */
typedef struct kt_bodies {
    const kt_codes *codes;
    const char **names;        /* the spelling that most projects have; "" without one */
    const char **business_ids; /* NULL where none is known */
    const kt_actor **actors;   /* of each project of the study */
    size_t *actor_counts;
    const kt_codes *keys; /* names in plain words that a list gives a register number */
    const char **numbers; /* of each of them; "" where it has several */
} kt_bodies;

/** Everything in the arena. */
kt_bodies kt_bodies_make(const kt_project_study *study, const kt_wording *wording, kt_arena *arena);

/** A body that somebody names, as it would be called among these. */
typedef struct kt_named_body {
    const char *code;
    const char *name; /* "" of a person's own firm, and where nobody is named */
} kt_named_body;

kt_named_body kt_body_named(const kt_bodies *bodies, const kt_wording *wording, const char *name,
                            kt_arena *arena);

#endif
