/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_CHARSET_H
#define KT_CORE_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * Text of older programs as UTF-8. Only the character sets that offices of statistics write are
 * known, by their usual names in any case and with or without '-' and '_': UTF-8, US-ASCII,
 * ISO 8859, Windows code pages, and those of DOS.
 */

/** True if a file may say that it is in this set. */
bool kt_charset_known(const char *charset);

/** A text in some character set; name is for messages. */
typedef struct kt_charset_text {
    const char *bytes;
    size_t length;
    const char *charset;
    const char *name;
} kt_charset_text;

/**
 * The text in UTF-8, terminated, without a byte order mark. Bytes that are valid UTF-8 stay as they
 * are whatever set is named: pairs such as 0xC3 0xB6 are no letters of any word in another set, and
 * a file that was saved anew keeps its old declaration. KT_ERR_FORMAT for a set that is not known,
 * a byte that is no letter of it and a NUL byte.
 */
kt_status kt_charset_decode(kt_charset_text text, kt_arena *arena, char **out, size_t *out_length,
                            kt_error *err) KT_MUST_CHECK;

#endif
