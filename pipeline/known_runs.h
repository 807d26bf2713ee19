/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_KNOWN_RUNS_H
#define KT_PIPELINE_KNOWN_RUNS_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/instant.h"

/**
 * What was known when a run was first published: a line of archive/published.jsonl. What failed
 * after that is not in the run's tables, so a copied archive has to know where the run's knowledge
 * ended to give the same bytes. An archive without the line is one from before there were any, or
 * its run was never published.
 */
typedef struct kt_known_run {
    const char *run_id;
    kt_instant as_of;
    kt_instant known_until; /* time of the newest receipt that it knew of */
} kt_known_run;

typedef struct kt_known_runs {
    const kt_known_run *at;
    size_t count;
} kt_known_runs;

/** All of them; no file means none. KT_ERR_FORMAT with file and line for what cannot be read. */
kt_status kt_known_runs_load(const char *workspace, kt_arena *arena, kt_known_runs *out,
                             kt_error *err) KT_MUST_CHECK;

/** Records one, synced to disk. */
kt_status kt_known_run_add(const char *workspace, const kt_known_run *run, kt_arena *arena,
                           kt_error *err) KT_MUST_CHECK;

/** The first line of that run, or NULL. */
const kt_known_run *kt_known_run_find(kt_known_runs runs, const char *run_id);

#endif
