/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_PROJECT_ACTORS_H
#define KT_ANALYSIS_PROJECT_ACTORS_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/project.h"
#include "core/project_found.h"

/** Who works where, and with how much. */

/** A project seen from a day; by its dates, unless its list says that it ended or was broken off.
 */
typedef enum kt_project_phase {
    KT_PHASE_NONE,     /* not at work, and not soon */
    KT_PHASE_STARTING, /* begins after the day, and by the later one */
    KT_PHASE_RUNNING,
    KT_PHASE_ENDING, /* runs, and ends by the later day */
    KT_PHASES
} kt_project_phase;

const char *kt_project_phase_name(kt_project_phase phase);

/** Of a project without a start or an end its status decides on that side: it has to be running. */
kt_project_phase kt_project_phase_of(const kt_project *project, int64_t day, int64_t later);

/** True of a project to which nothing was granted; one whose grant is not known is none. */
bool kt_project_is_ghost(const kt_project *project);

/** A body in a project. */
typedef struct kt_actor {
    size_t body;
    bool partner; /* of somebody else's project */
    bool paid;    /* the project's money is this one's */
} kt_actor;

typedef struct kt_actor_project {
    const kt_project *project;
    const kt_actor *actors; /* of different bodies; exactly one of them is paid */
    size_t actor_count;
    kt_level_places places;
    kt_project_phase phase;
} kt_actor_project;

/** What a body does in a region in one programme period. */
typedef struct kt_actor_row {
    const char *level, *code;
    const char *period; /* NULL where the list does not say it */
    size_t body;
    bool partner;
    size_t projects;                  /* that lie in the region */
    size_t running, ending, starting; /* of them; those that end run */
    size_t around;                    /* projects of a larger area that has part of the region */
    int64_t granted, realised;        /* in cents; KT_NO_MONEY where no project says it */
} kt_actor_row;

typedef struct kt_actor_rows {
    kt_actor_row *at; /* by level, code, period, body; beneficiaries before partners */
    size_t count;
} kt_actor_rows;

/**
 * The money of a project is split by the weights of its places to the cent: over all rows of a
 * level it is what the projects have. Ghosts are not counted.
 */
kt_actor_rows kt_actors_find(const kt_actor_project *projects, size_t count, kt_arena *arena);

#endif
