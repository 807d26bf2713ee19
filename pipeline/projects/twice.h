/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_TWICE_H
#define KT_PIPELINE_PROJECTS_TWICE_H

#include "projects/lists.h"

/**
 * Projects that two files of one format and day have: these are one list, in which the later row
 * counts. Where it says otherwise the earlier one is a reject of its file and the later file is
 * warned, by both files and rows; a row that says the same takes nothing away and is not told.
 */
void kt_list_twice_tell(kt_list_file *files, const kt_project_drop *drops, size_t count,
                        kt_arena *arena);

#endif
