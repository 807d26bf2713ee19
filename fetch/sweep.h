/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_SWEEP_H
#define KT_FETCH_SWEEP_H

#include "core/arena.h"
#include "core/error.h"

/**
 * Removes the temporary files that a killed run left in the folder: kt_file_write ends their names
 * in ".tmp". Only a writer may do this, which holds the lock.
 */
kt_status kt_sweep_folder(const char *folder, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

#endif
