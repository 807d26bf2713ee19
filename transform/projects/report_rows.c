/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "report_rows.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/instant.h"
#include "core/number.h"
#include "core/text.h"
#include "encoding.h"

#define DAY_S       INT64_C(86400)
#define NUMBER_MOST 40
#define REJECTS_OF  100 /* one row in so many may be rejected */
#define HEADER_MOST 1000
#define CODE_MOST   40
#define YEAR_LEAST  1990 /* an earlier one is a year that was cut short */

const char *report_cell(const report *of, const kt_csv_row *row, size_t column)
{
    const size_t at = of->place[column];
    return at < row->field_count ? row->fields[at] : "";
}

static size_t column_of(const kt_csv_row *header, const char *name)
{
    for (size_t i = 0; i < header->field_count; i++) {
        if (strcasecmp(header->fields[i], name) == 0) {
            return i;
        }
    }
    return SIZE_MAX;
}

static kt_status read_header(void *context, const kt_csv_row *header, kt_error *err)
{
    report *of = context;
    for (size_t i = 0; i < of->column_count; i++) {
        of->place[i] = column_of(header, of->columns[i]);
        if (of->place[i] == SIZE_MAX && i < of->needed) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row 1: no column %s, expected it", of->name,
                           of->columns[i]);
        }
    }
    return KT_OK;
}

int report_meaning(const report_word *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++) {
        if (strcasecmp(words[i].word, word) == 0) {
            return words[i].means;
        }
    }
    return -1;
}

bool report_is_period(const char *word)
{
    const bool year = strspn(word, "0123456789") == 4 && word[0] == '2';
    return strcmp(word, "END") == 0 || (year && (word[4] == '\0' || strcmp(word + 4, "-H1") == 0 ||
                                                 strcmp(word + 4, "-H2") == 0));
}

bool report_number(const char *word, double *out)
{
    char text[NUMBER_MOST];
    const size_t length = strlen(word);
    *out = NAN;
    if (length == 0 || length >= sizeof text) {
        return length == 0;
    }
    memcpy(text, word, length + 1);
    char *comma = strchr(text, ',');
    if (comma != NULL) {
        *comma = '.';
    }
    return kt_number_read(text, length, out);
}

bool report_day(const char *word, int64_t *out)
{
    kt_instant instant;
    int day, month, year, end = 0;
    *out = KT_NO_DAY;
    if (word[0] == '\0') {
        return true;
    }
    if (kt_instant_read(word, false, &instant)) {
        *out = instant / DAY_S;
        return strlen(word) == strlen("2026-12-31");
    }
    if (strlen(word) > strlen("31.12.2026") ||
        sscanf(word, "%2d.%2d.%4d%n", &day, &month, &year, &end) != 3 || word[end] != '\0') {
        return false;
    }
    const int64_t found = kt_days_from_civil(year, month, day);
    int y, m, d;
    kt_civil_from_days(found, &y, &m, &d);
    *out = found;
    return year >= YEAR_LEAST && y == year && m == month && d == day;
}

const char *report_expected(report *of, const kt_csv_row *row, size_t column, const char *expected)
{
    const char *found = report_cell(of, row, column);
    char *reason = kt_arena_print(of->arena, "column %s: \"%.*s\", expected %s",
                                  of->columns[column], kt_utf8_cut(found, 60), found, expected);
    kt_text_flatten(reason);
    of->shown = kt_arena_print(of->arena, "column %s: expected %s", of->columns[column], expected);
    return reason;
}

const char *report_project(report *of, const kt_csv_row *row, size_t column)
{
    const char *code = report_cell(of, row, column);
    return kt_text_code_fault(code, strlen(code)) == NULL
               ? NULL
               : report_expected(of, row, column, "a project's code, such as S30001");
}

/* The line that has the same figure already; 0 if none does. */
static size_t seen_before(report *of, const char *key, size_t line)
{
    const size_t known = kt_codes_count(of->seen);
    const size_t at = kt_codes_intern(of->seen, key);
    if (at < known) {
        return of->line_of[at];
    }
    of->line_of = kt_arena_grow(of->arena, of->line_of, known, &of->line_room, sizeof *of->line_of);
    of->line_of[at] = line;
    return 0;
}

static void reject(report *of, const kt_csv_row *row, const char *reason)
{
    const char *cell = report_cell(of, row, 0);
    char *code =
        cell[0] == '\0' ? NULL : kt_arena_copy_n(of->arena, cell, (size_t)kt_utf8_cut(cell, 60));
    if (code != NULL) {
        kt_text_flatten(code);
    }
    of->rejects = kt_arena_grow(of->arena, of->rejects, of->reject_count, &of->reject_room,
                                sizeof *of->rejects);
    of->rejects[of->reject_count++] =
        (kt_project_reject){.line = row->line, .code = code, .reason = reason, .shown = of->shown};
}

static bool is_code(const char *word)
{
    const size_t length = strlen(word);
    return length > 0 && length <= CODE_MOST &&
           strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._/-") ==
               length;
}

static kt_status read_row(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    report *of = context;
    const char *key = NULL;
    of->shown = NULL;
    const char *reason = is_code(report_cell(of, row, 0))
                             ? of->parse(of, row, &key)
                             : report_expected(of, row, 0, "a project's code");
    const size_t before = reason == NULL ? seen_before(of, key, row->line) : 0;
    if (before > 0) {
        reason = kt_arena_print(of->arena, "row %zu has the same figure of this project", before);
    }
    if (reason != NULL) {
        reject(of, row, reason);
        return KT_OK;
    }
    of->rows = kt_arena_grow(of->arena, of->rows, of->kept, &of->room, of->made_size);
    memcpy((char *)of->rows + of->kept++ * of->made_size, of->made, of->made_size);
    return KT_OK;
}

static bool has_word(const char *bytes, size_t length, const char *word)
{
    const size_t letters = strlen(word);
    for (size_t at = 0; at + letters <= length; at++) {
        if (strncasecmp(bytes + at, word, letters) == 0) {
            return true;
        }
    }
    return false;
}

bool report_has(const kt_project_file *file, const char *one, const char *other)
{
    const char *end = memchr(file->bytes, '\n', file->length);
    const size_t line = end == NULL ? file->length : (size_t)(end - file->bytes);
    return line < HEADER_MOST && has_word(file->bytes, line, one) &&
           has_word(file->bytes, line, other);
}

kt_status report_read(report *of, const kt_project_file *file, kt_error *err)
{
    static const char *const encodings[] = {"utf-8", "windows-1252"};
    const kt_list_text text = {file, encodings, 2, ";,"};
    const char *bytes = NULL;
    size_t length = 0;
    of->name = file->name;
    of->seen = kt_codes_new(of->arena);
    const kt_csv_events events = {.context = of, .header = read_header, .row = read_row};
    KT_TRY(kt_list_decode(&text, of->arena, &bytes, &length, err));
    const kt_csv_dialect dialect = {.separator = kt_list_separator(bytes, length)};
    KT_TRY(kt_csv_read_bytes(bytes, length, file->name, dialect, &events, err));
    const size_t rows = of->kept + of->reject_count;
    if (of->reject_count * REJECTS_OF > rows) {
        return kt_fail(
            err, KT_ERR_FORMAT,
            "%s: %zu of %zu rows cannot be read, expected at most 1 %%; the first is row "
            "%zu: %s",
            file->name, of->reject_count, rows, of->rejects[0].line, of->rejects[0].reason);
    }
    return KT_OK;
}
