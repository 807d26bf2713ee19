/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_BODIES_H
#define KT_TRANSFORM_PROJECT_BODIES_H

#include <stdbool.h>
#include <stddef.h>

#include "transform/project_words.h"

/** One of the bodies that a list names as a project's beneficiary. */
typedef struct kt_project_body {
    const char *name; /* as the list has it, without departments; "" of a trader */
    const char *key;  /* plain words, no legal form, today's name; "" where nothing is left */
    bool trader;      /* a person's own firm (toiminimi), called after the person: never named */
} kt_project_body;

typedef struct kt_project_bodies {
    const kt_project_body *at; /* in the order of the list, which '|' separates; each key once */
    size_t count;
} kt_project_bodies;

/** Everything in the arena; none of a beneficiary that is NULL or empty. */
kt_project_bodies kt_project_bodies_of(const kt_wording *wording, const char *beneficiary,
                                       kt_arena *arena);

/**
 * The beneficiary as it may be published: the text itself if no person's own firm is among its
 * bodies, else the others of them; NULL if there are none, or of NULL. In the arena.
 */
const char *kt_project_shown_beneficiary(const kt_wording *wording, const char *beneficiary,
                                         kt_arena *arena);

/**
 * A project's name as it may be read in: with "[…]" for the name beside the words of a person's own
 * firm ("Tmi […] - koneet"). The text itself where there is none; NULL of NULL. In the arena.
 */
const char *kt_project_shown_name(const kt_wording *wording, const char *name, kt_arena *arena);

#endif
