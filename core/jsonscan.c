/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/jsonscan.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "core/text.h"

/* A place in the text, and what is wrong there once something is. */
typedef struct cursor {
    const char *at, *end;
    const char *fault;
} cursor;

static bool fail(cursor *here, const char *words)
{
    here->fault = words;
    return false;
}

static inline bool is_blank(char letter)
{
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t';
}

static inline bool is_digit(char letter)
{
    return letter >= '0' && letter <= '9';
}

static inline void skip_blanks(cursor *here)
{
    while (here->at < here->end && is_blank(*here->at)) {
        here->at++;
    }
}

/* True, and past it, if the next byte is that one. */
static inline bool take(cursor *here, char letter)
{
    if (here->at < here->end && *here->at == letter) {
        here->at++;
        return true;
    }
    return false;
}

static inline bool skip_digits(cursor *here)
{
    const char *at = here->at;
    while (at < here->end && is_digit(*at)) {
        at++;
    }
    const bool some = at > here->at;
    here->at = at;
    return some;
}

static bool skip_number(cursor *here)
{
    (void)take(here, '-');
    const bool zero = take(here, '0');
    if (!zero && !skip_digits(here)) {
        return fail(here, "expected a value");
    }
    if (take(here, '.') && !skip_digits(here)) {
        return fail(here, "expected a digit after the point");
    }
    if (take(here, 'e') || take(here, 'E')) {
        if (!take(here, '+')) {
            (void)take(here, '-');
        }
        if (!skip_digits(here)) {
            return fail(here, "expected a digit in the exponent");
        }
    }
    return true;
}

static bool skip_word(cursor *here, const char *word, size_t length)
{
    if ((size_t)(here->end - here->at) < length || memcmp(here->at, word, length) != 0) {
        return fail(here, "expected a value");
    }
    here->at += length;
    return true;
}

static bool is_hex(char letter)
{
    return is_digit(letter) || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}

/* Past the letter after a backslash, and the four digits of a \u. */
static bool skip_escape(cursor *here)
{
    if (here->at == here->end || *here->at == '\0' || strchr("\"\\/bfnrtu", *here->at) == NULL) {
        return fail(here, "an escape that JSON does not have");
    }
    const int digits = *here->at++ == 'u' ? 4 : 0;
    for (int i = 0; i < digits; i++) {
        if (here->at == here->end || !is_hex(*here->at)) {
            return fail(here, "expected four hexadecimal digits after \\u");
        }
        here->at++;
    }
    return true;
}

/* Past plain bytes of a string; *ascii becomes false when one of them is not ASCII. */
static void skip_plain(cursor *here, bool *ascii)
{
    unsigned char seen = 0;
    const char *at = here->at;
    while (at < here->end && *at != '"' && *at != '\\' && (unsigned char)*at >= 0x20) {
        seen |= (unsigned char)*at++;
    }
    here->at = at;
    *ascii = *ascii && seen < 0x80;
}

/* Past a string with both its quotes. */
static bool skip_string(cursor *here)
{
    if (!take(here, '"')) {
        return fail(here, "expected a text in quotes");
    }
    const char *start = here->at;
    bool ascii = true;
    for (;;) {
        skip_plain(here, &ascii);
        if (here->at == here->end || *here->at == '"') {
            break;
        }
        if (!take(here, '\\')) {
            return fail(here, "a control character in a text");
        }
        if (!skip_escape(here)) {
            return false;
        }
    }
    size_t bad = 0;
    if (!ascii && !kt_utf8_valid(start, (size_t)(here->at - start), &bad)) {
        here->at = start + bad;
        return fail(here, "not UTF-8");
    }
    return take(here, '"') || fail(here, "a text that does not end");
}

static bool skip_scalar(cursor *here)
{
    if (here->at == here->end) {
        return fail(here, "expected a value");
    }
    switch (*here->at) {
    case '"':
        return skip_string(here);
    case 'n':
        return skip_word(here, "null", 4);
    case 't':
        return skip_word(here, "true", 4);
    case 'f':
        return skip_word(here, "false", 5);
    default:
        return skip_number(here);
    }
}

static bool skip_key(cursor *here)
{
    skip_blanks(here);
    if (!skip_string(here)) {
        return false;
    }
    skip_blanks(here);
    return take(here, ':') || fail(here, "expected ':' after a key");
}

/* The open containers, innermost last: bit i of objects says what the i-th one is. */
typedef struct open_nest {
    size_t depth;
    uint64_t objects;
    size_t outer_count; /* elements of the outermost one so far */
} open_nest;

static bool is_object(const open_nest *nest)
{
    return (nest->objects >> (nest->depth - 1) & 1U) != 0;
}

static bool enter(cursor *here, open_nest *nest)
{
    if (nest->depth == KT_JSONSCAN_DEPTH) {
        return fail(here, "nested deeper than 64");
    }
    const uint64_t bit = (uint64_t)1 << nest->depth;
    nest->objects = *here->at == '{' ? nest->objects | bit : nest->objects & ~bit;
    nest->depth++;
    here->at++;
    return true;
}

/* Past a scalar, or into a container up to its first value; *open tells which. */
static bool begin_value(cursor *here, open_nest *nest, bool *open)
{
    skip_blanks(here);
    *open = false;
    if (here->at == here->end || (*here->at != '{' && *here->at != '[')) {
        return skip_scalar(here);
    }
    const char close = *here->at == '{' ? '}' : ']';
    if (!enter(here, nest)) {
        return false;
    }
    skip_blanks(here);
    if (take(here, close)) {
        nest->depth--;
        return true;
    }
    *open = true;
    nest->outer_count += nest->depth == 1 ? 1 : 0;
    return !is_object(nest) || skip_key(here);
}

/* After a value: past a comma to the next value (*next), or out of the container. */
static bool end_value(cursor *here, open_nest *nest, bool *next)
{
    skip_blanks(here);
    const bool object = is_object(nest);
    *next = take(here, ',');
    if (*next) {
        nest->outer_count += nest->depth == 1 ? 1 : 0;
        return !object || skip_key(here);
    }
    nest->depth--;
    return take(here, object ? '}' : ']') ||
           fail(here, object ? "expected ',' or '}'" : "expected ',' or ']'");
}

/* After a value: out of every container that ends here, up to the next value or the end of it all.
 */
static bool leave(cursor *here, open_nest *nest)
{
    bool next = false;
    while (!next && nest->depth > 0) {
        if (!end_value(here, nest, &next)) {
            return false;
        }
    }
    return true;
}

/* Past one value of any kind, without recursion; *count as in kt_jsonspan. */
static bool skip_value(cursor *here, size_t *count)
{
    open_nest nest = {0};
    do {
        bool open = false;
        if (!begin_value(here, &nest, &open) || (!open && !leave(here, &nest))) {
            return false;
        }
    } while (nest.depth > 0);
    *count = nest.outer_count;
    return true;
}

static kt_status fail_scan(const kt_jsonscan *scan, const cursor *here, kt_error *err)
{
    const size_t offset = (size_t)(here->at - scan->begin);
    if (here->at == here->end) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the JSON ends in the middle, at byte %zu: %s",
                       scan->name, offset, here->fault);
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu: %s", scan->name, offset, here->fault);
}

kt_status kt_jsonscan_open(const char *bytes, size_t length, const char *name, kt_jsonscan *scan,
                           kt_error *err)
{
    cursor here = {.at = bytes, .end = bytes + length, .fault = "expected an object or an array"};
    *scan = (kt_jsonscan){.begin = bytes, .end = here.end, .name = name, .fresh = true};
    here.at += kt_utf8_mark(bytes, length);
    skip_blanks(&here);
    scan->object = take(&here, '{');
    if (!scan->object && !take(&here, '[')) {
        return fail_scan(scan, &here, err);
    }
    scan->at = here.at;
    return KT_OK;
}

/* Past the comma before the next one, or past the end of it all. */
static bool step(cursor *here, kt_jsonscan *scan, bool *more)
{
    const bool fresh = scan->fresh;
    scan->fresh = false;
    skip_blanks(here);
    if (take(here, scan->object ? '}' : ']')) {
        *more = false;
        skip_blanks(here);
        return here->at == here->end || fail(here, "expected nothing more");
    }
    *more = true;
    return fresh || take(here, ',') ||
           fail(here, scan->object ? "expected ',' or '}'" : "expected ',' or ']'");
}

static bool take_key(cursor *here, kt_jsonspan *key)
{
    skip_blanks(here);
    const char *start = here->at;
    if (!skip_string(here)) {
        return false;
    }
    *key = (kt_jsonspan){.start = start + 1, .end = here->at - 1};
    skip_blanks(here);
    return take(here, ':') || fail(here, "expected ':' after a key");
}

kt_status kt_jsonscan_next(kt_jsonscan *scan, kt_jsonspan *key, kt_jsonspan *value, bool *more,
                           kt_error *err)
{
    cursor here = {.at = scan->at, .end = scan->end};
    bool found = false;
    kt_jsonspan found_key = {0};
    if (!step(&here, scan, &found) || (found && scan->object && !take_key(&here, &found_key))) {
        return fail_scan(scan, &here, err);
    }
    kt_jsonspan found_value = {0};
    if (found) {
        skip_blanks(&here);
        found_value.start = here.at;
        if (!skip_value(&here, &found_value.count)) {
            return fail_scan(scan, &here, err);
        }
        found_value.end = here.at;
    }
    scan->at = here.at;
    *key = found_key;
    *value = found_value;
    *more = found;
    return KT_OK;
}

static kt_status keep_member(const kt_jsonscan *scan, kt_jsonspan key, kt_jsonspan value,
                             const char *const *keys, kt_jsonspan *values, kt_error *err)
{
    size_t i = 0;
    while (keys[i] != NULL && !kt_jsonspan_is(key, keys[i])) {
        i++;
    }
    if (keys[i] == NULL) {
        return KT_OK;
    }
    if (values[i].start != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu: the key \"%s\" is there twice",
                       scan->name, (size_t)(key.start - scan->begin), keys[i]);
    }
    values[i] = value;
    return KT_OK;
}

kt_status kt_jsonscan_members(const char *bytes, size_t length, const char *name,
                              const char *const *keys, kt_jsonspan *values, kt_error *err)
{
    kt_jsonscan scan;
    KT_TRY(kt_jsonscan_open(bytes, length, name, &scan, err));
    if (!scan.object) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected an object, found an array", name);
    }
    for (size_t i = 0; keys[i] != NULL; i++) {
        values[i] = (kt_jsonspan){0};
    }
    for (bool more = true; more;) {
        kt_jsonspan key;
        kt_jsonspan value;
        KT_TRY(kt_jsonscan_next(&scan, &key, &value, &more, err));
        KT_TRY(keep_member(&scan, key, value, keys, values, err));
    }
    return KT_OK;
}

bool kt_jsonspan_is(kt_jsonspan span, const char *bytes)
{
    const size_t length = strlen(bytes);
    return span.start != NULL && kt_jsonspan_length(span) == length &&
           memcmp(span.start, bytes, length) == 0;
}
