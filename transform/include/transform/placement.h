/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PLACEMENT_H
#define KT_TRANSFORM_PLACEMENT_H

#include <stddef.h>

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"
#include "core/project_found.h"
#include "transform/classification.h"
#include "transform/finnish.h"
#include "transform/project_words.h"

/**
 * Where a project works. The first of these that says anything counts alone:
 *
 *     stated          placed.csv, which people keep
 *     location_code   the list's own region, by NUTS code, a code of ours or a name
 *     postcode        the list's post town of the place of work
 *     name_match      the project's name: the whole country, or regions in any case
 *     programme_section
 *     authority       the area in which the authority grants
 *
 * else the project is unlocated. "The whole country" and "unlocated" are places of their own, so
 * that money is never spread over regions that nobody named. Regions of one rule have equal weights
 * unless people stated others; of a region and one inside it the inner one counts. The seat of the
 * beneficiary is a role of its own: where somebody works is not where they sit.
 */
typedef struct kt_placement kt_placement;

/**
 * Loads placed.csv, sections.csv, authorities.csv and areas.csv of the folder, and nuts.csv of the
 * classifications; NULL if there was a problem, all told. wording is borrowed.
 */
const kt_placement *kt_placement_load(const char *folder, const kt_classifications *all,
                                      const kt_wording *wording, kt_arena *arena,
                                      kt_problems *problems);

/** The level of a region's code, an area of areas.csv or SSS (KT_LEVEL_NATIONAL); NULL of no place.
 */
const char *kt_placement_level(const kt_placement *placement, const char *code);

/** The code and the Finnish name of an area of areas.csv, in the order of the file; NULL past the
 * last one. */
const char *kt_placement_area(const kt_placement *placement, size_t at, const char **name);

/** The places of one project, in the arena; always one of the role implementation. */
kt_project_places kt_project_places_of(const kt_placement *placement, kt_finnish *finnish,
                                       const kt_project *project, kt_arena *arena);

typedef struct kt_region_codes {
    const char *const *at;
    size_t count;
} kt_region_codes;

/**
 * The maakunnat that places of implementation lie in or are made of, in bytewise order, each once;
 * none of a project that is national or unlocated.
 */
kt_region_codes kt_project_maakunnat(const kt_placement *placement, const kt_project_places *places,
                                     kt_arena *arena);

#endif
