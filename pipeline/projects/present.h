/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_PRESENT_H
#define KT_PIPELINE_PROJECTS_PRESENT_H

#include "projects/lists.h"

/**
 * What stands under a name now. Somebody who mends a file saves it under its name again: what was
 * there before is in the archive and replaced, so nobody is told of its faults any more.
 */

/**
 * Marks what is replaced among the files of one day: what could be read, by what came later under
 * the same name and could be read as well. So where the last one is held, the last good one stands.
 */
void kt_list_replace_day(kt_list_file *files, size_t count);

/**
 * Of all files: what is held, by anything that came later under the same name, on whatever day; a
 * list of a day to come also by its own bytes, saved later under the day of which it speaks.
 */
void kt_list_replace_held(kt_project_lists *lists);

#endif
