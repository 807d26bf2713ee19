/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_NGRAMS_H
#define KT_ANALYSIS_NGRAMS_H

#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"

/**
 * An n-gram of at most five letters, exactly: twelve bits a letter, which hold the Latin, Greek and
 * Cyrillic ones; letters beyond U+0FFE count as one. Its length stands above them.
 */
typedef uint64_t kt_ngram;

typedef struct kt_ngram_count {
    kt_ngram gram;
    uint32_t count;
} kt_ngram_count;

typedef struct kt_ngram_lengths {
    size_t shortest, longest;
} kt_ngram_lengths;

typedef struct kt_ngram_list {
    kt_ngram_count *at; /* in ascending order, each once */
    size_t count;
} kt_ngram_list;

/** The n-grams of so many bytes of UTF-8, each inside a word that has a blank at either end; a word
 * that is shorter than the shortest is one itself. */
kt_ngram_list kt_ngrams_of(const char *text, size_t length, kt_ngram_lengths lengths,
                           kt_arena *arena);

/** The length of the word at text, which begins with no blank. */
size_t kt_word_length(const char *text);

/** Behind the blanks at text. */
const char *kt_skip_blanks(const char *text);

#endif
