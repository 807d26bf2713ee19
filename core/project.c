/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/project.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"

static const char *const texts[] = {
#define NAME(id, name) name,
    KT_PROJECT_TEXTS(NAME)};

static const char *const sums[] = {KT_PROJECT_SUMS(NAME)
#undef NAME
};

static const char *const statuses[] = {"unknown", "planned", "running", "ended", "interrupted"};

static const char *const relations[] = {"main",        "joint", "parallel",    "continuation",
                                        "replication", "ghost", "coordination"};

const char *kt_project_text_name(kt_project_text field)
{
    return texts[field];
}

const char *kt_project_sum_name(kt_project_sum field)
{
    return sums[field];
}

const char *kt_project_status_name(kt_project_status status)
{
    return statuses[status];
}

const char *kt_project_relation_name(kt_project_relation relation)
{
    return relations[relation];
}

static bool find(const char *const *list, size_t count, const char *name, size_t *out)
{
    for (*out = 0; *out < count; ++*out) {
        if (strcmp(list[*out], name) == 0) {
            return true;
        }
    }
    return false;
}

bool kt_project_text_find(const char *name, kt_project_text *out)
{
    size_t at;
    const bool found = find(texts, KT_PROJECT_TEXT_COUNT, name, &at);
    *out = (kt_project_text)at;
    return found;
}

bool kt_project_sum_find(const char *name, kt_project_sum *out)
{
    size_t at;
    const bool found = find(sums, KT_PROJECT_SUM_COUNT, name, &at);
    *out = (kt_project_sum)at;
    return found;
}

/* The length of a blank between thousands: a space, or a no-break one in UTF-8. */
static size_t blank_at(const char *text)
{
    static const char *const blanks[] = {" ", "\xc2\xa0", "\xe2\x80\xaf"};
    for (size_t i = 0; i < sizeof blanks / sizeof blanks[0]; i++) {
        const size_t length = strlen(blanks[i]);
        if (strncmp(text, blanks[i], length) == 0) {
            return length;
        }
    }
    return 0;
}

/* Fifteen digits of cents are ten million million euros. */
#define MOST_CENTS INT64_C(1000000000000000)

static bool add_digit(int64_t *cents, char digit)
{
    *cents = *cents * 10 + (digit - '0');
    return *cents < MOST_CENTS;
}

/* Whole euros, with blanks between digits alone; at moves behind them. */
static bool read_whole(const char **at, int64_t *cents)
{
    if (!kt_is_digit(**at)) {
        return false;
    }
    while (kt_is_digit(**at)) {
        if (!add_digit(cents, *(*at)++)) {
            return false;
        }
        const size_t blank = blank_at(*at);
        *at += kt_is_digit((*at)[blank]) ? blank : 0;
    }
    return true;
}

/* One or two decimals behind the sign, or none and no sign. */
static bool read_decimals(const char **at, char sign, int64_t *cents)
{
    size_t decimals = 0;
    const bool has_sign = **at == sign;
    *at += has_sign ? 1 : 0;
    for (; has_sign && kt_is_digit(**at) && decimals < 2; decimals++) {
        if (!add_digit(cents, *(*at)++)) {
            return false;
        }
    }
    if (has_sign && decimals == 0) {
        return false;
    }
    for (; decimals < 2; decimals++) {
        if (!add_digit(cents, '0')) {
            return false;
        }
    }
    return true;
}

bool kt_money_read(const char *text, char decimal_sign, int64_t *cents)
{
    const bool negative = *text == '-';
    const char *at = text + (negative ? 1 : 0);
    *cents = 0;
    if (!read_whole(&at, cents) || !read_decimals(&at, decimal_sign, cents) || *at != '\0') {
        *cents = KT_NO_MONEY;
        return false;
    }
    *cents = negative ? -*cents : *cents;
    return true;
}

char *kt_money_write(int64_t cents, char out[KT_MONEY_SIZE])
{
    const uint64_t size = cents < 0 ? (uint64_t) - (cents + 1) + 1 : (uint64_t)cents;
    out[0] = '\0';
    if (cents != KT_NO_MONEY) {
        snprintf(out, KT_MONEY_SIZE, "%s%llu.%02u", cents < 0 ? "-" : "",
                 (unsigned long long)(size / 100), (unsigned)(size % 100));
    }
    return out;
}

static double sum_of(const double *weights, size_t count)
{
    double sum = 0.0;
    for (size_t i = 0; i < count; i++) {
        sum += weights[i];
    }
    return sum;
}

/* The part whose share was cut most by rounding down; of equal ones the first. */
static size_t largest_rest(int64_t cents, const double *weights, double all, size_t count,
                           const int64_t *parts)
{
    size_t found = 0;
    double most = -INFINITY;
    for (size_t i = 0; i < count; i++) {
        const double rest =
            weights[i] > 0.0 ? (double)cents * (weights[i] / all) - (double)parts[i] : -INFINITY;
        if (rest > most) {
            most = rest;
            found = i;
        }
    }
    return found;
}

void kt_money_split(int64_t cents, const double *weights, size_t count, int64_t *out)
{
    const double all = sum_of(weights, count);
    const int64_t size = cents < 0 ? -cents : cents;
    int64_t left = size;
    for (size_t i = 0; i < count; i++) {
        out[i] = (int64_t)floor((double)size * (weights[i] / all));
        left -= out[i];
    }
    for (; left > 0; left--) {
        out[largest_rest(size, weights, all, count, out)]++;
    }
    for (; left < 0; left++) { /* a share that rounding lifted to a whole cent too many */
        size_t at = 0;
        while (out[at] == 0) {
            at++;
        }
        out[at]--;
    }
    for (size_t i = 0; i < count && cents < 0; i++) {
        out[i] = -out[i];
    }
}
