/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <math.h>
#include <string.h>

#include "scan.h"

/*
 * JSON-stat. `value` is an array of all cells or an object of some of them; `status` is an
 * object, an array, one text for all cells, or an array with one text for all (deprecated). PxWeb
 * writes null in `value` and the symbol in `status`; Eurostat leaves the cell out of both.
 */

static inline bool read_figure(kt_scan *scan, double *value)
{
    kt_scan_blank(scan);
    if (kt_scan_number(&scan->at, value)) {
        return true;
    }
    *value = NAN;
    return kt_scan_null(scan);
}

static kt_status read_dense(kt_scan *scan, size_t cells, double *value, kt_error *err)
{
    size_t count = 0;
    scan->at++;
    if (kt_scan_take(scan, ']')) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: 0 values, but the sizes multiply to %zu; metadata have none, expected "
                       "a reply",
                       scan->name, cells);
    }
    do {
        if (count == cells) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: value has more than %zu figures, expected as many as the sizes "
                           "multiply to",
                           scan->name, cells);
        }
        if (!read_figure(scan, &value[count])) {
            return kt_scan_wrong(scan, "a number or null in value", err);
        }
        count++;
    } while (kt_scan_take(scan, ','));
    if (!kt_scan_take(scan, ']')) {
        return kt_scan_wrong(scan, "',' or ']' in value", err);
    }
    if (count != cells) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: value has %zu figures, expected %zu, what the sizes multiply to",
                       scan->name, count, cells);
    }
    return KT_OK;
}

/* The key of a sparse object, "17", up to its colon: a cell's number. */
static kt_status read_cell(kt_scan *scan, size_t cells, size_t *cell, kt_error *err)
{
    kt_scan_text key;
    kt_scan_blank(scan);
    const kt_scan before = *scan;
    if (!kt_scan_string(scan, &key)) {
        return kt_scan_wrong(scan, "a cell's number as a key", err);
    }
    size_t number = 0, length = 0;
    while (length < key.length && (unsigned)(key.words[length] - '0') <= 9 && number < cells) {
        number = number * 10 + (size_t)(key.words[length++] - '0');
    }
    if (length == 0 || length != key.length || number >= cells ||
        (key.words[0] == '0' && length > 1)) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: byte %zu: key \"%.*s\", expected a cell from 0 to "
                       "%zu",
                       scan->name, (size_t)(before.at - scan->start),
                       key.length > 24 ? 24 : (int)key.length, key.words, cells - 1);
    }
    if (!kt_scan_take(scan, ':')) {
        return kt_scan_wrong(scan, "':'", err);
    }
    kt_scan_blank(scan);
    *cell = number;
    return KT_OK;
}

static kt_status twice(const kt_scan *scan, size_t cell, const char *where, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: %s has cell %zu twice, expected each cell once",
                   scan->name, where, cell);
}

static kt_status read_sparse(kt_scan *scan, size_t cells, double *value, kt_error *err)
{
    bool *seen = kt_arena_array(scan->arena, bool, cells);
    for (size_t i = 0; i < cells; i++) {
        value[i] = NAN;
    }
    scan->at++;
    if (kt_scan_take(scan, '}')) {
        return KT_OK;
    }
    do {
        size_t cell = 0;
        KT_TRY(read_cell(scan, cells, &cell, err));
        if (seen[cell]) {
            return twice(scan, cell, "value", err);
        }
        seen[cell] = true;
        if (!read_figure(scan, &value[cell])) {
            return kt_scan_wrong(scan, "a number or null in value", err);
        }
    } while (kt_scan_take(scan, ','));
    return kt_scan_take(scan, '}') ? KT_OK : kt_scan_wrong(scan, "',' or '}' in value", err);
}

/* A symbol's number; an empty text and null are none. */
static kt_status read_symbol(kt_scan *scan, kt_symbols *symbols, uint8_t *number, kt_error *err)
{
    kt_scan_text text = {"", 0};
    kt_scan_blank(scan);
    if (!kt_scan_null(scan) && !kt_scan_string(scan, &text)) {
        return kt_scan_wrong(scan, "a text in status", err);
    }
    *number = text.length == 0 ? 0 : kt_symbols_number(symbols, text, scan->arena);
    if (text.length > 0 && *number == 0) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: more than %d texts in status, or one that is no UTF-8; expected "
                       "a few symbols",
                       scan->name, KT_SYMBOLS);
    }
    return KT_OK;
}

static kt_status read_status_object(kt_scan *scan, size_t cells, kt_symbols *symbols,
                                    uint8_t *symbol, kt_error *err)
{
    scan->at++;
    if (kt_scan_take(scan, '}')) {
        return KT_OK;
    }
    do {
        size_t cell = 0;
        uint8_t number = 0;
        KT_TRY(read_cell(scan, cells, &cell, err));
        KT_TRY(read_symbol(scan, symbols, &number, err));
        if (symbol[cell] != 0) {
            return twice(scan, cell, "status", err);
        }
        symbol[cell] = number;
    } while (kt_scan_take(scan, ','));
    return kt_scan_take(scan, '}') ? KT_OK : kt_scan_wrong(scan, "',' or '}' in status", err);
}

static void fill(uint8_t *symbol, size_t cells, uint8_t number)
{
    for (size_t i = 0; i < cells; i++) {
        symbol[i] = number;
    }
}

static kt_status read_status_array(kt_scan *scan, size_t cells, kt_symbols *symbols,
                                   uint8_t *symbol, kt_error *err)
{
    size_t count = 0;
    scan->at++;
    do {
        if (count == cells) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: status has more than %zu texts, expected as "
                           "many as value has figures",
                           scan->name, cells);
        }
        KT_TRY(read_symbol(scan, symbols, &symbol[count], err));
        count++;
    } while (kt_scan_take(scan, ','));
    if (!kt_scan_take(scan, ']')) {
        return kt_scan_wrong(scan, "',' or ']' in status", err);
    }
    if (count != cells && count != 1) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: status has %zu texts, expected %zu or 1",
                       scan->name, count, cells);
    }
    if (count == 1) {
        fill(symbol, cells, symbol[0]);
    }
    return KT_OK;
}

static kt_status read_status(kt_scan *scan, size_t cells, kt_symbols *symbols, uint8_t *symbol,
                             kt_error *err)
{
    if (*scan->at == '{') {
        return read_status_object(scan, cells, symbols, symbol, err);
    }
    if (*scan->at == '[') {
        return read_status_array(scan, cells, symbols, symbol, err);
    }
    uint8_t number = 0;
    KT_TRY(read_symbol(scan, symbols, &number, err));
    fill(symbol, cells, number);
    return KT_OK;
}

enum { VALUE, STATUS, KEYS };
static const char *const keys[KEYS] = {"value", "status"};

/* The span must be read to its end: what the first look took for the end was no figure's. */
static kt_status check_end(const kt_scan *scan, kt_scan_span span, kt_error *err)
{
    return scan->at == span.end ? KT_OK : kt_scan_wrong(scan, "nothing after the last figure", err);
}

static kt_status read_figures(kt_scan *scan, const kt_scan_span *spans, kt_figures *figures,
                              kt_error *err)
{
    const size_t cells = figures->envelope->cells;
    scan->at = spans[VALUE].begin;
    if (*scan->at == '[') {
        KT_TRY(read_dense(scan, cells, figures->value, err));
    } else if (*scan->at == '{') {
        KT_TRY(read_sparse(scan, cells, figures->value, err));
    } else {
        return kt_scan_wrong(scan, "value to be an array or an object", err);
    }
    KT_TRY(check_end(scan, spans[VALUE], err));
    if (spans[STATUS].begin == NULL) {
        return KT_OK;
    }
    scan->at = spans[STATUS].begin;
    kt_symbols *symbols = kt_arena_new(scan->arena, kt_symbols);
    KT_TRY(read_status(scan, cells, symbols, figures->symbol, err));
    figures->symbols = symbols->words;
    figures->symbol_count = symbols->count;
    return check_end(scan, spans[STATUS], err);
}

static size_t copy_between(char *to, size_t length, const char *from, const char *end)
{
    memcpy(to + length, from, (size_t)(end - from));
    return length + (size_t)(end - from);
}

/* The document with nothing in `value` and `status`: those two are nearly all of it, and we check
 * them ourselves. */
static char *without_figures(const kt_document *document, const kt_scan_span *spans,
                             kt_arena *arena, size_t *left)
{
    const bool swapped = spans[STATUS].begin != NULL && spans[STATUS].begin < spans[VALUE].begin;
    const kt_scan_span order[KEYS] = {spans[swapped ? STATUS : VALUE],
                                      spans[swapped ? VALUE : STATUS]};
    static const char nothing[] = "{}";
    size_t cut = 0, filled = 0;
    for (size_t i = 0; i < KEYS && order[i].begin != NULL; i++) {
        cut += (size_t)(order[i].end - order[i].begin);
    }
    char *light = kt_arena_take(arena, document->length - cut + sizeof "{}{}", 1);
    const char *from = document->bytes;
    for (size_t i = 0; i < KEYS && order[i].begin != NULL; i++) {
        filled = copy_between(light, filled, from, order[i].begin);
        filled = copy_between(light, filled, nothing, nothing + strlen(nothing));
        from = order[i].end;
    }
    *left = copy_between(light, filled, from, document->bytes + document->length);
    return light;
}

/* Where the figures stand; in a bundle or a collection those of the data set that is meant. */
static kt_status find_figures(kt_scan *scan, const kt_document *document, kt_scan_span *spans,
                              kt_error *err)
{
    kt_jsonspan place;
    KT_TRY(kt_scan_find(scan, keys, KEYS, keys[VALUE], spans, err));
    if (spans[VALUE].begin != NULL) {
        return KT_OK;
    }
    KT_TRY(kt_jsonstat_place(document, scan->arena, &place, err));
    scan->at = place.start;
    KT_TRY(kt_scan_find(scan, keys, KEYS, keys[VALUE], spans, err));
    return spans[VALUE].begin != NULL
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: no value, expected a data set", scan->name);
}

/*
 * The envelope of the document without its figures, which is a tenth of the work. Whatever is wrong
 * is said of the whole document, so that places in messages are true.
 */
static kt_status read_envelope(kt_scan *scan, const kt_document *document, kt_scan_span *spans,
                               kt_envelope **out, kt_error *err)
{
    kt_error first = {0};
    kt_document light = *document;
    kt_status status = find_figures(scan, document, spans, &first);
    if (status == KT_OK) {
        light.bytes = without_figures(document, spans, scan->arena, &light.length);
        status = kt_envelope_jsonstat(&light, scan->arena, out, &first);
    }
    if (status == KT_OK) {
        return KT_OK;
    }
    KT_TRY(kt_envelope_jsonstat(document, scan->arena, out, err));
    return kt_fail(err, status, "%s", first.message);
}

static bool is_symbol_of(const kt_source *source, const char *symbol)
{
    for (size_t i = 0; source != NULL && i < source->symbol_count; i++) {
        if (strcmp(source->symbols[i].symbol, symbol) == 0) {
            return true;
        }
    }
    return false;
}

/* A number that stands for a symbol becomes the reply's own words for it, unless the source file
 * knows the number. */
static void name_symbols(const kt_source *source, kt_figures *figures)
{
    const kt_codes *names = figures->envelope->symbol_names;
    for (size_t i = 0; names != NULL && i < figures->symbol_count; i++) {
        const size_t at = kt_codes_find(names, figures->symbols[i]);
        if (at != KT_NO_CODE && !is_symbol_of(source, figures->symbols[i]) &&
            kt_codes_label(names, at)[0] != '\0') {
            figures->symbols[i] = kt_codes_label(names, at);
        }
    }
}

static kt_status read_jsonstat(const kt_document *document, kt_arena *arena, kt_figures **out,
                               kt_error *err)
{
    kt_envelope *envelope = NULL;
    kt_figures *figures = NULL;
    kt_scan_span spans[KEYS] = {0};
    kt_scan scan = kt_scan_of(document, arena);
    KT_TRY(read_envelope(&scan, document, spans, &envelope, err));
    KT_TRY(kt_figures_new(envelope, document->name, arena, &figures, err));
    KT_TRY(read_figures(&scan, spans, figures, err));
    name_symbols(document->source, figures);
    *out = figures;
    return KT_OK;
}

const kt_reader kt_reader_jsonstat = {
    .format = "json-stat2",
    .envelope = kt_envelope_jsonstat,
    .read = read_jsonstat,
};
