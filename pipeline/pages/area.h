/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_AREA_H
#define KT_PAGES_AREA_H

#include "pages/page.h"

/** A region by its level and code, as dim_region has them. */
typedef struct kt_area {
    const char *level, *code;
} kt_area;

/** Whether a place is the area or lies in it whole, by the parents of dim_region; all lie in the
 * country. */
bool kt_area_holds(const kt_page *page, kt_area area, kt_area place);

/** The rows of project_regions that lie in the area whole. */
kt_sheet kt_area_places(const kt_page *page, kt_area area);

/**
 * The areas whose figures a project of these places is held against, each once: the place itself
 * where changes are published of it, else its maakunta, else the maakunnat in it; the country of
 * the whole country.
 */
size_t kt_areas_of(const kt_page *page, const kt_sheet *places, kt_area **out);

#endif
