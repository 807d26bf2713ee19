/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_TILE_MAP_H
#define KT_PAGES_TILE_MAP_H

#include "pages/outline.h"
#include "pages/page.h"

/** A region on a map of tiles. */
typedef struct kt_tile {
    const char *code, *name, *figure;
    size_t kind; /* of the words that follow KT_WORD_side_tighter */
    bool own;
} kt_tile;

/**
 * A square for each region, near where it lies; what it is stands in it as a sign and as a shade,
 * and how many there are of each kind under the map. Where a region's square lies is known of
 * maakunnat (tile_map.c); others are left out. With outlines (NULL: none) the regions are drawn as
 * they lie, and whose outlines they are stands under them.
 */
void kt_tile_map_put(kt_page *page, const kt_outlines *outlines, const kt_tile *tiles,
                     size_t count);

#endif
