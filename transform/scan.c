/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scan.h"

#include <string.h>

#include "core/number.h"
#include "core/text.h"

#define MOST_DEPTH  64
#define SHOWN_BYTES 24 /* of what stands at a wrong place */

static const char *past_digits(const char *p)
{
    while (*p >= '0' && *p <= '9') {
        p++;
    }
    return p;
}

bool kt_scan_long_number(const char **at, double *out)
{
    const char *p = *at + (**at == '-');
    if (*p == '0' && p[1] >= '0' && p[1] <= '9') {
        return false; /* JSON has no leading zeros; kt_number_read would take them */
    }
    p = past_digits(p);
    if (*p == '.') {
        p = past_digits(p + 1);
    }
    if (*p == 'e' || *p == 'E') {
        p++;
        p = past_digits(*p == '+' || *p == '-' ? p + 1 : p);
    }
    if (!kt_number_read(*at, (size_t)(p - *at), out)) {
        return false;
    }
    *at = p;
    return true;
}

static bool read_hex(const char *p, uint32_t *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++) {
        const char letter = p[i], low = (char)(letter | 0x20);
        if (letter >= '0' && letter <= '9') {
            *out = *out * 16 + (uint32_t)(letter - '0');
        } else if (low >= 'a' && low <= 'f') {
            *out = *out * 16 + (uint32_t)(low - 'a' + 10);
        } else {
            return false;
        }
    }
    return true;
}

static size_t put_utf8(uint32_t point, char *out)
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | (point >> 6));
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | (point >> 12));
        out[1] = (char)(0x80 | ((point >> 6) & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | (point >> 18));
    out[1] = (char)(0x80 | ((point >> 12) & 0x3F));
    out[2] = (char)(0x80 | ((point >> 6) & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

/* \uXXXX, a surrogate pair being one point; *p stands on the 'u' and is moved past the digits. */
static bool read_point(const char **p, uint32_t *point)
{
    uint32_t low;
    if (!read_hex(*p + 1, point) || *point == 0) {
        return false;
    }
    *p += 5;
    if (*point < 0xD800 || *point > 0xDFFF) {
        return true;
    }
    if (*point > 0xDBFF || (*p)[0] != '\\' || (*p)[1] != 'u' || !read_hex(*p + 2, &low) ||
        low < 0xDC00 || low > 0xDFFF) {
        return false;
    }
    *point = 0x10000 + ((*point - 0xD800) << 10) + (low - 0xDC00);
    *p += 6;
    return true;
}

/* What follows a backslash, written to out; *p stands behind the backslash. */
static bool read_escape(const char **p, char *out, size_t *length)
{
    static const char letters[] = "\"\\/bfnrt", meant[] = "\"\\/\b\f\n\r\t";
    if (**p == 'u') {
        uint32_t point;
        if (!read_point(p, &point)) {
            return false;
        }
        *length += put_utf8(point, out + *length);
        return true;
    }
    const char *found = **p == '\0' ? NULL : strchr(letters, **p);
    if (found == NULL) {
        return false;
    }
    out[(*length)++] = meant[found - letters];
    (*p)++;
    return true;
}

/* An escape is never shorter than what it stands for, so the raw length is room enough. */
static bool unescape(kt_scan *scan, const char *p, const char *end, kt_scan_text *out)
{
    char *words = kt_arena_take(scan->arena, (size_t)(end - p) + 1, 1);
    size_t length = 0;
    while (p < end) {
        if (*p != '\\') {
            words[length++] = *p++;
            continue;
        }
        p++;
        if (!read_escape(&p, words, &length)) {
            return false;
        }
    }
    *out = (kt_scan_text){words, length};
    return p == end;
}

bool kt_scan_string(kt_scan *scan, kt_scan_text *out)
{
    if (*scan->at != '"') {
        return false;
    }
    const char *first = scan->at + 1, *p = first;
    bool escaped = false;
    while (*p != '"') {
        if ((unsigned char)*p < 0x20) {
            return false;
        }
        escaped = escaped || *p == '\\';
        p += *p == '\\' && p[1] != '\0' ? 2 : 1;
    }
    *out = (kt_scan_text){first, (size_t)(p - first)};
    if (escaped && !unescape(scan, first, p, out)) {
        return false;
    }
    scan->at = p + 1;
    return true;
}

static bool skip_word(kt_scan *scan)
{
    double number;
    if (kt_scan_null(scan) || kt_scan_number(&scan->at, &number)) {
        return true;
    }
    const size_t length = strncmp(scan->at, "true", 4) == 0    ? 4
                          : strncmp(scan->at, "false", 5) == 0 ? 5
                                                               : 0;
    scan->at += length;
    return length > 0;
}

/* Open brackets, a bit each, 1 for an object. */
typedef struct kt_nest {
    uint64_t objects;
    int depth;
} kt_nest;

/* One token of a value: a bracket, a comma or colon between them, a text or a word. */
static bool skip_token(kt_scan *scan, kt_nest *nest)
{
    kt_scan_text text;
    const char letter = *scan->at;
    if (letter == '"') {
        return kt_scan_string(scan, &text);
    }
    if ((letter == '{' || letter == '[') && nest->depth < MOST_DEPTH) {
        nest->depth++;
        nest->objects = nest->objects << 1 | (letter == '{');
    } else if (nest->depth > 0 && letter == ((nest->objects & 1) != 0 ? '}' : ']')) {
        nest->depth--;
        nest->objects >>= 1;
    } else if (nest->depth == 0 || (letter != ',' && letter != ':')) {
        return skip_word(scan);
    }
    scan->at++;
    return true;
}

/* What stands between the brackets is only passed over: whoever needs the value reads it strictly.
 */
bool kt_scan_skip(kt_scan *scan)
{
    kt_nest nest = {0};
    do {
        kt_scan_blank(scan);
        if (!skip_token(scan, &nest)) {
            return false;
        }
    } while (nest.depth > 0);
    return true;
}

static size_t key_rank(const char *const *keys, size_t count, kt_scan_text key)
{
    size_t i = 0;
    while (i < count &&
           (strlen(keys[i]) != key.length || memcmp(keys[i], key.words, key.length) != 0)) {
        i++;
    }
    return i;
}

/* An array of numbers has no bracket but its last: memchr finds it faster than any scanner. */
static bool skip_figures(kt_scan *scan)
{
    if (*scan->at != '[') {
        return kt_scan_skip(scan);
    }
    const char *end = strchr(scan->at, ']');
    scan->at = end == NULL ? scan->at : end + 1;
    return end != NULL;
}

/* One member, its key first. */
static kt_status find_member(kt_scan *scan, const char *const *keys, size_t count,
                             const char *figures, kt_scan_span *spans, kt_error *err)
{
    kt_scan_text key;
    kt_scan_blank(scan);
    if (!kt_scan_string(scan, &key) || !kt_scan_take(scan, ':')) {
        return kt_scan_wrong(scan, "a key and ':'", err);
    }
    kt_scan_blank(scan);
    const size_t rank = key_rank(keys, count, key);
    if (rank < count && spans[rank].begin != NULL) {
        return kt_scan_wrong(scan, "each key once", err);
    }
    const char *begin = scan->at;
    const bool numbers = rank < count && figures != NULL && strcmp(keys[rank], figures) == 0;
    if (!(numbers ? skip_figures(scan) : kt_scan_skip(scan))) {
        return kt_scan_wrong(scan, "a value", err);
    }
    if (rank < count) {
        spans[rank] = (kt_scan_span){begin, scan->at};
    }
    return KT_OK;
}

kt_status kt_scan_find(kt_scan *scan, const char *const *keys, size_t count, const char *figures,
                       kt_scan_span *spans, kt_error *err)
{
    memset(spans, 0, count * sizeof *spans);
    if (!kt_scan_take(scan, '{')) {
        return kt_scan_wrong(scan, "an object", err);
    }
    if (kt_scan_take(scan, '}')) {
        return KT_OK;
    }
    do {
        KT_TRY(find_member(scan, keys, count, figures, spans, err));
    } while (kt_scan_take(scan, ','));
    return kt_scan_take(scan, '}') ? KT_OK : kt_scan_wrong(scan, "',' or '}'", err);
}

/* The first bytes of what stands there, without letters that would break the line. */
kt_status kt_scan_wrong(const kt_scan *scan, const char *expected, kt_error *err)
{
    char shown[SHOWN_BYTES + 1];
    size_t length = 0;
    for (const char *p = scan->at; length < SHOWN_BYTES && (unsigned char)*p >= ' '; p++) {
        shown[length++] = *p;
    }
    while (length > 0 && ((unsigned char)shown[length - 1] & 0xC0) == 0x80) {
        length--; /* never half a letter */
    }
    if (length > 0 && (unsigned char)shown[length - 1] >= 0xC0) {
        length--;
    }
    shown[length] = '\0';
    return kt_fail(err, KT_ERR_FORMAT, "%s: byte %zu: found %s%s%s, expected %s", scan->name,
                   (size_t)(scan->at - scan->start), length > 0 ? "'" : "",
                   length > 0 ? shown : "the end", length > 0 ? "'" : "", expected);
}

uint8_t kt_symbols_number(kt_symbols *symbols, kt_scan_text text, kt_arena *arena)
{
    for (size_t i = 0; i < symbols->count; i++) {
        if (symbols->length[i] == text.length &&
            memcmp(symbols->words[i], text.words, text.length) == 0) {
            return (uint8_t)(i + 1);
        }
    }
    if (symbols->count == KT_SYMBOLS || !kt_utf8_valid(text.words, text.length, NULL)) {
        return 0;
    }
    symbols->words[symbols->count] = kt_arena_copy_n(arena, text.words, text.length);
    symbols->length[symbols->count] = text.length;
    return (uint8_t)++symbols->count;
}
