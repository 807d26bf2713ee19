/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_LOOK_H
#define KT_FETCH_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/source.h"
#include "fetch/archive.h"
#include "fetch/fetch.h"

/**
 * What a fetch would meet: the limits of each service and the metadata of each table, read by the
 * very code that fetches, within the limits. No figure is asked for, beyond the newest ones of a
 * service that tells its codes with them alone, and nothing is archived: a look leaves no trace but
 * its calls in the limiter's folder.
 */

/** What one service says of a source's table. Texts and lists live in the arena. */
typedef struct kt_look {
    const kt_source *source; /* whose table: the one field that the caller fills */
    kt_status status;        /* KT_OK if the night can ask for the table as it is */
    const char *message;     /* else why not, one line */
    kt_silence silence;      /* of a service that did not answer: where it ended */
    const char *host;        /* of the original address, NULL if it has none */
    size_t cells_a_call;     /* the limits that hold for the source; 0: they could not be read */
    size_t calls_a_window;
    double window_s;
    bool is_folder;      /* no service: files that are dropped; plan has those that are new */
    bool tells_limits;   /* the service does; else they are the file's, or ours */
    bool tells_metadata; /* there is a question for the table's codes without figures */
    const char *path;    /* of the address that knows the table; NULL if none does */
    const kt_envelope *metadata; /* as far as they could be read, also where roles do not resolve */
    const char *last_period;     /* of the whole table; NULL if roles do not resolve */
    bool discontinued;           /* it is late, and the service says that it is updated no more */
    const kt_plan *plan;         /* of the whole table, if it were fetched now; NULL likewise */
    size_t calls;                /* exchanges made for this source */
    double clock_off_s;          /* this machine's clock less the service's; NAN: it told none */
} kt_look;

/** The receipts of an archive; none of them for a look that knows nothing. */
typedef struct kt_look_past {
    const kt_receipt *receipts;
    size_t count;
    const kt_archive *archive; /* where their bodies are read; NULL: they are not */
} kt_look_past;

/**
 * Looks at the source of every look, one after the other, and fills the rest of it. The past is
 * that of the archive: a table that lost what they have is a failure here as at night. Fails
 * itself only where no source can go on: the limiter cannot be written, cancelled.
 */
kt_status kt_fetch_look(kt_look_past past, const kt_fetch_options *options, kt_look *looks,
                        size_t count, kt_arena *arena, kt_error *err) KT_MUST_CHECK;

#endif
