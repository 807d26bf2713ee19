/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_PROTOCOL_H
#define KT_FETCH_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/source.h"
#include "fetch/archive.h"
#include "plan.h"

/**
 * How a family of services is spoken to: what is asked where, in which words, and what an answer
 * means. A protocol is one file in fetch/protocols/ and one line in fetch/protocols.def. It keeps
 * no state and sends nothing itself.
 *
 * A service tells its codes as metadata, and then each code is asked for by name; or it does not,
 * and then the reply itself says which codes it has.
 */

struct kt_errand;
struct kt_fetch_result;

/** What a service lets one caller do. 0: not told. */
typedef struct kt_service_limits {
    size_t cells; /* of one call */
    size_t calls; /* in any window */
    double window_s;
} kt_service_limits;

/** A body in memory, and what it is called in messages. */
typedef struct kt_body {
    const char *name;
    const char *bytes;
    size_t length;
} kt_body;

/** What is sent. The same question is always the same bytes: receipts are found again by them. */
typedef struct kt_request {
    const char *method; /* GET, POST */
    const char *url;
    const char *body; /* NULL for none */
} kt_request;

/** What came back, all of it. */
typedef struct kt_answer {
    long status;
    const char *headers; /* lines as received, NULL for none */
    kt_body body;
} kt_answer;

/** What an answer means to a caller. */
typedef enum kt_meaning {
    KT_MEANS_ITS_STATUS, /* what HTTP says: 200 good, 403 and 413 too large, 400 and 404 outdated */
    KT_MEANS_TOO_LARGE,  /* more cells than the service gives at once */
    KT_MEANS_PUT_OFF,    /* too large to be given at once, and perhaps later */
    KT_MEANS_OUTDATED,   /* the service does not know what it was asked for */
    KT_MEANS_NOTHING,    /* it knows it, and has no figures of it */
} kt_meaning;

/** A table at one of its addresses. */
typedef struct kt_target {
    const kt_source *source;
    const char *path; /* of the address, dates filled in */
} kt_target;

/** Always a static const object. Requests are made in the arena. */
typedef struct kt_protocol {
    const char *id; /* kt_source.protocol */

    /** What holds where neither the service nor the source file tells a limit. All are told. */
    kt_service_limits polite;

    /** Where the service tells its limits, and what it tells. NULL, both, if it does not. */
    kt_request (*limits)(const kt_source *source, kt_arena *arena);
    kt_status (*read_limits)(const kt_answer *answer, kt_service_limits *out,
                             kt_error *err) KT_MUST_CHECK;

    /** A table's variables and codes. NULL, both, if there is no such question. */
    kt_request (*metadata)(const kt_target *target, kt_arena *arena);
    kt_status (*read_metadata)(kt_body body, kt_arena *arena, kt_envelope **out,
                               kt_error *err) KT_MUST_CHECK;

    /** A list of codes that a variable may be asked for in place of its own. NULL, both: none. */
    kt_request (*code_list)(const kt_source *source, const char *id, kt_arena *arena);
    kt_status (*read_code_list)(kt_body body, kt_arena *arena, kt_codes **out,
                                kt_error *err) KT_MUST_CHECK;

    /** Whether the service updates the table no more. NULL, both, if it does not say. */
    kt_request (*about)(const kt_target *target, kt_arena *arena);
    kt_status (*read_about)(kt_body body, bool *discontinued, kt_error *err) KT_MUST_CHECK;

    /** A part of a selection. */
    kt_request (*data)(const kt_target *target, const kt_wanted *wanted, const kt_part *part,
                       kt_arena *arena);

    /** One cell, or few, of the newest period. NULL: the figures are their own probe. */
    kt_request (*probe)(const kt_target *target, const kt_wanted *wanted, kt_arena *arena);

    /** What the status alone does not say. NULL if it says all. */
    kt_meaning (*meaning)(const kt_answer *answer);

    /** Adds the codes of the variable that the exchange asked for. False if it named none. */
    bool (*asked)(const kt_receipt *receipt, const char *variable, kt_codes *codes);

    /** Fetches files that lie here and asks no service: NULL, or all else is. Fails as the source.
     */
    kt_status (*collect)(struct kt_errand *errand, const kt_source *source,
                         struct kt_fetch_result *result, kt_error *err);

    /** The longest address that is sent; a longer question is cut in two. 0: any length. */
    size_t most_address;

    /** The codes that are wanted by name are sent; else the whole document comes in any case. */
    bool sends_codes;
} kt_protocol;

/** The protocol of that name, or NULL. */
const kt_protocol *kt_protocol_find(const char *id);

/** True if the exchange asked this very question. */
bool kt_request_is(const kt_request *request, const kt_receipt *receipt);

/** Limits that hold for the source: what the service told, or less if its file says so. */
kt_service_limits kt_protocol_limits(const kt_protocol *protocol, const kt_source *source,
                                     kt_service_limits told);

#endif
