/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/charset.h"

#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"

#define NAME_SIZE 32

/* By the name without '-', '_' and blanks, in small letters; iconv's name for it. */
static const struct charset {
    const char *plain, *iconv_name;
} charsets[] = {
    {"utf8", "UTF-8"},
    {"ascii", "ISO-8859-1"},
    {"usascii", "ISO-8859-1"},
    {"iso88591", "ISO-8859-1"},
    {"latin1", "ISO-8859-1"},
    {"iso88592", "ISO-8859-2"},
    {"iso88594", "ISO-8859-4"},
    {"iso88595", "ISO-8859-5"},
    {"iso88597", "ISO-8859-7"},
    {"iso88599", "ISO-8859-9"},
    {"iso885910", "ISO-8859-10"},
    {"iso885913", "ISO-8859-13"},
    {"iso885914", "ISO-8859-14"},
    {"iso885915", "ISO-8859-15"},
    {"latin9", "ISO-8859-15"},
    {"windows1250", "CP1250"},
    {"cp1250", "CP1250"},
    {"windows1251", "CP1251"},
    {"cp1251", "CP1251"},
    {"windows1252", "CP1252"},
    {"cp1252", "CP1252"},
    {"ansi", "CP1252"},
    {"windows1253", "CP1253"},
    {"cp1253", "CP1253"},
    {"windows1254", "CP1254"},
    {"cp1254", "CP1254"},
    {"windows1257", "CP1257"},
    {"cp1257", "CP1257"},
    {"cp437", "CP437"},
    {"ibm437", "CP437"},
    {"cp775", "CP775"},
    {"cp850", "CP850"},
    {"ibm850", "CP850"},
    {"oem", "CP850"},
    {"cp852", "CP852"},
    {"cp857", "CP857"},
    {"cp861", "CP861"},
    {"cp865", "CP865"},
    {"cp866", "CP866"},
};

static char small(char letter)
{
    if (letter >= 'A' && letter <= 'Z') {
        return (char)(letter | 0x20);
    }
    return letter;
}

static const struct charset *find_charset(const char *name)
{
    char plain[NAME_SIZE];
    size_t length = 0;
    for (const char *at = name; *at != '\0'; at++) {
        if (strchr("-_ ", *at) != NULL) {
            continue;
        }
        if (length + 1 == NAME_SIZE) {
            return NULL;
        }
        plain[length++] = small(*at);
    }
    plain[length] = '\0';
    for (size_t i = 0; i < sizeof charsets / sizeof charsets[0]; i++) {
        if (strcmp(plain, charsets[i].plain) == 0) {
            return &charsets[i];
        }
    }
    return NULL;
}

bool kt_charset_known(const char *charset)
{
    return find_charset(charset) != NULL;
}

static inline void kt_auto_iconv(iconv_t *handle)
{
    (void)iconv_close(*handle);
}

/* Every set above writes a letter in one byte, and UTF-8 needs at most three for it. */
static kt_status convert(const kt_charset_text *text, const struct charset *charset,
                         kt_arena *arena, char **out, size_t *out_length, kt_error *err)
{
    KT_AUTO(iconv) iconv_t handle = iconv_open("UTF-8", charset->iconv_name);
    if (handle == (iconv_t)-1) { /* NOLINT: how iconv says so */
        return kt_fail(err, KT_ERR_CONFIG, "%s: this machine does not know the character set %s",
                       text->name, charset->iconv_name);
    }
    size_t wide = 0;
    for (size_t i = 0; i < text->length; i++) {
        wide += (unsigned char)text->bytes[i] > 0x7f;
    }
    const size_t room = text->length + 2 * wide;
    char *made = kt_arena_take(arena, room + 1, 1);
    char *from = (char *)(uintptr_t)text->bytes; /* iconv never writes to it */
    char *to = made;
    size_t left = text->length;
    size_t free_bytes = room;
    if (iconv(handle, &from, &left, &to, &free_bytes) == (size_t)-1 || left > 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu (0x%02x) is no letter of %s", text->name,
                       text->length - left, (unsigned)(unsigned char)*from, text->charset);
    }
    *out = made;
    *out_length = room - free_bytes;
    return KT_OK;
}

kt_status kt_charset_decode(kt_charset_text text, kt_arena *arena, char **out, size_t *out_length,
                            kt_error *err)
{
    const char *const nul = memchr(text.bytes, '\0', text.length);
    size_t bad = 0;
    if (nul != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu: a NUL byte, expected text", text.name,
                       (size_t)(nul - text.bytes));
    }
    const struct charset *charset = find_charset(text.charset);
    if (charset == NULL) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: the character set \"%.40s\", expected utf-8, iso-8859-1, "
                       "windows-1252 or another one of their kinds",
                       text.name, text.charset);
    }
    const size_t skip = kt_utf8_mark(text.bytes, text.length);
    if (kt_utf8_valid(text.bytes + skip, text.length - skip, &bad)) {
        *out = kt_arena_copy_n(arena, text.bytes + skip, text.length - skip);
        *out_length = text.length - skip;
        return KT_OK;
    }
    if (skip > 0 || strcmp(charset->iconv_name, "UTF-8") == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu: not UTF-8", text.name, skip + bad);
    }
    return convert(&text, charset, arena, out, out_length, err);
}
