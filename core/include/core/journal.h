/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JOURNAL_H
#define KT_CORE_JOURNAL_H

#include <jansson.h>
#include <stdbool.h>
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

/** What a list of the archive holds: a JSON object a line. */
typedef struct kt_journal_form {
    size_t size; /* of an item */
    bool (*read)(const json_t *object, kt_arena *arena, void *item);
    const char *expected; /* "an object with source and time" */
} kt_journal_form;

/** The lines of a file as an array of items, in the arena. KT_ERR_FORMAT names the first that is
 * none. */
kt_status kt_journal_items(const char *path, const kt_journal_form *form, kt_arena *arena,
                           void **out, size_t *count, kt_error *err) KT_MUST_CHECK;

/** Adds a line, given with its line feed, in one write and syncs. Creates the file. */
kt_status kt_journal_add(const char *path, const char *line, size_t length,
                         kt_error *err) KT_MUST_CHECK;

#endif
