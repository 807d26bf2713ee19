/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_EARLIER_H
#define KT_PUBLISH_EARLIER_H

#include <stdbool.h>

#include "core/arena.h"
#include "publish/check.h"
#include "publish/publish.h"

/**
 * The run that stands, as far as a new one may lean on it: whose files may be shared, and whose
 * rows were checked by the same program under the same configuration and contract, so that the same
 * bytes need no second look.
 */
typedef struct kt_earlier {
    const char *folder; /* NULL: there is none, or its SHA256SUMS cannot be read */
    kt_sum *sums;
    size_t sum_count;
    kt_manifest manifest; /* without files where its checks say nothing about ours */
} kt_earlier;

/** Reads it; a folder of NULL or one that is damaged is no earlier run. */
kt_earlier kt_earlier_read(const kt_publication *publication, const char *folder, kt_arena *arena);

/** The hash of a file of the earlier run, NULL if it has none of that path. */
const char *kt_earlier_sum(const kt_earlier *earlier, const char *path);

/** What its manifest says of a file that was checked there; NULL if nothing counts here. */
const kt_manifest_file *kt_earlier_checked(const kt_earlier *earlier, const char *path);

/**
 * True if the run in dir knows every key that the earlier run's rows may refer to: whether a row's
 * code is in another table depends on that table too.
 */
bool kt_earlier_keys_stand(const kt_earlier *earlier, const kt_contract *contract, const char *dir,
                           kt_arena *arena);

#endif
