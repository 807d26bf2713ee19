/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "projects/vectors.h"

/* A word that adds less than this share of the likeness explains nothing. */
#define LEAST_SHARE 0.05

/* What a word of a has in common with b: n-grams, as places in the list of those of all words. */
typedef struct word {
    const char *at;
    size_t length;
    size_t *grams;
    size_t gram_count;
    bool taken;
} word;

typedef struct explaining {
    kt_ngram_list grams; /* of the whole text */
    double *product;     /* of each: its weights in both texts; 0 once it is explained */
    word *words;
    size_t word_count;
} explaining;

static int by_gram(const void *a, const void *b)
{
    const kt_ngram_count *x = a, *y = b;
    return (x->gram > y->gram) - (x->gram < y->gram);
}

static void add_word(explaining *of, const char *at, size_t length, kt_ngram_lengths lengths,
                     kt_arena *arena)
{
    const kt_ngram_list own = kt_ngrams_of(at, length, lengths, arena);
    word made = {.at = at, .length = length, .grams = kt_arena_array(arena, size_t, own.count + 1)};
    for (size_t i = 0; i < own.count; i++) {
        const kt_ngram_count *found =
            bsearch(&own.at[i], of->grams.at, of->grams.count, sizeof own.at[i], by_gram);
        if (found != NULL) {
            made.grams[made.gram_count++] = (size_t)(found - of->grams.at);
        }
    }
    of->words[of->word_count++] = made;
}

static void open_words(explaining *of, const char *text, kt_ngram_lengths lengths, kt_arena *arena)
{
    of->words = kt_arena_array(arena, word, strlen(text) / 2 + 2);
    for (const char *at = kt_skip_blanks(text); *at != '\0';) {
        const size_t length = kt_word_length(at);
        add_word(of, at, length, lengths, arena);
        at = kt_skip_blanks(at + length);
    }
}

static double explained_by(const explaining *of, const word *one)
{
    double sum = 0.0;
    for (size_t i = 0; i < one->gram_count; i++) {
        sum += of->product[one->grams[i]];
    }
    return sum;
}

/* The word that explains most of what is left, the first of equal ones; NULL if none does. */
static word *best_of(const explaining *of, double at_least)
{
    word *best = NULL;
    double most = at_least;
    for (size_t i = 0; i < of->word_count; i++) {
        const double sum = of->words[i].taken ? 0.0 : explained_by(of, &of->words[i]);
        if (sum > most) {
            most = sum;
            best = &of->words[i];
        }
    }
    return best;
}

size_t kt_similarity_shared(const kt_similarity *texts, size_t a, size_t b, size_t most,
                            kt_arena *arena, const char **out)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("words in common", 0);
    const char *text = kt_similarity_text(texts, a);
    const kt_ngram_lengths lengths = kt_similarity_lengths(texts);
    explaining of = {.grams = kt_ngrams_of(text, strlen(text), lengths, scratch)};
    of.product = kt_arena_array(scratch, double, of.grams.count + 1);
    double cosine = 0.0;
    for (size_t i = 0; i < of.grams.count; i++) {
        of.product[i] = (double)kt_similarity_weight(texts, a, of.grams.at[i].gram) *
                        (double)kt_similarity_weight(texts, b, of.grams.at[i].gram);
        cosine += of.product[i];
    }
    open_words(&of, text, lengths, scratch);
    size_t count = 0;
    for (word *one; count < most && (one = best_of(&of, LEAST_SHARE * cosine)) != NULL; count++) {
        out[count] = kt_arena_copy_n(arena, one->at, one->length);
        one->taken = true;
        for (size_t i = 0; i < one->gram_count; i++) {
            of.product[one->grams[i]] = 0.0;
        }
    }
    return count;
}
