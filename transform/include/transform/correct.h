/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_CORRECT_H
#define KT_TRANSFORM_CORRECT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/cube.h"
#include "core/instant.h"
#include "core/source.h"

/**
 * Corrections that people make to single figures of a source, from a day on and for a reason. A
 * figure that is put in place of the source's is provisional (P) until the source mends it itself;
 * one that is taken away has the status that says why. What the source protects stays protected.
 */
typedef struct kt_correction {
    const char *place;  /* file without its folder, and path: "corrections.json: corrections[2]" */
    const char *date;   /* ISO day */
    kt_instant from;    /* its first second: what is known before it is not corrected */
    const char *source; /* kt_source.id */
    const char *period, *region, *occupation, *measure, *group;
    double value; /* NAN: none, for the figure is taken away */
    kt_obs obs;   /* P with a value; O, L, M or Q without */
    double was;   /* the source's figure that this replaces; NAN: whatever it is */
    const char *reason;
} kt_correction;

/** True if both are of one cell, as they write it. */
bool kt_correction_same_cell(const kt_correction *a, const kt_correction *b);

typedef enum kt_correction_state {
    KT_CORRECTION_APPLIED,
    KT_CORRECTION_OUTDATED, /* the source has changed the figure since: it stands */
    KT_CORRECTION_ABSENT,   /* the table has no such cell */
    KT_CORRECTION_REFUSED,  /* the source protects the figure */
} kt_correction_state;

/** What became of a correction. */
typedef struct kt_corrected {
    const kt_correction *correction;
    kt_correction_state state;
    kt_role missing; /* absent: which code; KT_ROLES: the figure was never fetched */
    size_t cell;     /* unless absent */
    double found;    /* the source's figure; NAN if it has none */
} kt_corrected;

/**
 * Applies corrections of this source, one a cell at most, to a cube fresh from kt_assemble. Codes
 * are the source's or ours ("ISCO-2512", "_T"). out has room for all of them.
 */
void kt_correct(kt_cube *cube, const kt_source *source, const kt_correction *const *list,
                size_t count, kt_corrected *out);

#endif
