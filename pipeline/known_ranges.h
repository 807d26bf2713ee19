/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_KNOWN_RANGES_H
#define KT_PIPELINE_KNOWN_RANGES_H

#include <stddef.h>

#include "analysis/range.h"
#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"

/**
 * Ranges that were computed before, kept in one file of store/months/ for a period. Each is known
 * by the hash of everything it is computed from, so that it may be absent and never wrong: points
 * that moved, a market more or another exponent leave those of the same intervals and margins as
 * they are. Used by one thread at a time.
 */
typedef struct kt_known_ranges kt_known_ranges;

/** The ranges of that file, none if it is not there or not whole. Lives in the arena. */
kt_known_ranges *kt_known_ranges_load(const char *path, kt_arena *arena);

/** Writes those that were asked for since, unless the file has them. */
kt_status kt_known_ranges_save(const kt_known_ranges *known, kt_error *err) KT_MUST_CHECK;

/** The hash of a market's intervals and margins. */
void kt_known_ranges_market(const kt_range_market *market, char out[KT_HASH_SIZE]);

/** What is asked for. */
typedef struct kt_range_question {
    const kt_range_market *market;
    const char *hash; /* of the market */
    double alpha;     /* NAN: Jackman and Roper's index */
    kt_range_effort effort;
} kt_range_question;

/** As kt_range_compute and kt_range_jackman_roper; computed only where it is not known. */
kt_status kt_known_ranges_compute(kt_known_ranges *known, const kt_range_question *question,
                                  kt_arena *arena, kt_range *out, kt_error *err) KT_MUST_CHECK;

#endif
