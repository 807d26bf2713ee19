/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_SIMILARITY_H
#define KT_ANALYSIS_SIMILARITY_H

#include <stddef.h>

#include "core/arena.h"
#include "core/error.h"

/**
 * How alike texts are: the cosine of their character n-grams, weighed by TF-IDF. Words are taken as
 * they stand (lower case, without marks and with one blank between them: whoever prepares them has
 * also taken out what says nothing, as names of places); n-grams lie inside a word, which is given
 * a blank at either end, so inflection and compounds of Finnish leave most of them in common. With
 * N texts, df of them with the n-gram and tf of it in this one,
 *
 *     weight = (1 + ln tf) (ln((1 + N) / (1 + df)) + 1),
 *
 * over the length of the text's weights. n-grams of more than df_cap of the texts are left out.
 * Reference: scikit-learn's TfidfVectorizer (analyzer char_wb, sublinear_tf, max_df).
 */
typedef struct kt_similarity_settings {
    size_t shortest, longest; /* of an n-gram, in letters: 3 and 5; at most 5 */
    double df_cap;            /* 0.2 */
    unsigned threads;
} kt_similarity_settings;

typedef struct kt_similarity kt_similarity;

/** Everything in the arena; the texts are borrowed. KT_ERR_DATA for a text that is not UTF-8. */
kt_status kt_similarity_new(const char *const *texts, size_t count,
                            const kt_similarity_settings *settings, kt_arena *arena,
                            kt_similarity **out, kt_error *err) KT_MUST_CHECK;

/** 0 to 1, and 1 of a text with itself; 0 where one of them has no n-gram. */
double kt_similarity_of(const kt_similarity *texts, size_t a, size_t b);

typedef struct kt_similar_pair {
    size_t a, b; /* a < b */
    double cosine;
} kt_similar_pair;

typedef struct kt_similar_pairs {
    kt_similar_pair *at; /* by a, then b */
    size_t count;
} kt_similar_pairs;

/** All pairs of at least that cosine, which is above 0. */
kt_status kt_similarity_pairs(const kt_similarity *texts, double at_least, kt_arena *arena,
                              kt_similar_pairs *out, kt_error *err) KT_MUST_CHECK;

/**
 * The words of a that make its likeness to b: the one that has most of it, then the one that has
 * most of the rest, and so on while a word adds a twentieth of the whole. At most so many; the
 * number found is returned.
 */
size_t kt_similarity_shared(const kt_similarity *texts, size_t a, size_t b, size_t most,
                            kt_arena *arena, const char **out);

#endif
