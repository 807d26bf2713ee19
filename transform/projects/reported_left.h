/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORTED_LEFT_H
#define KT_TRANSFORM_PROJECTS_REPORTED_LEFT_H

#include "reported_states.h"

/* What parts leave of a whole: the whole of some sexes, and of each part some of these. */
typedef struct reported_left {
    const kt_indicator_family *family;
    unsigned set;
    unsigned cuts[KT_FAMILY_PARTS]; /* of each part */
} reported_left;

/* When that is: the state of the whole, and that of the parts. */
typedef struct reported_when {
    const reported_state *whole, *parts;
} reported_when;

/* Parts of all sexes of the whole. */
reported_left reported_left_of(const kt_indicator_family *family, unsigned set);

/* The next choice of sexes for each part, after that of all; false after the last one. */
bool reported_left_next(reported_left *of);

/* NAN where that is not told. */
double reported_left_value(reported_when when, const reported_left *of);

void reported_left_spell(reported_when when, const reported_left *of, int sign, spelled *out);

/* From one state, or nothing (NULL), to another one. */
typedef struct reported_span {
    const reported_state *from;
    const reported_state *to;
} reported_span;

double reported_growth(reported_span span, const reported_left *of);

spelled reported_growth_spell(reported_span span, const reported_left *of, int sign);

#endif
