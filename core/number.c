/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/number.h"

#include <float.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define EXACT_LIMIT ((uint64_t)1 << 53) /* every whole number up to it is a double */

static size_t write_count(uint64_t count, char *out)
{
    char reversed[24];
    size_t length = 0;
    do {
        reversed[length++] = (char)('0' + count % 10);
        count /= 10;
    } while (count != 0);
    for (size_t i = 0; i < length; i++) {
        out[i] = reversed[length - 1 - i];
    }
    out[length] = '\0';
    return length;
}

/* The digits and the decimal exponent of "d.ddde±xx", without trailing zeros. */
static size_t split_scientific(const char *text, char *digits, int *exponent)
{
    size_t count = 0;
    const char *at = text;
    for (; *at != 'e'; at++) {
        if (*at >= '0' && *at <= '9') {
            digits[count++] = *at;
        }
    }
    *exponent = (int)strtol(at + 1, NULL, 10);
    while (count > 1 && digits[count - 1] == '0') {
        count--;
    }
    return count;
}

static size_t place_point(const char *digits, size_t count, int exponent, char *out)
{
    size_t length = 0;
    if (exponent < 0) {
        out[length++] = '0';
        out[length++] = '.';
        for (int i = -1; i > exponent; i--) {
            out[length++] = '0';
        }
    }
    for (size_t i = 0; i < count; i++) {
        out[length++] = digits[i];
        if (exponent >= 0 && i == (size_t)exponent && i + 1 < count) {
            out[length++] = '.';
        }
    }
    for (int i = (int)count; i <= exponent; i++) {
        out[length++] = '0';
    }
    out[length] = '\0';
    return length;
}

/* Few doubles need 17 digits, and fewer than 15 are found by dropping zeros, except below DBL_MIN,
 * where a double has less than 15 digits in it. "%e" never depends on a locale here because the
 * program never sets one. */
static size_t write_shortest(double positive, char *out)
{
    char text[40], digits[24];
    int exponent;
    for (int precision = positive < DBL_MIN ? 0 : 14; precision <= 16; precision++) {
        snprintf(text, sizeof text, "%.*e", precision, positive);
        if (precision == 16 || strtod(text, NULL) == positive) {
            break;
        }
    }
    const size_t count = split_scientific(text, digits, &exponent);
    return place_point(digits, count, exponent, out);
}

size_t kt_number_write(double number, char *out)
{
    out[0] = '\0';
    if (!isfinite(number)) {
        return 0;
    }
    size_t sign = 0;
    if (number < 0.0) {
        out[sign++] = '-';
        number = -number;
    }
    if (number <= (double)EXACT_LIMIT && number == floor(number)) {
        return sign + write_count((uint64_t)number, out + sign);
    }
    return sign + write_shortest(number, out + sign);
}

static size_t count_digits(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] >= '0' && text[count] <= '9') {
        count++;
    }
    return count;
}

static bool stands_at(const char *text, size_t length, size_t at, const char *letters)
{
    return at < length && text[at] != '\0' && strchr(letters, text[at]) != NULL;
}

/* Moves behind at least one digit. */
static bool pass_digits(const char *text, size_t length, size_t *at)
{
    const size_t count = count_digits(text + *at, length - *at);
    *at += count;
    return count > 0;
}

/* The grammar of a decimal number; strtod alone would take blanks, hexadecimal, "inf" and "nan". */
static bool is_decimal(const char *text, size_t length)
{
    size_t at = stands_at(text, length, 0, "-") ? 1 : 0;
    if (!pass_digits(text, length, &at)) {
        return false;
    }
    if (stands_at(text, length, at, ".")) {
        at++;
        if (!pass_digits(text, length, &at)) {
            return false;
        }
    }
    if (stands_at(text, length, at, "eE")) {
        at++;
        at += stands_at(text, length, at, "+-") ? 1 : 0;
        if (!pass_digits(text, length, &at)) {
            return false;
        }
    }
    return at == length;
}

bool kt_number_read(const char *text, size_t length, double *out)
{
    char copy[KT_NUMBER_SIZE];
    if (length >= sizeof copy || !is_decimal(text, length)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    const double number = strtod(copy, NULL);
    if (!isfinite(number)) {
        return false;
    }
    *out = number;
    return true;
}

bool kt_count_read(const char *text, size_t length, double *out)
{
    if (length == 0 || length > 16 || count_digits(text, length) != length) {
        return false;
    }
    uint64_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count = count * 10 + (uint64_t)(text[i] - '0');
    }
    if (count > EXACT_LIMIT) {
        return false;
    }
    *out = (double)count;
    return true;
}
