/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_MODELS_H
#define KT_TRANSFORM_MODELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/problems.h"
#include "transform/placement.h"
#include "transform/project_list.h"
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
    size_t model;             /* in the same kt_models; of a file of uses alone none */
    const char *model_id;     /* what it is called there */
    size_t row;               /* of its file */
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

/** What the regions and themes of models are looked up in. */
typedef struct kt_models_words {
    const kt_placement *placement;
    const kt_theming *theming;
} kt_models_words;

/** True if the first line is that of models.csv, or of model_use.csv. */
bool kt_models_file_is(const kt_project_file *file);
bool kt_model_uses_file_is(const kt_project_file *file);

/**
 * One of these files as somebody hands it over. A fault refuses it whole: KT_ERR_FORMAT with the
 * first one by row and column, and how many more there are. Which model a use is of shows when all
 * of them are known.
 */
kt_status kt_models_read(const kt_project_file *file, kt_models_words words, kt_arena *arena,
                         kt_models **out, kt_error *err) KT_MUST_CHECK;
kt_status kt_model_uses_read(const kt_project_file *file, kt_models_words words, kt_arena *arena,
                             kt_models **out, kt_error *err) KT_MUST_CHECK;

/**
 * What several files say together. Nothing is taken away: a model, and a use of a model by an
 * organisation in a region, stands until a file that is added later says otherwise of it.
 */
typedef struct kt_models_book kt_models_book;

kt_models_book *kt_models_book_new(kt_arena *arena);
void kt_models_book_add(kt_models_book *book, const kt_models *more);
bool kt_models_book_has(const kt_models_book *book, const char *model_id);

/** All models, and the uses of those that are known, in the order in which they came first. */
const kt_models *kt_models_book_all(const kt_models_book *book);

#endif
