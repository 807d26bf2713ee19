/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/indicator_report.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/charset.h"
#include "core/codes.h"
#include "core/csv.h"
#include "core/instant.h"
#include "core/number.h"

#define DAY_S       INT64_C(86400)
#define NUMBER_MOST 40
#define REJECTS_OF  100 /* one row in so many may be rejected */
#define COUNT_MOST  1e9
#define HEADER_MOST 1000

enum { PROJECT, INDICATOR, PERIOD, SEX, TARGET, REALISED, DAY, COLUMNS };

static const char *const columns[COLUMNS] = {"hankekoodi", "indikaattori", "jakso", "sukupuoli",
                                             "tavoite",    "toteuma",      "pvm"};

typedef struct reading {
    const kt_indicators *all;
    kt_arena *arena;
    const char *name;
    size_t place[COLUMNS]; /* of each column in the file */
    kt_indicator_row *rows;
    size_t row_count, row_room;
    kt_project_reject *rejects;
    size_t reject_count, reject_room;
    kt_codes *seen; /* keys of rows, and the line of each */
    size_t *line_of;
    size_t line_room;
} reading;

static const char *cell(const reading *of, const kt_csv_row *row, size_t column)
{
    const size_t at = of->place[column];
    return at < row->field_count ? row->fields[at] : "";
}

static char separator_of(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    const size_t line = end == NULL ? length : (size_t)(end - bytes);
    return memchr(bytes, ';', line) != NULL ? ';' : ',';
}

static size_t column_of(const kt_csv_row *header, const char *name)
{
    for (size_t i = 0; i < header->field_count; i++) {
        if (strcasecmp(header->fields[i], name) == 0) {
            return i;
        }
    }
    return header->field_count;
}

static kt_status read_header(void *context, const kt_csv_row *header, kt_error *err)
{
    reading *of = context;
    for (size_t i = 0; i < COLUMNS; i++) {
        of->place[i] = column_of(header, columns[i]);
        if (of->place[i] == header->field_count) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row 1: no column %s, expected it", of->name,
                           columns[i]);
        }
    }
    return KT_OK;
}

static bool read_sex(const char *word, kt_indicator_sex *out)
{
    static const struct {
        const char *word;
        kt_indicator_sex sex;
    } words[] = {{"", KT_SEX_ALL},     {"kaikki", KT_SEX_ALL}, {"all", KT_SEX_ALL},
                 {"yht", KT_SEX_ALL},  {"n", KT_SEX_F},        {"nainen", KT_SEX_F},
                 {"naiset", KT_SEX_F}, {"f", KT_SEX_F},        {"m", KT_SEX_M},
                 {"mies", KT_SEX_M},   {"miehet", KT_SEX_M},   {"muu", KT_SEX_NB},
                 {"muut", KT_SEX_NB},  {"nb", KT_SEX_NB}};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcasecmp(words[i].word, word) == 0) {
            *out = words[i].sex;
            return true;
        }
    }
    return false;
}

/* 2024, 2024-H1, END. */
static bool is_period(const char *word)
{
    const bool year = strspn(word, "0123456789") == 4 && word[0] == '2';
    return strcmp(word, "END") == 0 || (year && (word[4] == '\0' || strcmp(word + 4, "-H1") == 0 ||
                                                 strcmp(word + 4, "-H2") == 0));
}

/* A count, or a mean of a scale; a decimal comma is a point. NAN of an empty cell. */
static bool read_figure(const char *word, bool whole, double *out)
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
    return kt_number_read(text, length, out) && *out >= 0.0 && *out <= COUNT_MOST &&
           (!whole || *out == floor(*out));
}

/* 31.12.2026 or 2026-12-31. */
static bool read_day(const char *word, int64_t *out)
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
    return y == year && m == month && d == day;
}

static const char *found_words(const reading *of, size_t column, const char *found,
                               const char *expected)
{
    return kt_arena_print(of->arena, "column %s: \"%.60s\", expected %s", columns[column], found,
                          expected);
}

/* Why the row cannot be taken, or NULL. */
static const char *read_cells(const reading *of, const kt_csv_row *row, kt_indicator_row *out)
{
    const char *word[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++) {
        word[i] = cell(of, row, i);
    }
    const kt_indicator *indicator = kt_indicator_find(of->all, word[INDICATOR]);
    const bool whole = indicator == NULL || strcmp(indicator->level, "score") != 0;
    if (word[PROJECT][0] == '\0') {
        return found_words(of, PROJECT, "", "a project's code");
    }
    if (indicator == NULL) {
        return found_words(of, INDICATOR, word[INDICATOR], "a code of indicators.csv");
    }
    if (!is_period(word[PERIOD])) {
        return found_words(of, PERIOD, word[PERIOD], "2024, 2024-H1 or END");
    }
    if (!read_sex(word[SEX], &out->sex)) {
        return found_words(of, SEX, word[SEX], "kaikki, n, m or muu");
    }
    if (!read_figure(word[TARGET], whole, &out->target)) {
        return found_words(of, TARGET, word[TARGET], "a count of 0 or more");
    }
    if (!read_figure(word[REALISED], whole, &out->realised)) {
        return found_words(of, REALISED, word[REALISED], "a count of 0 or more");
    }
    if (!read_day(word[DAY], &out->reported_day)) {
        return found_words(of, DAY, word[DAY], "a day as 31.12.2026");
    }
    if (isnan(out->target) && isnan(out->realised)) {
        return "neither tavoite nor toteuma, expected one of them";
    }
    out->project = kt_arena_copy(of->arena, word[PROJECT]);
    out->indicator = indicator->code;
    out->period = kt_arena_copy(of->arena, word[PERIOD]);
    return NULL;
}

/* The line that has the same figure already; 0 if none does. */
static size_t seen_before(reading *of, const kt_indicator_row *row)
{
    const char *key = kt_arena_print(of->arena, "%s %s %s %d", row->project, row->indicator,
                                     row->period, (int)row->sex);
    const size_t known = kt_codes_count(of->seen);
    const size_t at = kt_codes_intern(of->seen, key);
    if (at < known) {
        return of->line_of[at];
    }
    of->line_of = kt_arena_grow(of->arena, of->line_of, known, &of->line_room, sizeof *of->line_of);
    of->line_of[at] = row->line;
    return 0;
}

static void reject(reading *of, const kt_csv_row *row, const char *reason)
{
    const char *code = cell(of, row, PROJECT);
    of->rejects = kt_arena_grow(of->arena, of->rejects, of->reject_count, &of->reject_room,
                                sizeof *of->rejects);
    of->rejects[of->reject_count++] =
        (kt_project_reject){.line = row->line,
                            .code = code[0] == '\0' ? NULL : kt_arena_copy(of->arena, code),
                            .reason = reason};
}

static kt_status read_row(void *context, const kt_csv_row *row, kt_error *err)
{
    (void)err;
    reading *of = context;
    kt_indicator_row made = {.line = row->line};
    const char *reason = read_cells(of, row, &made);
    const size_t before = reason == NULL ? seen_before(of, &made) : 0;
    if (before > 0) {
        reason = kt_arena_print(of->arena, "row %zu has the same figure of this project", before);
    }
    if (reason != NULL) {
        reject(of, row, reason);
        return KT_OK;
    }
    of->rows = kt_arena_grow(of->arena, of->rows, of->row_count, &of->row_room, sizeof *of->rows);
    of->rows[of->row_count++] = made;
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

bool kt_indicator_report_is(const kt_project_file *file)
{
    const char *end = memchr(file->bytes, '\n', file->length);
    const size_t line = end == NULL ? file->length : (size_t)(end - file->bytes);
    return line < HEADER_MOST && has_word(file->bytes, line, columns[PROJECT]) &&
           has_word(file->bytes, line, columns[INDICATOR]);
}

kt_status kt_indicator_report_read(const kt_project_file *file, const kt_indicators *all,
                                   kt_arena *arena, kt_indicator_report *out, kt_error *err)
{
    const kt_charset_text text = {file->bytes, file->length, "windows-1252", file->name};
    char *bytes = NULL;
    size_t length = 0;
    reading of = {.all = all, .arena = arena, .name = file->name, .seen = kt_codes_new(arena)};
    const kt_csv_events events = {.context = &of, .header = read_header, .row = read_row};
    KT_TRY(kt_charset_decode(text, arena, &bytes, &length, err));
    const kt_csv_dialect dialect = {.separator = separator_of(bytes, length)};
    KT_TRY(kt_csv_read_bytes(bytes, length, file->name, dialect, &events, err));
    const size_t rows = of.row_count + of.reject_count;
    if (of.reject_count * REJECTS_OF > rows) {
        return kt_fail(
            err, KT_ERR_FORMAT,
            "%s: %zu of %zu rows cannot be read, expected at most 1 %%; the first is row "
            "%zu: %s",
            file->name, of.reject_count, rows, of.rejects[0].line, of.rejects[0].reason);
    }
    *out = (kt_indicator_report){of.rows, of.row_count, of.rejects, of.reject_count};
    return KT_OK;
}
