/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/period.h"

#include <stdio.h>
#include <string.h>

#include "core/instant.h"

static bool digits(const char *text, size_t count, int *out)
{
    *out = 0;
    for (size_t i = 0; i < count; i++) {
        if (text[i] < '0' || text[i] > '9') {
            return false;
        }
        *out = *out * 10 + (text[i] - '0');
    }
    return true;
}

static bool set(kt_period *out, kt_frequency frequency, int year, int number)
{
    if (year < 1000 || number < 1 || number > (int)frequency) {
        return false;
    }
    *out = (kt_period){.frequency = frequency, .index = year * (int)frequency + number - 1};
    return true;
}

bool kt_period_read(const char *text, kt_period *out)
{
    int year, number;
    const bool contract_year = text[0] == 'Y';
    const char *at = contract_year ? text + 1 : text;
    if (strnlen(at, 4) < 4 || !digits(at, 4, &year)) {
        return false;
    }
    at += 4;
    if (*at == '\0') {
        return set(out, KT_YEARLY, year, 1);
    }
    if (contract_year) {
        return false;
    }
    if (*at == '-') { /* JSON-stat writes 2026-06 and 2026-Q2 */
        at++;
    } else if (strchr("MQK", *at) == NULL) {
        return false;
    }
    const bool quarter = *at == 'Q' || *at == 'K'; /* kvartal, in Sweden and Norway */
    if (*at == 'M' || quarter) {
        at++;
    }
    const size_t count = quarter ? 1 : 2;
    if (strlen(at) != count || !digits(at, count, &number)) {
        return false;
    }
    return set(out, quarter ? KT_QUARTERLY : KT_MONTHLY, year, number);
}

bool kt_period_read_dated(const char *text, kt_period *out)
{
    char month[sizeof "2026-06"] = "";
    const bool is_first =
        strlen(text) == strlen("2026-06-01") && text[4] == '-' && strcmp(text + 7, "-01") == 0;
    if (is_first) {
        memcpy(month, text, sizeof month - 1);
    }
    return kt_period_read(is_first ? month : text, out);
}

int kt_period_year(kt_period period)
{
    return period.index / (int)period.frequency;
}

static int number_in_year(kt_period period)
{
    return period.index % (int)period.frequency + 1;
}

char *kt_period_write(kt_period period, char out[KT_PERIOD_SIZE])
{
    const unsigned year = (unsigned)kt_period_year(period) % 10000u;
    const unsigned number = (unsigned)number_in_year(period) % 100u;
    if (period.frequency == KT_MONTHLY) {
        snprintf(out, KT_PERIOD_SIZE, "%04uM%02u", year, number);
    } else if (period.frequency == KT_QUARTERLY) {
        snprintf(out, KT_PERIOD_SIZE, "%04uQ%u", year, number);
    } else {
        snprintf(out, KT_PERIOD_SIZE, "Y%04u", year);
    }
    return out;
}

static int first_month(kt_period period)
{
    return (number_in_year(period) - 1) * (12 / (int)period.frequency) + 1;
}

char *kt_period_start(kt_period period, char out[KT_PERIOD_SIZE])
{
    snprintf(out, KT_PERIOD_SIZE, "%04u-%02u-01", (unsigned)kt_period_year(period) % 10000u,
             (unsigned)first_month(period) % 100u);
    return out;
}

long kt_period_last_day(kt_period period)
{
    const kt_period next = {.frequency = period.frequency, .index = period.index + 1};
    return (long)kt_days_from_civil(kt_period_year(next), first_month(next), 1) - 1;
}

kt_period kt_period_after(kt_period period, size_t count)
{
    return (kt_period){period.frequency, period.index + (int)count};
}

size_t kt_period_place(kt_period first, size_t count, kt_period period)
{
    const int at = period.index - first.index;
    const bool inside = period.frequency == first.frequency && at >= 0 && (size_t)at < count;
    return inside ? (size_t)at : KT_NO_PERIOD;
}

int kt_period_compare(kt_period a, kt_period b)
{
    if (a.frequency != b.frequency) {
        return a.frequency < b.frequency ? -1 : 1;
    }
    return (a.index > b.index) - (a.index < b.index);
}
