/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BREAKS_H
#define KT_PIPELINE_BREAKS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/problems.h"
#include "core/source.h"
#include "transform/classification.h"
#include "transform/rollup.h"

/**
 * The declared breaks of the statistics themselves: from a day on, figures of a table stand on
 * another basis than before, so that the two are not to be compared. A break that is not active is
 * written down and does nothing.
 */
typedef struct kt_names {
    const char **at;
    size_t count; /* 0: all of them */
} kt_names;

typedef struct kt_break {
    const char *id;
    kt_names sources;
    kt_names measures;
    kt_names region_levels,
        region_codes; /* a line is meant where both say so; so are occupations */
    kt_names occupation_levels, occupation_codes;
    const char *date; /* the first day on the new basis; NULL where nobody knows it */
    kt_period month;  /* that holds the day */
    kt_words what;
    const char *citation;
    bool verified; /* somebody has read the date, and that the figures changed, in the citation */
    bool active;
} kt_break;

typedef struct kt_breaks {
    kt_break *at;
    size_t count;
} kt_breaks;

/** What a registry is held against. */
typedef struct kt_breaks_known {
    kt_source *const *sources;
    size_t source_count;
    const kt_classifications *classifications; /* NULL: codes are not looked at */
} kt_breaks_known;

/** Reads a registry; every mistake goes to problems. */
const kt_breaks *kt_breaks_load(const char *path, const kt_breaks_known *known, kt_arena *arena,
                                kt_problems *problems);

/** A figure that a break may concern. */
typedef struct kt_break_place {
    const char *source, *measure;
    kt_rollup_line region, occupation;
} kt_break_place;

/**
 * True if the figure's period is the first on a new basis: of the place's frequency, the first one
 * that ends on the day of an active break or later. breaks may be NULL: none.
 */
bool kt_breaks_begin(const kt_breaks *breaks, const kt_break_place *place, kt_period period);

/**
 * Gives status B to every figure of a rolled-up period with a value that stands on a new basis. A
 * figure without one keeps the reason that it has. breaks may be NULL.
 */
void kt_breaks_mark(const kt_breaks *breaks, const kt_source *source, const kt_rollup *rollup,
                    kt_cube *slab);

#endif
