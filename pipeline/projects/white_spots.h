/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_WHITE_SPOTS_H
#define KT_PIPELINE_PROJECTS_WHITE_SPOTS_H

#include "projects/coverage_sheet.h"

/** Cells of a sheet where the need is high and no project is at work, and who is nearest. */
typedef struct kt_white_spot {
    size_t region, sector, cell; /* cell: kt_coverage_cell_at */
    size_t rank;                 /* by its need, the highest is 1 */
    const char *nearest;         /* code of a project; NULL: no project of the topic is at work */
    double similarity;           /* its weight of the topic times how near it is */
    const char *reason;
} kt_white_spot;

/** Weights of places by how near they are to a cell, in nearest_similarity. */
#define KT_NEAR_SHARED 1.0  /* its area holds the cell: the whole country, or several cells */
#define KT_NEAR_AREA   0.5  /* in the same coordinator area */
#define KT_NEAR_OTHER  0.25 /* anywhere else */

/** True of the newest year in which the sheet's need is known: white spots are of that one. */
bool kt_white_spots_shown(const kt_coverage_study *study, kt_coverage_choice choice);

/** In the arena, by rank. */
size_t kt_white_spots_find(const kt_coverage_study *study, const kt_coverage_sheet *sheet,
                           kt_arena *arena, kt_white_spot **out);

#endif
