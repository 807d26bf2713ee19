/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_VERDICT_H
#define KT_PIPELINE_VERDICT_H

#include <stdbool.h>
#include <stddef.h>

#include "accepted.h"
#include "core/arena.h"
#include "core/cube.h"
#include "core/error.h"
#include "corrections.h"
#include "fetch/archive.h"
#include "pipeline/campaigns.h"
#include "pipeline/config.h"
#include "table_store.h"

/**
 * Which campaigns of a table may be used. Each is held against the rules by itself, in the order of
 * completion, and against what the good ones before it said of the country; so a bad one is left
 * out for ever, whatever comes after, and the verdicts follow from the archive alone.
 */

/** Replies of one table as a cube, its roll-up and its checks; protected cells have the source's
 * limits as yet. */
typedef struct kt_assembled {
    kt_cube *cube;
    kt_rollup *rollup;
    kt_editions editions;
    const kt_check *checks;
    size_t check_count;
    size_t own_checks;  /* of them, the first: what reading said, not reconciling */
    const kt_cube *raw; /* what the replies say before anything is made of it; if keep_raw */
    bool keep_raw;
    kt_corrected *corrected; /* of each correction chosen */
    bool *used;              /* of each reply */
    bool damaged; /* the archive could not give a body back: nothing is said of the source */
} kt_assembled;

/** What judging and assembling need to know. */
typedef struct kt_workshop {
    const kt_config *config;
    const kt_source *source;
    const kt_archive *archive;
    kt_acceptances acceptances;
    kt_correction_choice corrections;
    kt_instant until;
    const char *store; /* where an earlier night left the history of the table; NULL: nowhere */
    const char *key; /* of configuration and program: verdicts made under another are made again */
} kt_workshop;

/** Assembles replies. KT_ERR_FORMAT or KT_ERR_DATA say what is wrong with them. */
kt_status kt_assemble_replies(const kt_workshop *shop, const kt_receipt *const *replies,
                              size_t count, kt_arena *arena, kt_assembled *out,
                              kt_error *err) KT_MUST_CHECK;

/** What replies say, before points, corrections and checks. */
kt_status kt_assemble_raw(const kt_workshop *shop, const kt_receipt *const *replies, size_t count,
                          kt_arena *arena, kt_cube **out, kt_error *err) KT_MUST_CHECK;

/**
 * KT_ERR_CONFIG with `held` if the replies pass all gates without their corrections: those are
 * wrong then, and no campaign is.
 */
kt_status kt_blame_corrections(const kt_workshop *shop, const kt_receipt *const *replies,
                               size_t count, const char *held, kt_error *err) KT_MUST_CHECK;

/** What margins, roll-up and checks of an assembled table are made of. */
kt_reconcile_table kt_assembled_table(const kt_workshop *shop, const kt_assembled *assembled);

/** The first failed check that holds the table, in words; NULL if there is none. */
const char *kt_failed_gate(const kt_assembled *assembled, kt_arena *arena);

/**
 * Judges every campaign, taking over what table has from an earlier night where it still holds.
 * table->verdicts, table->national and table->log are then those of these campaigns; texts in
 * arena.
 */
kt_status kt_verdicts_make(const kt_workshop *shop, const kt_campaign *campaigns, size_t count,
                           kt_arena *arena, kt_table *table, kt_error *err) KT_MUST_CHECK;

#endif
