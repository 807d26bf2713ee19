/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_ERRAND_H
#define KT_FETCH_ERRAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/error.h"
#include "fetch/archive.h"
#include "fetch/fetch.h"
#include "fetch/look.h"
#include "limiter.h"
#include "protocol.h"
#include "transfer.h"

/**
 * An errand is one run of kt_fetch: what all of its sources share. Everything lives in its arena.
 */

/**
 * A service that is spoken to. The first source that needs it has its limits read. Services on one
 * host share its limiter: whoever counts our calls there may count all of them.
 */
typedef struct kt_service {
    const char *key;     /* what tells two services apart: where they tell limits, else the host */
    const char *host;    /* of the original address */
    const char *sent_to; /* the host that the calls are sent to */
    const kt_protocol *protocol;
    kt_limiter *limiter;
    kt_service_limits told;   /* 0 where it does not tell */
    kt_service_limits limits; /* that hold for the source that is being asked for */
    kt_error failure;         /* why its limits could not be read; KT_OK if they were */
    kt_silence silence;       /* of that failure */
    unsigned refusals;        /* waits for a refusal (429) since the last good reply */
    double refused_until;     /* refusals before this moment belong to one wait */
    size_t planned;           /* data calls that a dry run would have made so far */
    bool is_away;             /* a question was given up because nobody is there */
    struct kt_service *next;
} kt_service;

typedef struct kt_errand {
    kt_archive *archive;    /* NULL: nothing is kept, as of a look */
    const kt_archive *kept; /* what was kept so far, read alone; NULL: nothing is known of it */
    const kt_fetch_options *options;
    kt_arena *arena;
    kt_transfer *transfer;
    kt_clock clock;
    kt_receipt *receipts; /* all of the archive, then those of this run */
    size_t receipt_count, receipt_room;
    unsigned retries_left;
    uint64_t dice;
    size_t calls;       /* sent for the present source */
    kt_silence silence; /* of its last exchange that came to nothing on the way */
    bool broken; /* no source can go on: the archive cannot be written, or we were cancelled */
    kt_service *services;
} kt_errand;

/** Reads the archive's receipts. The errand borrows everything. */
kt_status kt_errand_init(kt_errand *errand, kt_archive *archive, const kt_fetch_options *options,
                         kt_arena *arena, kt_error *err) KT_MUST_CHECK;

/** An errand that keeps nothing, and knows that past of an archive. */
void kt_errand_init_look(kt_errand *errand, kt_look_past past, const kt_fetch_options *options,
                         kt_arena *arena);

/** Appends the receipt to the archive and to the list, and tells whoever listens. */
kt_status kt_errand_record(kt_errand *errand, const kt_receipt *receipt,
                           kt_error *err) KT_MUST_CHECK;

/**
 * The service that the source is asked of; its limits are read if they are not yet. From now on the
 * limits of this source hold there.
 */
kt_status kt_errand_service(kt_errand *errand, const kt_source *source, kt_service **out,
                            kt_error *err) KT_MUST_CHECK;

/** The same in the words of that protocol, whatever the source's file says. */
kt_status kt_errand_speak(kt_errand *errand, const kt_protocol *protocol, const kt_source *source,
                          kt_service **out, kt_error *err) KT_MUST_CHECK;

double kt_errand_now(const kt_errand *errand);

#endif
