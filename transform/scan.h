/* SPDX-License-Identifier: GPL-3.0-or-later */
#ifndef KT_TRANSFORM_SCAN_H
#define KT_TRANSFORM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/arena.h"
#include "core/envelope.h"
#include "core/error.h"
#include "core/text.h"

/**
 * A strict scanner of JSON values for the hot path: figures by the hundred thousand go straight
 * into arrays, where a document tree costs thirty times as much. The bytes are terminated; the
 * terminator is no part of any token, so no step can pass the end.
 */
typedef struct kt_scan {
    const char *start; /* of the document */
    const char *at;
    const char *name; /* for messages */
    kt_arena *arena;  /* for texts with escapes */
} kt_scan;

/** At the first token of a document; a mark of UTF-8 before it is none. */
static inline kt_scan kt_scan_of(const kt_document *document, kt_arena *arena)
{
    const char *first = document->bytes + kt_utf8_mark(document->bytes, document->length);
    return (kt_scan){document->bytes, first, document->name, arena};
}

static inline void kt_scan_blank(kt_scan *scan)
{
    while (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\r' || *scan->at == '\t') {
        scan->at++;
    }
}

/** Takes the letter if it is the next token. */
static inline bool kt_scan_take(kt_scan *scan, char letter)
{
    kt_scan_blank(scan);
    if (*scan->at != letter) {
        return false;
    }
    scan->at++;
    return true;
}

/** True if the next token is null; it is taken. */
static inline bool kt_scan_null(kt_scan *scan)
{
    if (scan->at[0] != 'n' || scan->at[1] != 'u' || scan->at[2] != 'l' || scan->at[3] != 'l') {
        return false;
    }
    scan->at += 4;
    return true;
}

/** Reads the decimal that begins at *at; false if none does. Any length, exponents too. */
bool kt_scan_long_number(const char **at, double *out);

/**
 * Reads the decimal that begins at *at and moves past it. Up to 15 digits are a whole number below
 * 2^53 over a power of ten below 10^22, both exact, so the one division rounds correctly.
 */
static inline bool kt_scan_number(const char **at, double *out)
{
    static const double power[16] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                     1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *p = *at;
    const bool negative = *p == '-';
    const char *first = p += negative;
    uint64_t digits = 0;
    while ((unsigned)(*p - '0') <= 9) {
        digits = digits * 10 + (unsigned)(*p++ - '0');
    }
    size_t count = (size_t)(p - first), fraction = 0;
    if (*p == '.') {
        const char *point = ++p;
        while ((unsigned)(*p - '0') <= 9) {
            digits = digits * 10 + (unsigned)(*p++ - '0');
        }
        fraction = (size_t)(p - point);
        count += fraction;
    }
    const bool plain = count > fraction && count <= 15 && p[-1] != '.' && (*p | 0x20) != 'e' &&
                       (*first != '0' || count - fraction == 1);
    if (!plain) {
        return kt_scan_long_number(at, out);
    }
    const double size = fraction == 0 ? (double)digits : (double)digits / power[fraction];
    *out = negative ? 0.0 - size : size;
    *at = p;
    return true;
}

/** A text between quotes; words are borrowed from the document, or from the arena if it has
 * escapes. */
typedef struct kt_scan_text {
    const char *words; /* not terminated */
    size_t length;
} kt_scan_text;

/** Takes a string. False if there is none or it is broken. */
bool kt_scan_string(kt_scan *scan, kt_scan_text *out);

/** Passes over one value of any kind, nested at most 64 deep. False if it is broken. */
bool kt_scan_skip(kt_scan *scan);

/** Where a value stands in the document; begin is NULL if it is not there. */
typedef struct kt_scan_span {
    const char *begin, *end;
} kt_scan_span;

/**
 * Finds members of the object that begins at scan: spans[i] is the value of keys[i]. A key twice is
 * KT_ERR_FORMAT. What is passed over is not checked beyond its brackets and quotes, and an array
 * under figures (may be NULL) only up to its first ']'. scan stands behind the object then.
 */
kt_status kt_scan_find(kt_scan *scan, const char *const *keys, size_t count, const char *figures,
                       kt_scan_span *spans, kt_error *err) KT_MUST_CHECK;

/** KT_ERR_FORMAT: what stands at this place, and what was expected. */
kt_status kt_scan_wrong(const kt_scan *scan, const char *expected, kt_error *err) KT_MUST_CHECK;

/** The symbols that came with cells, each once, in the order of their first appearance. */
#define KT_SYMBOLS 255

typedef struct kt_symbols {
    const char *words[KT_SYMBOLS];
    size_t length[KT_SYMBOLS];
    size_t count;
} kt_symbols;

/** The number (from 1) of a symbol, added if it is new; 0 if it is no UTF-8 or one too many. */
uint8_t kt_symbols_number(kt_symbols *symbols, kt_scan_text text, kt_arena *arena);

#endif
