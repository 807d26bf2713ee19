/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_READING_H
#define KT_PROJECTS_READING_H

#include "rows.h"

/** What one row of a list says, and what is wrong with it. */

typedef struct kt_list_faults {
    const char *reason; /* why the row is no project; NULL */
    const char *shown;  /* that without what was found; NULL: nothing of it */
    const char *status; /* the column whose word for a state nobody knows; NULL */
} kt_list_faults;

/** Fills *out, which has the code and nothing else. False: faults->reason says why the row is no
 * project. Texts are copied. */
bool kt_list_fill(const kt_project_format *format, const kt_list_header *header,
                  const kt_list_row *row, kt_arena *arena, kt_project *out, kt_list_faults *faults);

/**
 * Takes what a further row says of a project: values of collected columns are added, what was
 * silent is filled. False if it says otherwise in another column; then *column is its name.
 */
bool kt_list_join(const kt_project_format *format, kt_project *project, const kt_project *row,
                  kt_arena *arena, const char **column);

#endif
