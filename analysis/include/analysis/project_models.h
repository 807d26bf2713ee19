/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_MODELS_H
#define KT_ANALYSIS_PROJECT_MODELS_H

#include "analysis/project_relations.h"

/**
 * Models that spread inside the portfolio: a project, those that others began elsewhere after it
 * (replications), and what goes on with any of these.
 *
 * For each project the first project of its model; KT_NO_PROJECT of a project whose model nobody
 * else took up. In the arena.
 */
const size_t *kt_project_models(const kt_project_related *related, size_t count, kt_arena *arena);

#endif
