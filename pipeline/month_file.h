/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_MONTH_FILE_H
#define KT_PIPELINE_MONTH_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * A file of store/months/: bytes under the hash of themselves and of the file's name, so that one
 * that is damaged or stands under another's name is no file at all.
 */

/** False if it is not there or not whole. The bytes are in the arena. */
bool kt_month_file_load(const char *folder, const char *name, kt_arena *arena, const char **bytes,
                        size_t *length);

/** The folder must exist. */
kt_status kt_month_file_save(const char *folder, const char *name, const void *bytes, size_t length,
                             kt_error *err) KT_MUST_CHECK;

#endif
