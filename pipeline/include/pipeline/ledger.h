/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_LEDGER_H
#define KT_PIPELINE_LEDGER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/instant.h"
#include "fetch/archive.h"
#include "pipeline/campaigns.h"

/**
 * The ledger: an index, in SQLite, over what was received and what was done with it. It proves
 * nothing by itself: every row of replies is written after its receipt is on disk, and the whole of
 * it can be made again from receipts and manifests. One connection, one thread; readers may look in
 * at any time. KT_ERR_FORMAT from any function means that the file is no ledger, or a broken one.
 */
typedef struct kt_ledger kt_ledger;

/** Of one run of the program over a workspace. Texts are borrowed or, when read, in an arena. */
typedef struct kt_ledger_run {
    const char *command; /* run, fetch, publish ... */
    kt_instant started;
    kt_instant finished;       /* KT_NO_INSTANT: it was cut short, or is still going on */
    const char *state;         /* running, published, nothing_new, held, failed, done */
    int exit_code;             /* -1 while there is none */
    const char *run_id;        /* NULL where the run came to none */
    kt_instant as_of;          /* KT_NO_INSTANT likewise */
    kt_instant known_until;    /* time of the newest receipt that it knew of */
    const char *folder;        /* of the published run, below published/; NULL */
    const char *version;       /* of the program */
    const char *configuration; /* sha256 */
    const char *message;       /* its one line of summary, or why it failed; NULL */
} kt_ledger_run;

/** One complete campaign of a table, and what became of it. */
typedef struct kt_ledger_vintage {
    const char *source, *campaign;
    const char *updated;
    kt_instant first, last; /* its receipts */
    size_t parts;
    bool whole;
    const char *verdict; /* good, held; NULL while nobody has judged it */
    const char *reason;  /* why it is held; NULL */
} kt_ledger_vintage;

/** One row of `checks` of a run. */
typedef struct kt_ledger_check {
    const char *check, *subject, *severity, *result;
    double measured, threshold; /* NAN where it does not apply */
    size_t cells_failed;
    const char *examples;
} kt_ledger_check;

/** A new, empty ledger at path, which must not exist. Close with kt_ledger_close. */
kt_status kt_ledger_create(const char *path, kt_ledger **out, kt_error *err) KT_MUST_CHECK;

/** An existing ledger, looked over for damage. KT_ERR_NOT_FOUND if there is none. */
kt_status kt_ledger_open(const char *path, kt_ledger **out, kt_error *err) KT_MUST_CHECK;

/** NULL is allowed. */
void kt_ledger_close(kt_ledger *ledger);

/** Several changes as one. */
kt_status kt_ledger_begin(kt_ledger *ledger, kt_error *err) KT_MUST_CHECK;
kt_status kt_ledger_commit(kt_ledger *ledger, kt_error *err) KT_MUST_CHECK;

/** Adds the row of a receipt that is in the archive already. */
kt_status kt_ledger_add_reply(kt_ledger *ledger, const kt_receipt *receipt,
                              kt_error *err) KT_MUST_CHECK;
kt_status kt_ledger_count_replies(kt_ledger *ledger, size_t *out, kt_error *err) KT_MUST_CHECK;

/** Adds a run and gives its number, or replaces the row of that number (its checks stay). */
kt_status kt_ledger_add_run(kt_ledger *ledger, const kt_ledger_run *run, int64_t *out,
                            kt_error *err) KT_MUST_CHECK;
kt_status kt_ledger_end_run(kt_ledger *ledger, int64_t run_number, const kt_ledger_run *run,
                            kt_error *err) KT_MUST_CHECK;

/** Adds or replaces a vintage, by source and campaign. */
kt_status kt_ledger_put_vintage(kt_ledger *ledger, const kt_ledger_vintage *vintage,
                                kt_error *err) KT_MUST_CHECK;

kt_status kt_ledger_add_check(kt_ledger *ledger, int64_t run, const kt_ledger_check *check,
                              kt_error *err) KT_MUST_CHECK;

/** The run begun last; *found is false if there is none. */
kt_status kt_ledger_last_run(kt_ledger *ledger, kt_arena *arena, kt_ledger_run *out, bool *found,
                             kt_error *err) KT_MUST_CHECK;

/** The published run of that run_id or as_of (ISO 8601); *found is false if there is none. */
kt_status kt_ledger_find_run(kt_ledger *ledger, const char *name, kt_arena *arena,
                             kt_ledger_run *out, bool *found, kt_error *err) KT_MUST_CHECK;

static inline void kt_auto_ledger(kt_ledger **ledger)
{
    kt_ledger_close(*ledger);
}

/**
 * Makes the ledger of a workspace anew from its receipts and manifests, beside the old one, and
 * renames it over the old one. Needs the lock.
 */
kt_status kt_ledger_rebuild(const char *workspace, kt_receipts receipts, kt_arena *arena,
                            kt_error *err) KT_MUST_CHECK;

/**
 * Opens the ledger of a workspace for writing; needs the lock. A missing, broken or disagreeing one
 * is rebuilt, and *rebuilt says why (NULL if it was not). Receipts that a crash kept from it are
 * added.
 */
kt_status kt_ledger_prepare(const char *workspace, kt_receipts receipts, kt_arena *arena,
                            kt_ledger **out, const char **rebuilt, kt_error *err) KT_MUST_CHECK;

#endif
