/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PUBLISH_PUBLISH_H
#define KT_PUBLISH_PUBLISH_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/error.h"
#include "core/instant.h"
#include "core/source.h"
#include "kept.h"
#include "pipeline/breaks.h"
#include "publish/contract.h"
#include "transform/correct.h"

/**
 * A published run: the canonical tables of store/findings/<table>/ become a folder that is complete
 * before anybody can see it. Everything is written to a staging folder, checked as check-output
 * checks it, synced, renamed into runs/, and then `current` is replaced by a rename. A run that is
 * there is never changed or removed. Nothing here depends on the clock, except the `run` block.
 */

/** What the manifest says of a source. Texts are borrowed; NULL where nothing is known. */
typedef struct kt_published_source {
    const char *id;
    kt_words title;
    const char *address; /* of the table, the original one */
    const char *updated; /* as the source wrote it */
    const char *first_period, *last_period;
    const char *state; /* fresh, late, stale, failed, held */
    const char *licence;
    kt_words citation;
    const char *const *replies; /* sha256 of each data reply that was used; sorted here */
    size_t reply_count;
} kt_published_source;

/** One wall-clock fact of the manifest's `run` block: {"started", "2026-11-21T05:00:00Z"}. */
typedef struct kt_run_fact {
    const char *name;
    const char *text;
} kt_run_fact;

typedef struct kt_publication {
    const kt_contract *contract;
    const char *findings;  /* folder of the canonical tables */
    const kt_kept *read;   /* of them, files that this night has read or written; may be NULL */
    const char *published; /* folder that gets runs/ and current; made if absent */
    const char *out;       /* instead: the folder that becomes the run itself; current stays */
    const char *run_id;
    kt_instant as_of;
    const char *version;                  /* of the program */
    const char *configuration;            /* sha256 of the configuration */
    bool modelled;                        /* the figures are modelled, not official */
    bool public_only;                     /* tables that the schemas call internal are left out */
    const struct kt_page_settings *pages; /* NULL: the run has no pages */
    bool workbooks;                       /* each region that has a page has a workbook too */
    unsigned fi_months;                   /* newest months of csv-fi */
    unsigned threads;
    const kt_published_source *sources; /* in the order of their ids */
    size_t source_count;
    const kt_correction *corrections; /* applied, in the order of the sources */
    size_t correction_count;
    kt_breaks breaks; /* declared, that rows of the run are marked with, in the registry's order */
    const kt_run_fact *run;
    size_t run_count;
} kt_publication;

typedef struct kt_publish_result {
    bool published;             /* false: this run was there already, and nothing was written */
    const char *folder;         /* of the run */
    size_t files, files_linked; /* linked: bytes shared with the earlier run */
    size_t bytes, bytes_new;
    size_t rows; /* of csv/ */
    /* Paths of files whose very bytes, and whose foreign keys, the earlier run's check has seen. */
    const kt_codes *proven;
    const struct kt_same_rows *same; /* of other files: rows that it has seen */
    size_t same_count;
} kt_publish_result;

/**
 * Publishes, or finds the run published already (then `current` is only made to point at it).
 * KT_ERR_DATA: the staged run breaks the contract; the message is the first violation. KT_ERR_IO,
 * KT_ERR_CANTCREATE, KT_ERR_PERMISSION: the disk's reason. In all of them what was published before
 * stands untouched. The caller holds the lock of the workspace.
 */
kt_status kt_publish(const kt_publication *publication, kt_arena *arena, kt_publish_result *out,
                     kt_error *err) KT_MUST_CHECK;

/** The run that `current` points at: its folder, or NULL if there is none. */
const char *kt_published_current(const char *published, kt_arena *arena);

/** The folder of the run that the workspace has published; KT_ERR_NO_DATA if there is none. */
kt_status kt_published_of(const char *workspace, kt_arena *arena, const char **folder,
                          kt_error *err) KT_MUST_CHECK;

#endif
