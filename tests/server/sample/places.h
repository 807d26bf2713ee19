/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_PLACES_H
#define KT_SERVER_SAMPLE_PLACES_H

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"

/**
 * The regions of one day, from config/classifications: the codes of four levels with their Finnish
 * names, in order of code, and each municipality's place in the other three.
 */
#define KT_SAMPLE_DAY "2025-12-31"

typedef enum kt_place_level {
    KT_PLACE_KUNTA,
    KT_PLACE_SEUTUKUNTA,
    KT_PLACE_MAAKUNTA,
    KT_PLACE_ELY,
    KT_PLACE_LEVELS
} kt_place_level;

typedef struct kt_places {
    kt_codes *codes[KT_PLACE_LEVELS];
    size_t *parent[KT_PLACE_LEVELS]; /* of each municipality; of KUNTA itself: its own position */
} kt_places;

/** folder is config/classifications. A municipality without a parent is KT_ERR_CONFIG. */
kt_status kt_places_load(const char *folder, kt_arena *arena, kt_places *out,
                         kt_error *err) KT_MUST_CHECK;

/** The Finnish names of occupations, from the same folder: ISCO-25 and X2 to their labels. */
kt_status kt_occupation_names(const char *folder, kt_arena *arena, kt_codes **out,
                              kt_error *err) KT_MUST_CHECK;

#endif
