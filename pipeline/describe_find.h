/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PIPELINE_DESCRIBE_FIND_H
#define KT_PIPELINE_DESCRIBE_FIND_H

#include "core/arena.h"
#include "core/error.h"
#include "describe.h"
#include "fetch/fetch.h"

/** What stands at an address or in a file: a table, or a list of what is below. */
typedef struct kt_found {
    kt_described table;  /* if listing is NULL; without the known sources */
    const char *listing; /* lines: address, tab, title */
} kt_found;

/**
 * Looks at an address (http:// or https://) or a file, with a data set's name behind a '#' where it
 * holds several. Recognised are tables, folders and services of PxWeb 1 and 2, JSON-stat, PX-JSON,
 * PX. KT_ERR_FORMAT says what it is instead, and what was expected.
 */
kt_status kt_describe_find(const char *word, const kt_fetch_options *options, kt_arena *arena,
                           kt_found *out, kt_error *err) KT_MUST_CHECK;

/** What a body is by its first bytes and members, for the above. */
typedef enum kt_found_kind {
    KT_FOUND_UNKNOWN,
    KT_FOUND_WEB_PAGE,
    KT_FOUND_PXWEB_TABLE,  /* metadata of version 1 */
    KT_FOUND_PXWEB_LIST,   /* a folder, or the databases */
    KT_FOUND_PXWEB2_LIST,  /* tables */
    KT_FOUND_PXWEB2_TABLE, /* where the parts of a table are */
    KT_FOUND_JSONSTAT,
    KT_FOUND_PXJSON,
    KT_FOUND_PX,
} kt_found_kind;

kt_found_kind kt_found_kind_of(const char *bytes, size_t length);

/** The lines of a list of version 1: what is below that address. */
kt_status kt_pxweb_listing(const char *address, const char *bytes, size_t length, kt_arena *arena,
                           const char **out, kt_error *err) KT_MUST_CHECK;

/** Adds the lines of a page of version 2 below that base, and says how many pages there are. */
kt_status kt_pxweb2_listing(const char *base_url, const char *bytes, size_t length, kt_text *out,
                            size_t *pages, kt_error *err) KT_MUST_CHECK;

/** "12r5" of "tyonv/12r5.px": what the id of a source may be made of. */
const char *kt_source_id_of(const char *path, kt_arena *arena);

#endif
