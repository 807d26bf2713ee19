/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_VINTAGE_H
#define KT_FETCH_VINTAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "fetch/archive.h"

/**
 * What was known of a table at a moment: the good data replies of every complete campaign up to
 * then, oldest first. A campaign is complete when each of its parts has a good receipt and all of
 * them carry the same `updated`; an incomplete one does not count (DESIGN P4). Of a question that
 * was answered more than once, in one campaign or in several, only the newest answer is in the
 * list: it says something about every cell that the older ones spoke of. A reply to an open
 * question has the periods that it has: an older one with others stays. Files of a folder stand in
 * the order of the dates that they state, one without a date as of when it was seen first.
 */
typedef struct kt_vintage {
    const kt_receipt **replies; /* oldest first, parts of a campaign in their order */
    size_t reply_count;
    const char *updated;   /* of the newest complete campaign; NULL if there is none */
    kt_instant last_good;  /* newest receipt of the newest complete campaign */
    kt_instant last_whole; /* the same of the newest complete campaign that was whole */
    /* The newest bad receipt since last_good that no later good one mends; of the limits of the
     * table's host too. KT_NO_INSTANT and NULL if there is none. */
    kt_instant last_failed;
    const char *last_fault;
} kt_vintage;

/**
 * The vintage of the source, in the arena, borrowing the receipts. Receipts after `until` do not
 * count; KT_NO_INSTANT means all count. Never NULL: a table that was never fetched has no replies.
 */
const kt_vintage *kt_vintage_find(const kt_receipt *receipts, size_t count, const char *source,
                                  kt_instant until, kt_arena *arena);

/** The time of the first receipt of a body among the data receipts: what as_of is made of. */
kt_instant kt_first_received(const kt_receipt *receipts, size_t count, const char *sha256);

#endif
