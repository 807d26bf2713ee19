/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/instant.h"
#include "core/number.h"
#include "core/text.h"
#include "rows.h"

/* What a single cell says. */

static size_t blank_length(const char *at)
{
    if (at[0] == '\0') {
        return 0;
    }
    if ((unsigned char)at[0] <= ' ') {
        return 1;
    }
    return strncmp(at, "\xc2\xa0", 2) == 0 ? 2 : 0; /* a no-break space */
}

bool kt_list_empty(const kt_list_cell *cell)
{
    const char *at = cell->text;
    for (size_t blank = 0; (blank = blank_length(at)) > 0;) {
        at += blank;
    }
    return *at == '\0';
}

/* A mark of direction would turn a line of a table or page around: it
 * is dropped, or ends a line as U+2028 and U+2029 do. Its length; 0: it is seen. */
static size_t take_unseen(const char *from, char **to)
{
    const size_t unseen = kt_utf8_unseen(from);
    if (unseen <= 1 || from[0] == '\xc2') {
        return 0; /* a control */
    }
    if (strncmp(from, "\xe2\x80\xa8", 3) == 0 || strncmp(from, "\xe2\x80\xa9", 3) == 0) {
        *(*to)++ = '\n';
    }
    return unseen;
}

/* One letter as it is kept: a line break of any kind as one line feed, another control as a blank.
 */
static char plain(const char *at)
{
    if (at[0] == '\n' || (at[0] == '\r' && at[1] != '\n')) {
        return '\n';
    }
    if (blank_length(at) == 1) {
        return ' ';
    }
    return at[0];
}

char *kt_list_clean(const char *text, kt_arena *arena)
{
    for (size_t blank = 0; (blank = blank_length(text)) > 0;) {
        text += blank;
    }
    char *clean = kt_arena_copy(arena, text);
    char *to = clean;
    char *end = clean; /* behind the last letter that is no blank */
    for (const char *from = clean; *from != '\0';) {
        if (from[0] == '\r' && from[1] == '\n') {
            from++;
            continue;
        }
        const size_t unseen = take_unseen(from, &to);
        if (unseen > 0) {
            from += unseen;
            continue;
        }
        const size_t blank = blank_length(from);
        *to++ = plain(from++);
        if (blank == 2) {
            *to++ = *from++;
        }
        end = blank == 0 ? to : end;
    }
    *end = '\0';
    return clean;
}

static bool fits(const char *picture, const char *text)
{
    for (; *picture != '\0'; picture++, text++) {
        if (*picture == '*') {
            return *text != '\0';
        }
        const bool fit = *picture == '#'   ? kt_is_digit(*text)
                         : *picture == '@' ? *text >= 'A' && *text <= 'Z'
                                           : *picture == *text;
        if (!fit) {
            return false;
        }
    }
    return *text == '\0';
}

bool kt_list_is_code(const kt_project_format *format, const char *text)
{
    /* "Total" at the end of a list is none, whatever codes look like. */
    if (strlen(text) > 64 || strpbrk(text, " \t\n") != NULL ||
        strpbrk(text, "0123456789") == NULL) {
        return false;
    }
    for (size_t i = 0; i < format->code_count; i++) {
        if (fits(format->codes[i], text)) {
            return true;
        }
    }
    return false;
}

/* Up to most digits as a number; the first letter behind them, NULL if there are fewer than least.
 */
static const char *read_digits(const char *at, size_t least, size_t most, int *out)
{
    size_t count = 0;
    *out = 0;
    for (; count < most && kt_is_digit(at[count]); count++) {
        *out = *out * 10 + (at[count] - '0');
    }
    return count < least ? NULL : at + count;
}

typedef struct date_form {
    const char *order;
    char sign;
    bool year_first;
    size_t least; /* digits of a day and a month */
} date_form;

static const date_form forms[] = {
    {"d.m.yyyy", '.', false, 1}, {"yyyy-mm-dd", '-', true, 2}, {"dd/mm/yyyy", '/', false, 1}};

/* A time of day behind a date may be there if it is midnight, as databases write it. */
static bool is_midnight(const char *at)
{
    if (*at != 'T' && *at != ' ') {
        return *at == '\0';
    }
    at++;
    bool colon = false;
    for (; *at == '0' || *at == ':' || *at == '.'; at++) {
        colon |= *at == ':';
    }
    return colon && (*at == '\0' || strcmp(at, "Z") == 0);
}

static bool read_date(const date_form *form, const char *text, int parts[3])
{
    const char *at = text;
    for (size_t i = 0; i < 3; i++) {
        const size_t place = form->year_first ? 2 - i : i; /* day, month, year */
        if (i > 0 && *at++ != form->sign) {
            return false;
        }
        at = read_digits(at, place == 2 ? 4 : form->least, place == 2 ? 4 : 2, &parts[place]);
        if (at == NULL) {
            return false;
        }
    }
    return is_midnight(at);
}

static const date_form *form_of(const char *order)
{
    size_t at = 0;
    while (strcmp(order, forms[at].order) != 0) { /* the format was read with these alone */
        at++;
    }
    return &forms[at];
}

static bool read_any_date(const kt_project_format *format, const char *text, int parts[3])
{
    for (size_t i = 0; i < format->date_order_count; i++) {
        if (read_date(form_of(format->date_orders[i]), text, parts)) {
            return true;
        }
    }
    return false;
}

bool kt_list_is_dated(const kt_project_format *format, const char *text)
{
    int parts[3];
    return read_any_date(format, text, parts);
}

static bool is_plausible(int64_t day)
{
    return day >= kt_days_from_civil(1980, 1, 1) && day <= kt_days_from_civil(2099, 12, 31);
}

bool kt_list_day(const kt_project_format *format, const kt_list_cell *cell, int64_t *day)
{
    if (cell->kind == KT_CELL_DAY) {
        *day = cell->day;
        return is_plausible(*day);
    }
    int parts[3];
    if (!read_any_date(format, cell->text, parts)) {
        return false;
    }
    int back[3];
    *day = kt_days_from_civil(parts[2], parts[1], parts[0]);
    kt_civil_from_days(*day, &back[2], &back[1], &back[0]);
    return back[0] == parts[0] && back[1] == parts[1] && is_plausible(*day);
}

/* How long the blanks are at the end of the first length bytes. */
static size_t blanks_before(const char *text, size_t length)
{
    size_t blanks = 0;
    while (blanks < length && text[length - 1 - blanks] == ' ') {
        blanks++;
    }
    const bool wide = length - blanks > 1 && memcmp(text + length - blanks - 2, "\xc2\xa0", 2) == 0;
    return blanks + (wide ? 2 : 0);
}

/* The amount without the name of its currency. */
static void copy_amount(const char *text, char *amount, size_t room)
{
    const size_t length = strnlen(text, room - 1);
    memcpy(amount, text, length);
    amount[length] = '\0';
    const size_t name = kt_text_ends(amount, "EUR") || kt_text_ends(amount, "\xe2\x82\xac") ? 3 : 0;
    if (name > 0) {
        amount[length - name - blanks_before(amount, length - name)] = '\0';
    }
}

#define MONEY_LIMIT 1e13 /* euros; as core's own limit */

static bool round_money(double euros, int64_t *cents)
{
    if (!(fabs(euros) < MONEY_LIMIT)) {
        return false;
    }
    *cents = llround(euros * 100.0);
    return true;
}

bool kt_list_money(const kt_project_format *format, const kt_list_cell *cell, int64_t *cents)
{
    char amount[64];
    double euros = 0.0;
    copy_amount(cell->text, amount, sizeof amount);
    if (cell->kind == KT_CELL_NUMBER) { /* binary: 0.1 + 0.2 has many decimals */
        return kt_number_read(cell->text, strlen(cell->text), &euros) && round_money(euros, cents);
    }
    for (const char *sign = format->decimal_signs; *sign != '\0'; sign++) {
        if (kt_money_read(amount, *sign, cents)) {
            return true;
        }
    }
    return format->rounds_money && kt_number_read(amount, strlen(amount), &euros) &&
           round_money(euros, cents);
}

/* "FI193" and shorter: a country's two letters, and digits and letters behind them. */
static size_t region_code_length(const char *text)
{
    size_t length = 0;
    while ((text[length] >= 'A' && text[length] <= 'Z') || kt_is_digit(text[length])) {
        length++;
    }
    const bool ends = text[length] == '\0' || blank_length(text + length) > 0;
    const bool letters = length >= 2 && !kt_is_digit(text[0]) && !kt_is_digit(text[1]);
    const bool is_code = letters && ends && length <= 5 &&
                         (length == 2 ? strncmp(text, "FI", 2) == 0 : kt_is_digit(text[2]));
    return is_code ? length : 0;
}

/* The end of the first place of several: a sign between them, or a comma before another code. */
static size_t place_length(const char *text)
{
    size_t length = 0;
    for (; text[length] != '\0' && strchr(";|\n", text[length]) == NULL; length++) {
        if (text[length] == ',' && text[length + 1] == ' ' &&
            region_code_length(text + length + 2) > 0) {
            break;
        }
    }
    return length;
}

static const char *joined(const char *before, const char *part, bool first, kt_arena *arena)
{
    return first ? part : kt_arena_print(arena, "%s|%s", before, part);
}

void kt_list_location(const char *text, kt_arena *arena, const char **code, const char **name)
{
    const char *codes = "";
    const char *names = "";
    bool first = true;
    for (size_t parts = 0; *text != '\0' && parts < 64; parts++) {
        const size_t length = place_length(text);
        const char *place = kt_list_clean(kt_arena_copy_n(arena, text, length), arena);
        text += length + (text[length] != '\0');
        if (*place == '\0') {
            continue;
        }
        const size_t coded = region_code_length(place);
        codes = joined(codes, kt_arena_copy_n(arena, place, coded), first, arena);
        names = joined(names, kt_list_clean(place + coded, arena), first, arena);
        first = false;
    }
    *code = strspn(codes, "|") == strlen(codes) ? NULL : codes;
    *name = strspn(names, "|") == strlen(names) ? NULL : names;
}
