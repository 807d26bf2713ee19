/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_LOCK_H
#define KT_PIPELINE_LOCK_H

#include "core/arena.h"
#include "core/error.h"

/**
 * The one lock of a workspace, held by flock on <workspace>/lock. It dies with the process, so a
 * killed run leaves nothing to clear away. Makes the workspace if it is absent. KT_ERR_BUSY, with
 * the holder's process number, if another run has it.
 */
kt_status kt_lock_take(const char *workspace, kt_arena *arena, int *lock,
                       kt_error *err) KT_MUST_CHECK;

/**
 * The process that holds the lock file (0 where it did not say), -1 if nobody does. To see that,
 * the lock is asked for, and given back at once.
 */
long kt_lock_holder(const char *path);

/** Gives it back; -1 is allowed. */
void kt_lock_release(int lock);

static inline void kt_auto_lock(const int *lock)
{
    kt_lock_release(*lock);
}

#endif
