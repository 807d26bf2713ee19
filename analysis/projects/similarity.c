/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "analysis/similarity.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/parallel.h"
#include "core/text.h"
#include "projects/ngrams.h"
#include "projects/vectors.h"

#define ROWS_OF_A_JOB 64
#define NO_TERM       UINT32_MAX

/* Which n-gram is which term: open addressing, the room a power of two. */
typedef struct vocabulary {
    kt_ngram *gram; /* 0: free; no n-gram is */
    uint32_t *term;
    size_t room, count;
    uint32_t *texts_with; /* of each term */
    size_t terms_room;
    kt_arena *arena;
} vocabulary;

static size_t slot_of(const vocabulary *of, kt_ngram gram)
{
    const uint64_t mixed = (gram ^ gram >> 29) * UINT64_C(0x9E3779B97F4A7C15);
    size_t at = (size_t)(mixed >> 20) & (of->room - 1);
    while (of->gram[at] != 0 && of->gram[at] != gram) {
        at = (at + 1) & (of->room - 1);
    }
    return at;
}

static void widen(vocabulary *of)
{
    const vocabulary old = *of;
    of->room = old.room == 0 ? (size_t)1 << 16 : 2 * old.room;
    of->gram = kt_arena_array(of->arena, kt_ngram, of->room);
    of->term = kt_arena_array(of->arena, uint32_t, of->room);
    for (size_t i = 0; i < old.room; i++) {
        if (old.gram[i] != 0) {
            const size_t at = slot_of(of, old.gram[i]);
            of->gram[at] = old.gram[i];
            of->term[at] = old.term[i];
        }
    }
}

static uint32_t term_of(const vocabulary *of, kt_ngram gram)
{
    const size_t at = of->room == 0 ? 0 : slot_of(of, gram);
    return of->room == 0 || of->gram[at] == 0 ? NO_TERM : of->term[at];
}

static uint32_t add_term(vocabulary *of, kt_ngram gram)
{
    if (2 * (of->count + 1) > of->room) {
        widen(of);
    }
    const size_t at = slot_of(of, gram);
    if (of->gram[at] == 0) {
        of->gram[at] = gram;
        of->term[at] = (uint32_t)of->count;
        of->texts_with = kt_arena_grow(of->arena, of->texts_with, of->count, &of->terms_room,
                                       sizeof *of->texts_with);
        of->texts_with[of->count++] = 0;
    }
    return of->term[at];
}

/* A text that has a term, and the term's weight in it. */
typedef struct posting {
    uint32_t text;
    float weight;
} posting;

struct kt_similarity {
    const char *const *texts;
    size_t count;
    kt_similarity_settings settings;
    vocabulary words;
    kt_text_vector *vector;
    size_t *first;     /* of each term: its postings, in the order of the texts */
    posting *postings; /* of terms that several texts have */
};

static kt_ngram_lengths lengths_of(const kt_similarity *of)
{
    return (kt_ngram_lengths){of->settings.shortest, of->settings.longest};
}

static int by_term(const void *a, const void *b)
{
    const kt_text_term *x = a, *y = b;
    return (x->term > y->term) - (x->term < y->term);
}

/* Counts of n-grams, as weights for the time being. */
static void count_terms(kt_similarity *of, size_t text, kt_arena *arena)
{
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("n-grams of a text", 0);
    const kt_ngram_list grams =
        kt_ngrams_of(of->texts[text], strlen(of->texts[text]), lengths_of(of), scratch);
    kt_text_vector *vector = &of->vector[text];
    vector->at = kt_arena_array(arena, kt_text_term, grams.count + 1);
    for (size_t i = 0; i < grams.count; i++) {
        const uint32_t term = add_term(&of->words, grams.at[i].gram);
        of->words.texts_with[term]++;
        vector->at[vector->count++] = (kt_text_term){term, (float)grams.at[i].count};
    }
    qsort(vector->at, vector->count, sizeof *vector->at, by_term);
}

static double weight_of(const kt_similarity *of, const kt_text_term *entry)
{
    const double texts = (double)of->count, with = of->words.texts_with[entry->term];
    if (with > of->settings.df_cap * texts) {
        return 0.0;
    }
    return (1.0 + log((double)entry->weight)) * (log((1.0 + texts) / (1.0 + with)) + 1.0);
}

/* Weights of length one. What no other text has counts in the length and is then let go. */
static void weigh(kt_similarity *of, size_t text)
{
    kt_text_vector *vector = &of->vector[text];
    double squares = 0.0;
    size_t kept = 0;
    for (size_t i = 0; i < vector->count; i++) {
        const double weight = weight_of(of, &vector->at[i]);
        squares += weight * weight;
        if (weight > 0.0 && of->words.texts_with[vector->at[i].term] > 1) {
            vector->at[kept++] = (kt_text_term){vector->at[i].term, (float)weight};
        }
    }
    const double length = sqrt(squares);
    vector->count = kept;
    vector->any = squares > 0.0;
    for (size_t i = 0; i < kept; i++) {
        vector->at[i].weight = (float)((double)vector->at[i].weight / length);
    }
}

static void post(kt_similarity *of, kt_arena *arena)
{
    of->first = kt_arena_array(arena, size_t, of->words.count + 2);
    for (size_t i = 0; i < of->count; i++) {
        for (size_t j = 0; j < of->vector[i].count; j++) {
            of->first[of->vector[i].at[j].term + 2]++;
        }
    }
    for (size_t term = 2; term < of->words.count + 2; term++) {
        of->first[term] += of->first[term - 1];
    }
    of->postings = kt_arena_array(arena, posting, of->first[of->words.count + 1] + 1);
    for (size_t i = 0; i < of->count; i++) {
        for (size_t j = 0; j < of->vector[i].count; j++) {
            const kt_text_term *entry = &of->vector[i].at[j];
            of->postings[of->first[entry->term + 1]++] = (posting){(uint32_t)i, entry->weight};
        }
    }
}

kt_status kt_similarity_new(const char *const *texts, size_t count,
                            const kt_similarity_settings *settings, kt_arena *arena,
                            kt_similarity **out, kt_error *err)
{
    assert(settings->shortest >= 1 && settings->shortest <= settings->longest &&
           settings->longest <= 5);
    kt_similarity *made = kt_arena_new(arena, kt_similarity);
    *made = (kt_similarity){.texts = texts,
                            .count = count,
                            .settings = *settings,
                            .words = {.arena = arena,
                                      .texts_with = kt_arena_array(arena, uint32_t, 1),
                                      .terms_room = 1},
                            .vector = kt_arena_array(arena, kt_text_vector, count + 1)};
    for (size_t i = 0; i < count; i++) {
        size_t bad = 0;
        if (!kt_utf8_valid(texts[i], strlen(texts[i]), &bad)) {
            return kt_fail(err, KT_ERR_DATA, "text %zu: byte %zu is no UTF-8", i + 1, bad + 1);
        }
        count_terms(made, i, arena);
    }
    for (size_t i = 0; i < count; i++) {
        weigh(made, i);
    }
    post(made, arena);
    *out = made;
    return KT_OK;
}

double kt_similarity_of(const kt_similarity *texts, size_t a, size_t b)
{
    const kt_text_vector *left = &texts->vector[a], *right = &texts->vector[b];
    double cosine = 0.0;
    if (a == b) {
        return left->any ? 1.0 : 0.0;
    }
    for (size_t i = 0, j = 0; i < left->count && j < right->count;) {
        const uint32_t x = left->at[i].term, y = right->at[j].term;
        cosine += x == y ? (double)left->at[i].weight * (double)right->at[j].weight : 0.0;
        i += x <= y ? 1 : 0;
        j += y <= x ? 1 : 0;
    }
    return fmin(cosine, 1.0);
}

float kt_similarity_weight(const kt_similarity *texts, size_t text, kt_ngram gram)
{
    const kt_text_vector *vector = &texts->vector[text];
    const kt_text_term wanted = {.term = term_of(&texts->words, gram)};
    const kt_text_term *found = bsearch(&wanted, vector->at, vector->count, sizeof wanted, by_term);
    return found == NULL ? 0.0F : found->weight;
}

const kt_text_vector *kt_similarity_vector(const kt_similarity *texts, size_t text)
{
    return &texts->vector[text];
}

size_t kt_similarity_terms(const kt_similarity *texts)
{
    return texts->words.count;
}

kt_ngram_lengths kt_similarity_lengths(const kt_similarity *texts)
{
    return lengths_of(texts);
}

const char *kt_similarity_text(const kt_similarity *texts, size_t text)
{
    return texts->texts[text];
}

/* Some rows of the triangle of pairs. */
typedef struct rows_job {
    kt_arena *arena;
    kt_similar_pairs found;
    size_t room;
} rows_job;

typedef struct search {
    const kt_similarity *texts;
    double at_least;
    rows_job *jobs;
} search;

/* The first posting of a later text. */
static size_t behind(const kt_similarity *of, uint32_t term, size_t text)
{
    size_t low = of->first[term], high = of->first[term + 1];
    while (low < high) {
        const size_t middle = low + (high - low) / 2;
        if (of->postings[middle].text <= text) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void add_up(const kt_similarity *of, size_t text, double *cosines)
{
    const kt_text_vector *vector = &of->vector[text];
    for (size_t i = 0; i < vector->count; i++) {
        const uint32_t term = vector->at[i].term;
        const double weight = (double)vector->at[i].weight;
        const posting *const end = of->postings + of->first[term + 1];
        for (const posting *at = of->postings + behind(of, term, text); at < end; at++) {
            cosines[at->text] += weight * (double)at->weight;
        }
    }
}

static void keep_pairs(const search *of, size_t a, const double *cosines, rows_job *job)
{
    for (size_t b = a + 1; b < of->texts->count; b++) {
        if (cosines[b] >= of->at_least) {
            kt_similar_pairs *found = &job->found;
            found->at =
                kt_arena_grow(job->arena, found->at, found->count, &job->room, sizeof *found->at);
            found->at[found->count++] = (kt_similar_pair){a, b, fmin(cosines[b], 1.0)};
        }
    }
}

static kt_status search_rows(void *context, size_t index, kt_error *err)
{
    (void)err;
    const search *of = context;
    rows_job *job = &of->jobs[index];
    const size_t count = of->texts->count, first = index * ROWS_OF_A_JOB;
    const size_t end = first + ROWS_OF_A_JOB < count ? first + ROWS_OF_A_JOB : count;
    KT_AUTO(arena) kt_arena *scratch = kt_arena_open("cosines of a text", 0);
    double *cosines = kt_arena_array(scratch, double, count);
    job->arena = kt_arena_open("pairs of texts", 0);
    for (size_t a = first; a < end; a++) {
        memset(cosines, 0, count * sizeof *cosines);
        add_up(of->texts, a, cosines);
        keep_pairs(of, a, cosines, job);
    }
    return KT_OK;
}

static void gather(const search *of, size_t job_count, kt_arena *arena, kt_similar_pairs *out)
{
    size_t count = 0;
    for (size_t i = 0; i < job_count; i++) {
        count += of->jobs[i].found.count;
    }
    *out = (kt_similar_pairs){.at = kt_arena_array(arena, kt_similar_pair, count + 1)};
    for (size_t i = 0; i < job_count; i++) {
        const kt_similar_pairs *found = &of->jobs[i].found;
        if (found->count > 0) {
            memcpy(out->at + out->count, found->at, found->count * sizeof *found->at);
            out->count += found->count;
        }
    }
}

kt_status kt_similarity_pairs(const kt_similarity *texts, double at_least, kt_arena *arena,
                              kt_similar_pairs *out, kt_error *err)
{
    assert(at_least > 0.0);
    const size_t job_count = (texts->count + ROWS_OF_A_JOB - 1) / ROWS_OF_A_JOB;
    search of = {.texts = texts,
                 .at_least = at_least,
                 .jobs = kt_arena_array(arena, rows_job, job_count + 1)};
    const kt_status status = kt_parallel(job_count, texts->settings.threads, search_rows, &of, err);
    if (status == KT_OK) {
        gather(&of, job_count, arena, out);
    }
    for (size_t i = 0; i < job_count; i++) {
        kt_arena_free(of.jobs[i].arena);
    }
    return status;
}
