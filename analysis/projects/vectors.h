/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_ANALYSIS_VECTORS_H
#define KT_ANALYSIS_VECTORS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "analysis/similarity.h"
#include "projects/ngrams.h"

/** An n-gram that several texts have, and its weight in one of them. */
typedef struct kt_text_term {
    uint32_t term;
    float weight; /* seven digits: a cosine is good to 1e-6 */
} kt_text_term;

typedef struct kt_text_vector {
    kt_text_term *at; /* in the order of the terms */
    size_t count;
    bool any; /* the text has an n-gram that counts, if only of its own */
} kt_text_vector;

/** The weight of an n-gram in a text; 0 where it is not shared with any other. */
float kt_similarity_weight(const kt_similarity *texts, size_t text, kt_ngram gram);

const kt_text_vector *kt_similarity_vector(const kt_similarity *texts, size_t text);

/** How many terms there are. */
size_t kt_similarity_terms(const kt_similarity *texts);

kt_ngram_lengths kt_similarity_lengths(const kt_similarity *texts);

const char *kt_similarity_text(const kt_similarity *texts, size_t text);

#endif
