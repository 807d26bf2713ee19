/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/px.h"

#include <math.h>
#include <string.h>

#include "core/number.h"
#include "scan.h"
#include "transform/reader.h"

/*
 * PX files: figures as they are, symbols between quotes, in the words that the file shows for them.
 * Some older writers leave the quotes out.
 */

typedef struct px_reading {
    const kt_px *px;
    kt_figures *figures;
    kt_symbols *symbols;
    const char *name;
    kt_arena *arena;
} px_reading;

static bool is_mark(const kt_px_cell *cell)
{
    size_t dots = 0;
    while (dots < cell->length && cell->start[dots] == '.') {
        dots++;
    }
    return dots == cell->length || (cell->length == 1 && cell->start[0] == '-');
}

static kt_status wrong_cell(const px_reading *reading, const kt_px_cell *cell, const char *expected,
                            kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: \"%.*s\" in DATA, expected %s", reading->name,
                   cell->line, cell->length > 24 ? 24 : (int)cell->length, cell->start, expected);
}

static kt_status take_symbol(px_reading *reading, size_t place, const kt_px_cell *cell,
                             kt_error *err)
{
    const char *words = kt_px_symbol(reading->px, cell, reading->arena);
    const kt_scan_text text = {words, strlen(words)};
    if (text.length == 0) {
        return wrong_cell(reading, cell, "a figure or a symbol", err);
    }
    const uint8_t number = kt_symbols_number(reading->symbols, text, reading->arena);
    if (number == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: more than %d symbols in DATA",
                       reading->name, cell->line, KT_SYMBOLS);
    }
    reading->figures->value[place] = NAN;
    reading->figures->symbol[place] = number;
    return KT_OK;
}

static kt_status take_cell(void *context, size_t place, const kt_px_cell *cell, kt_error *err)
{
    px_reading *reading = context;
    double *value = &reading->figures->value[place];
    if (cell->quoted || is_mark(cell)) {
        return take_symbol(reading, place, cell, err);
    }
    const char *end = cell->start;
    if ((kt_scan_number(&end, value) && end == cell->start + cell->length) ||
        kt_number_read(cell->start, cell->length, value)) {
        return KT_OK;
    }
    return wrong_cell(reading, cell, "a figure, or a symbol between quotes", err);
}

static kt_status read_px(const kt_document *document, kt_arena *arena, kt_figures **out,
                         kt_error *err)
{
    kt_px *px = NULL;
    kt_envelope *envelope = NULL;
    kt_figures *figures = NULL;
    KT_TRY(kt_px_open(document, arena, &px, err));
    KT_TRY(kt_px_envelope(px, &envelope, err));
    KT_TRY(kt_figures_new(envelope, document->name, arena, &figures, err));
    px_reading reading = {px, figures, kt_arena_new(arena, kt_symbols), document->name, arena};
    KT_TRY(kt_px_walk(px, take_cell, &reading, err));
    figures->symbols = reading.symbols->words;
    figures->symbol_count = reading.symbols->count;
    *out = figures;
    return KT_OK;
}

const kt_reader kt_reader_px = {
    .format = "px",
    .envelope = kt_envelope_px,
    .read = read_px,
};
