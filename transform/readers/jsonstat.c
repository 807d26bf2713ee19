/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "transform/reader.h"

#include <math.h>

#include "scan.h"

/*
 * JSON-stat 2.0. `value` is an array of all cells or an object of some of them; `status` is an
 * object, an array, one text for all cells, or an array with one text for all (deprecated). PxWeb
 * writes null in `value` and the symbol in `status`; Eurostat leaves the cell out of both.
 */

static kt_status read_dense(kt_scan *scan, size_t cells, double *value, kt_error *err)
{
    size_t count = 0;
    scan->at++;
    do {
        kt_scan_blank(scan);
        if (count == cells) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: value has more than %zu figures, expected as "
                           "many as the sizes multiply to",
                           scan->name, cells);
        }
        if (!kt_scan_number(&scan->at, &value[count])) {
            if (!kt_scan_null(scan)) {
                return kt_scan_wrong(scan, "a number or null in value", err);
            }
            value[count] = NAN;
        }
        count++;
    } while (kt_scan_take(scan, ','));
    if (!kt_scan_take(scan, ']')) {
        return kt_scan_wrong(scan, "',' or ']' in value", err);
    }
    if (count != cells) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: value has %zu figures, expected %zu, what the "
                       "sizes multiply to",
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
        size_t cell;
        KT_TRY(read_cell(scan, cells, &cell, err));
        if (seen[cell]) {
            return twice(scan, cell, "value", err);
        }
        seen[cell] = true;
        if (!kt_scan_number(&scan->at, &value[cell]) && !kt_scan_null(scan)) {
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
                       "%s: more than %d different texts in status, expected "
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
        size_t cell;
        uint8_t number;
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
    uint8_t number;
    KT_TRY(read_symbol(scan, symbols, &number, err));
    fill(symbol, cells, number);
    return KT_OK;
}

static kt_status read_figures(kt_scan *scan, kt_figures *figures, kt_error *err)
{
    static const char *const keys[] = {"value", "status"};
    const char *place[2];
    const size_t cells = figures->envelope->cells;
    kt_scan whole = *scan;
    KT_TRY(kt_scan_find(&whole, keys, 2, place, err));
    if (place[0] == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no value, expected the figures of a data set",
                       scan->name);
    }
    scan->at = place[0];
    if (*scan->at == '[') {
        KT_TRY(read_dense(scan, cells, figures->value, err));
    } else if (*scan->at == '{') {
        KT_TRY(read_sparse(scan, cells, figures->value, err));
    } else {
        return kt_scan_wrong(scan, "value to be an array or an object", err);
    }
    if (place[1] == NULL) {
        return KT_OK;
    }
    scan->at = place[1];
    kt_symbols *symbols = kt_arena_new(scan->arena, kt_symbols);
    KT_TRY(read_status(scan, cells, symbols, figures->symbol, err));
    figures->symbols = symbols->words;
    figures->symbol_count = symbols->count;
    return KT_OK;
}

static kt_status read_jsonstat(const char *bytes, size_t length, const char *name, kt_arena *arena,
                               kt_figures **out, kt_error *err)
{
    kt_envelope *envelope = NULL;
    KT_TRY(kt_envelope_jsonstat(bytes, length, name, arena, &envelope, err));
    kt_figures *figures = NULL;
    KT_TRY(kt_figures_new(envelope, name, arena, &figures, err));
    kt_scan scan = {.start = bytes, .at = bytes, .name = name, .arena = arena};
    KT_TRY(read_figures(&scan, figures, err));
    *out = figures;
    return KT_OK;
}

const kt_reader kt_reader_jsonstat = {.format = "json-stat2", .read = read_jsonstat};
