/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_GATE_H
#define KT_PIPELINE_PROJECTS_GATE_H

#include "accepted.h"
#include "projects/lists.h"

/**
 * Holds a list that lacks much of what the list of its format before it had: half an export looks
 * like the end of half the projects, and one that was cut at the end of a row like that of some.
 * Files of one format and day are one list.
 */
typedef struct kt_list_gate kt_list_gate;

/** In the arena; what people let through is borrowed. */
kt_list_gate *kt_list_gate_new(const kt_night *night, kt_acceptances acceptances, kt_arena *arena);

/**
 * Judges the files of one day, days in ascending order: of a list that lacks too much each file is
 * held. drops are what was read of them; those of files that are held already say nothing.
 */
void kt_list_gate_judge(kt_list_gate *gate, kt_list_file *files, const kt_project_drop *drops,
                        size_t count);

#endif
