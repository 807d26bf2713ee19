/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_FETCH_H
#define KT_FETCH_FETCH_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "core/source.h"
#include "fetch/archive.h"

/**
 * Brings the archive up to date with the sources: asks each service for its limits, probes each
 * table, plans the smallest set of calls that covers what is wanted, and fetches them within the
 * limits. Every exchange is in the archive before anybody hears of it. One source failing does not
 * end the others.
 */

/** Why no answer came, as far as the way there tells. */
typedef enum kt_silence {
    KT_SILENCE_NONE,    /* one came, or it was cut */
    KT_SILENCE_NAME,    /* the host's name does not resolve */
    KT_SILENCE_REFUSED, /* no connection */
    KT_SILENCE_TLS,     /* no secure one: certificate, protocol */
    KT_SILENCE_TIME,    /* it took too long */
} kt_silence;

/** A host that is spoken to in place of another; receipts name the original. */
typedef struct kt_redirect {
    const char *from; /* "https://pxdata.stat.fi" */
    const char *to;   /* "http://127.0.0.1:8081" */
} kt_redirect;

typedef struct kt_fetch_options {
    bool dry_run; /* limits, metadata and probes are asked, but no data */
    const char *user_agent;
    long connect_timeout_s, stall_timeout_s, total_timeout_s;
    size_t reply_limit_bytes; /* counted by ourselves, after decompression */
    unsigned parallel;        /* transfers at once */
    unsigned retry_budget;    /* tries beyond the first, in the whole run */
    unsigned calls_reserve;   /* calls of the service's window that we leave to others */
    double backoff_s;         /* first wait after a failure; doubles, with jitter, at most 60 s */
    const kt_redirect *redirects;
    size_t redirect_count;
    const char *limiter_folder;  /* where times of calls survive a restart */
    const atomic_int *cancelled; /* not 0: stop in good order with KT_ERR_CANCELLED; may be NULL */
    void *context;
    /** After each exchange is in the archive: for the ledger and the log. */
    kt_status (*exchanged)(void *context, const kt_receipt *receipt, kt_error *err);
    /** Parts done of parts planned for a source, for progress; may be NULL. */
    void (*progressed)(void *context, const char *source, size_t done, size_t all);
} kt_fetch_options;

/** One call that a plan would make. */
typedef struct kt_planned_call {
    const char *url;
    const char *request;
    size_t cells;
} kt_planned_call;

typedef struct kt_plan {
    const kt_planned_call *calls;
    size_t call_count;
    size_t cells;     /* of an open selection known once they came */
    bool is_open;     /* the replies say how many cells there are */
    const char *host; /* of the service; "files" for a folder */
    double seconds; /* least time until its last call under the service's limits, with the calls of
                       the window so far and, in a dry run, those of the sources before it */
} kt_plan;

typedef enum kt_fetch_state {
    KT_FETCH_UNCHANGED, /* the probe shows nothing new */
    KT_FETCH_FETCHED,   /* a complete campaign is in the archive */
    KT_FETCH_PLANNED,   /* a dry run: plan says what would be fetched */
    KT_FETCH_FAILED,    /* message says why; the last good campaign stands */
} kt_fetch_state;

typedef struct kt_fetch_result {
    const kt_source *source; /* what to fetch: the one field that the caller fills */
    kt_fetch_state state;
    kt_status status; /* why it failed: KT_ERR_UNREACHED, KT_ERR_HTTP, KT_ERR_FORMAT ... */
    const char *message;
    size_t calls;      /* exchanges made for this source, refused ones too */
    bool discontinued; /* the table is late, and the service says that it updates it no more */
    bool ended;        /* the source file has no address for it any more: what was fetched stands */
    kt_instant rests_until; /* its source file asks for it again on that day; KT_NO_INSTANT if it
                               was asked for */
    const char *const *refusals; /* why each file of a folder was refused; message has the first */
    size_t refusal_count;
    const kt_plan *plan; /* what was or, in a dry run, would be fetched; NULL if nothing */
} kt_fetch_result;

/**
 * Fetches the source of every result, one after the other, and fills the rest of the result. Fails
 * itself only where no source can go on: the archive cannot be written, cancelled.
 */
kt_status kt_fetch(kt_archive *archive, const kt_fetch_options *options, kt_fetch_result *results,
                   size_t count, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

#endif
