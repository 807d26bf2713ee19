/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_PAGE_H
#define KT_FETCH_PAGE_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"
#include "fetch/fetch.h"

/** What stands at any address: one GET, within limits and with retries as a fetch has them. Nothing
 * is archived, and nothing is understood. */
typedef struct kt_page {
    const char *bytes; /* in the arena, terminated at length */
    size_t length;
} kt_page;

/**
 * Asks for the address, of which options has to have a limiter's folder. KT_ERR_UNREACHED if no
 * answer came, KT_ERR_HTTP if it was none of HTTP 200, KT_ERR_CONFIG if that is no address.
 */
kt_status kt_fetch_page(const kt_fetch_options *options, const char *url, kt_arena *arena,
                        kt_page *out, kt_error *err) KT_MUST_CHECK;

#endif
