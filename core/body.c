/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/body.h"

#include <string.h>
#include <strings.h>

#include "core/text.h"

#define LANGUAGE_MOST 16 /* letters between the brackets of VALUES[sv] */

static const char blanks[] = " \t\r\n";

/* The letter at that place, NUL behind the last one. */
static char letter_at(const char *start, size_t left, size_t at)
{
    if (at >= left) {
        return '\0';
    }
    return start[at];
}

static size_t past_blanks(const char *start, size_t left, size_t at)
{
    while (letter_at(start, left, at) != '\0' && strchr(blanks, start[at]) != NULL) {
        at++;
    }
    return at;
}

static bool begins(const char *start, size_t left, const char *word)
{
    const size_t length = strlen(word);
    return left >= length && strncasecmp(start, word, length) == 0;
}

/* What stands behind a keyword in capitals and its language, and what behind that. */
typedef struct px_sign {
    char sign, next;
} px_sign;

static px_sign find_sign(const char *start, size_t left)
{
    size_t at = 0;
    while ((letter_at(start, left, at) >= 'A' && start[at] <= 'Z') ||
           letter_at(start, left, at) == '-') {
        at++;
    }
    if (at < 4) {
        return (px_sign){0};
    }
    at = past_blanks(start, left, at);
    if (letter_at(start, left, at) == '[') {
        const size_t most = left - at < LANGUAGE_MOST ? left - at : LANGUAGE_MOST;
        const char *close = memchr(start + at, ']', most);
        at = close == NULL ? left : past_blanks(start, left, (size_t)(close + 1 - start));
    }
    return (px_sign){.sign = letter_at(start, left, at),
                     .next = letter_at(start, left, past_blanks(start, left, at + 1))};
}

/* CHARSET="ANSI"; or VALUES[sv]("Alue")=; "ALUE (koodi);" is the first column of a CSV. */
static bool is_px(const char *start, size_t left)
{
    const px_sign found = find_sign(start, left);
    return found.sign == '=' || (found.sign == '(' && found.next == '"');
}

static size_t beginning_of(const char *bytes, size_t length)
{
    return past_blanks(bytes, length, kt_utf8_mark(bytes, length));
}

kt_body_kind kt_body_kind_of(const char *bytes, size_t length)
{
    static const struct {
        const char *word;
        kt_body_kind kind;
    } beginnings[] = {
        {"[Aggreg]", KT_BODY_AGGREGATION},
        {"[Descr]", KT_BODY_VALUE_SET},
        {"<!DOCTYPE", KT_BODY_PAGE},
        {"<html", KT_BODY_PAGE},
        {"PK\x03\x04", KT_BODY_PACKED},
        {"\x1f\x8b", KT_BODY_PACKED},
        {"{", KT_BODY_OBJECT},
        {"[", KT_BODY_ARRAY},
        {"<", KT_BODY_XML},
    };
    const size_t at = beginning_of(bytes, length);
    const size_t left = length - at;
    if (left == 0) {
        return KT_BODY_EMPTY;
    }
    for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
        if (begins(bytes + at, left, beginnings[i].word)) {
            return beginnings[i].kind;
        }
    }
    return is_px(bytes + at, left) ? KT_BODY_PX : KT_BODY_TEXT;
}

bool kt_body_may_be_csv(const char *bytes, size_t length)
{
    const kt_body_kind kind = kt_body_kind_of(bytes, length);
    const size_t at = beginning_of(bytes, length);
    return kind == KT_BODY_TEXT ||
           (kind == KT_BODY_PX && find_sign(bytes + at, length - at).next != '"');
}
