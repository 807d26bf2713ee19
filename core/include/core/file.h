/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_FILE_H
#define KT_CORE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/text.h"

/**
 * Files that are there whole or not at all. Every function that writes calls fsync before it says
 * KT_OK; messages name the path and the system's reason; a full disk is KT_ERR_IO.
 */

/** Reads a whole file of at most limit_bytes into the arena, terminated. KT_ERR_NOT_FOUND if
 * absent. */
kt_status kt_file_read(const char *path, size_t limit_bytes, kt_arena *arena, char **bytes,
                       size_t *length, kt_error *err) KT_MUST_CHECK;

/** A file that is open at its first byte; path for messages. */
typedef struct kt_open_file {
    int fd;
    const char *path;
} kt_open_file;

/** The same of a file that the caller has opened, and closes. */
kt_status kt_file_read_open(kt_open_file file, size_t limit_bytes, kt_arena *arena, char **bytes,
                            size_t *length, kt_error *err) KT_MUST_CHECK;

/** A file in view; a rename over its name leaves what is seen as it was. bytes NULL if empty. */
typedef struct kt_mapping {
    const char *bytes;
    size_t length;
} kt_mapping;

kt_status kt_file_map(const char *path, kt_mapping *out, kt_error *err) KT_MUST_CHECK;
void kt_auto_mapping(const kt_mapping *mapping);

/** Writes to a new name beside path, syncs, renames over path, syncs the folder. */
kt_status kt_file_write(const char *path, const void *bytes, size_t length,
                        kt_error *err) KT_MUST_CHECK;

/** Adds the bytes at the end in one write and syncs (receipts). Creates the file. */
kt_status kt_file_append(const char *path, const void *bytes, size_t length,
                         kt_error *err) KT_MUST_CHECK;

/** Creates a folder and its parents; being there already is success. */
kt_status kt_folder_make(const char *path, kt_error *err) KT_MUST_CHECK;

/** Syncs a folder, so that renames in it survive a power cut. */
kt_status kt_folder_sync(const char *path, kt_error *err) KT_MUST_CHECK;

/** The names in a folder, sorted bytewise, without "." and "..". */
kt_status kt_folder_list(const char *path, kt_arena *arena, char ***names, size_t *count,
                         kt_error *err) KT_MUST_CHECK;

/** Removes a folder and everything in it, never following a link. Being absent is success. */
kt_status kt_folder_remove(const char *path, kt_error *err) KT_MUST_CHECK;

bool kt_file_exists(const char *path);

/** folder + "/" + name, in the arena; name alone if it is absolute. */
char *kt_path_join(kt_arena *arena, const char *folder, const char *name);

/**
 * The path without "folder/.." inside, as people write it; where folder is a link elsewhere, or is
 * not there, it stays. In the arena.
 */
char *kt_path_fold(kt_arena *arena, const char *path);

/** The folder part of path ("." if it has none), in the arena. */
char *kt_path_folder(kt_arena *arena, const char *path);

#endif
