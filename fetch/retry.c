/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "retry.h"

#include <curl/curl.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "limiter.h"

#define BACKOFF_MOST_S 60.0
#define JITTER         0.25

/* The text after "name:" in the header lines, without blanks, or NULL; *length is to its line's
 * end. */
static const char *header_value(const char *headers, const char *name, size_t *length)
{
    const size_t name_length = strlen(name);
    for (const char *line = headers; line != NULL && *line != '\0';) {
        const size_t line_length = strcspn(line, "\r\n");
        if (line_length > name_length && line[name_length] == ':' &&
            strncasecmp(line, name, name_length) == 0) {
            const char *value = line + name_length + 1;
            value += strspn(value, " \t");
            *length = strcspn(value, "\r\n");
            return value;
        }
        line += line_length;
        line += strspn(line, "\r\n");
    }
    return NULL;
}

static double read_seconds(const char *digits, size_t length)
{
    double seconds = 0.0;
    for (size_t i = 0; i < length; i++) {
        seconds = fmin(seconds * 10.0 + (digits[i] - '0'), KT_WAIT_MOST_S);
    }
    return seconds;
}

bool kt_date_told(const char *headers, kt_instant *out)
{
    char words[64];
    size_t length = 0;
    const char *value = header_value(headers, "Date", &length);
    if (value == NULL || length == 0 || length >= sizeof words) {
        return false;
    }
    memcpy(words, value, length);
    words[length] = '\0';
    const time_t date = curl_getdate(words, NULL);
    *out = date;
    return date != (time_t)-1;
}

double kt_retry_after(const char *headers, kt_instant now)
{
    char words[64];
    size_t length = 0;
    const char *value = header_value(headers, "Retry-After", &length);
    if (value == NULL || length == 0 || length >= sizeof words) {
        return -1.0;
    }
    memcpy(words, value, length);
    words[length] = '\0';
    const size_t digits = strspn(words, "0123456789");
    if (digits > 0 && strspn(words + digits, " \t") == length - digits) {
        return read_seconds(words, digits);
    }
    const time_t date = curl_getdate(words, NULL);
    if (date == (time_t)-1) {
        return -1.0;
    }
    return fmin(fmax((double)(date - now), 0.0), KT_WAIT_MOST_S);
}

/* Steele, Lea and Flood (2014), SplitMix64. */
static double throw_dice(uint64_t *dice)
{
    *dice += 0x9E3779B97F4A7C15U;
    uint64_t mixed = *dice;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9U;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBU;
    return (double)((mixed ^ (mixed >> 31)) >> 11) / 9007199254740992.0;
}

double kt_backoff(double first_s, unsigned failures, uint64_t *dice)
{
    const double wait = ldexp(first_s, failures < 1 ? 0 : (int)(failures > 30 ? 29 : failures - 1));
    const double jittered = wait * (1.0 - JITTER + 2.0 * JITTER * throw_dice(dice));
    return fmin(jittered, BACKOFF_MOST_S);
}
