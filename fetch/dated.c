/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "dated.h"

#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"

#define DAY_S 86400

/* A day, and the parts of it that an address may carry. */
typedef struct civil {
    int year, month, day;
} civil;

typedef struct part {
    const char *mark; /* "{day}" */
    size_t tries;
    int months; /* back from one try to the next; 0: one day */
} part;

/* The smallest part first: it says how far the tries are apart. */
static const part parts[] = {
    {"{day}", 10, 0}, {"{month}", 6, 1}, {"{quarter}", 4, 3}, {"{year}", 3, 12}};

#define PARTS (sizeof parts / sizeof parts[0])

static const part *smallest_part(const char *path)
{
    for (size_t i = 0; i < PARTS; i++) {
        if (strstr(path, parts[i].mark) != NULL) {
            return &parts[i];
        }
    }
    return NULL;
}

static civil civil_of(int64_t days)
{
    civil at = {0};
    kt_civil_from_days(days, &at.year, &at.month, &at.day);
    return at;
}

/* The day that many steps back; of a month, a quarter and a year its day does not matter. */
static civil step_back(int64_t today, const part *by, size_t steps)
{
    if (by->months == 0) {
        return civil_of(today - (int64_t)steps);
    }
    civil at = civil_of(today);
    const int month = at.year * 12 + at.month - 1 - by->months * (int)steps;
    return (civil){.year = month / 12, .month = month % 12 + 1, .day = 1};
}

static void put_part(kt_text *out, const part *which, civil at)
{
    switch (which - parts) {
    case 0:
        kt_text_print(out, "%02d", at.day);
        break;
    case 1:
        kt_text_print(out, "%02d", at.month);
        break;
    case 2:
        kt_text_print(out, "%d", (at.month - 1) / 3 + 1);
        break;
    default:
        kt_text_print(out, "%04d", at.year);
        break;
    }
}

static const part *part_at(const char *text)
{
    for (size_t i = 0; i < PARTS; i++) {
        if (kt_text_starts(text, parts[i].mark)) {
            return &parts[i];
        }
    }
    return NULL;
}

static const char *fill_in(const char *path, civil at, kt_arena *arena)
{
    KT_AUTO(text) kt_text out = {0};
    kt_text_put(&out, "");
    while (*path != '\0') {
        const part *here = part_at(path);
        if (here == NULL) {
            kt_text_put_char(&out, *path++);
        } else {
            put_part(&out, here, at);
            path += strlen(here->mark);
        }
    }
    return kt_arena_copy(arena, out.bytes);
}

size_t kt_dated_paths(const char *path, kt_instant now, kt_arena *arena, const char ***out)
{
    const part *by = smallest_part(path);
    const size_t tries = by == NULL ? 1 : by->tries;
    const int64_t today = (now - ((now % DAY_S) + DAY_S) % DAY_S) / DAY_S;
    *out = kt_arena_array(arena, const char *, tries);
    for (size_t i = 0; i < tries; i++) {
        (*out)[i] = by == NULL ? path : fill_in(path, step_back(today, by, i), arena);
    }
    return tries;
}
