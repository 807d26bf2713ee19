/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_PLACING_H
#define KT_TRANSFORM_PROJECTS_PLACING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/codes.h"
#include "place_names.h"
#include "transform/placement.h"
#include "wording.h"

/** A region that somebody stated for a project; weight NAN for an equal split. */
typedef struct stated_place {
    const char *project;
    named_region region;
    double weight;
} stated_place;

/** Names or codes, and the region of each. */
typedef struct region_table {
    kt_codes *keys;
    named_region *regions; /* at the positions of keys */
} region_table;

/** An area of our own and the maakunnat in it. */
typedef struct own_area {
    const char *code;
    const char *name; /* Finnish */
    const char *const *members;
    size_t member_count;
} own_area;

struct kt_placement {
    const kt_classification *regions;
    const kt_wording *wording;
    const stated_place *stated; /* by project, in the order of the file */
    size_t stated_count;
    region_table nuts, sections, authorities; /* by code, plain name, plain name */
    const own_area *areas;
    size_t area_count;
};

const named_region *region_in(const region_table *table, const char *key);
const own_area *area_of(const kt_placement *placement, const char *code);

/** True if inner lies in outer, and is not outer itself. */
bool lies_in(const kt_placement *placement, named_region inner, named_region outer);

/** Regions that were found, each once. */
typedef struct found_regions {
    named_region *at;
    size_t count;
    size_t room;
    size_t unknown; /* how many more were named that nobody knows */
} found_regions;

void found_add(found_regions *found, named_region region, kt_arena *arena);

/** The regions that a text of a person names, in its order. */
found_regions regions_named(const kt_placement *placement, kt_finnish *finnish, const char *text,
                            kt_arena *arena);

#endif
