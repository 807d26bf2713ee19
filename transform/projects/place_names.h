/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_PLACE_NAMES_H
#define KT_TRANSFORM_PROJECTS_PLACE_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/problems.h"
#include "tokens.h"
#include "transform/classification.h"
#include "transform/finnish.h"

/** A region that a name stands for. */
typedef struct named_region {
    const char *level, *code;
    bool ended; /* the name of a municipality that is no more: its successor's code */
} named_region;

/**
 * Names of regions in Finnish and Swedish. One name of several regions is the first of: those of
 * the file of further names, municipality, maakunta, seutukunta, suuralue, abolished municipality.
 */
typedef struct place_names place_names;

/** Further names: a CSV of name, level and code (config/projects/place_names.csv). */
place_names *place_names_load(const char *path, const kt_classification *regions, kt_arena *arena,
                              kt_problems *problems);

/** The name (plain words) at a position and its region; NULL past the last one. */
const char *place_names_at(const place_names *names, size_t position, named_region *region);

/** The region of a name as a list writes it ("JYVÄSKYLÄ"), or NULL. */
const named_region *place_names_find(const place_names *names, const char *name, kt_arena *arena);

/** The seutukunta of the same name, or NULL: of "Oulu", before the word seutu. */
const named_region *place_names_district(const place_names *names, const char *name,
                                         kt_arena *arena);

/**
 * The name that a word of a text is, in its base form, or NULL. A word in small letters is one only
 * if it can be nothing else. *region is the region called so, NULL if the dictionary alone knows
 * the place.
 */
const char *place_names_read(const place_names *names, kt_finnish *finnish, const token *word,
                             kt_arena *arena, const named_region **region);

#endif
