/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_UNALLOCATED_PLACE_H
#define KT_ANALYSIS_UNALLOCATED_PLACE_H

#include <stddef.h>

#include "core/arena.h"

/* A cell that posts could go to. */
typedef struct place {
    double u, v;
    double tightness; /* v / u; INFINITY where there are no job seekers */
    double matched;   /* as it is */
    double added;     /* posts placed here when most matches are made */
    size_t cell;
} place;

/* The cells of one group. */
typedef struct place_group {
    size_t count;
    place *places; /* by tightness */
    double posts;
} place_group;

/* The tightness that the group's posts raise its places to, lowest first; 0 where none has job
 * seekers. */
double place_level(const place_group *of);

/* What its posts add to the matches at least: all of them in one cell, where they add least. Its
 * places know what they have matched. */
double place_least(const place_group *of, double alpha);

/* Share of the matches made, S / (V^a U^(1-a)), over every number of posts up to the groups'. */
typedef struct place_range {
    double least, most;
} place_range;

/* The groups' own cells hold u job seekers, v posts and make so many matches. */
typedef struct place_whole {
    double u, v, matched;
} place_whole;

place_range place_up_to(const place_group *groups, size_t count, const place_whole *whole,
                        double alpha, kt_arena *arena);

#endif
