/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_JSONSCAN_H
#define KT_CORE_JSONSCAN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

/**
 * A strict scanner over JSON in memory that allocates nothing: it says where the members of an
 * object or the elements of an array begin and end. Replies with a million figures are read with
 * it, so that jansson gets the small members alone and the figures are scanned where they stand.
 *
 * What it passes over is checked by the JSON grammar (RFC 8259): numbers, strings, their escapes
 * and UTF-8, nesting of at most KT_JSONSCAN_DEPTH. It does not look for duplicate keys, except of
 * the keys that kt_jsonscan_members is asked for. Messages give name and the offset of the byte.
 */
#define KT_JSONSCAN_DEPTH 64

/** Bytes of the scanned text; borrowed, not terminated. */
typedef struct kt_jsonspan {
    const char
        *start; /* NULL: absent. Of a value its first byte tells its kind: { [ " t f n - 0..9 */
    const char *end; /* one past the last byte */
    size_t count;    /* elements of an array, members of an object, else 0 */
} kt_jsonspan;

/** A walk over one object or array; its fields are private. */
typedef struct kt_jsonscan {
    const char *begin, *at, *end;
    const char *name;
    bool object, fresh;
} kt_jsonscan;

/**
 * Starts a walk over the object or array that the bytes are, blanks around it allowed. name is for
 * messages and borrowed. KT_ERR_FORMAT for anything else.
 */
kt_status kt_jsonscan_open(const char *bytes, size_t length, const char *name, kt_jsonscan *scan,
                           kt_error *err) KT_MUST_CHECK;

/**
 * The next member or element, checked through: *key is what stands between the quotes, escapes as
 * they were written (absent in an array); *value has no blanks around it. *more is false when there
 * was none left; then it is also sure that nothing follows.
 */
kt_status kt_jsonscan_next(kt_jsonscan *scan, kt_jsonspan *key, kt_jsonspan *value, bool *more,
                           kt_error *err) KT_MUST_CHECK;

/**
 * Walks the whole object and gives the value of each key of the NULL-ended list, in its order;
 * start is NULL where it is absent. One of the keys twice is KT_ERR_FORMAT.
 */
kt_status kt_jsonscan_members(const char *bytes, size_t length, const char *name,
                              const char *const *keys, kt_jsonspan *values,
                              kt_error *err) KT_MUST_CHECK;

/** True if the span holds exactly these bytes. */
bool kt_jsonspan_is(kt_jsonspan span, const char *bytes);

static inline size_t kt_jsonspan_length(kt_jsonspan span)
{
    return (size_t)(span.end - span.start);
}

#endif
