/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PROJECTS_WRONG_LETTERS_H
#define KT_PROJECTS_WRONG_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/**
 * Signs of a text that was once read as another set than it was in, though each of its bytes is a
 * letter now: UTF-8 read twice ("HÃ¤meen"), letters that became '?' ("H?meen"), letters of DOS or
 * of an old Macintosh ("p„tk„", "pŠtkŠ"). One such word is a slip of whoever wrote it; many beside
 * few right letters are the text's.
 */
typedef struct wrong_letters {
    size_t right; /* letters beyond ASCII that may well stand there */
    size_t wrong;
    size_t lost; /* '?' inside words, which may be a question all the same */
} wrong_letters;

/** A word with such a letter. */
typedef struct wrong_word {
    size_t at; /* byte of the letter */
    const char *why;
} wrong_word;

/** Adds the letters of a text in UTF-8; true if any is wrong, and *out is then the first. */
bool wrong_letters_add(wrong_letters *of, const char *text, size_t length, wrong_word *out);

/** True if the text should not be read: more than one letter in ten is wrong, and more than one in
 * all unless there is no right one. */
bool wrong_letters_spoil(const wrong_letters *of);

/** "\"H?meen\" has lost a letter (wrong letters: 12, right ones: 0)"; in the arena. */
const char *wrong_letters_words(const wrong_letters *of, const char *text, size_t length,
                                const wrong_word *first, kt_arena *arena);

#endif
