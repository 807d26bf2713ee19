/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_REPLY_H
#define KT_FETCH_REPLY_H

#include "core/arena.h"
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
    const char *updated; /* NULL if it does not say */
    const char *period;  /* the last code of the time variable, NULL if there is none */
} kt_reply;

/**
 * KT_OK if the body is a reply in the source's format, of the table where it names one, with
 * exactly the variables and codes that were asked for; else KT_ERR_FORMAT with the first
 * difference.
 */
kt_status kt_reply_check(const kt_expected *expected, kt_body body, kt_arena *arena, kt_reply *out,
                         kt_error *err) KT_MUST_CHECK;

#endif
