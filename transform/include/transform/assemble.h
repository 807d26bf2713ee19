/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_ASSEMBLE_H
#define KT_TRANSFORM_ASSEMBLE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/source.h"

/**
 * The replies of a table, oldest first, laid over one another into one cube in the source's own
 * codes (measures and groups in ours): a later reply replaces the cells that it holds, what only
 * older replies hold stays (DESIGN P5). Replies of one `updated` are one edition of the table, and
 * each period of a measure is taken from the newest edition that has it alone: an area or
 * occupation that the newer one no longer lists is not collected there, for its figures are in
 * others by then. Symbols become statuses, protected cells get the source's interval; null without
 * a symbol is missing; a figure stands beside a symbol, unless that is the one of protection, and
 * one beside a symbol that nobody knows is told. Periods in time order; regions, occupations in the
 * order of the newest edition, then what only older ones have.
 */
typedef struct kt_reply {
    const char *name;  /* for messages: where it came from */
    const char *bytes; /* borrowed; terminated at length */
    size_t length;
} kt_reply;

/** Hands out reply number index; the bytes may be released after the next call. */
typedef kt_status (*kt_reply_load)(void *context, size_t index, kt_arena *arena, kt_reply *out,
                                   kt_error *err);

/** The ISO day of the edition that each period x measure x group of a cube was taken from; NULL
 * where the edition does not say its day, or nothing was taken. */
typedef struct kt_editions {
    const char **day;
} kt_editions;

static inline const char *kt_edition_day(const kt_editions *editions, const kt_cube *cube,
                                         size_t period, size_t measure, size_t group)
{
    const size_t slot =
        (period * cube->size[KT_ROLE_MEASURE] + measure) * cube->size[KT_ROLE_GROUP] + group;
    return editions == NULL ? NULL : editions->day[slot];
}

struct kt_checks;

/** The replies of a table, oldest first. */
typedef struct kt_replies {
    size_t count;
    kt_reply_load load;
    void *context;            /* of load */
    bool *used;               /* out, one each: true if the reply is the newest one for any cell */
    kt_editions *editions;    /* out, or NULL: in the cube's arena */
    struct kt_checks *checks; /* out, or NULL: in the cube's arena; at most symbols_known, a note */
} kt_replies;

/**
 * Fails with KT_ERR_FORMAT or KT_ERR_DATA and the cell's coordinates: a count below zero or with a
 * fraction, an unknown symbol, a reply of another table, a document that covers the better part of
 * another of the same month; with KT_ERR_NO_DATA if there is no reply.
 * Each reply is loaded once or twice.
 */
kt_status kt_assemble(const kt_source *source, const kt_replies *replies, kt_arena *arena,
                      kt_cube **out, kt_error *err) KT_MUST_CHECK;

#endif
