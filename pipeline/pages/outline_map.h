/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_OUTLINE_MAP_H
#define KT_PAGES_OUTLINE_MAP_H

#include "pages/outline.h"
#include "pages/plot.h"

/**
 * Outlines on a drawing, no finer than half a pixel: points that come to lie on one another, or on
 * a line, are left out, so that neighbours still share their borders.
 */

/** How large a drawing of all of them is. */
kt_spot kt_outline_size(const kt_outlines *outlines);

/** The largest part of what was drawn, where a sign can stand. */
typedef struct kt_outline_room {
    kt_spot middle;
    double width; /* of a square as large, in pixels */
} kt_outline_room;

/** Draws one of them. */
kt_outline_room kt_outline_put(const kt_plot *plot, const kt_outlines *outlines,
                               const kt_outline *outline);

#endif
