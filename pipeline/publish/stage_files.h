/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_STAGE_FILES_H
#define KT_PUBLISH_STAGE_FILES_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "publish/earlier.h"
#include "publish/made_file.h"
#include "publish/table.h"

/**
 * Single files on their way into a staging folder: written, copied, or linked. Whatever stands
 * there afterwards is read-only and synced.
 */
typedef struct kt_stage_place {
    const char *staging;
    kt_earlier earlier;
} kt_stage_place;

/** Writes a new file; one that is there is a failure. */
kt_status kt_stage_write(const char *path, const char *bytes, size_t length,
                         kt_error *err) KT_MUST_CHECK;

/** Reads a file to its end: its bytes, rows and hash. */
kt_status kt_stage_read(const char *path, kt_table_file *out, kt_error *err) KT_MUST_CHECK;

/** The same, of a copy of it. */
kt_status kt_stage_copy(const char *from, const char *path, kt_table_file *out,
                        kt_error *err) KT_MUST_CHECK;

/**
 * A finding that nobody can write to any more is taken as it is: it is synced already, and whoever
 * makes a new one makes a new file. False for anything else, and for another file system.
 */
bool kt_stage_link_finding(const char *from, const char *path);

/** One file of the earlier run that may become the new run's. */
typedef struct kt_shared_file {
    const char *name;   /* below either run */
    const char *wanted; /* the hash of the bytes it must have */
    const char *from;   /* a file with these bytes that was just read; NULL: none */
} kt_shared_file;

/** True if the earlier run's file has the wanted bytes and now is the new run's too. */
bool kt_stage_link_earlier(const kt_stage_place *place, const kt_shared_file *file,
                           kt_arena *arena);

/** Links the earlier run's file if it has these bytes, else writes them. is->rows stays. */
kt_status kt_stage_bytes(const kt_stage_place *place, const kt_made_file *file, kt_arena *arena,
                         kt_table_file *is, bool *linked, kt_error *err) KT_MUST_CHECK;

#endif
