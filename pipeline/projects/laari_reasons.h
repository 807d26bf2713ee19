/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_LAARI_REASONS_H
#define KT_PIPELINE_PROJECTS_LAARI_REASONS_H

#include "core/arena.h"

/**
 * The reasons of a row of laari_results as codes joined by '|', which pages and programs say in
 * their own language: "fewer than 3 projects: 2 left out as inconsistent" is
 * few_projects|inconsistent. NULL of NULL. In the arena.
 */
const char *kt_laari_reason_codes(const char *reasons, kt_arena *arena);

/** Why nothing is said of the whole: what is hidden could be computed. */
#define KT_REASON_HIDDEN "hidden figures would be told"

#endif
