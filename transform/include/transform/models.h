/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_MODELS_H
#define KT_TRANSFORM_MODELS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/problems.h"
#include "transform/placement.h"
#include "transform/project_themes.h"

/**
 * Good models (toimintamallit) and who uses them: models.csv and model_use.csv of the folder of
 * projects, which people keep.
 */
typedef struct kt_model {
    const char *id, *name;
    const char *theme;          /* a code of the scheme "theme" */
    const char *description;    /* what it is */
    const char *evidence;       /* what is known of how it works; may be empty */
    const char *const *sources; /* codes of the projects that it comes from */
    size_t source_count;
} kt_model;

typedef enum kt_model_state {
    KT_MODEL_PILOTED,
    KT_MODEL_IN_USE,
    KT_MODEL_ROOTED,
    KT_MODEL_ENDED,
    KT_MODEL_STATES
} kt_model_state;

const char *kt_model_state_name(kt_model_state state);

typedef struct kt_model_use {
    size_t model;
    kt_project_place place;   /* of the role implementation, weight 1 */
    const char *organisation; /* may be empty */
    kt_model_state state;
    int64_t since;      /* KT_NO_DAY */
    const char *source; /* who says so */
} kt_model_use;

typedef struct kt_models {
    const kt_model *at; /* in the order of the file */
    size_t count;
    const kt_model_use *uses;
    size_t use_count;
} kt_models;

/** NULL if there was a problem; all are told. None where a file is absent. */
const kt_models *kt_models_load(const char *folder, const kt_placement *placement,
                                const kt_theming *theming, kt_arena *arena, kt_problems *problems);

#endif
