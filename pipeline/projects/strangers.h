/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_STRANGERS_H
#define KT_PIPELINE_PROJECTS_STRANGERS_H

#include "projects/lists.h"

/**
 * Doubts each project that a report speaks of and no list has, at the first row that does: a
 * mistyped code, or a list that has not come. What is reported of it is kept, for the list may
 * come.
 */
void kt_strangers_doubt(kt_project_lists *lists, kt_arena *arena);

#endif
