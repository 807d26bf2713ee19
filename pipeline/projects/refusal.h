/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_PROJECTS_REFUSAL_H
#define KT_PIPELINE_PROJECTS_REFUSAL_H

#include "projects/lists.h"

/**
 * Looks for the last good portfolio: the most files, in the order in which they came, of which the
 * tables of projects can be made. Mostly that is all but the newest.
 */
typedef struct kt_refusal_search {
    const size_t *orders; /* of the files that can be read, ascending */
    size_t count;
    size_t at;        /* how many of them are tried now */
    size_t good, bad; /* so many can be published, so many cannot */
    bool begun, known;
} kt_refusal_search;

/** With all files nothing could be made. In the arena. */
kt_refusal_search kt_refusal_search_new(const kt_project_lists *lists, kt_arena *arena);

/**
 * What is to be tried next, as kt_list_refusal.from; made says whether the tables of what was tried
 * before could be made. False at the end: then the last try stands, or, if it failed, nothing can.
 */
bool kt_refusal_next(kt_refusal_search *of, bool made, size_t *from);

/**
 * What a night found out stands in store/refusal.json for whoever looks at the same receipts with
 * the same configuration and program: stages that are run alone.
 */
kt_status kt_refusal_save(const kt_night *night, kt_error *err) KT_MUST_CHECK;

/** Nothing where none was found, or something has changed since. */
kt_list_refusal kt_refusal_load(const kt_night *night);

#endif
