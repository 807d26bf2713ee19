/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PORTFOLIO_H
#define KT_TRANSFORM_PORTFOLIO_H

#include <stdbool.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/project.h"

/**
 * Funded projects over all lists that were ever received. A list of a day (all files of one format
 * that speak of that day) is a snapshot; a project that says the same in snapshots that follow one
 * another is one version. Nothing is overwritten: what a snapshot said can be had again.
 */
typedef struct kt_project_version {
    kt_project is;             /* as of the first snapshot that says so: is.snapshot_day */
    int64_t last_snapshot_day; /* the last one that says the same */
    int64_t rejected_day; /* the last one whose row of it could not be read, and in which this stood
                             for it; KT_NO_DAY */
    const char *changed;  /* "new", or the fields that differ from the version before, joined by
                             '|'; "returned" where snapshots between had no such project */
    bool current;         /* in the newest snapshot of its format, or standing for its row there */
} kt_project_version;

/** True if it is current as of an older snapshot: its row in the newest one could not be read. */
bool kt_project_version_is_kept(const kt_project_version *version);

/** True if they say the same; their days and rows are nothing that they say. */
bool kt_project_same(const kt_project *a, const kt_project *b);

typedef struct kt_portfolio kt_portfolio;

/** order: ids of formats; where two of them have a project, the earlier one counts. */
kt_portfolio *kt_portfolio_new(const char *const *order, size_t count, kt_arena *arena);

/**
 * Adds the projects of one file of one day; what is new of them is copied. Days of one format come
 * in ascending order; of two files of one day the later one counts where both have a project.
 */
void kt_portfolio_add(kt_portfolio *portfolio, const kt_project *projects, size_t count);

/** Where a project stands whose row of a snapshot could not be read. */
typedef enum kt_project_stand {
    KT_STANDS_NOWHERE,
    KT_STANDS_BY_ANOTHER_ROW, /* of the same snapshot */
    KT_STANDS_AS_BEFORE,      /* as of the last snapshot that has it */
} kt_project_stand;

/**
 * Says that a row of the day could not be read, once all files of the day are added: its project is
 * still in the list, so what an older snapshot of the format said of it stands.
 */
kt_project_stand kt_portfolio_reject(kt_portfolio *portfolio, const char *format, int64_t day,
                                     const char *code);

typedef struct kt_project_versions {
    kt_project_version *at; /* by code, then day */
    size_t count;
} kt_project_versions;

/** Everything that was added. Of a project that several formats have on one day, the version of the
 * first format in the order. */
kt_project_versions kt_portfolio_versions(const kt_portfolio *portfolio, kt_arena *arena);

#endif
