/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/table.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/number.h"
#include "publish/cell.h"
#include "publish/rows.h"

#define EXIT_BUG 70

void kt_rows_no_memory(const kt_schema *schema)
{
    fprintf(stderr, "kohtaanto: out of memory in table %s\n", schema->table);
    exit(EXIT_BUG);
}

void kt_rows_put(const kt_rows *rows, kt_text *text, const void *bytes, size_t length)
{
    if (!kt_text_add(text, bytes, length)) {
        kt_rows_no_memory(rows->schema);
    }
}

/* Every cell passes here several times: what fits is copied without a call. */
static inline void add(const kt_rows *rows, kt_text *text, const void *bytes, size_t length)
{
    if (length >= text->room - text->length) {
        kt_rows_put(rows, text, bytes, length);
        return;
    }
    memcpy(text->bytes + text->length, bytes, length);
    text->length += length;
    text->bytes[text->length] = '\0';
}

static inline void put(kt_rows *rows, const void *bytes, size_t length)
{
    add(rows, &rows->bytes, bytes, length);
}

void kt_rows_header(kt_rows *rows)
{
    for (size_t i = 0; i < rows->schema->column_count; i++) {
        const char *name = rows->schema->columns[i].name;
        put(rows, ",", i == 0 ? 0 : 1);
        put(rows, name, strlen(name));
    }
    put(rows, "\n", 1);
}

kt_rows *kt_rows_new(const kt_schema *schema, kt_rows_mode mode)
{
    kt_rows *rows = calloc(1, sizeof *rows);
    if (rows == NULL) {
        kt_rows_no_memory(schema);
    }
    rows->schema = schema;
    rows->mode = mode;
    rows->fd = -1;
    rows->bytes.limit = SIZE_MAX / 2;
    rows->keys.limit = SIZE_MAX / 2;
    rows->cache = calloc(KT_ROWS_CACHE, sizeof *rows->cache);
    if (rows->cache == NULL) {
        kt_rows_no_memory(schema);
    }
    return rows;
}

kt_rows *kt_rows_open_part(const kt_schema *schema)
{
    return kt_rows_new(schema, KT_ROWS_PART);
}

kt_rows *kt_rows_open_unsorted_part(const kt_schema *schema)
{
    return kt_rows_new(schema, KT_ROWS_UNSORTED);
}

/* The first fault of a row is the one that is told. */
static void note_fault(kt_rows *rows, size_t column, const char *what)
{
    if (rows->fault.status != KT_OK) {
        return;
    }
    const kt_schema *schema = rows->schema;
    const char *name = column < schema->column_count ? schema->columns[column].name : "?";
    (void)kt_fail(&rows->fault, KT_ERR_DATA, "column %s: %s", name, what);
}

const char *kt_rows_fault(const kt_rows *rows)
{
    return rows->fault.status == KT_OK ? NULL : rows->fault.message;
}

/* Every setter passes here: columns come from left to right, each once, and none is left out. */
static bool begin_cell(kt_rows *rows, size_t column)
{
    if (column != rows->next || column >= rows->schema->column_count) {
        note_fault(rows, column, "set out of its turn");
        return false;
    }
    if (column == 0) {
        rows->row_at = rows->bytes.length;
        kt_text_clear(&rows->key);
    } else {
        put(rows, ",", 1);
    }
    rows->next++;
    return true;
}

static void end_cell(kt_rows *rows, size_t column, const char *text, size_t length)
{
    const kt_schema *schema = rows->schema;
    if (rows->next_key < schema->key_count && schema->key[rows->next_key] == column) {
        rows->next_key++;
        add(rows, &rows->key, text, length);
        add(rows, &rows->key, "", 1);
    }
    const kt_column *about = &schema->columns[column];
    if (length == 0 && !about->optional && about->status == KT_NO_COLUMN &&
        about->figure == KT_NO_COLUMN) {
        note_fault(rows, column, "empty, expected a value");
    }
}

static const char *check_text(const kt_column *column, const char *text, size_t length)
{
    if (length == 0) {
        return NULL;
    }
    if (column->type == KT_COLUMN_STATUS ||
        (kt_column_is_number(column) && column->type != KT_COLUMN_ALPHA)) {
        return "a text in a column of another type";
    }
    return kt_cell_check(column, text, length, NULL);
}

static const char *look_at(const kt_schema *schema, size_t column, const char *text, size_t length,
                           bool *quote)
{
    const kt_cell_look look = kt_cell_look_at(text, length);
    *quote = look.quote;
    return look.fault != NULL ? look.fault : check_text(&schema->columns[column], text, length);
}

static void quote_text(const char *text, kt_text *out)
{
    kt_text_put_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') {
            kt_text_put_char(out, '"');
        }
        kt_text_put_char(out, *text);
    }
    kt_text_put_char(out, '"');
}

void kt_rows_text(kt_rows *rows, size_t column, const char *text)
{
    if (!begin_cell(rows, column)) {
        return;
    }
    const char *cell = text == NULL ? "" : text;
    const size_t length = strlen(cell);
    bool quote = false;
    const char *wrong = look_at(rows->schema, column, cell, length, &quote);
    if (wrong != NULL) {
        note_fault(rows, column, wrong);
    } else if (quote) {
        quote_text(cell, &rows->bytes);
    } else {
        put(rows, cell, length);
    }
    end_cell(rows, column, cell, length);
}

kt_ready_cell kt_cell_ready(const kt_schema *schema, size_t column, const char *text,
                            kt_arena *arena)
{
    assert(column < schema->column_count);
    bool quote = false;
    kt_ready_cell cell = {.text = kt_arena_copy(arena, text), .text_length = strlen(text)};
    cell.bytes = cell.text;
    cell.length = cell.text_length;
    cell.fault = look_at(schema, column, cell.text, cell.text_length, &quote);
    if (quote) {
        KT_AUTO(text) kt_text quoted = {0};
        quote_text(text, &quoted);
        cell.bytes = kt_arena_copy_n(arena, quoted.bytes, quoted.length);
        cell.length = quoted.length;
    }
    return cell;
}

void kt_rows_ready(kt_rows *rows, size_t column, const kt_ready_cell *cell)
{
    if (!begin_cell(rows, column)) {
        return;
    }
    if (cell->fault != NULL) {
        note_fault(rows, column, cell->fault);
    }
    put(rows, cell->bytes, cell->length);
    end_cell(rows, column, cell->text, cell->text_length);
}

static kt_cached_number *cache_place(const kt_rows *rows, double number)
{
    uint64_t bits;
    memcpy(&bits, &number, sizeof bits);
    bits ^= bits >> 33;
    bits *= UINT64_C(0xff51afd7ed558ccd); /* spreads the bits of neighbouring ratios */
    return &rows->cache[(bits >> 40) % KT_ROWS_CACHE];
}

static void put_number(kt_rows *rows, size_t column, double number)
{
    kt_cached_number *place = cache_place(rows, number);
    if (place->length == 0 || place->number != number) {
        char text[KT_NUMBER_SIZE];
        const size_t length = kt_number_write(number, text);
        if (length > KT_ROWS_CACHE_TEXT) {
            put(rows, text, length);
            end_cell(rows, column, text, length);
            return;
        }
        place->number = number;
        place->length = (uint8_t)length;
        memcpy(place->text, text, length);
    }
    put(rows, place->text, place->length);
    end_cell(rows, column, place->text, place->length);
}

void kt_rows_number(kt_rows *rows, size_t column, double number)
{
    if (isnan(number)) {
        kt_rows_empty(rows, column);
        return;
    }
    if (!begin_cell(rows, column)) {
        return;
    }
    const char *wrong = kt_number_check(&rows->schema->columns[column], number);
    if (wrong != NULL) {
        note_fault(rows, column, wrong);
        return;
    }
    put_number(rows, column, number);
}

void kt_rows_flag(kt_rows *rows, size_t column, bool is)
{
    kt_rows_text(rows, column, is ? "true" : "false");
}

void kt_rows_status(kt_rows *rows, size_t column, kt_obs obs)
{
    if (!begin_cell(rows, column)) {
        return;
    }
    if (rows->schema->columns[column].type != KT_COLUMN_STATUS) {
        note_fault(rows, column, "a status in a column of another type");
        return;
    }
    const char letter = kt_obs_letter(obs);
    put(rows, &letter, 1);
    end_cell(rows, column, &letter, 1);
}

void kt_rows_empty(kt_rows *rows, size_t column)
{
    if (begin_cell(rows, column)) {
        end_cell(rows, column, "", 0);
    }
}

int kt_key_compare(const kt_text *a, const kt_text *b)
{
    const size_t shorter = a->length < b->length ? a->length : b->length;
    const int order = shorter == 0 ? 0 : memcmp(a->bytes, b->bytes, shorter);
    return order != 0 ? order : (a->length > b->length) - (a->length < b->length);
}

const char *kt_key_words(const kt_text *key, char out[KT_KEY_WORDS])
{
    size_t length = 0;
    for (; length + 1 < key->length && length < KT_KEY_WORDS - 1; length++) {
        out[length] = (char)(key->bytes[length] == '\0' ? ' ' : key->bytes[length]);
    }
    out[length] = '\0';
    return out;
}

static kt_status fail_order(const kt_rows *rows, const kt_text *key, kt_error *err)
{
    char here[KT_KEY_WORDS], before[KT_KEY_WORDS];
    return kt_fail(err, KT_ERR_DATA, "%s: row %zu: key %s is not above the one before, %s",
                   rows->schema->table, rows->count + 2, kt_key_words(key, here),
                   kt_key_words(&rows->last_key, before));
}

static kt_status keep_order(kt_rows *rows, kt_error *err)
{
    if (rows->count > 0 && kt_key_compare(&rows->key, &rows->last_key) <= 0) {
        return fail_order(rows, &rows->key, err);
    }
    const kt_text spare = rows->last_key;
    rows->last_key = rows->key;
    rows->key = spare;
    if (rows->mode == KT_ROWS_PART && rows->count == 0) {
        kt_rows_put(rows, &rows->first_key, rows->last_key.bytes, rows->last_key.length);
    }
    return KT_OK;
}

static void keep_place(kt_rows *rows)
{
    if (rows->count == rows->place_room) {
        rows->place_room = rows->place_room == 0 ? 1024 : rows->place_room * 2;
        kt_row_place *grown = realloc(rows->places, rows->place_room * sizeof *grown);
        if (grown == NULL) {
            kt_rows_no_memory(rows->schema);
        }
        rows->places = grown;
    }
    rows->places[rows->count] = (kt_row_place){.at = rows->row_at,
                                               .length = rows->bytes.length - rows->row_at,
                                               .key_at = rows->keys.length,
                                               .key_length = rows->key.length};
    kt_rows_put(rows, &rows->keys, rows->key.bytes, rows->key.length);
}

kt_status kt_rows_end(kt_rows *rows, kt_error *err)
{
    if (rows->next != rows->schema->column_count) {
        note_fault(rows, rows->next, "not set");
    }
    if (rows->fault.status != KT_OK) {
        return kt_fail(err, rows->fault.status, "%s: row %zu, %s", rows->schema->table,
                       rows->count + 2, rows->fault.message);
    }
    put(rows, "\n", 1);
    if (rows->mode == KT_ROWS_UNSORTED) {
        keep_place(rows);
    } else {
        KT_TRY(keep_order(rows, err));
    }
    rows->count++;
    rows->next = 0;
    rows->next_key = 0;
    const bool full = rows->mode == KT_ROWS_STREAM && rows->bytes.length >= KT_ROWS_BLOCK;
    return full ? kt_rows_flush(rows, err) : KT_OK;
}

kt_status kt_rows_append(kt_rows *rows, const kt_rows *part, kt_error *err)
{
    if (rows->mode != KT_ROWS_STREAM || part->mode != KT_ROWS_PART ||
        rows->schema != part->schema || part->next != 0) {
        return kt_fail(err, KT_ERR_BUG, "%s: only whole parts can be added to a sorted file",
                       rows->schema->table);
    }
    if (part->count == 0) {
        return KT_OK;
    }
    if (rows->count > 0 && kt_key_compare(&part->first_key, &rows->last_key) <= 0) {
        return fail_order(rows, &part->first_key, err);
    }
    put(rows, part->bytes.bytes, part->bytes.length);
    kt_text_clear(&rows->last_key);
    kt_rows_put(rows, &rows->last_key, part->last_key.bytes, part->last_key.length);
    rows->count += part->count;
    return kt_rows_flush(rows, err);
}

size_t kt_rows_count(const kt_rows *rows)
{
    return rows->count;
}
