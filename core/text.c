/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/text.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DEFAULT_LIMIT ((size_t)1 << 30)
#define FIRST_ROOM    256
#define EXIT_BUG      70

void kt_text_free(kt_text *text)
{
    free(text->bytes);
    *text = (kt_text){.limit = text->limit};
}

void kt_text_clear(kt_text *text)
{
    text->length = 0;
    if (text->bytes != NULL) {
        text->bytes[0] = '\0';
    }
}

static size_t limit_of(const kt_text *text)
{
    return text->limit == 0 ? DEFAULT_LIMIT : text->limit;
}

static bool make_room(kt_text *text, size_t more)
{
    if (more > limit_of(text) || text->length > limit_of(text) - more) {
        return false;
    }
    const size_t needed = text->length + more + 1;
    if (needed <= text->room) {
        return true;
    }
    size_t room = text->room == 0 ? FIRST_ROOM : text->room;
    while (room < needed) {
        room *= 2;
    }
    char *grown = realloc(text->bytes, room);
    if (grown == NULL) {
        return false;
    }
    text->bytes = grown;
    text->room = room;
    return true;
}

bool kt_text_add(kt_text *text, const void *bytes, size_t length)
{
    if (!make_room(text, length)) {
        return false;
    }
    if (length > 0) {
        memcpy(text->bytes + text->length, bytes, length);
    }
    text->length += length;
    text->bytes[text->length] = '\0';
    return true;
}

static void put(kt_text *text, const char *bytes, size_t length)
{
    if (!kt_text_add(text, bytes, length)) {
        fprintf(stderr, "kohtaanto: a text of ours passes %zu bytes\n", limit_of(text));
        exit(EXIT_BUG);
    }
}

void kt_text_put(kt_text *text, const char *words)
{
    put(text, words, strlen(words));
}

void kt_text_put_char(kt_text *text, char letter)
{
    put(text, &letter, 1);
}

void kt_text_print(kt_text *text, const char *format, ...)
{
    char small[512];
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    const int length = vsnprintf(small, sizeof small, format, args);
    va_end(args);
    if (length >= 0 && (size_t)length < sizeof small) {
        put(text, small, (size_t)length);
    } else if (length >= 0) {
        char *large = malloc((size_t)length + 1);
        if (large != NULL) {
            vsnprintf(large, (size_t)length + 1, format, again);
            put(text, large, (size_t)length);
        }
        free(large);
    }
    va_end(again);
}

/* The bytes that may start a sequence of more than one byte, its length, and what its second byte
 * may be (Unicode, table 3-7); each further byte is 80..BF. */
static const struct sequence {
    unsigned char first, last, length, least, most;
} sequences[] = {
    {0xC2, 0xDF, 2, 0x80, 0xBF}, {0xE0, 0xE0, 3, 0xA0, 0xBF}, {0xE1, 0xEC, 3, 0x80, 0xBF},
    {0xED, 0xED, 3, 0x80, 0x9F}, {0xEE, 0xEF, 3, 0x80, 0xBF}, {0xF0, 0xF0, 4, 0x90, 0xBF},
    {0xF1, 0xF3, 4, 0x80, 0xBF}, {0xF4, 0xF4, 4, 0x80, 0x8F},
};

static const struct sequence *sequence_of(unsigned char first)
{
    for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++) {
        if (first >= sequences[i].first && first <= sequences[i].last) {
            return &sequences[i];
        }
    }
    return NULL;
}

/* Length of the well-formed UTF-8 sequence at p, 0 if there is none. */
static size_t sequence_length(const unsigned char *p, size_t rest)
{
    if (p[0] < 0x80) {
        return 1;
    }
    const struct sequence *kind = sequence_of(p[0]);
    if (kind == NULL || rest < kind->length || p[1] < kind->least || p[1] > kind->most) {
        return 0;
    }
    for (size_t i = 2; i < kind->length; i++) {
        if ((p[i] & 0xC0) != 0x80) {
            return 0;
        }
    }
    return kind->length;
}

bool kt_utf8_valid(const char *bytes, size_t length, size_t *at)
{
    size_t step = 1;
    for (size_t i = 0; i < length; i += step) {
        step = sequence_length((const unsigned char *)bytes + i, length - i);
        if (step == 0 && at != NULL) {
            *at = i;
        }
        if (step == 0) {
            return false;
        }
    }
    return true;
}

size_t kt_utf8_mark(const char *bytes, size_t length)
{
    return length >= 3 && memcmp(bytes, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

int kt_utf8_cut(const char *text, int most)
{
    const size_t length = strnlen(text, (size_t)most + 1);
    if (length <= (size_t)most) {
        return (int)length;
    }
    int cut = most;
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80) {
        cut--;
    }
    return cut;
}

bool kt_text_starts(const char *text, const char *start)
{
    return strncmp(text, start, strlen(start)) == 0;
}

bool kt_text_ends(const char *text, const char *end)
{
    const size_t length = strlen(text), tail = strlen(end);
    return length >= tail && strcmp(text + length - tail, end) == 0;
}

const char *kt_text_unnamed(const char *text, const char *name)
{
    const size_t length = strlen(name);
    const bool is_named = kt_text_starts(text, name) && kt_text_starts(text + length, ": ");
    return text + (is_named ? length + 2 : 0);
}

bool kt_text_same(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

/* Greedy with one point to come back to: the newest star. */
const char *kt_text_code_fault(const char *text, size_t length)
{
    bool letters = false;
    for (size_t i = 0; i < length; i++) {
        const char at = text[i];
        const bool letter = (at >= 'A' && at <= 'Z') || (at >= 'a' && at <= 'z') || at == '_';
        if (!letter && !kt_is_digit(at) && at != '-' && at != '.') {
            return "expected a code of letters, digits, '_', '-' and '.'";
        }
        letters = letters || letter;
    }
    return letters ? NULL : "a code of digits alone, which programs take for a number";
}

bool kt_text_matches(const char *text, const char *pattern)
{
    const char *star = NULL, *resume = NULL;
    while (*text != '\0') {
        if (*pattern == '*') {
            star = pattern++;
            resume = text;
        } else if (*pattern == '?' || *pattern == *text) {
            pattern++;
            text++;
        } else if (star != NULL) {
            pattern = star + 1;
            text = ++resume;
        } else {
            return false;
        }
    }
    while (*pattern == '*') {
        pattern++;
    }
    return *pattern == '\0';
}

size_t kt_utf8_unseen(const char *text)
{
    static const struct {
        unsigned char bytes[3];
        unsigned char last; /* the letters up to the one that ends with it */
    } ranges[] = {
        {{0xc2, 0x80}, 0x9f},       /* controls */
        {{0xd8, 0x9c}, 0x9c},       /* the mark of Arabic letters */
        {{0xe2, 0x80, 0x8e}, 0x8f}, /* marks of a direction */
        {{0xe2, 0x80, 0xa8}, 0xae}, /* separators, embeddings, overrides */
        {{0xe2, 0x81, 0xa6}, 0xa9}, /* isolates */
    };
    const unsigned char *at = (const unsigned char *)text;
    if (at[0] < 0x80) {
        return at[0] < 0x20 || at[0] == 0x7f ? 1 : 0;
    }
    for (size_t i = 0; i < sizeof ranges / sizeof ranges[0]; i++) {
        const unsigned char *of = ranges[i].bytes;
        const size_t length = of[2] == 0 ? 2 : 3;
        if (memcmp(at, of, length - 1) == 0 && at[length - 1] >= of[length - 1] &&
            at[length - 1] <= ranges[i].last) {
            return length;
        }
    }
    return 0;
}

void kt_text_flatten(char *words)
{
    char *to = words;
    for (const char *at = words; *at != '\0';) {
        const size_t unseen = kt_utf8_unseen(at);
        *to = *at;
        if (unseen > 0) {
            *to = ' ';
        }
        to++;
        at += unseen > 0 ? unseen : 1;
    }
    *to = '\0';
    const size_t length = strlen(words);
    size_t bad = 0;
    for (size_t at = 0; !kt_utf8_valid(words + at, length - at, &bad); at += bad + 1) {
        words[at + bad] = '?';
    }
}

const char *kt_text_unseen(const char *text)
{
    while (*text != '\0' && kt_utf8_unseen(text) == 0) {
        text++;
    }
    return *text == '\0' ? NULL : text;
}

size_t kt_utf8_letters(const char *text)
{
    size_t count = 0;
    for (; *text != '\0'; text++) {
        count += ((unsigned char)*text & 0xc0) != 0x80 ? 1 : 0;
    }
    return count;
}

static size_t least_of(size_t a, size_t b, size_t c)
{
    const size_t least = a < b ? a : b;
    return least < c ? least : c;
}

#define DISTANCE_LENGTH 64

size_t kt_text_distance(const char *a, const char *b, size_t limit)
{
    const size_t length_a = strlen(a), length_b = strlen(b);
    if (length_a > DISTANCE_LENGTH || length_b > DISTANCE_LENGTH) {
        return strcmp(a, b) == 0 ? 0 : limit + 1;
    }
    size_t row[DISTANCE_LENGTH + 1];
    for (size_t j = 0; j <= length_b; j++) {
        row[j] = j;
    }
    for (size_t i = 1; i <= length_a; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            const size_t changed = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = least_of(row[j] + 1, row[j - 1] + 1, changed);
        }
    }
    return row[length_b] > limit ? limit + 1 : row[length_b];
}
