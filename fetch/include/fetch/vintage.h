/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_VINTAGE_H
#define KT_FETCH_VINTAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "fetch/archive.h"

/**
 * What was known of a table at a moment: the good data replies of every complete campaign up to
 * then, oldest first. A campaign is complete when each of its parts has a good receipt and all of
 * them carry the same `updated`; an incomplete one does not count (DESIGN P4). Of a part received
 * more than once in a campaign the newest counts.
 */
typedef struct kt_vintage {
    const kt_receipt **replies; /* oldest campaign first, parts in their order */
    size_t reply_count;
    const char *updated;    /* of the newest complete campaign; NULL if there is none */
    kt_instant last_good;   /* newest receipt of the newest complete campaign */
    kt_instant last_whole;  /* the same of the newest complete campaign that was whole */
    kt_instant last_failed; /* newest bad receipt of any purpose after last_good; KT_NO_INSTANT */
    const char *last_fault; /* its fault */
} kt_vintage;

/** Receipts after `until` do not count; KT_NO_INSTANT means all count. */
kt_status kt_vintage_find(const kt_receipt *receipts, size_t count, const char *source,
                          kt_instant until, kt_arena *arena, kt_vintage **out,
                          kt_error *err) KT_MUST_CHECK;

/** The time of the first receipt of a body among the data receipts: what as_of is made of. */
kt_instant kt_first_received(const kt_receipt *receipts, size_t count, const char *sha256);

#endif
