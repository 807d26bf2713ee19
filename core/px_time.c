/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/instant.h"
#include "px_parts.h"

#define PERIODS_LIMIT 20000

/* How TIMEVAL writes a year's parts, and how everybody else does. */
static const struct scale {
    const char *name;
    int parts;   /* in a year; 0: 52 or 53 weeks */
    int digits;  /* of a part */
    char letter; /* before it elsewhere */
} scales[] = {{"A1", 1, 0, '\0'},
              {"H1", 2, 1, 'H'},
              {"Q1", 4, 1, 'Q'},
              {"M1", 12, 2, 'M'},
              {"W1", 0, 2, 'W'}};

static const struct scale *find_scale(const char *name)
{
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        if (strcasecmp(scales[i].name, name) == 0) {
            return &scales[i];
        }
    }
    return NULL;
}

/* A year has 53 weeks if it begins on a Thursday, or on a Wednesday and is a leap year. */
static int weeks_of(int year)
{
    const int64_t first = kt_days_from_civil(year, 1, 1);
    const int64_t days = kt_days_from_civil(year + 1, 1, 1) - first;
    const int64_t weekday = ((first + 3) % 7 + 7) % 7; /* 1970 began on a Thursday; Monday is 0 */
    return weekday == 3 || (weekday == 2 && days == 366) ? 53 : 52;
}

static int parts_of(const struct scale *scale, int year)
{
    return scale->parts > 0 ? scale->parts : weeks_of(year);
}

typedef struct px_period {
    int year, part; /* a year has the one part 1 */
} px_period;

/* "200401" by M1; false for another shape. */
static bool read_period(const struct scale *scale, const char *value, px_period *out)
{
    const size_t length = strlen(value);
    if (length != 4 + (size_t)scale->digits || strspn(value, "0123456789") != length) {
        return false;
    }
    const long number = strtol(value, NULL, 10);
    const long unit = scale->digits == 0 ? 1 : scale->digits == 1 ? 10 : 100;
    *out = (px_period){(int)(number / unit), scale->digits == 0 ? 1 : (int)(number % unit)};
    return out->part >= 1 && out->part <= parts_of(scale, out->year);
}

static char *write_period(const struct scale *scale, px_period period, kt_arena *arena)
{
    return scale->digits == 0 ? kt_arena_print(arena, "%04d", period.year)
                              : kt_arena_print(arena, "%04d%c%0*d", period.year, scale->letter,
                                               scale->digits, period.part);
}

const char *kt_px_period(const char *scale, const char *value, kt_arena *arena)
{
    const struct scale *known = find_scale(scale);
    px_period period;
    return known != NULL && read_period(known, value, &period) ? write_period(known, period, arena)
                                                               : value;
}

/* From one period to another one, both ends among them; false if that is no range. */
static bool count_out(const char *scale, const char *from, const char *to, kt_codes *codes,
                      kt_arena *arena)
{
    const struct scale *known = find_scale(scale);
    px_period at;
    px_period last;
    if (known == NULL || !read_period(known, from, &at) || !read_period(known, to, &last)) {
        return false;
    }
    while (at.year < last.year || (at.year == last.year && at.part <= last.part)) {
        if (kt_codes_count(codes) == PERIODS_LIMIT) {
            return false;
        }
        (void)kt_codes_add(codes, write_period(known, at, arena), NULL);
        const bool is_last = at.part == parts_of(known, at.year);
        at = is_last ? (px_period){at.year + 1, 1} : (px_period){at.year, at.part + 1};
    }
    return kt_codes_count(codes) > 0;
}

static const char *past(const char *at, const char *end, const char *letters)
{
    while (at < end && strchr(letters, *at) != NULL) {
        at++;
    }
    return at;
}

/* The text between the quotes at *at; NULL if there is none. */
static char *quoted(const char **at, const char *end, kt_arena *arena)
{
    const char *close =
        *at < end && **at == '"' ? memchr(*at + 1, '"', (size_t)(end - *at - 1)) : NULL;
    if (close == NULL) {
        return NULL;
    }
    char *text = kt_arena_copy_n(arena, *at + 1, (size_t)(close - *at - 1));
    *at = close + 1;
    return text;
}

/* "A1" of TLIST(A1; *at is moved behind it. NULL if there is none. */
static char *take_scale(const char **at, const char *end, kt_arena *arena)
{
    static const char word[] = "TLIST";
    const size_t length = strlen(word);
    if ((size_t)(end - *at) < length || strncasecmp(*at, word, length) != 0) {
        return NULL;
    }
    const char *open = past(*at + length, end, " \t\r\n");
    if (open == end || *open != '(') {
        return NULL;
    }
    const char *start = past(open + 1, end, " \t\r\n");
    const char *stop = start;
    while (stop < end && strchr(",) \t\r\n", *stop) == NULL) {
        stop++;
    }
    *at = stop;
    return kt_arena_copy_n(arena, start, (size_t)(stop - start));
}

/* One period, or the range "1994"-"1996". */
static bool take_periods(const char **at, const char *end, const char *scale, kt_codes *codes,
                         kt_arena *arena)
{
    const char *from = quoted(at, end, arena);
    if (from == NULL || scale == NULL) {
        return false;
    }
    const char *dash = past(*at, end, " \t\r\n");
    if (dash == end || *dash != '-') {
        return kt_codes_count(codes) < PERIODS_LIMIT &&
               kt_codes_add(codes, kt_px_period(scale, from, arena), NULL) != KT_NO_CODE;
    }
    *at = past(dash + 1, end, " \t\r\n");
    const char *to = quoted(at, end, arena);
    return to != NULL && count_out(scale, from, to, codes, arena);
}

kt_codes *kt_px_periods(const kt_px_entry *timeval, kt_arena *arena)
{
    static const char between[] = ", \t\r\n)";
    kt_codes *codes = kt_codes_new(arena);
    const char *const end = timeval->raw_end;
    const char *scale = NULL;
    for (const char *at = past(timeval->raw, end, between); at < end; at = past(at, end, between)) {
        const char *named = take_scale(&at, end, arena);
        if (named == NULL && !take_periods(&at, end, scale, codes, arena)) {
            return NULL;
        }
        scale = named != NULL ? named : scale;
    }
    return codes;
}

const char *kt_px_scale(const kt_px_entry *timeval, kt_arena *arena)
{
    const char *scale = NULL;
    for (const char *at = timeval->raw; at < timeval->raw_end;) {
        const char *named = take_scale(&at, timeval->raw_end, arena);
        if (named != NULL && scale != NULL) {
            return NULL;
        }
        scale = named != NULL ? named : scale;
        at += named == NULL ? 1 : 0;
    }
    return scale;
}

const char *kt_px_moment(const char *text, kt_arena *arena)
{
    kt_instant instant;
    const size_t length = strlen(text);
    if (kt_instant_read(text, false, &instant)) {
        return text;
    }
    if (length < 14 || text[8] != ' ' || text[11] != ':') {
        return NULL;
    }
    const char *iso = kt_arena_print(arena, "%.4s-%.2s-%.2sT%s%s", text, text + 4, text + 6,
                                     text + 9, length == 14 ? ":00" : "");
    return kt_instant_read(iso, false, &instant) ? iso : NULL;
}
