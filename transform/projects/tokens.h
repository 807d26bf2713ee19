/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_PROJECTS_TOKENS_H
#define KT_TRANSFORM_PROJECTS_TOKENS_H

#include <stdbool.h>
#include <stddef.h>

#include "core/arena.h"

/** A word of a text as it was written, with the hyphens inside it: Pohjois-Pohjanmaalla. */
typedef struct token {
    const char *word;
    bool capital;      /* begins with a large letter */
    bool all_capitals; /* and has no small one */
    bool first;        /* begins a sentence, also after a colon or a dash */
    bool open; /* a hyphen follows: the word goes on in a later one (Etelä- ja Pohjois-Savo) */
} token;

typedef struct tokens {
    token *at;
    size_t count;
} tokens;

/** The words of a text in UTF-8; none for NULL and for what is not UTF-8. */
tokens tokens_of(const char *text, kt_arena *arena);

/**
 * True if a stem is in plain words: a word, or words, that begin so ("pitkäaikaistyött"), or with
 * '*' before it that have it anywhere inside ("*yrittäj"); with a blank behind it that end so too
 * ("koko maa ").
 */
bool stem_in(const char *plain, const char *stem);

#endif
