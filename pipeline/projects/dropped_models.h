/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_DROPPED_MODELS_H
#define KT_PIPELINE_PROJECTS_DROPPED_MODELS_H

#include "projects/lists.h"

/**
 * Adds to the models of the configuration (lists->models) what dropped and imported files say of
 * them, in the order of their days. A use of a model that nobody has told of is a warning of its
 * file; it counts as soon as somebody does.
 */
void kt_dropped_models_gather(kt_project_lists *lists, kt_arena *arena);

#endif
