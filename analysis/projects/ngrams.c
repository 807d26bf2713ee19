/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "projects/ngrams.h"

#include <stdlib.h>
#include <string.h>

#define LETTER_BITS 12
#define LAST_LETTER 0xFFFu
#define LENGTH_AT   60
#define BLANK       ' '

/* The letter at text, which is valid UTF-8; size is that of its bytes. */
static uint32_t letter_at(const char *text, size_t *size)
{
    const unsigned char *at = (const unsigned char *)text;
    *size = at[0] < 0x80 ? 1 : at[0] < 0xE0 ? 2 : at[0] < 0xF0 ? 3 : 4;
    const uint32_t first = *size == 1 ? at[0] : at[0] & (0xFFu >> (*size + 1));
    uint32_t letter = first;
    for (size_t i = 1; i < *size; i++) {
        letter = letter << 6 | (at[i] & 0x3Fu);
    }
    return letter < LAST_LETTER ? letter : LAST_LETTER;
}

const char *kt_skip_blanks(const char *text)
{
    return text + strspn(text, " ");
}

size_t kt_word_length(const char *text)
{
    return strcspn(text, " ");
}

/* The letters of a word with a blank before and behind. */
static size_t letters_of(const char *word, size_t length, uint32_t *out)
{
    size_t count = 0, size;
    out[count++] = BLANK;
    for (size_t at = 0; at < length; at += size) {
        out[count++] = letter_at(word + at, &size);
    }
    out[count++] = BLANK;
    return count;
}

static kt_ngram gram_of(const uint32_t *letters, size_t count)
{
    kt_ngram gram = (kt_ngram)count << LENGTH_AT;
    for (size_t i = 0; i < count; i++) {
        gram |= (kt_ngram)letters[i] << (LETTER_BITS * i);
    }
    return gram;
}

/* A word shorter than n letters has no longer n-gram than itself, which counts once. */
static size_t add_word(const uint32_t *letters, size_t count, kt_ngram_lengths lengths,
                       kt_ngram *out)
{
    size_t added = 0;
    for (size_t n = lengths.shortest; n <= lengths.longest; n++) {
        if (count <= n) {
            out[added++] = gram_of(letters, count);
            break;
        }
        for (size_t at = 0; at + n <= count; at++) {
            out[added++] = gram_of(letters + at, n);
        }
    }
    return added;
}

static int by_gram(const void *a, const void *b)
{
    const kt_ngram x = *(const kt_ngram *)a, y = *(const kt_ngram *)b;
    return (x > y) - (x < y);
}

static kt_ngram_list count_each(kt_ngram *grams, size_t count, kt_arena *arena)
{
    kt_ngram_list list = {.at = kt_arena_array(arena, kt_ngram_count, count + 1)};
    qsort(grams, count, sizeof *grams, by_gram);
    for (size_t i = 0; i < count; i++) {
        if (list.count > 0 && list.at[list.count - 1].gram == grams[i]) {
            list.at[list.count - 1].count++;
        } else {
            list.at[list.count++] = (kt_ngram_count){grams[i], 1};
        }
    }
    return list;
}

kt_ngram_list kt_ngrams_of(const char *text, size_t length, kt_ngram_lengths lengths,
                           kt_arena *arena)
{
    const size_t sizes = lengths.longest - lengths.shortest + 1;
    const char *const end = text + length;
    uint32_t *letters = kt_arena_array(arena, uint32_t, length + 2);
    kt_ngram *grams = kt_arena_array(arena, kt_ngram, sizes * 2 * (length + 2));
    size_t count = 0;
    for (const char *at = kt_skip_blanks(text); at < end && *at != '\0';) {
        const size_t word = kt_word_length(at);
        const size_t inside = word < (size_t)(end - at) ? word : (size_t)(end - at);
        count += add_word(letters, letters_of(at, inside, letters), lengths, grams + count);
        at = kt_skip_blanks(at + inside);
    }
    return count_each(grams, count, arena);
}
