/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <math.h>
#include <string.h>

#include "scan.h"

/*
 * PX-JSON, PxWeb's "format":"json": rows of keys and of figures as texts. A figure that is missing
 * is its symbol, in the figure's place. The envelope has made the content columns the last
 * dimension, or a single one none, so a row is a run of cells.
 */

#define CODE_LENGTH 255

typedef struct px_rows {
    kt_scan *scan;
    kt_figures *figures;
    kt_symbols *symbols;
    size_t keys;     /* dimensions but the contents */
    size_t contents; /* figures in a row */
    size_t *newest;  /* of each key: the position it had in the row before */
    bool *seen;      /* of each row of the cube */
    size_t count;
} px_rows;

static bool is_code(const kt_codes *codes, size_t position, kt_scan_text text)
{
    const char *code = position < kt_codes_count(codes) ? kt_codes_at(codes, position) : NULL;
    return code != NULL && strncmp(code, text.words, text.length) == 0 && code[text.length] == '\0';
}

/* Rows come in order, so a key mostly stays or moves on by one. */
static size_t find_code(const kt_codes *codes, size_t guess, kt_scan_text text)
{
    char code[CODE_LENGTH + 1];
    for (size_t i = guess; i < guess + 2; i++) {
        if (is_code(codes, i, text)) {
            return i;
        }
    }
    if (text.length > CODE_LENGTH) {
        return KT_NO_CODE;
    }
    memcpy(code, text.words, text.length);
    code[text.length] = '\0';
    return kt_codes_find(codes, code);
}

/* The keys of a row: which row of the cube it is. */
static kt_status read_key(px_rows *rows, size_t *row, kt_error *err)
{
    kt_scan *scan = rows->scan;
    *row = 0;
    for (size_t i = 0; i < rows->keys; i++) {
        const kt_codes *codes = rows->figures->envelope->dimensions[i].codes;
        kt_scan_text text;
        if (!kt_scan_take(scan, i == 0 ? '[' : ',')) {
            return kt_scan_wrong(scan, "a code for each variable in key", err);
        }
        kt_scan_blank(scan);
        const kt_scan before = *scan;
        if (!kt_scan_string(scan, &text)) {
            return kt_scan_wrong(scan, "a code in key", err);
        }
        rows->newest[i] = find_code(codes, rows->newest[i], text);
        if (rows->newest[i] == KT_NO_CODE) {
            return kt_scan_wrong(&before, "a code of the variable", err);
        }
        *row = *row * kt_codes_count(codes) + rows->newest[i];
    }
    if (rows->keys == 0 && !kt_scan_take(scan, '[')) {
        return kt_scan_wrong(scan, "'[' in key", err);
    }
    return kt_scan_take(scan, ']') ? KT_OK : kt_scan_wrong(scan, "']' in key", err);
}

static kt_status read_figure(px_rows *rows, size_t cell, kt_error *err)
{
    kt_scan_text text;
    kt_scan_blank(rows->scan);
    const kt_scan before = *rows->scan;
    if (!kt_scan_string(rows->scan, &text) || text.length == 0) {
        return kt_scan_wrong(&before, "a figure or a symbol as a text in values", err);
    }
    const char *end = text.words;
    double figure;
    if (kt_scan_number(&end, &figure) && end == text.words + text.length) {
        rows->figures->value[cell] = figure;
        return KT_OK;
    }
    const uint8_t number = kt_symbols_number(rows->symbols, text, rows->scan->arena);
    if (number == 0) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: more than %d texts in values, or one that is no UTF-8; expected "
                       "a few symbols",
                       rows->scan->name, KT_SYMBOLS);
    }
    rows->figures->value[cell] = NAN;
    rows->figures->symbol[cell] = number;
    return KT_OK;
}

static kt_status read_values(px_rows *rows, size_t row, kt_error *err)
{
    for (size_t i = 0; i < rows->contents; i++) {
        if (!kt_scan_take(rows->scan, i == 0 ? '[' : ',')) {
            return kt_scan_wrong(rows->scan, "a figure for each content in values", err);
        }
        KT_TRY(read_figure(rows, row * rows->contents + i, err));
    }
    return kt_scan_take(rows->scan, ']') ? KT_OK : kt_scan_wrong(rows->scan, "']' in values", err);
}

static kt_status read_row(px_rows *rows, kt_error *err)
{
    static const char *const keys[] = {"key", "values"};
    kt_scan_span span[2];
    size_t row;
    kt_scan_blank(rows->scan);
    kt_scan whole = *rows->scan;
    KT_TRY(kt_scan_find(&whole, keys, 2, NULL, span, err));
    if (span[0].begin == NULL || span[1].begin == NULL) {
        return kt_scan_wrong(rows->scan, "key and values in each row of data", err);
    }
    rows->scan->at = span[0].begin;
    KT_TRY(read_key(rows, &row, err));
    if (rows->seen[row]) {
        rows->scan->at = span[0].begin;
        return kt_scan_wrong(rows->scan, "each key once", err);
    }
    rows->seen[row] = true;
    rows->count++;
    rows->scan->at = span[1].begin;
    KT_TRY(read_values(rows, row, err));
    rows->scan->at = whole.at;
    return KT_OK;
}

static kt_status read_rows(px_rows *rows, kt_error *err)
{
    static const char *const keys[] = {"data"};
    kt_scan_span span;
    const size_t expected = rows->figures->envelope->cells / rows->contents;
    kt_scan whole = *rows->scan;
    KT_TRY(kt_scan_find(&whole, keys, 1, NULL, &span, err));
    if (span.begin == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no data, expected rows of key and values",
                       rows->scan->name);
    }
    rows->scan->at = span.begin;
    if (!kt_scan_take(rows->scan, '[')) {
        return kt_scan_wrong(rows->scan, "data to be an array", err);
    }
    do {
        KT_TRY(read_row(rows, err));
    } while (kt_scan_take(rows->scan, ','));
    if (!kt_scan_take(rows->scan, ']')) {
        return kt_scan_wrong(rows->scan, "',' or ']' in data", err);
    }
    if (rows->count != expected) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: data has %zu rows, expected %zu, one for each key",
                       rows->scan->name, rows->count, expected);
    }
    return KT_OK;
}

static kt_status read_pxjson(const kt_document *document, kt_arena *arena, kt_figures **out,
                             kt_error *err)
{
    kt_envelope *envelope = NULL;
    KT_TRY(kt_envelope_pxjson(document, arena, &envelope, err));
    kt_figures *figures = NULL;
    KT_TRY(kt_figures_new(envelope, document->name, arena, &figures, err));
    kt_scan scan = kt_scan_of(document, arena);
    const kt_dimension *last = &envelope->dimensions[envelope->dimension_count - 1];
    const size_t keys = envelope->dimension_count - (last->is_metric ? 1 : 0);
    px_rows rows = {
        .scan = &scan,
        .figures = figures,
        .symbols = kt_arena_new(arena, kt_symbols),
        .keys = keys,
        .contents = last->is_metric ? kt_codes_count(last->codes) : 1,
        .newest = kt_arena_array(arena, size_t, keys + 1),
        .seen = kt_arena_array(arena, bool, envelope->cells),
    };
    KT_TRY(read_rows(&rows, err));
    figures->symbols = rows.symbols->words;
    figures->symbol_count = rows.symbols->count;
    *out = figures;
    return KT_OK;
}

const kt_reader kt_reader_pxjson = {
    .format = "json",
    .envelope = kt_envelope_pxjson,
    .read = read_pxjson,
};
