/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_REJECTED_H
#define KT_PIPELINE_PROJECTS_REJECTED_H

#include "projects/lists.h"

/**
 * Rows of lists that could not be read: what money is in them, and where their projects stand. A
 * list that is taken lacks at most one row in a hundred, and none of these projects ends for a
 * cell: what the last list that has it said of it stands, as of that list's day.
 */

/** Tells the portfolio of the rows of a file that was taken, when all files of its day are there,
 * and counts in *file what came of them. */
void kt_list_rejected_stand(kt_portfolio *portfolio, kt_list_file *file);

/** "2 of 300 rows rejected, ...": counts and sums alone, so that all may read it. In the arena. */
const char *kt_list_rejected_words(const kt_list_file *file, kt_arena *arena);

/** True unless a list of its format and of a later day was taken. */
bool kt_list_is_newest(const kt_project_lists *lists, const kt_list_file *file);

#endif
