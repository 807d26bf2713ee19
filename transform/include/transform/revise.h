/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_REVISE_H
#define KT_TRANSFORM_REVISE_H

#include <stddef.h>

#include "core/cube.h"
#include "transform/classification.h"

/**
 * What a newer version of a table says otherwise than was known: cell by cell in the source's own
 * codes, figures as the source gave them (before points, corrections or covering). A cell that was
 * never known before is no revision, nor is one that the newer version does not list: that is a
 * change of the code list.
 */
typedef struct kt_told {
    double value; /* NAN unless the status has a value */
    kt_obs obs;
} kt_told;

typedef struct kt_revision {
    size_t cell; /* in the newer cube */
    kt_told before, after;
} kt_revision;

typedef struct kt_revisions {
    const kt_revision *at; /* in the order of the newer cube's cells */
    size_t count;
    size_t compared; /* cells that both versions know */
} kt_revisions;

/** What a cube tells of a cell. */
kt_told kt_told_of(const kt_cube *cube, size_t cell);

/** True if both tell the same: two protected cells do. */
bool kt_told_same(kt_told a, kt_told b);

/** Compares; known may be NULL: then nothing was known. */
kt_revisions kt_revise_compare(const kt_cube *known, const kt_cube *newer, kt_arena *arena);

/**
 * All that is known of a table, version after version: of each period, measure and group what the
 * newest version that has it says, and only that. Open with {0}, release with kt_known_close.
 */
typedef struct kt_known {
    kt_arena *arena;
    kt_cube *cube; /* NULL while nothing is known */
} kt_known;

/** Lays a newer version over what is known. */
kt_status kt_revise_learn(kt_known *known, const kt_cube *newer, kt_error *err) KT_MUST_CHECK;

void kt_known_close(kt_known *known);

static inline void kt_auto_known(kt_known *known)
{
    kt_known_close(known);
}

/** One difference between two code lists of a dimension. */
typedef struct kt_code_change {
    const char *code;
    const char *change; /* new, vanished, renamed, split, merged */
    const char *detail; /* the label, both labels, or what it became a part of */
} kt_code_change;

/**
 * What changed from the older code list to the newer one, in the order of the newer list, then of
 * the older. regions (NULL for other dimensions) tells which municipalities ended in which: a code
 * that vanished with one successor was merged, with several it was split.
 */
size_t kt_revise_codes(const kt_codes *older, const kt_codes *newer,
                       const kt_classification *regions, kt_arena *arena, kt_code_change **out);

#endif
