/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_PROTOCOL_H
#define KT_FETCH_PROTOCOL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/codes.h"
#include "core/envelope.h"
#include "core/error.h"
#include "plan.h"

/**
 * How a family of services is spoken to: what is asked where, in which words, and how its limits
 * and metadata are read. A protocol is one file in fetch/protocols/ and one line in
 * fetch/protocols.def. It keeps no state and sends nothing itself.
 */

/** What a service lets one caller do. */
typedef struct kt_service_limits {
    size_t cells; /* of one call, at least 1 */
    size_t calls; /* in any window, at least 1 */
    double window_s;
} kt_service_limits;

/** A body in memory, and what it is called in messages. */
typedef struct kt_body {
    const char *name;
    const char *bytes;
    size_t length;
} kt_body;

/** Always a static const object. Addresses and queries are made in the arena. */
typedef struct kt_protocol {
    const char *id; /* kt_source.protocol */

    /** Where the service tells its limits. */
    char *(*config_url)(const char *base_url, kt_arena *arena);
    kt_status (*read_config)(kt_body body, kt_service_limits *out, kt_error *err) KT_MUST_CHECK;

    /** Where a table is: its metadata by GET, its figures by POST. */
    char *(*table_url)(const char *base_url, const char *path, kt_arena *arena);
    kt_status (*read_metadata)(kt_body body, kt_arena *arena, kt_envelope **out,
                               kt_error *err) KT_MUST_CHECK;

    /** The body that asks for a part of a selection; the same part is always the same bytes. */
    char *(*query)(const char *format, const kt_wanted *wanted, const kt_part *part,
                   kt_arena *arena);

    /** The body that asks for one cell of the newest period. */
    char *(*probe)(const char *format, const kt_wanted *wanted, kt_arena *arena);

    /** Adds the codes of the variable that a stored body asked for. False if it named none. */
    bool (*asked)(const char *request, const char *variable, kt_codes *codes);
} kt_protocol;

/** The protocol of that name, or NULL. */
const kt_protocol *kt_protocol_find(const char *id);

#endif
