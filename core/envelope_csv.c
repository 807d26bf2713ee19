/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

#include "core/charset.h"
#include "core/cleanup.h"
#include "core/csv.h"
#include "core/csv_reply.h"
#include "core/number.h"
#include "core/period.h"
#include "core/text.h"
#include "envelope_parts.h"

#define CONTENT_ID  "contentscode"
#define CELLS_LIMIT ((size_t)1 << 24)

/* A column of the file and what it is by the layout. */
typedef struct sheet_column {
    const kt_csv_layout_column *is;
    size_t dimension; /* of codes; of figures across a role or by content; KT_NO_CODE */
    size_t code;      /* of such figures: the position of their code */
    size_t symbols;   /* the column with the symbols of these figures; KT_NO_CODE */
} sheet_column;

struct kt_csv_reply {
    kt_reply reply; /* in UTF-8 */
    const kt_source *source;
    const kt_csv_layout *layout;
    size_t column_count;
    const char **names;
    sheet_column *columns;
    kt_envelope *envelope;
    size_t stride[KT_ROLES + 1];
    uint32_t *row_of; /* of each cell: the row that it came from; NULL while codes are read */
    kt_csv_take take;
    void *context;
};

static kt_status wrong_field(const kt_csv_reply *sheet, const kt_csv_row *row, size_t column,
                             const char *words, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu, column %zu (%.64s): %s", sheet->reply.name,
                   row->number, column + 1, sheet->names[column], words);
}

static kt_status open_text(const kt_document *document, kt_csv_reply *sheet, kt_error *err)
{
    const kt_charset_text text = {document->bytes, document->length, sheet->layout->charset,
                                  document->name};
    char *bytes = NULL;
    KT_TRY(kt_charset_decode(text, sheet->reply.arena, &bytes, &sheet->reply.length, err));
    sheet->reply.bytes = bytes;
    return KT_OK;
}

/* Columns without a name cannot be told apart: a pattern of figures means none of them. */
static const kt_csv_layout_column *find_layout(const kt_csv_layout *layout, const char *name)
{
    for (size_t i = 0; i < layout->column_count; i++) {
        const kt_csv_layout_column *column = &layout->columns[i];
        if (kt_text_matches(name, column->name) &&
            (name[0] != '\0' || column->holds == KT_HOLDS_NOTHING)) {
            return column;
        }
    }
    return NULL;
}

/* Every column of the layout is in the file, and every one of the file in the layout. */
static kt_status match_columns(kt_csv_reply *sheet, const kt_csv_row *row, kt_error *err)
{
    const kt_csv_layout *layout = sheet->layout;
    bool *met = kt_arena_array(sheet->reply.arena, bool, layout->column_count + 1);
    for (size_t i = 0; i < row->field_count; i++) {
        const kt_csv_layout_column *is = find_layout(layout, sheet->names[i]);
        if (is == NULL) {
            return wrong_field(
                sheet, row, i,
                sheet->names[i][0] == '\0'
                    ? "no name, expected one, or a column \"\" of nothing in the layout"
                    : "a column that the layout does not name",
                err);
        }
        met[is - layout->columns] = true;
        sheet->columns[i] =
            (sheet_column){.is = is, .dimension = KT_NO_CODE, .symbols = KT_NO_CODE};
    }
    for (size_t i = 0; i < layout->column_count; i++) {
        const kt_csv_layout_column *column = &layout->columns[i];
        if (!met[i] && column->holds != KT_HOLDS_NOTHING) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: no column %s, which the layout names",
                           sheet->reply.name, row->number, column->name);
        }
    }
    return KT_OK;
}

/* A period is one code however a row writes it. */
static const char *write_code(kt_role role, const char *words, char written[KT_PERIOD_SIZE])
{
    kt_period period;
    return role == KT_ROLE_PERIOD && kt_period_read(words, &period)
               ? kt_period_write(period, written)
               : words;
}

static size_t add_dimension(kt_csv_reply *sheet, const char *id, kt_role role)
{
    kt_envelope *envelope = sheet->envelope;
    assert(envelope->dimension_count <= KT_ROLES);
    envelope->dimensions[envelope->dimension_count] = (kt_dimension){
        .id = id,
        .label = id,
        .codes = kt_codes_new(sheet->reply.arena),
        .is_time = role == KT_ROLE_PERIOD,
        .is_metric = role == KT_ROLE_MEASURE,
        .has_role = true,
        .role = role,
    };
    return envelope->dimension_count++;
}

/* Columns of codes are dimensions in the file's order; figures across a role or by content are the
 * last one. */
static void add_dimensions(kt_csv_reply *sheet)
{
    size_t spread = KT_NO_CODE;
    sheet->envelope->dimensions = kt_arena_array(sheet->reply.arena, kt_dimension, KT_ROLES + 1);
    for (size_t i = 0; i < sheet->column_count; i++) {
        if (sheet->columns[i].is->holds == KT_HOLDS_CODES) {
            sheet->columns[i].dimension =
                add_dimension(sheet, sheet->names[i], sheet->columns[i].is->role);
        }
    }
    for (size_t i = 0; i < sheet->column_count; i++) {
        sheet_column *column = &sheet->columns[i];
        const kt_csv_layout_column *is = column->is;
        if (is->holds != KT_HOLDS_FIGURES || (is->role == KT_ROLES && is->content == NULL)) {
            continue;
        }
        if (spread == KT_NO_CODE) {
            spread = is->content != NULL ? add_dimension(sheet, CONTENT_ID, KT_ROLE_MEASURE)
                                         : add_dimension(sheet, kt_role_name(is->role), is->role);
        }
        column->dimension = spread;
        char written[KT_PERIOD_SIZE];
        const char *code =
            is->content != NULL ? is->content : write_code(is->role, sheet->names[i], written);
        column->code = kt_codes_intern(sheet->envelope->dimensions[spread].codes, code);
    }
}

/* The column of the symbols that belong to figures of that content. */
static size_t find_symbols(const kt_csv_reply *sheet, const char *content)
{
    for (size_t i = 0; i < sheet->column_count; i++) {
        const kt_csv_layout_column *is = sheet->columns[i].is;
        if (is->holds == KT_HOLDS_SYMBOLS && kt_text_same(is->content, content)) {
            return i;
        }
    }
    return KT_NO_CODE;
}

static kt_status take_header(void *context, const kt_csv_row *row, kt_error *err)
{
    kt_csv_reply *sheet = context;
    if (sheet->row_of != NULL) {
        return KT_OK;
    }
    sheet->column_count = row->field_count;
    sheet->names = kt_arena_array(sheet->reply.arena, const char *, row->field_count);
    sheet->columns = kt_arena_array(sheet->reply.arena, sheet_column, row->field_count);
    for (size_t i = 0; i < row->field_count; i++) {
        sheet->names[i] = kt_arena_copy(sheet->reply.arena, row->fields[i]);
    }
    KT_TRY(match_columns(sheet, row, err));
    add_dimensions(sheet);
    for (size_t i = 0; i < sheet->column_count; i++) {
        sheet->columns[i].symbols = sheet->columns[i].is->holds == KT_HOLDS_FIGURES
                                        ? find_symbols(sheet, sheet->columns[i].is->content)
                                        : KT_NO_CODE;
    }
    return KT_OK;
}

/* The words of a field without the blanks around them; they live until the next call. */
static const char *trim(const char *field, kt_text *words)
{
    const char *start = field + strspn(field, " \t");
    size_t length = strlen(start);
    while (length > 0 && (start[length - 1] == ' ' || start[length - 1] == '\t')) {
        length--;
    }
    if (start[length] == '\0') {
        return start;
    }
    kt_text_clear(words);
    (void)kt_text_add(words, start, length);
    return words->bytes;
}

static kt_status take_codes(void *context, const kt_csv_row *row, kt_error *err)
{
    kt_csv_reply *sheet = context;
    KT_AUTO(text) kt_text words = {0};
    for (size_t i = 0; i < row->field_count; i++) {
        const sheet_column *column = &sheet->columns[i];
        char written[KT_PERIOD_SIZE];
        if (column->is->holds != KT_HOLDS_CODES) {
            continue;
        }
        const char *code = write_code(column->is->role, trim(row->fields[i], &words), written);
        if (code[0] == '\0') {
            return wrong_field(sheet, row, i, "empty, expected a code", err);
        }
        (void)kt_codes_intern(sheet->envelope->dimensions[column->dimension].codes, code);
    }
    return KT_OK;
}

static kt_status read_all(const kt_csv_reply *sheet, const kt_csv_events *events, kt_error *err)
{
    const kt_csv_dialect dialect = {.separator = sheet->layout->delimiter,
                                    .rows_before = sheet->layout->skipped};
    return kt_csv_read_bytes(sheet->reply.bytes, sheet->reply.length, sheet->reply.name, dialect,
                             events, err);
}

static bool stands_for_nothing(const kt_csv_layout *layout, const char *words)
{
    bool found = words[0] == '\0';
    for (size_t i = 0; i < layout->missing_count; i++) {
        found = found || strcmp(layout->missing[i], words) == 0;
    }
    return found;
}

static const char *find_symbol(const kt_source *source, const char *words)
{
    for (size_t i = 0; i < source->symbol_count; i++) {
        if (strcmp(source->symbols[i].symbol, words) == 0) {
            return source->symbols[i].symbol;
        }
    }
    return NULL;
}

/* What a field of figures holds: a figure, a symbol, or nothing. */
static kt_status read_figure(const kt_csv_reply *sheet, const kt_csv_row *row, size_t i,
                             double *value, const char **symbol, kt_error *err)
{
    KT_AUTO(text) kt_text room = {0};
    const char *words = trim(row->fields[i], &room);
    *symbol = NULL;
    *value = NAN;
    if (stands_for_nothing(sheet->layout, words) ||
        kt_decimal_read(words, sheet->layout->decimal, value)) {
        return KT_OK;
    }
    *symbol = find_symbol(sheet->source, words);
    if (*symbol == NULL) {
        return wrong_field(sheet, row, i,
                           kt_arena_print(sheet->reply.arena,
                                          "\"%.40s\" is no number with '%c' and no symbol of the "
                                          "source file",
                                          words, sheet->layout->decimal),
                           err);
    }
    return KT_OK;
}

/* What stands beside a figure; an empty field beside it says nothing. */
static kt_status read_beside(const kt_csv_reply *sheet, const kt_csv_row *row, size_t column,
                             const char **symbol, kt_error *err)
{
    KT_AUTO(text) kt_text room = {0};
    const char *words = trim(row->fields[column], &room);
    if (words[0] == '\0') {
        return KT_OK;
    }
    *symbol = find_symbol(sheet->source, words);
    return *symbol != NULL
               ? KT_OK
               : wrong_field(sheet, row, column,
                             kt_arena_print(sheet->reply.arena,
                                            "\"%.40s\", expected a symbol of the source file",
                                            words),
                             err);
}

static kt_status hand_out(kt_csv_reply *sheet, const kt_csv_row *row, size_t i, size_t place,
                          kt_error *err)
{
    const sheet_column *column = &sheet->columns[i];
    double value = NAN;
    const char *symbol = NULL;
    KT_TRY(read_figure(sheet, row, i, &value, &symbol, err));
    if (column->symbols != KT_NO_CODE && symbol == NULL) {
        KT_TRY(read_beside(sheet, row, column->symbols, &symbol, err));
    }
    if (sheet->row_of[place] != 0) {
        return wrong_field(sheet, row, i,
                           kt_arena_print(sheet->reply.arena,
                                          "a second figure with these codes, the first is in row "
                                          "%u",
                                          (unsigned)sheet->row_of[place]),
                           err);
    }
    sheet->row_of[place] = (uint32_t)row->number;
    return sheet->take == NULL ? KT_OK : sheet->take(sheet->context, place, value, symbol, err);
}

/* The cell that the codes of a row lead to, before its columns of figures part. */
static size_t find_place(const kt_csv_reply *sheet, const kt_csv_row *row)
{
    KT_AUTO(text) kt_text words = {0};
    size_t place = 0;
    for (size_t i = 0; i < row->field_count; i++) {
        const sheet_column *column = &sheet->columns[i];
        char written[KT_PERIOD_SIZE];
        if (column->is->holds == KT_HOLDS_CODES) {
            const kt_codes *codes = sheet->envelope->dimensions[column->dimension].codes;
            const char *code = write_code(column->is->role, trim(row->fields[i], &words), written);
            place += kt_codes_find(codes, code) * sheet->stride[column->dimension];
        }
    }
    return place;
}

static kt_status take_figures(void *context, const kt_csv_row *row, kt_error *err)
{
    kt_csv_reply *sheet = context;
    const size_t first = find_place(sheet, row);
    for (size_t i = 0; i < row->field_count; i++) {
        const sheet_column *column = &sheet->columns[i];
        if (column->is->holds != KT_HOLDS_FIGURES) {
            continue;
        }
        const size_t further =
            column->dimension == KT_NO_CODE ? 0 : column->code * sheet->stride[column->dimension];
        KT_TRY(hand_out(sheet, row, i, first + further, err));
    }
    return KT_OK;
}

static kt_status check_size(kt_csv_reply *sheet, kt_error *err)
{
    kt_envelope *envelope = sheet->envelope;
    size_t stride = 1;
    KT_TRY(kt_envelope_count(&sheet->reply, envelope, CELLS_LIMIT, err));
    if (envelope->cells == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no row below the names of the columns",
                       sheet->reply.name);
    }
    for (size_t d = envelope->dimension_count; d-- > 0;) {
        sheet->stride[d] = stride;
        stride *= kt_codes_count(envelope->dimensions[d].codes);
    }
    return KT_OK;
}

static kt_status open_sheet(const kt_document *document, kt_arena *arena, kt_csv_reply *sheet,
                            kt_error *err)
{
    sheet->reply = kt_reply_of(document, arena);
    KT_TRY(kt_reply_expect(&sheet->reply, KT_BODY_CSV, err));
    if (document->source == NULL || document->source->layout == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: a CSV, expected its \"layout\" in the source file",
                       document->name);
    }
    sheet->source = document->source;
    sheet->layout = document->source->layout;
    sheet->envelope = kt_arena_new(arena, kt_envelope);
    const kt_csv_events events = {.context = sheet, .header = take_header, .row = take_codes};
    KT_TRY(open_text(document, sheet, err));
    KT_TRY(read_all(sheet, &events, err));
    return check_size(sheet, err);
}

kt_status kt_csv_reply_read(const kt_document *document, kt_arena *arena, kt_csv_reply **out,
                            kt_envelope **envelope, kt_error *err)
{
    kt_csv_reply *sheet = kt_arena_new(arena, kt_csv_reply);
    KT_TRY(open_sheet(document, arena, sheet, err));
    *envelope = sheet->envelope;
    *out = sheet;
    return KT_OK;
}

kt_status kt_csv_reply_walk(const kt_csv_reply *sheet, kt_csv_take take, void *context,
                            kt_error *err)
{
    kt_csv_reply walk = *sheet;
    walk.row_of = kt_arena_array(walk.reply.arena, uint32_t, walk.envelope->cells);
    walk.take = take;
    walk.context = context;
    const kt_csv_events events = {.context = &walk, .header = take_header, .row = take_figures};
    return read_all(&walk, &events, err);
}

kt_status kt_envelope_csv(const kt_document *document, kt_arena *arena, kt_envelope **out,
                          kt_error *err)
{
    kt_csv_reply *sheet = kt_arena_new(arena, kt_csv_reply);
    KT_TRY(open_sheet(document, arena, sheet, err));
    KT_TRY(kt_csv_reply_walk(sheet, NULL, NULL, err));
    *out = sheet->envelope;
    return KT_OK;
}
