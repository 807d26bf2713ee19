/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_HIDE_COUNTS_H
#define KT_TRANSFORM_HIDE_COUNTS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/** A count of persons that is known to us. */
typedef struct kt_hidden_count {
    double value;     /* whole */
    double low, high; /* what a reader knows of it while it is hidden */
    bool hidden;      /* in: it may not be shown; out: it is not */
    bool secret_zero; /* of a hidden zero: that it is one may not be told either */
    int rank;         /* who is hidden beside others first: the lower */
} kt_hidden_count;

/** A count, added or taken off. */
typedef struct kt_count_term {
    size_t cell;
    int sign; /* 1, -1 */
} kt_count_term;

typedef struct kt_count_sum {
    const kt_count_term *terms; /* of distinct counts */
    size_t count;
} kt_count_sum;

/** What a reader knows of a sum, and is true: that it is zero, or else that it is not below. */
typedef struct kt_count_rule {
    kt_count_sum sum;
    bool zero;
} kt_count_rule;

typedef struct kt_hidden_counts {
    kt_hidden_count *at;
    size_t count;
    const kt_count_rule *rules;
    size_t rule_count;
    const kt_count_sum *groups; /* what these come to may not be told either */
    size_t group_count;
} kt_hidden_counts;

/**
 * Hides more counts (complementary protection) until none of those that may not be shown, and no
 * group, can be computed from what is shown: for each of them there is another table of whole
 * counts that shows the same, keeps every rule and what is known of each count, and has another
 * figure there. Such tables are searched for, and kept as the proof. A hidden zero is no secret
 * unless it is said to be. Where nothing is left to hide around a secret, its other table may leave
 * what is known of each count, and if there is none even so, it stays as it is.
 *
 * Of the counts above zero that stand in a rule with the one that is told, or in the group, and of
 * those around them, the first by rank, then the smallest, is hidden, until that is enough; zeros
 * where there are no others. In the end each that was hidden beside others is shown if the proofs
 * hold without it, again and again while any is. Fails with KT_ERR_DATA if a count is not whole or
 * below zero.
 */
kt_status kt_counts_hide(kt_hidden_counts *counts, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

#endif
