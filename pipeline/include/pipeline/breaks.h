/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_BREAKS_H
#define KT_PIPELINE_BREAKS_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/cube.h"
#include "core/json.h"
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
    const char *url; /* of it; NULL where there is none */
    bool verified;   /* somebody has read the date, and that the figures changed, in the citation */
    bool active;
} kt_break;

/** In the table `checks`, one row a source and an active break: "12ti the_id". */
#define KT_CHECK_BREAK "break_applied"

typedef struct kt_breaks {
    kt_break *at;
    size_t count;
} kt_breaks;

/** What a registry is held against; nothing is where it has no sources. */
typedef struct kt_breaks_known {
    kt_source *const *sources;
    size_t source_count;
    const kt_classifications *classifications; /* NULL: codes are not looked at */
} kt_breaks_known;

/** Reads a registry; every mistake goes to problems. */
const kt_breaks *kt_breaks_load(const char *path, const kt_breaks_known *known, kt_arena *arena,
                                kt_problems *problems);

/** The list of a registry, and of a manifest: entries in the same words. */
void kt_breaks_read(kt_json list, const kt_breaks_known *known, kt_breaks *out);
json_t *kt_breaks_pack(const kt_breaks *breaks);

/**
 * True if it is active and its first period lies between the first and the last one of that
 * source's table: rows are marked with it, and no comparison crosses it.
 */
bool kt_break_is_within(const kt_break *one, const char *source, const char *first,
                        const char *last);

/** True if the period is the first on the new basis in that source. */
bool kt_break_begins(const kt_break *one, const char *source, kt_period period);

/** A figure that a break may concern. What is NULL is not known and may be anything. */
typedef struct kt_break_place {
    const char *source, *measure;
    kt_rollup_line region, occupation;
} kt_break_place;

/** True if the entry means that figure, in whatever period. */
bool kt_break_means(const kt_break *one, const kt_break_place *place);

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
