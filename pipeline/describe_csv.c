/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/charset.h"
#include "core/csv.h"
#include "core/number.h"
#include "describe.h"

/*
 * A CSV says nothing of itself: the delimiter is the sign that the lines have equally often, a
 * column of figures is one whose fields are figures or stand in place of them, and every other one
 * has codes.
 */

#define LINES_LOOKED 20
#define CODES_MOST   20000 /* distinct fields of a column that can still be codes */
#define COLUMNS_MOST 400

/* What is seen of a column. */
typedef struct column {
    const char *name;
    kt_codes *fields;
    size_t figures, symbols, others, commas; /* of the fields that are not empty */
} column;

typedef struct sheet {
    kt_arena *arena;
    column *columns;
    size_t count;
} sheet;

static size_t count_of(const char *line, size_t length, char letter)
{
    size_t count = 0;
    for (size_t i = 0; i < length; i++) {
        count += line[i] == letter ? 1 : 0;
    }
    return count;
}

/* How often the sign stands in the last of the lines looked at, if at least two lines agree. */
static size_t steady_count(const char *text, char letter, size_t *skipped)
{
    size_t counts[LINES_LOOKED];
    size_t lines = 0;
    for (const char *at = text; *at != '\0' && lines < LINES_LOOKED; lines++) {
        const size_t length = strcspn(at, "\n");
        counts[lines] = count_of(at, length, letter);
        at += length + (at[length] == '\0' ? 0 : 1);
    }
    *skipped = 0;
    if (lines < 2 || counts[lines - 1] == 0) {
        return 0;
    }
    while (*skipped + 1 < lines && counts[*skipped] != counts[lines - 1]) {
        ++*skipped;
    }
    return *skipped + 1 < lines ? counts[lines - 1] : 0;
}

static bool find_delimiter(const char *text, kt_csv_shape *out)
{
    static const char delimiters[] = ";\t|,";
    size_t best = 0;
    for (size_t i = 0; delimiters[i] != '\0'; i++) {
        size_t skipped = 0;
        const size_t count = steady_count(text, delimiters[i], &skipped);
        if (count > best) {
            best = count;
            out->delimiter = delimiters[i];
            out->skipped = skipped;
        }
    }
    return best > 0;
}

/* "14,0" and "14.0"; false for anything that is no figure. */
static bool is_figure(const char *field, bool *has_comma)
{
    double value = 0.0;
    *has_comma = strchr(field, ',') != NULL;
    return kt_decimal_read(field, *has_comma ? ',' : '.', &value);
}

static bool is_symbol(const char *field)
{
    return strspn(field, ".-:*") == strlen(field) || strcmp(field, "NA") == 0;
}

static void see(column *of, const char *field)
{
    bool has_comma = false;
    if (field[0] == '\0') {
        return;
    }
    if (is_figure(field, &has_comma)) {
        of->figures++;
        of->commas += has_comma ? 1 : 0;
    } else if (is_symbol(field)) {
        of->symbols++;
    } else {
        of->others++;
    }
    if (kt_codes_count(of->fields) < CODES_MOST) {
        (void)kt_codes_intern(of->fields, field);
    }
}

static kt_status take_header(void *context, const kt_csv_row *row, kt_error *err)
{
    sheet *of = context;
    if (row->field_count > COLUMNS_MOST) {
        return kt_fail(err, KT_ERR_FORMAT, "%zu columns, expected at most %d", row->field_count,
                       COLUMNS_MOST);
    }
    of->count = row->field_count;
    of->columns = kt_arena_array(of->arena, column, of->count + 1);
    for (size_t i = 0; i < of->count; i++) {
        of->columns[i].name = kt_arena_copy(of->arena, row->fields[i]);
        of->columns[i].fields = kt_codes_new(of->arena);
    }
    return KT_OK;
}

static kt_status take_row(void *context, const kt_csv_row *row, kt_error *err)
{
    sheet *of = context;
    (void)err;
    for (size_t i = 0; i < of->count && i < row->field_count; i++) {
        see(&of->columns[i], row->fields[i]);
    }
    return KT_OK;
}

static kt_status read_sheet(const kt_document *document, kt_csv_shape *shape, sheet *out,
                            kt_error *err)
{
    const kt_charset_text text = {document->bytes, document->length, shape->charset,
                                  document->name};
    char *bytes = NULL;
    size_t length = 0;
    KT_TRY(kt_charset_decode(text, out->arena, &bytes, &length, err));
    if (!find_delimiter(bytes, shape)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: no kind of table that is known here, expected PxWeb, JSON-stat, "
                       "PX-JSON, PX, or a CSV whose lines have equally many fields",
                       document->name);
    }
    const kt_csv_events events = {.context = out, .header = take_header, .row = take_row};
    return kt_csv_read_bytes(
        bytes, length, document->name,
        (kt_csv_dialect){.separator = shape->delimiter, .rows_before = shape->skipped}, &events,
        err);
}

static bool are_periods(const kt_codes *fields)
{
    kt_period period;
    for (size_t i = 0; i < kt_codes_count(fields); i++) {
        if (!kt_period_read(kt_codes_at(fields, i), &period)) {
            return false;
        }
    }
    return kt_codes_count(fields) > 0;
}

/* Codes may be numbers: years, occupations, areas. Then their column's name tells. */
static bool has_codes(const column *of)
{
    static const char *const words[] = {"^alue", "salue", "suuralue", "region", "geo",
                                        "kunta", "ammat", "occup",    "yrke",   "isco",
                                        "toimi", "nace",  "tol",      "sector", "vuosi",
                                        "year",  "time",  "kausi",    "period", NULL};
    const kt_dimension named = {.id = of->name, .label = of->name};
    return of->others > 0 || are_periods(of->fields) || kt_is_called(&named, words);
}

static bool is_of_symbols(const column *of)
{
    static const char *const words[] = {"status", "symbol", "flag", "merk", NULL};
    const kt_dimension named = {.id = of->name, .label = of->name};
    return kt_is_called(&named, words);
}

static void add_dimension(kt_envelope *to, kt_dimension dimension)
{
    to->dimensions[to->dimension_count++] = dimension;
}

/* One more column of figures: of a content of its own, or of a period that is its name. */
static void add_figures(const column *from, kt_codes *contents, kt_codes *periods,
                        kt_csv_place *out)
{
    kt_period period;
    out->is_figure = true;
    if (kt_period_read(from->name, &period)) {
        (void)kt_codes_intern(periods, from->name);
        out->is_across = true;
    } else {
        (void)kt_codes_intern(contents, from->name);
        out->content = from->name;
    }
}

static bool has_contents(const kt_envelope *table)
{
    static const char *const words[] = {"tieto", "tiedot", "content", "indicator", "measure", NULL};
    for (size_t i = 0; i < table->dimension_count; i++) {
        if (kt_is_called(&table->dimensions[i], words)) {
            table->dimensions[i].is_metric = true;
            return true;
        }
    }
    return false;
}

/* Figures of one column, or across periods, are of the contents that another column names. */
static void close_contents(kt_csv_shape *shape, kt_envelope *table, kt_codes *contents,
                           kt_codes *periods)
{
    const bool named = has_contents(table);
    for (size_t i = 0; named && i < shape->count; i++) {
        shape->columns[i].content = NULL;
    }
    if (!named && kt_codes_count(contents) > 0) {
        add_dimension(table, (kt_dimension){.id = "contents",
                                            .label = "contents",
                                            .codes = contents,
                                            .is_metric = true});
    }
    if (kt_codes_count(periods) > 0) {
        add_dimension(
            table,
            (kt_dimension){.id = "period", .label = "period", .codes = periods, .is_time = true});
    }
}

static void note_symbols(const column *of, kt_codes *symbols)
{
    bool has_comma = false;
    for (size_t i = 0; i < kt_codes_count(of->fields); i++) {
        const char *field = kt_codes_at(of->fields, i);
        if (!is_figure(field, &has_comma)) {
            (void)kt_codes_intern(symbols, field);
        }
    }
}

static void classify(const sheet *from, kt_csv_shape *shape, kt_envelope *table)
{
    kt_codes *contents = kt_codes_new(from->arena);
    kt_codes *periods = kt_codes_new(from->arena);
    const char *last = NULL;
    for (size_t i = 0; i < from->count; i++) {
        const column *seen = &from->columns[i];
        kt_csv_place *out = &shape->columns[i];
        *out = (kt_csv_place){.name = seen->name, .dimension = KT_NO_CODE};
        if (seen->commas > 0 && seen->others == 0) {
            shape->decimal = ',';
        }
        if (kt_codes_count(seen->fields) == 0 || seen->name[0] == '\0') {
            continue; /* nothing stands in it, or nobody knows what */
        }
        if (is_of_symbols(seen)) {
            out->is_symbol = true;
            out->content = last;
            note_symbols(seen, shape->symbols);
        } else if (has_codes(seen)) {
            out->dimension = table->dimension_count;
            add_dimension(table, (kt_dimension){
                                     .id = seen->name, .label = seen->name, .codes = seen->fields});
        } else {
            add_figures(seen, contents, periods, out);
            note_symbols(seen, shape->symbols);
            last = out->content;
        }
    }
    close_contents(shape, table, contents, periods);
}

kt_status kt_csv_describe(const kt_document *document, kt_arena *arena, kt_csv_shape **out,
                          kt_envelope **table, kt_error *err)
{
    kt_csv_shape *shape = kt_arena_new(arena, kt_csv_shape);
    kt_envelope *envelope = kt_arena_new(arena, kt_envelope);
    sheet seen = {.arena = arena};
    const bool is_utf8 = kt_utf8_valid(document->bytes, document->length, NULL);
    *shape = (kt_csv_shape){.charset = is_utf8 ? "utf-8" : "iso-8859-1",
                            .decimal = '.',
                            .symbols = kt_codes_new(arena)};
    KT_TRY(read_sheet(document, shape, &seen, err));
    shape->count = seen.count;
    shape->columns = kt_arena_array(arena, kt_csv_place, seen.count + 1);
    envelope->dimensions = kt_arena_array(arena, kt_dimension, seen.count + 2);
    classify(&seen, shape, envelope);
    *out = shape;
    *table = envelope;
    return KT_OK;
}
