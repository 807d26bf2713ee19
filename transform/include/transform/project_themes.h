/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_THEMES_H
#define KT_TRANSFORM_PROJECT_THEMES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"
#include "core/project_found.h"
#include "core/source.h"
#include "transform/classification.h"
#include "transform/finnish.h"

/**
 * What a project is about: theme, target group, sector, approach, by the stems of
 * config/projects/themes.json in what the list states, else in name and summary. In each scheme a
 * project has one code or several of equal weight, and "unknown" where no stem is found: most names
 * say nothing, and that has to stay visible.
 */
typedef struct kt_theming kt_theming;

/** A code that a project may have in a scheme, or that tables say of it: KT_TOPIC_UNKNOWN and
 * KT_TOTAL (all projects) stand in every scheme. */
typedef struct kt_topic {
    const char *scheme, *code;
    kt_words name;
} kt_topic;

/** Loads themes.json of the folder; NULL if there was a problem, all told. sectors name the codes
 * of schemes of sectors; NULL (its own problems are told already): these stay without a name. */
const kt_theming *kt_theming_load(const char *folder, const kt_classifications *sectors,
                                  kt_arena *arena, kt_problems *problems);

/** The themes of one project, in the arena; of each scheme at least one. */
kt_project_themes kt_project_themes_of(const kt_theming *theming, kt_finnish *finnish,
                                       const kt_project *project, kt_arena *arena);

/** Every code of every scheme, scheme after scheme in the order of the file. */
size_t kt_topics(const kt_theming *theming, const kt_topic **out);

/** True for a code that projects are found to have by stems. */
bool kt_topic_known(const kt_theming *theming, const char *scheme, const char *code);

#endif
