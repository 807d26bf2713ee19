/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_REPLY_H
#define KT_FETCH_REPLY_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/source.h"
#include "plan.h"
#include "protocol.h"

/** What a data reply must be. Everything is borrowed. */
typedef struct kt_expected {
    const kt_source *source;
    const char *path; /* of the table's address */
    const kt_wanted *wanted;
    const kt_part *part; /* NULL: a probe, one cell of whatever period is the newest */
} kt_expected;

/** What its envelope says, in the arena. */
typedef struct kt_reply {
    bool is_read;        /* it has an envelope, even where it is not the one expected */
    const char *updated; /* NULL if it does not say */
    const char *period;  /* the last code of the time variable, NULL if there is none */
    size_t cells;
    const char *first_period; /* of an open selection: the oldest, as `period` is the newest */
} kt_reply;

/**
 * KT_OK if the body is a reply in the source's format, of the table where it names one, with
 * exactly the variables and codes that were asked for; of an open selection with exactly those of
 * explicit variables, and something for each code and pattern that is wanted of the open ones. Else
 * KT_ERR_FORMAT with the first difference.
 */
kt_status kt_reply_check(const kt_expected *expected, kt_body body, kt_arena *arena, kt_reply *out,
                         kt_error *err) KT_MUST_CHECK;

/** The part for open selections. */
kt_status kt_reply_check_open(const kt_expected *expected, const kt_envelope *envelope,
                              kt_arena *arena, kt_reply *out, kt_error *err) KT_MUST_CHECK;

#endif
