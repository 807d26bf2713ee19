/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JOURNAL_H
#define KT_CORE_JOURNAL_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Files that grow by one line at a time, as the lists of the archive do. A line counts once its
 * line feed is written: what a crash left of one is never read, and cut off before the next is
 * added.
 */

/** A line without its line feed, and where it stands, for messages. */
typedef struct kt_journal_line {
    const char *file;
    size_t number;     /* the first is 1 */
    const char *bytes; /* not terminated */
    size_t length;
} kt_journal_line;

/** The whole lines of a file of at most 1 GiB, in the arena; an absent file has none. */
kt_status kt_journal_read(const char *path, kt_arena *arena, kt_journal_line **out, size_t *count,
                          kt_error *err) KT_MUST_CHECK;

/** Adds a line, given with its line feed, in one write and syncs. Creates the file. */
kt_status kt_journal_add(const char *path, const char *line, size_t length,
                         kt_error *err) KT_MUST_CHECK;

#endif
