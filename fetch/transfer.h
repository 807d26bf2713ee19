/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_TRANSFER_H
#define KT_FETCH_TRANSFER_H

#include <stddef.h>

#include "core/error.h"
#include "core/instant.h"
#include "core/text.h"
#include "fetch/fetch.h"

/**
 * Questions over HTTP, several at once, by libcurl. It speaks http and https alone, follows no
 * redirect itself, holds every limit of the options, and records all that came back, good or bad:
 * what it means is for others to say. While one is open, SIGPIPE is ignored.
 */
typedef struct kt_transfer kt_transfer;

/** A question, and what came back. Initialise with the question's fields alone. */
typedef struct kt_exchange {
    const char *method; /* GET, POST */
    const char *url;    /* where it is sent */
    const char *body;   /* NULL for none */
    long status;        /* HTTP status; 0 if none came */
    kt_instant time;    /* when it was over */
    kt_text headers;    /* lines of the last header block */
    kt_text content;    /* unpacked; as much of it as came */
    kt_text type;       /* content type, nothing if there is none */
    kt_text location;   /* where a redirect points to, nothing if it is none */
    kt_text fault;      /* what went wrong on the way, nothing if all bytes came */
    kt_silence silence; /* of a fault: where the way ended */
} kt_exchange;

/** Frees what came back and makes it ready to be sent again. */
void kt_exchange_clear(kt_exchange *exchange);

kt_status kt_transfer_open(const kt_fetch_options *options, kt_transfer **out,
                           kt_error *err) KT_MUST_CHECK;

/** Breaks off what is under way; the exchanges are the caller's again. */
void kt_transfer_break_off(kt_transfer *transfer);

/** Breaks off what is under way. NULL is allowed. */
void kt_transfer_close(kt_transfer *transfer);

static inline void kt_auto_transfer(kt_transfer **transfer)
{
    kt_transfer_close(*transfer);
}

/** Sends the question; the exchange is borrowed until kt_transfer_wait hands it back. */
kt_status kt_transfer_start(kt_transfer *transfer, kt_exchange *exchange,
                            kt_error *err) KT_MUST_CHECK;

/** Exchanges under way. */
size_t kt_transfer_running(const kt_transfer *transfer);

/**
 * Waits until an exchange is over, at most so many seconds or until a signal; with none under way
 * it just waits. *finished is NULL if none is over.
 */
kt_status kt_transfer_wait(kt_transfer *transfer, double most_s, kt_exchange **finished,
                           kt_error *err) KT_MUST_CHECK;

#endif
