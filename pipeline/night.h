/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_NIGHT_H
#define KT_PIPELINE_NIGHT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/log.h"
#include "fetch/archive.h"
#include "fetch/fetch.h"
#include "kept.h"
#include "known_runs.h"
#include "pipeline/campaigns.h"
#include "pipeline/command_line.h"
#include "pipeline/config.h"
#include "pipeline/ledger.h"
#include "table_store.h"

/** Lists of projects that are more than can be published: those from one receipt on. */
typedef struct kt_list_refusal {
    const char *fault; /* what the contract says of their tables; NULL: all can be */
    size_t from;       /* position of the first of them among the receipts */
} kt_list_refusal;

/**
 * A night over one workspace: what its stages share. The stages hand over through files below
 * store/ alone, so each can be run again by itself.
 *
 *     fetch       services            -> archive
 *     transform   archive             -> store/cubes/<source>.cube and .json
 *     analyse     store/cubes         -> store/findings/<table>/...csv, and run.json last
 *     publish     store/findings      -> published/
 */
typedef struct kt_night {
    kt_session *session;
    const kt_arguments *arguments;
    kt_arena *arena;
    const kt_config *config;
    const char *workspace;
    const char *store; /* folder; another one with --as-of */
    int lock;
    kt_archive *archive;
    kt_ledger *ledger;
    int64_t run; /* its number in the ledger */
    kt_instant started;
    kt_receipts receipts;
    kt_known_runs known_runs; /* what was known when a run was first published */
    kt_instant until;         /* receipts after it are not known; KT_NO_INSTANT: all are */
    const char *out;          /* with --as-of: the folder that becomes the run */
    bool *wanted;             /* of each source: named by --tables, or all */
    kt_table *tables;         /* of each source, after transform */
    const struct kt_project_lists *lists; /* of funded projects, after transform */
    const char *lists_fault; /* why analyse could make no tables of these; NULL: it could */
    kt_list_refusal refusal;
    bool fetched;       /* folders were looked into this time */
    kt_kept findings;   /* files that analyse has just read or written; none without it */
    kt_ledger_run note; /* what the ledger will say of this run */
} kt_night;

/** What a stage, or a whole night, has to say besides its success. */
typedef struct kt_outcome {
    size_t failed;      /* sources that failed this time */
    size_t unreached;   /* of them, those that did not answer at all */
    size_t held;        /* tables whose newest campaign is held */
    size_t old;         /* tables that are late or stale */
    size_t wanted;      /* sources asked for */
    const char *folder; /* of the run that was published or found */
    bool published;     /* a run appeared */
    bool nothing_new;   /* the run was there already */
} kt_outcome;

/**
 * Opens a night as the arguments say: configuration, lock, archive, ledger. Whatever was opened is
 * closed by kt_night_close, which also writes the ledger's last word, even after a failure.
 */
kt_status kt_night_open(kt_session *session, kt_night *out, kt_error *err) KT_MUST_CHECK;
void kt_night_close(kt_night *night, kt_status status, int exit_code, const char *message);

/** Loads the configuration the arguments name; every mistake is one line of the log. */
kt_status kt_night_config(kt_session *session, const kt_config **out, kt_error *err) KT_MUST_CHECK;

/** Reads the receipts again: after fetching. */
kt_status kt_night_receipts(kt_night *night, kt_error *err) KT_MUST_CHECK;

kt_status kt_stage_fetch(kt_night *night, kt_outcome *outcome, kt_error *err) KT_MUST_CHECK;
kt_status kt_stage_transform(kt_night *night, kt_outcome *outcome, kt_error *err) KT_MUST_CHECK;
kt_status kt_stage_analyse(kt_night *night, kt_outcome *outcome, kt_error *err) KT_MUST_CHECK;
kt_status kt_stage_publish(kt_night *night, kt_outcome *outcome, kt_error *err) KT_MUST_CHECK;

/** The same as the stage transform, and nobody is told. */
kt_status kt_night_transform(kt_night *night, kt_outcome *outcome, kt_error *err) KT_MUST_CHECK;

/** Loads what transform left, for a stage that is run alone. */
void kt_night_tables(kt_night *night);

/** The whole night, or the single stage that only names: session->exit_code, a line of summary. */
kt_status kt_night_run(kt_night *night, const char *only, const char **message,
                       kt_error *err) KT_MUST_CHECK;

/** A command that is a whole night (stage NULL) or one stage of it. */
kt_status kt_night_command(kt_session *session, const char *stage, kt_error *err) KT_MUST_CHECK;

#endif
