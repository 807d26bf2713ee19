/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_ARCHIVE_H
#define KT_FETCH_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/hash.h"
#include "core/instant.h"

/**
 * What was ever received, never lost: bodies by sha256 under archive/ab/cdef....zst (zstd), and one
 * fsynced line for each exchange in archive/receipts/YYYY-MM.jsonl. Order: body, receipt, then
 * whatever the caller writes (the ledger). A body that is there already, and undamaged, is not
 * written again. Any number of readers and one writer at a time; the caller holds the lock for it.
 */
typedef struct kt_archive kt_archive;

/** What an exchange was for. */
typedef enum kt_purpose {
    KT_PURPOSE_CONFIG,   /* the service's limits */
    KT_PURPOSE_METADATA, /* a table's variables */
    KT_PURPOSE_PROBE,    /* one cell, to see whether the table was updated */
    KT_PURPOSE_DATA,     /* a part of a table */
} kt_purpose;

/** One exchange with a service. Texts live in the arena of whoever read or made it. */
typedef struct kt_receipt {
    const char *source;       /* kt_source.id; the host for a config call */
    const char *method;       /* GET, POST */
    const char *url;          /* the original address, never a redirect's or a stand-in's */
    const char *request;      /* the body that was sent, NULL for none */
    kt_instant time;          /* when the reply was complete */
    long status;              /* HTTP status; 0 if no reply came */
    const char *content_type; /* NULL if none */
    const char *headers;      /* the reply's header lines as received, NULL if none */
    const char *fault;        /* NULL if the reply is good; else one line that says why it is not */
    size_t bytes;             /* of the body */
    const char *updated;      /* the envelope's, for probes and data; NULL */
    const char *campaign;     /* data: names one fetch of one table; equal for all of its parts */
    size_t part, parts;       /* data: which part of how many, from 0 */
    kt_purpose purpose;
    char sha256[KT_HASH_SIZE]; /* of the body as stored; "" if there was none */
    bool whole;     /* data: the campaign fetches the whole table, not its newest periods */
    bool too_large; /* data: the service gives less at once; of old ones the status tells it */
    /* Data of a question that left the periods open: the first and the last that came; NULL. */
    const char *first_period, *last_period;
} kt_receipt;

/** True if the reply is what was asked for. */
static inline bool kt_receipt_is_good(const kt_receipt *receipt)
{
    return receipt->fault == NULL;
}

/** Opens (and creates) the archive below the workspace. Close with kt_archive_close. */
kt_status kt_archive_open(const char *workspace, kt_archive **out, kt_error *err) KT_MUST_CHECK;
void kt_archive_close(kt_archive *archive);

static inline void kt_auto_archive(kt_archive **archive)
{
    kt_archive_close(*archive);
}

/** Stores a body; fills its hash. Synced to disk when this returns KT_OK. */
kt_status kt_archive_store(kt_archive *archive, const void *bytes, size_t length,
                           char sha256[KT_HASH_SIZE], kt_error *err) KT_MUST_CHECK;

/** A stored body, unpacked into the arena and checked against its hash; terminated. */
kt_status kt_archive_load(const kt_archive *archive, const char *sha256, kt_arena *arena,
                          char **bytes, size_t *length, kt_error *err) KT_MUST_CHECK;

/** Where a stored body lies, in the arena; that it lies there and is whole, loading shows. */
char *kt_archive_path(const kt_archive *archive, const char *sha256, kt_arena *arena);

/** Appends a receipt, synced. What a crash left of an earlier line is cut off first. */
kt_status kt_archive_receipt(kt_archive *archive, const kt_receipt *receipt,
                             kt_error *err) KT_MUST_CHECK;

/**
 * All receipts in the order they were written, into the arena. A last line that a crash cut short
 * is left out; any other unreadable line is KT_ERR_FORMAT with file and line.
 */
kt_status kt_archive_receipts(const kt_archive *archive, kt_arena *arena, kt_receipt **out,
                              size_t *count, kt_error *err) KT_MUST_CHECK;

#endif
