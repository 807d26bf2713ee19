/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/cell.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/instant.h"
#include "core/number.h"
#include "core/status.h"
#include "core/text.h"

#define EXACT_DIGITS 15

/* U+0080 to U+009F are control characters too: C2 80 to C2 9F. */
static bool has_c1_control(const char *text, size_t length)
{
    for (size_t i = 0; i + 1 < length; i++) {
        if ((unsigned char)text[i] == 0xc2 && (unsigned char)text[i + 1] < 0xa0) {
            return true;
        }
    }
    return false;
}

kt_cell_look kt_cell_look_at(const char *text, size_t length)
{
    unsigned control = 0;
    unsigned quote = 0;
    unsigned high = 0;
    for (size_t i = 0; i < length; i++) {
        const unsigned char letter = (unsigned char)text[i];
        control |= (unsigned)(letter < 0x20) | (unsigned)(letter == 0x7f);
        quote |= (unsigned)(letter == ',') | (unsigned)(letter == '"');
        high |= letter & 0x80U;
    }
    kt_cell_look look = {.quote = quote != 0};
    if (high != 0 && !kt_utf8_valid(text, length, &(size_t){0})) {
        look.fault = "not UTF-8";
    } else if (control != 0 || (high != 0 && has_c1_control(text, length))) {
        look.fault = "a control character";
    }
    return look;
}

const char *kt_number_check(const kt_column *column, double number)
{
    if (!kt_column_is_number(column)) {
        return "a number in a column of another type";
    }
    if (!isfinite(number)) {
        return "not finite";
    }
    if (column->type == KT_COLUMN_INTEGER && number != floor(number)) {
        return "not a whole number";
    }
    if (number < column->least) {
        return "below the least that it can be";
    }
    return number > column->most ? "above the most that it can be" : NULL;
}

static const char *check_date(const char *text, size_t length)
{
    static const char shape[] = "0000-00-00";
    bool good = length == sizeof shape - 1;
    for (size_t i = 0; good && i < length; i++) {
        good = shape[i] == '-' ? text[i] == '-' : kt_is_digit(text[i]);
    }
    if (good) {
        const int year =
            (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
        const int month = (text[5] - '0') * 10 + (text[6] - '0');
        const int day = (text[8] - '0') * 10 + (text[9] - '0');
        int again_year = 0, again_month = 0, again_day = 0;
        good = month >= 1 && month <= 12 && day >= 1;
        kt_civil_from_days(good ? kt_days_from_civil(year, month, day) : 0, &again_year,
                           &again_month, &again_day);
        good = good && again_year == year && again_month == month && again_day == day;
    }
    return good ? NULL : "expected a day as 2026-06-01";
}

/* The one way to write a number: no exponent, no leading or trailing zero that says nothing. */
static bool is_plain_decimal(const char *text, size_t length)
{
    const size_t first = length > 0 && text[0] == '-' ? 1 : 0;
    size_t at = first;
    while (at < length && kt_is_digit(text[at])) {
        at++;
    }
    if (at == first || (text[first] == '0' && at - first > 1)) {
        return false;
    }
    if (at == length) {
        return true;
    }
    if (text[at] != '.' || at + 1 == length) {
        return false;
    }
    for (at++; at < length; at++) {
        if (!kt_is_digit(text[at])) {
            return false;
        }
    }
    return text[length - 1] != '0';
}

/* Most numbers are short and whole, and need no strtod: so many digits are exact in a double. */
static bool read_digits(const char *text, size_t length, double *number)
{
    uint64_t count = 0;
    for (size_t i = 0; i < length && i <= EXACT_DIGITS; i++) {
        if (!kt_is_digit(text[i])) {
            return false;
        }
        count = count * 10 + (uint64_t)(text[i] - '0');
    }
    *number = (double)count;
    return length <= EXACT_DIGITS && (length == 1 || text[0] != '0');
}

static const char *check_number(const kt_column *column, const char *text, size_t length,
                                double *number)
{
    if (column->type == KT_COLUMN_ALPHA && length == 2 && memcmp(text, "_Z", 2) == 0) {
        return NULL;
    }
    if (!read_digits(text, length, number) &&
        (!is_plain_decimal(text, length) || !kt_number_read(text, length, number))) {
        return column->type == KT_COLUMN_INTEGER ? "expected a whole number, as 42"
                                                 : "expected a number with a point, as 0.5";
    }
    return kt_number_check(column, *number);
}

static const char *check_value(const kt_column *column, const char *text)
{
    for (size_t i = 0; i < column->value_count; i++) {
        if (strcmp(column->values[i], text) == 0) {
            return NULL;
        }
    }
    return "none of the words that the contract lists";
}

static const char *check_letter(const char *text, size_t length)
{
    kt_obs obs;
    return length == 1 && kt_obs_read(text[0], &obs) ? NULL
                                                     : "expected one of A, P, E, M, L, O, Q, B";
}

static const char *check_type(const kt_column *column, const char *text, size_t length,
                              double *number)
{
    switch (column->type) {
    case KT_COLUMN_CODE:
        return kt_text_code_fault(text, length);
    case KT_COLUMN_DATE:
        return check_date(text, length);
    case KT_COLUMN_INTEGER:
    case KT_COLUMN_NUMBER:
    case KT_COLUMN_SHARE:
    case KT_COLUMN_ALPHA:
        return check_number(column, text, length, number);
    case KT_COLUMN_STATUS:
        return check_letter(text, length);
    case KT_COLUMN_TEXT:
        break;
    }
    return NULL;
}

const char *kt_cell_check(const kt_column *column, const char *text, size_t length, double *number)
{
    double found = NAN;
    const char *wrong = length == 0 ? NULL : check_type(column, text, length, &found);
    if (wrong == NULL && length > 0 && column->values != NULL) {
        wrong = check_value(column, text);
    }
    if (number != NULL) {
        *number = wrong == NULL ? found : NAN;
    }
    return wrong;
}
