/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_FETCH_URL_H
#define KT_FETCH_URL_H

#include <stdbool.h>

#include "core/arena.h"
#include "core/text.h"
#include "fetch/fetch.h"

/** Questions about web addresses, as far as fetch needs them; no general parser. */

/** "pxdata.stat.fi" or "127.0.0.1:8081", in lower case; NULL if url has no host. */
char *kt_url_host(const char *url, kt_arena *arena);

/** True if scheme, host and port are the same. */
bool kt_url_same_host(const char *a, const char *b);

/** True if url is http or https on this very machine. */
bool kt_url_is_loopback(const char *url);

/** url with the start of the first fitting redirect replaced; url itself if none fits. */
const char *kt_url_redirect(const char *url, const kt_redirect *redirects, size_t count,
                            kt_arena *arena);

/** Adds text with everything escaped that may not stand in a path or an argument of an address. */
void kt_url_put(kt_text *url, const char *text);

/** Adds text that such escapes were taken out of. */
void kt_url_take(kt_text *text, const char *from, const char *end);

/** base + "/" + path, with everything in path escaped that may not stand in an address. */
char *kt_url_join(const char *base, const char *path, kt_arena *arena);

/** The same for an address as a browser shows it: "data.json?lang=fi&name=a%20b" stays as it is. */
char *kt_url_join_written(const char *base, const char *address, kt_arena *arena);

#endif
