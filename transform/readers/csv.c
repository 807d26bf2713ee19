/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <math.h>
#include <string.h>

#include "core/csv_reply.h"
#include "scan.h"
#include "transform/reader.h"

/* CSV as the source file lays it out: core reads the rows, here they become arrays. */

typedef struct csv_reading {
    kt_figures *figures;
    kt_symbols *symbols;
    const char *name;
    kt_arena *arena;
} csv_reading;

static kt_status take_cell(void *context, size_t place, double value, const char *symbol,
                           kt_error *err)
{
    csv_reading *reading = context;
    reading->figures->value[place] = value;
    if (symbol == NULL) {
        return KT_OK;
    }
    const kt_scan_text text = {symbol, strlen(symbol)};
    reading->figures->symbol[place] = kt_symbols_number(reading->symbols, text, reading->arena);
    return reading->figures->symbol[place] != 0
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: more than %d symbols", reading->name, KT_SYMBOLS);
}

static kt_status read_csv(const kt_document *document, kt_arena *arena, kt_figures **out,
                          kt_error *err)
{
    kt_csv_reply *sheet = NULL;
    kt_envelope *envelope = NULL;
    kt_figures *figures = NULL;
    KT_TRY(kt_csv_reply_read(document, arena, &sheet, &envelope, err));
    KT_TRY(kt_figures_new(envelope, document->name, arena, &figures, err));
    for (size_t i = 0; i < envelope->cells; i++) {
        figures->value[i] = NAN;
    }
    csv_reading reading = {figures, kt_arena_new(arena, kt_symbols), document->name, arena};
    KT_TRY(kt_csv_reply_walk(sheet, take_cell, &reading, err));
    figures->symbols = reading.symbols->words;
    figures->symbol_count = reading.symbols->count;
    *out = figures;
    return KT_OK;
}

const kt_reader kt_reader_csv = {
    .format = "csv",
    .envelope = kt_envelope_csv,
    .read = read_csv,
};
