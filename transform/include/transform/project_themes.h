/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_THEMES_H
#define KT_TRANSFORM_PROJECT_THEMES_H

#include <stddef.h>

#include "core/arena.h"
#include "core/problems.h"
#include "core/project.h"
#include "core/project_found.h"
#include "transform/finnish.h"

/**
 * What a project is about: theme, target group, sector, approach, by the stems of
 * config/projects/themes.json in what the list states, else in name and summary. In each scheme a
 * project has one code or several of equal weight, and "unknown" where no stem is found: most names
 * say nothing, and that has to stay visible.
 */
typedef struct kt_theming kt_theming;

/** Loads themes.json of the folder; NULL if there was a problem, all told. */
const kt_theming *kt_theming_load(const char *folder, kt_arena *arena, kt_problems *problems);

/** The themes of one project, in the arena; of each scheme at least one. */
kt_project_themes kt_project_themes_of(const kt_theming *theming, kt_finnish *finnish,
                                       const kt_project *project, kt_arena *arena);

/** The label of a code, or NULL. */
const char *kt_theme_label(const kt_theming *theming, const char *scheme, const char *code);

#endif
