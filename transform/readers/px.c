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
    kt_symbols *marks;             /* as they stand in DATA */
    uint8_t shown[KT_SYMBOLS + 1]; /* by each mark: the number of its symbol; 0: not looked up */
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

/* The number of the symbol that a cell stands for, looked up once for each mark; 0 if it is one too
 * many or no text. */
static uint8_t symbol_of(px_reading *reading, const kt_px_cell *cell)
{
    const kt_scan_text text = {cell->start, cell->length};
    const uint8_t mark = kt_symbols_number(reading->marks, text, reading->arena);
    if (mark != 0 && reading->shown[mark] == 0) {
        const char *words = kt_px_symbol(reading->px, cell, reading->arena);
        const kt_scan_text symbol = {words, strlen(words)};
        reading->shown[mark] = kt_symbols_number(reading->symbols, symbol, reading->arena);
    }
    return reading->shown[mark];
}

static kt_status take_symbol(px_reading *reading, size_t place, const kt_px_cell *cell,
                             kt_error *err)
{
    if (cell->length == 0) {
        return wrong_cell(reading, cell, "a figure or a symbol", err);
    }
    const uint8_t number = symbol_of(reading, cell);
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
    px_reading reading = {.px = px,
                          .figures = figures,
                          .symbols = kt_arena_new(arena, kt_symbols),
                          .marks = kt_arena_new(arena, kt_symbols),
                          .name = document->name,
                          .arena = arena};
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
