/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_SERVER_SAMPLE_SAMPLE_H
#define KT_SERVER_SAMPLE_SAMPLE_H

#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "server/table.h"

/**
 * The embedded sample: tables in the shape of 12r5 (areas x months x contents) and 12ti (maakunta
 * and municipalities x two-digit occupations x months x contents), and one of flows of posts
 * (maakunta x months x contents) that no service has under its id; modelled from published shares,
 * not official. Counts
 * are whole, and every margin adds up exactly: municipalities to seutukunta, maakunta and ELY area,
 * these and what has no place to the country, occupations and unknown ones to each area's total.
 * Figures of 1-4 are then protected. The same seed gives the same tables on every machine.
 */
#define KT_SAMPLE_SEED 20260608U

typedef struct kt_sample_options {
    const char *config; /* the folder config/ of the tree */
    uint64_t seed;      /* 0: KT_SAMPLE_SEED */
    uint64_t revision;  /* not 0: the newest three months are drawn anew */
    const char *first;  /* months before it are not served: "2021M05"; NULL: no cut */
    const char *last;   /* months after it are not served yet; NULL: no cut */
    const char *stopped,
        *stopped_from; /* a content that is zero everywhere from a month on; NULL */
} kt_sample_options;

typedef struct kt_sample {
    kt_served_table *by_region;     /* 12r5 */
    kt_served_table *by_occupation; /* 12ti */
    kt_served_table *flows;         /* of posts, by maakunta */
    kt_served_table *by_industry;   /* 12tw */
    kt_served_table *employed;      /* by industry and maakunta, of years before */
    kt_served_table *workers;       /* the same by occupation: 115s */
} kt_sample;

/**
 * Reads config/sample/shares.csv and config/classifications, and makes the tables in the arena.
 * `updated` is the release of the newest month that is served: the 23rd of the month after it,
 * 05:00 UTC, and an hour later for a revision.
 */
kt_status kt_sample_make(const kt_sample_options *options, kt_arena *arena, kt_sample *out,
                         kt_error *err) KT_MUST_CHECK;

#endif
