/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_OUTLINE_H
#define KT_PAGES_OUTLINE_H

#include "core/json.h"
#include "transform/classification.h"

/**
 * Where the regions of a level lie, as GeoJSON has it (RFC 7946: a collection of polygons in
 * degrees, longitude first), for maps on pages. Whose outlines they are is said under each map.
 */
typedef struct kt_point {
    double x, y; /* east and north on a transverse Mercator of the sphere around 27 E, in radians */
} kt_point;

typedef struct kt_ring {
    const kt_point *at;
    size_t count; /* the last is the first once more */
} kt_ring;

typedef struct kt_outline {
    const char *code; /* as the classification has it */
    const kt_ring *rings;
    size_t ring_count;
} kt_outline;

typedef struct kt_outlines {
    const char *level, *credit;
    const kt_outline *regions; /* in the order of the file */
    size_t count;
} kt_outlines;

/**
 * Reads {"level", "file", "credit"}; file is relative to folder. The property code of a feature is
 * a region's code, with or without the letters of its level (EVK10, "10"). Each region of the level
 * that is in use must be there once. What is wrong becomes a problem, and false is returned.
 */
bool kt_outlines_read(kt_json place, const char *folder, const kt_classification *regions,
                      kt_outlines *out);

/** That of a region, or NULL. */
const kt_outline *kt_outlines_find(const kt_outlines *outlines, const char *code);

/** Those of the level, or NULL. */
const kt_outlines *kt_outlines_of(const kt_outlines *maps, size_t count, const char *level);

#endif
