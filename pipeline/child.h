/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CHILD_H
#define KT_PIPELINE_CHILD_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * A program of somebody else, run without a shell in a folder of its own. It gets nothing to read,
 * nothing of our files and environment, and what it says goes nowhere: its results are the files
 * that it leaves. It and whatever it started end at the limits of time and size.
 */
typedef struct kt_child {
    const char *path;   /* of the executable, absolute */
    char *const *words; /* the command line, NULL-ended; the first one is the program's name */
    const char *folder;
    unsigned time_limit_s;
    size_t size_limit_bytes; /* of each file */
} kt_child;

/** Waits for its end. *reason is NULL where that is an exit with 0, else one line in the arena. Any
 * number of threads may do so at once; KT_ERR_CANCELLED if a signal came. */
kt_status kt_child_run(const kt_child *child, kt_arena *arena, const char **reason,
                       kt_error *err) KT_MUST_CHECK;

#endif
