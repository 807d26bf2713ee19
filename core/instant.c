/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/instant.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define DAY_SECONDS 86400

kt_instant kt_instant_now(void)
{
    return (kt_instant)time(NULL);
}

/* Counts eras of 400 years from 1 March of the year 0, so that leap days fall at an era's end. */
int64_t kt_days_from_civil(int year, int month, int day)
{
    const int64_t y = (int64_t)year - (month <= 2 ? 1 : 0);
    const int64_t era = (y >= 0 ? y : y - 399) / 400;
    const int64_t year_of_era = y - era * 400;
    const int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

void kt_civil_from_days(int64_t days, int *year, int *month, int *day)
{
    const int64_t shifted = days + 719468;
    const int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const int64_t day_of_era = shifted - era * 146097;
    const int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const int64_t day_of_year =
        day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const int64_t shifted_month = (5 * day_of_year + 2) / 153;
    *day = (int)(day_of_year - (153 * shifted_month + 2) / 5 + 1);
    *month = (int)(shifted_month < 10 ? shifted_month + 3 : shifted_month - 9);
    *year = (int)(year_of_era + era * 400 + (*month <= 2 ? 1 : 0));
}

typedef struct civil {
    int year, month, day, hour, minute, second;
} civil;

static civil civil_of(kt_instant instant)
{
    int64_t days = instant / DAY_SECONDS;
    int64_t rest = instant % DAY_SECONDS;
    if (rest < 0) {
        rest += DAY_SECONDS;
        days--;
    }
    civil at = {
        .hour = (int)(rest / 3600), .minute = (int)(rest / 60 % 60), .second = (int)(rest % 60)};
    kt_civil_from_days(days, &at.year, &at.month, &at.day);
    return at;
}

char *kt_instant_write(kt_instant instant, char out[KT_INSTANT_SIZE])
{
    const civil at = civil_of(instant);
    snprintf(out, KT_INSTANT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", at.year, at.month, at.day,
             at.hour, at.minute, at.second);
    return out;
}

char *kt_instant_write_basic(kt_instant instant, char out[KT_INSTANT_SIZE])
{
    const civil at = civil_of(instant);
    snprintf(out, KT_INSTANT_SIZE, "%04d%02d%02dT%02d%02d%02dZ", at.year, at.month, at.day, at.hour,
             at.minute, at.second);
    return out;
}

/* Exactly count digits at *at, moved behind them. */
static bool take_digits(const char **at, int count, int *out)
{
    *out = 0;
    for (int i = 0; i < count; i++) {
        const char letter = (*at)[i];
        if (letter < '0' || letter > '9') {
            return false;
        }
        *out = *out * 10 + (letter - '0');
    }
    *at += count;
    return true;
}

/* One of the letters may stand there; some writers leave it out, others swap '.' for ':'. */
static void skip_one_of(const char **at, const char *letters)
{
    if (**at != '\0' && strchr(letters, **at) != NULL) {
        (*at)++;
    }
}

static bool is_day(int year, int month, int day)
{
    int y, m, d;
    if (month < 1 || month > 12 || day < 1 || day > 31) {
        return false;
    }
    kt_civil_from_days(kt_days_from_civil(year, month, day), &y, &m, &d);
    return y == year && m == month && d == day;
}

/* "Z", "+0100", "+01:00" or nothing, as seconds east of Greenwich. */
static bool take_zone(const char *at, int *seconds)
{
    *seconds = 0;
    if (*at == '\0' || strcmp(at, "Z") == 0) {
        return true;
    }
    if (*at != '+' && *at != '-') {
        return false;
    }
    const int sign = *at == '-' ? -1 : 1;
    at++;
    int hours, minutes;
    if (!take_digits(&at, 2, &hours)) {
        return false;
    }
    skip_one_of(&at, ":");
    if (!take_digits(&at, 2, &minutes) || *at != '\0' || hours > 14 || minutes > 59) {
        return false;
    }
    *seconds = sign * (hours * 3600 + minutes * 60);
    return true;
}

/* Parts of a second, which some services write and nobody means. */
static void skip_fraction(const char **at)
{
    const size_t digits = **at == '.' ? strspn(*at + 1, "0123456789") : 0;
    *at += digits == 0 ? 0 : digits + 1;
}

static bool take_time(const char *at, int *second_of_day)
{
    int hour, minute, second, zone;
    if (!take_digits(&at, 2, &hour)) {
        return false;
    }
    skip_one_of(&at, ":.");
    if (!take_digits(&at, 2, &minute)) {
        return false;
    }
    skip_one_of(&at, ":.");
    if (!take_digits(&at, 2, &second)) {
        return false;
    }
    skip_fraction(&at);
    if (hour > 23 || minute > 59 || second > 60 || !take_zone(at, &zone)) {
        return false;
    }
    *second_of_day = hour * 3600 + minute * 60 + second - zone;
    return true;
}

bool kt_instant_read(const char *text, bool end_of_day, kt_instant *out)
{
    int year, month, day, second = end_of_day ? DAY_SECONDS - 1 : 0;
    const char *at = text;
    if (!take_digits(&at, 4, &year)) {
        return false;
    }
    skip_one_of(&at, "-");
    if (!take_digits(&at, 2, &month)) {
        return false;
    }
    skip_one_of(&at, "-");
    if (!take_digits(&at, 2, &day) || !is_day(year, month, day)) {
        return false;
    }
    if (*at != '\0' && (*at != 'T' || !take_time(at + 1, &second))) {
        return false;
    }
    *out = kt_days_from_civil(year, month, day) * DAY_SECONDS + second;
    return true;
}
