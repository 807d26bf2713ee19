/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_COVERAGE_PLACES_H
#define KT_PIPELINE_PROJECTS_COVERAGE_PLACES_H

#include "pipeline/config.h"
#include "projects/study.h"

/**
 * Where the places of projects stand among the regions of a level. A place stands in a region if
 * all of its municipalities do. One that several regions share (a maakunta among employment areas,
 * a section of the programme among maakunnat) stands in none of them, and nothing of it is spread.
 */

/** Numbers of places that are always there. */
enum { KT_PLACE_NATIONAL, KT_PLACE_UNLOCATED, KT_PLACE_FIXED };

/** One level of regions; its cells come in bytewise order. Two more stand behind them: what has the
 * whole country as its area, and what is in no single region. */
typedef struct kt_coverage_level {
    const char *name;
    const char **cells;
    size_t count;
    const char **areas;    /* of each cell: its coordinator area; SSS: several; _X: none */
    size_t *cell_of_place; /* below count; else kt_coverage_national or kt_coverage_elsewhere */
    bool *touched;         /* [place][cell]: they have a municipality in common */
} kt_coverage_level;

static inline size_t kt_coverage_national(const kt_coverage_level *level)
{
    return level->count;
}

static inline size_t kt_coverage_elsewhere(const kt_coverage_level *level)
{
    return level->count + 1;
}

typedef struct kt_coverage_places {
    size_t place_count;        /* that any project works in, each once */
    kt_coverage_level *levels; /* in the order asked for */
    size_t level_count;
    kt_codes *index; /* "level code" of the places, at their numbers */
} kt_coverage_places;

/** For the levels of the needs, in the arena; study and configuration are borrowed. */
void kt_coverage_places_make(const kt_project_study *study, const kt_config *config,
                             kt_arena *arena, kt_coverage_places *out);

/** The number of a place of a project of the study. */
size_t kt_coverage_place(const kt_coverage_places *places, const kt_project_place *place,
                         kt_arena *arena);

#endif
