/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_KEPT_H
#define KT_PIPELINE_KEPT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "publish/table.h"

/**
 * Files of the findings that are still those of the night before. A list beside them,
 * findings/kept, says what each was made from and what its bytes are; a file is taken over only if
 * it would be made from the same and its bytes are still those.
 */
typedef struct kt_kept_file {
    const char *name;       /* below the findings: "mismatch/mismatch_2023.csv" */
    char key[KT_HASH_SIZE]; /* of everything it is made from */
    kt_table_file is;       /* without rows: it would have none, and is not there */
} kt_kept_file;

typedef struct kt_kept {
    const char *folder; /* the earlier findings */
    const kt_kept_file *files;
    size_t count;
} kt_kept;

/** What the findings of that folder say of themselves: nothing where they are not there. */
kt_kept kt_kept_load(const char *folder, kt_arena *arena);

/**
 * If the earlier findings have file->name, made from file->key, whole: links it into the folder and
 * fills in its hash. Safe from several threads; each file's own folder must exist.
 */
bool kt_kept_take(const kt_kept *earlier, const char *folder, kt_kept_file *file);

/** That file in the list; NULL where it is not there. */
const kt_kept_file *kt_kept_find(const kt_kept *list, const char *name);

/** A copy in the arena. */
kt_kept kt_kept_copy(const char *folder, const kt_kept_file *files, size_t count, kt_arena *arena);

/** Writes the list for the night after. */
kt_status kt_kept_save(const char *folder, const kt_kept_file *files, size_t count, kt_arena *arena,
                       kt_error *err) KT_MUST_CHECK;

#endif
