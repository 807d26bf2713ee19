/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECT_LEVELS_H
#define KT_TRANSFORM_PROJECT_LEVELS_H

#include "transform/placement.h"

/** One level of regions (maakunta, tyollisyysalue), and what of it places lie in. */
typedef struct kt_project_level kt_project_level;

/** placement is borrowed; what is found out of places is kept in the arena. */
kt_project_level *kt_project_level_new(const kt_placement *placement, const char *level,
                                       kt_arena *arena);

/** The places of implementation of one project, in the arena given. */
kt_level_places kt_project_level_places(kt_project_level *level, const kt_project_places *places,
                                        kt_arena *arena);

#endif
