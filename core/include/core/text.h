/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_CORE_TEXT_H
#define KT_CORE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "core/error.h"

/**
 * Growing text and small questions about text. A kt_text owns its bytes (malloc); it is always
 * terminated, and never grows past its limit: what comes from outside cannot eat the machine.
 */
typedef struct kt_text {
    char *bytes;   /* terminated; NULL while nothing was added */
    size_t length; /* without the terminator */
    size_t room;
    size_t limit; /* 0 means 1 GiB */
} kt_text;

void kt_text_free(kt_text *text);

/** Forgets the content, keeps the room. */
void kt_text_clear(kt_text *text);

/** Adds length bytes. False if that would pass the limit; the text is then unchanged. */
bool kt_text_add(kt_text *text, const void *bytes, size_t length);

/** Adds terminated text; passing the limit here is a bug and ends the program. */
void kt_text_put(kt_text *text, const char *words);
void kt_text_put_char(kt_text *text, char letter);
void kt_text_print(kt_text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

static inline void kt_auto_text(kt_text *text)
{
    kt_text_free(text);
}

/** True if the bytes are UTF-8 without surrogates and overlong forms; else *at is the first bad
 * byte. */
bool kt_utf8_valid(const char *bytes, size_t length, size_t *at);

/** How long the mark is that some programs put before UTF-8: 3 if the bytes begin with it, else 0.
 */
size_t kt_utf8_mark(const char *bytes, size_t length);

/** How many of the text's first bytes to show: at most `most`, and no half letter of UTF-8. */
int kt_utf8_cut(const char *text, int most);

/** A digit of ASCII, whatever the locale. */
static inline bool kt_is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

bool kt_text_starts(const char *text, const char *start);
bool kt_text_ends(const char *text, const char *end);
/** What stands behind "name: " if the text begins so, else the text: a fault may name its source
 * already. */
const char *kt_text_unnamed(const char *text, const char *name);
/** Both may be NULL. */
bool kt_text_same(const char *a, const char *b);

/** What keeps a text from being a code of the published tables: letters of ASCII, digits, '_', '-'
 * and
 * '.', and not digits alone, which programs take for a number. NULL: nothing. */
const char *kt_text_code_fault(const char *text, size_t length);

/** True if text matches the pattern, in which '*' stands for any run of bytes and '?' for one byte.
 */
bool kt_text_matches(const char *text, const char *pattern);

/** Makes a message one line of UTF-8, whatever a name or a file brought into it: letters that are
 * not seen become blanks, bytes that are no letter, as half of one at which a text was cut, '?'. */
void kt_text_flatten(char *words);

/** How many bytes the letter of UTF-8 has that begins here, if it is not seen: a control character,
 * a line or paragraph separator, a mark that turns the direction of what stands behind it. 0: it is
 * seen, or the text ends. */
size_t kt_utf8_unseen(const char *text);

/** The first such letter of a text. NULL: there is none. */
const char *kt_text_unseen(const char *text);

/** How many letters a text of UTF-8 has. */
size_t kt_utf8_letters(const char *text);

/** For messages: the number of edits between two texts, at most limit + 1. For "did you mean". */
size_t kt_text_distance(const char *a, const char *b, size_t limit);

#endif
