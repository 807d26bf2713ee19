/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_CAMPAIGNS_H
#define KT_PIPELINE_CAMPAIGNS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/instant.h"
#include "fetch/archive.h"
#include "fetch/vintage.h"

/** The receipts of an archive, in the order they were written. */
typedef struct kt_receipts {
    const kt_receipt *at;
    size_t count;
} kt_receipts;

/** One complete fetch of a table. Texts are borrowed from the receipts. */
typedef struct kt_campaign {
    const char *name;
    const kt_receipt **parts; /* in their order */
    size_t part_count;
    bool whole;
    const char *updated;    /* NULL if the source did not say */
    kt_instant first, last; /* of its parts */
} kt_campaign;

/**
 * The complete campaigns of a source, in the order of their completion. Receipts after `until` do
 * not count; KT_NO_INSTANT means all count. Returns how many there are.
 */
size_t kt_campaigns_find(kt_receipts receipts, const char *source, kt_instant until,
                         kt_arena *arena, kt_campaign **out);

/** The receipts without those of the campaigns named, for a vintage that leaves them out. */
kt_receipts kt_receipts_without(kt_receipts receipts, const char *source,
                                const char *const *campaigns, size_t count, kt_arena *arena);

#endif
