/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_REPORTED_STATES_H
#define KT_TRANSFORM_PROJECTS_REPORTED_STATES_H

#include "reported_equations.h"

/* Sets of sexes, by bits: women, men, non-binary, and those of whom nobody says. */
#define SEX_SETS     16
#define SEX_SET_ALL  15
#define SEX_SET_SAID 7
#define SEX_SET_BOTH 3
#define SEX_SET_NB   4
#define SEX_UNSAID   8

/* What was known of a report period from a day on until another one. */
typedef struct reported_state {
    const char *period;
    int64_t end; /* of the period */
    int64_t day, until;
    bool two_sexes; /* the project reports nobody as non-binary, in any figure */
    size_t *cell;   /* of each indicator and sex; KT_NO_CODE: not reported */
    /* Of each indicator and set of sexes what figures tell of it; NAN: nothing. */
    double *value;
} reported_state;

typedef struct reported_states {
    reported_state *at; /* by end, period, day */
    size_t count;
} reported_states;

reported_states reported_states_of(const reported_table *of);

double reported_state_value(const reported_state *of, size_t indicator, unsigned set);

/* Only women and men are reported: who else there is, is never shown. */
bool reported_others_never_show(const reported_state *of, size_t indicator);

/* The total is the sexes that are reported: all, or women and men of a project that knows no
 * others. */
bool reported_sexes_add_up(const reported_state *of, size_t indicator);

/* A sum on its way: a count that comes in again is put together with itself. */
#define SPELLED_MOST 48
typedef struct spelled {
    kt_count_term terms[SPELLED_MOST];
    size_t count;
    bool simple; /* no count is in it twice */
} spelled;

void reported_spell_cell(size_t cell, int sign, spelled *out);

/* What is told of the set, as a sum of figures. */
void reported_spell(const reported_state *of, size_t indicator, unsigned set, int sign,
                    spelled *out);

#endif
