/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_ENVELOPE_PARTS_H
#define KT_CORE_ENVELOPE_PARTS_H

#include <jansson.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/body.h"
#include "core/envelope.h"
#include "core/jsonscan.h"

/*
 * What the readers of envelopes share. A kt_reply is a body with the name it goes by in messages.
 */
typedef struct kt_reply {
    const char *bytes;
    size_t length;
    const char *name;
    kt_arena *arena;
} kt_reply;

static inline kt_reply kt_reply_of(const kt_document *document, kt_arena *arena)
{
    return (kt_reply){document->bytes, document->length, document->name, arena};
}

/**
 * KT_OK if the body is of that kind. Else a line that says what it is and how it begins; of one of
 * the service's error objects, what the service says.
 */
kt_status kt_reply_expect(const kt_reply *reply, kt_body_kind expected,
                          kt_error *err) KT_MUST_CHECK;

/**
 * The members of a reply that is a JSON object, as kt_jsonscan_members. Anything else is refused
 * with a line that says what it is: nothing, a web page, XML, plain text, broken or cut JSON.
 */
kt_status kt_reply_members(const kt_reply *reply, const char *const *keys, kt_jsonspan *values,
                           kt_error *err) KT_MUST_CHECK;

/**
 * For a JSON object that is not the expected kind: says what the service says, if it is one of its
 * error objects, else what was expected ("expected a JSON-stat data set").
 */
kt_status kt_reply_refuse(const kt_reply *reply, const char *expected, kt_error *err) KT_MUST_CHECK;

/** A small member as a jansson value, to be released by the caller. what names it in messages. */
kt_status kt_reply_parse(const kt_reply *reply, kt_jsonspan span, const char *what, json_t **out,
                         kt_error *err) KT_MUST_CHECK;

/** A member that is a text, in the arena; NULL if it is absent or null. */
kt_status kt_reply_text(const kt_reply *reply, kt_jsonspan span, const char *what, const char **out,
                        kt_error *err) KT_MUST_CHECK;

/** KT_ERR_FORMAT for more dimensions than any table has. */
kt_status kt_reply_dimensions(const kt_reply *reply, size_t count, kt_error *err) KT_MUST_CHECK;

/** Fills envelope->cells from the sizes. KT_ERR_FORMAT above limit. */
kt_status kt_envelope_count(const kt_reply *reply, kt_envelope *envelope, size_t limit,
                            kt_error *err) KT_MUST_CHECK;

/** A member of an object that is a text, copied; NULL if it is absent or something else. */
const char *kt_text_member(const json_t *object, const char *key, kt_arena *arena);

#endif
