/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_HIDE_COUNTS_H
#define KT_TRANSFORM_HIDE_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/margin.h"

/** A count of persons that is known to us. */
typedef struct kt_hidden_count {
    double value;     /* whole */
    bool sum;         /* made of others, to tie them together: nobody shows it */
    bool hidden;      /* in: it may not be shown; out: it is not */
    bool secret_zero; /* of a hidden zero: that it is one may not be told either */
    int rank;         /* who is hidden beside others first: the lower */
} kt_hidden_count;

typedef struct kt_hidden_counts {
    kt_hidden_count *at;
    size_t count;
    kt_margin *margins; /* true of the values */
    size_t margin_count;
} kt_hidden_counts;

/**
 * Hides more counts (complementary protection) until none of those that may not be shown can be
 * computed from what is shown: for each of them there is another table of whole counts that shows
 * the same, meets every margin, and has another figure there. Such tables are searched for, and
 * kept as the proof. What nobody shows (sum) and may not be told (hidden) is protected in the same
 * way: what is left of a total, or by how much a figure grew. A hidden zero is no secret unless it
 * is said to be, and such a one around which everything is hidden or zero stays as it is.
 *
 * Of the counts above zero that stand in a margin with the one that is told, and of those around
 * them, the first by rank, then the smallest, is hidden, until that is enough. In the end each that
 * was hidden beside others is shown if the proofs hold without it.
 */
kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

#endif
