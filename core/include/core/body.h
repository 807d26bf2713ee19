/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_BODY_H
#define KT_CORE_BODY_H

#include <stdbool.h>
#include <stddef.h>

/** What a body is by its first bytes; what its members or keywords say is for its readers. */
typedef enum kt_body_kind {
    KT_BODY_EMPTY, /* nothing but blanks */
    KT_BODY_OBJECT,
    KT_BODY_ARRAY,
    KT_BODY_PAGE,
    KT_BODY_XML,
    KT_BODY_PX,
    KT_BODY_AGGREGATION, /* .agg and .vs stand beside PX files and hold codes alone */
    KT_BODY_VALUE_SET,
    KT_BODY_PACKED,
    KT_BODY_CSV, /* only expected: at first sight it is plain text */
    KT_BODY_TEXT
} kt_body_kind;

/** The kind of the first bytes behind a byte order mark and blanks. */
kt_body_kind kt_body_kind_of(const char *bytes, size_t length);

/**
 * True for plain text, and for what begins like PX but holds no quote where PX has one: the header
 * "ALUE=koodi;kk" of a CSV.
 */
bool kt_body_may_be_csv(const char *bytes, size_t length);

#endif
