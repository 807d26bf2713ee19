/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_MODEL_USES_H
#define KT_PIPELINE_PROJECTS_MODEL_USES_H

#include "projects/bodies.h"
#include "transform/models.h"

/** A model that people keep, or one that the portfolio shows to spread. */
typedef struct kt_known_model {
    const char *id; /* as people call it; else the code of its first project */
    const char *name, *theme, *description, *evidence;
    const char *sources; /* codes of projects, joined by '|' */
    bool kept;           /* people keep it */
} kt_known_model;

/** Who uses a model where. */
typedef struct kt_known_use {
    size_t model;
    const char *level, *code; /* of the region, as project_regions has it */
    kt_named_body organisation;
    kt_model_state state;
    int64_t since;      /* KT_NO_DAY */
    const char *source; /* who says so; codes of projects, joined by '|' */
    bool kept;          /* people say so */
} kt_known_use;

/** Each body of a model in each region once; what people say goes before what lists do. */
typedef struct kt_known_models {
    const kt_known_model *at;
    size_t count;
    const kt_known_use *uses; /* by model, level, code, organisation */
    size_t use_count;
} kt_known_models;

/**
 * A project pilots its model while it runs, and has ended it afterwards: that anything stays in
 * use, no list says. kept: what people told of (NULL: nothing); day: that of as_of. Everything in
 * the arena.
 */
kt_known_models kt_known_models_make(const kt_project_study *study,
                                     const kt_project_settings *settings, const kt_models *kept,
                                     int64_t day, kt_arena *arena);

#endif
