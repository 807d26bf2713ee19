/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_PAGES_LANGUAGE_H
#define KT_PAGES_LANGUAGE_H

#include "core/arena.h"
#include "core/problems.h"
#include "core/source.h"

/**
 * The words of a language, config/i18n/<language>.json: every sentence of the pages with the names
 * of what is filled in, months, and how numbers are written. Numbers are written as a reader of the
 * language expects them; the figures themselves are those of the published files.
 */
typedef enum kt_word {
#define KT_WORD(name, slots) KT_WORD_##name,
#include "pages/words.def"
#undef KT_WORD
    KT_WORDS
} kt_word;

typedef struct kt_language {
    const char *name;      /* fi, sv, en */
    const char *thousands; /* between groups of three digits */
    const char *decimal;
    const char *months[12];
    const char *word[KT_WORDS];
} kt_language;

/** NULL where something is wrong, which is then told. */
kt_language *kt_language_load(const char *path, kt_arena *arena, kt_problems *problems);

/** The word of that name, or KT_WORDS. */
kt_word kt_word_named(const char *name);

/** The words with what is filled in, in the order of words.def; NULL where nothing is. */
const char *kt_say(const kt_language *in, kt_word word, const char *const *filled, kt_arena *arena);

/** What the contract says in three languages; English where it lacks this one. */
const char *kt_say_title(const kt_language *in, const kt_words *title);

/** A published number with so many decimals, a whole one without any: "1 234,5". What is no number
 * stays as it is. */
const char *kt_say_number(const kt_language *in, const char *cell, int decimals, kt_arena *arena);

/** A share as percent: "12,3 %". */
const char *kt_say_share(const kt_language *in, const char *cell, kt_arena *arena);

/** "2026M06" as "kesäkuu 2026"; other periods as a reader writes them. */
const char *kt_say_period(const kt_language *in, const char *cell, kt_arena *arena);

/** "2026M06" as "6/2026", for labels; with two digits of the year where digits is 2. */
const char *kt_say_month(const char *cell, int digits, kt_arena *arena);

/** "2026-06-01" as the language writes a day. */
const char *kt_say_day(const kt_language *in, const char *cell, kt_arena *arena);

#endif
