/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_DROP_H
#define KT_FETCH_DROP_H

#include <stddef.h>

#include "core/error.h"
#include "errand.h"

/**
 * A folder that people and programs drop files into. Files whose name begins with a dot or ends as
 * one that is being copied (.tmp, .part, .partial, .filepart, .crdownload, ~) are not there yet,
 * and neither is one that changes while we look at it. A link is none of its files, whatever it
 * leads to, and is told; who may drop files shall not have others read to them.
 */

/** A file of the folder. */
typedef struct kt_dropped {
    const char *name;   /* below the source's folder, as its receipt has it: "2026/norway_05.csv" */
    const char *folder; /* of the source */
    const char *path;   /* where it lies */
    const char *trouble; /* why it cannot be taken, one line; NULL: it can */
} kt_dropped;

/**
 * The files that match the pattern of the path, its last part, in the order of their names, into
 * the errand's arena. What was written just now is looked at again after a moment. KT_ERR_NOT_FOUND
 * without the folder, KT_ERR_CANCELLED if the errand is cancelled.
 */
kt_status kt_drop_list(const kt_errand *errand, const kt_source *source, const char *path,
                       kt_dropped **out, size_t *count, kt_error *err) KT_MUST_CHECK;

/**
 * The file's bytes, in the arena. KT_ERR_FORMAT above the errand's limit of a reply, for a file
 * that changed while it was read, and for what has become a link or no file since it was listed.
 */
kt_status kt_drop_read(const kt_errand *errand, const kt_dropped *file, kt_arena *arena,
                       kt_body *out, kt_error *err) KT_MUST_CHECK;

#endif
