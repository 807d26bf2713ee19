/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SLICE_H
#define KT_TRANSFORM_SLICE_H

#include "core/hash.h"
#include "sums.h"
#include "transform/margins.h"

/** A sum that no figures inside the intervals can meet. */
typedef struct kt_miss {
    size_t total;  /* its place */
    double excess; /* parts less total where they are above it, total less parts where below */
} kt_miss;

/**
 * The protected cells of a plane and the margins that say anything of them: known parts are taken
 * to the other side, so that cells 0 .. open_count - 1 are the protected ones and each margin has
 * at most one more cell, of what is known.
 */
typedef struct kt_slice {
    size_t open_count;
    const size_t *open; /* places of the plane, ascending */
    kt_margin_table table;
    size_t *total; /* of each margin: the place of its total */
    kt_bounds bounds;
    size_t sums_held; /* that could be held against a total */
    kt_miss *misses;
    size_t miss_count;
} kt_slice;

/** Reads a plane and tightens it. A member that is missing or was not collected makes its sum "at
 * most"; a total that is, makes none. */
kt_status kt_slice_read(const kt_plane *plane, const kt_sums *sums, kt_arena *arena, kt_slice *out,
                        kt_error *err) KT_MUST_CHECK;

/** Hash of everything that a filling of the slice follows from. pattern: of each protected cell. */
void kt_slice_key(const kt_slice *slice, const double *pattern, char key[KT_HASH_SIZE]);

/** The points of the protected cells, in arena. */
kt_status kt_slice_fill(const kt_slice *slice, const double *pattern, kt_arena *arena,
                        const double **out, kt_error *err) KT_MUST_CHECK;

#endif
