/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_MEANINGS_H
#define KT_TRANSFORM_MEANINGS_H

#include "core/cube.h"
#include "core/source.h"

struct kt_checks;

/** What a symbol makes of a cell. */
typedef struct kt_meaning {
    bool known;    /* the source's file names it, or each letter of it */
    bool zero;     /* without a figure: exactly zero */
    bool hidden;   /* by the source: a figure beside it is its slip */
    kt_obs beside; /* a figure; KT_OBS_OBSERVED if it says nothing of it */
    kt_obs alone;  /* without one */
} kt_meaning;

/**
 * The meaning of a symbol; "" is none. A source whose symbols are letters (Eurostat's flags) writes
 * several of them as one: "bep" is what b, e and p say together, the worst of it where they differ.
 * Letters that nobody knows make the whole unknown, and the others count all the same.
 */
kt_meaning kt_meaning_of(const kt_source *source, const char *symbol);

/** Figures beside symbols that nobody knows. */
typedef struct kt_strange {
    kt_codes *symbols;
    const char *first; /* of them, with its place */
    size_t cells;
    kt_arena *arena;
} kt_strange;

void kt_strange_note(kt_strange *strange, const char *symbol, const kt_cube *cube, size_t cell);

/** One row of the checks, or none. */
struct kt_checks *kt_strange_tell(const kt_strange *strange, const kt_source *source,
                                  kt_arena *arena);

#endif
