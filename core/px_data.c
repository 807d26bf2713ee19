/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "px_parts.h"

/* Blank, comma, semicolon and tab part the cells alike; they may be mixed. */
static inline bool is_between(char letter)
{
    return letter == ' ' || letter == '\n' || letter == '\r' || letter == '\t' || letter == ',' ||
           letter == ';';
}

/* A walk over DATA. */
typedef struct px_walk {
    const kt_px *px;
    const char *at;
    size_t line;
    size_t count;   /* cells passed */
    size_t *offset; /* of each cell of a row from the row's first one */
    size_t width;   /* cells of a row */
    size_t rows;    /* that there can be */
    size_t uneven;  /* the first line that does not hold as many cells as a row; 0: none */
    size_t in_line; /* cells of the line so far */
    kt_text *words; /* of a key */
    kt_px_take take;
    void *context;
} px_walk;

/* Lines are rows by custom: where one is longer or shorter, something is amiss there. */
static void end_line(px_walk *walk)
{
    if (walk->in_line != 0 && walk->in_line != walk->width && walk->uneven == 0) {
        walk->uneven = walk->line;
    }
    walk->in_line = 0;
    walk->line++;
}

/* The next thing that stands in DATA; false at the end. */
static bool next_cell(px_walk *walk, kt_px_cell *cell)
{
    const char *const end = walk->px->data_end;
    const char *at = walk->at;
    for (; at < end && is_between(*at); at++) {
        if (*at == '\n') {
            end_line(walk);
        }
    }
    *cell = (kt_px_cell){.start = at, .line = walk->line};
    if (at == end) {
        walk->at = at;
        return false;
    }
    cell->quoted = *at == '"';
    if (cell->quoted) {
        const char *close = memchr(at + 1, '"', (size_t)(end - at - 1));
        cell->start = at + 1;
        at = close == NULL ? end : close;
        cell->length = (size_t)(at - cell->start);
        walk->at = close == NULL ? end : close + 1;
        return true;
    }
    while (at < end && !is_between(*at) && *at != '"') {
        at++;
    }
    cell->length = (size_t)(at - cell->start);
    walk->at = at;
    return true;
}

static kt_status hand_out(px_walk *walk, size_t place, const kt_px_cell *cell, kt_error *err)
{
    walk->count++;
    walk->in_line++;
    return walk->take == NULL ? KT_OK : walk->take(walk->context, place, cell, err);
}

/* How many cells are left behind those that were expected. */
static size_t count_rest(px_walk *walk)
{
    kt_px_cell cell;
    size_t count = 0;
    while (next_cell(walk, &cell)) {
        count++;
    }
    return count;
}

static kt_status wrong_length(const px_walk *walk, size_t found, size_t line, kt_error *err)
{
    const size_t expected = walk->px->envelope->cells;
    const char *hint = "";
    if (walk->uneven != 0) {
        hint = kt_arena_print(walk->px->reply.arena, "; the first line that is no row is %zu",
                              walk->uneven);
    }
    return kt_fail(err, KT_ERR_FORMAT,
                   "%s: line %zu: DATA %s %zu values, expected %zu, %zu rows of %zu%s",
                   walk->px->reply.name, line, found < expected ? "ends after" : "goes on up to",
                   found, expected, walk->rows, walk->width, hint);
}

static kt_status walk_plain(px_walk *walk, kt_error *err)
{
    const size_t cells = walk->px->envelope->cells;
    kt_px_cell cell;
    while (walk->count < cells) {
        if (!next_cell(walk, &cell)) {
            return wrong_length(walk, walk->count, walk->line, err);
        }
        KT_TRY(hand_out(walk, walk->count, &cell, err));
    }
    if (!next_cell(walk, &cell)) {
        return KT_OK;
    }
    return wrong_length(walk, cells + 1 + count_rest(walk), cell.line, err);
}

/* The value that a key at the beginning of a row names. */
static kt_status find_key(const px_walk *walk, size_t v, const kt_px_cell *cell, size_t *out,
                          kt_error *err)
{
    const kt_px *px = walk->px;
    kt_text_clear(walk->words);
    (void)kt_text_add(walk->words, cell->start, cell->length);
    const char *words = walk->words->length == 0 ? "" : walk->words->bytes;
    *out = kt_codes_find(px->variables[v].keys, words);
    if (!cell->quoted || *out == KT_NO_CODE) {
        return kt_fail(err, KT_ERR_FORMAT,
                       "%s: line %zu: %.40s, expected what names the row's %s between quotes",
                       px->reply.name, cell->line, words, px->variables[v].name);
    }
    return KT_OK;
}

/* The keys of the next row: its first cell, and its number among those that there can be. */
static kt_status read_keys(px_walk *walk, kt_px_cell *cell, size_t *first, size_t *row,
                           kt_error *err)
{
    const kt_px *px = walk->px;
    bool fresh = true;
    *first = 0;
    *row = 0;
    for (size_t v = 0; v < px->envelope->dimension_count; v++) {
        size_t at = 0;
        if (px->variables[v].keys == NULL) {
            continue;
        }
        if (!fresh && !next_cell(walk, cell)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: DATA ends in the keys of a row",
                           px->reply.name, walk->line);
        }
        KT_TRY(find_key(walk, v, cell, &at, err));
        *first += at * px->variables[v].stride;
        *row = *row * kt_codes_count(px->envelope->dimensions[v].codes) + at;
        fresh = false;
    }
    return KT_OK;
}

static kt_status read_row(px_walk *walk, size_t first, kt_error *err)
{
    for (size_t i = 0; i < walk->width; i++) {
        kt_px_cell cell;
        if (!next_cell(walk, &cell)) {
            return kt_fail(err, KT_ERR_FORMAT,
                           "%s: line %zu: DATA ends after %zu values of a row, expected %zu",
                           walk->px->reply.name, walk->line, i, walk->width);
        }
        KT_TRY(hand_out(walk, first + walk->offset[i], &cell, err));
    }
    return KT_OK;
}

/* The first cell of row number `row`: the inverse of what read_keys counts. */
static size_t first_of_row(const kt_px *px, size_t row)
{
    size_t first = 0;
    for (size_t v = px->envelope->dimension_count; v-- > 0;) {
        if (px->variables[v].keys != NULL) {
            const size_t size = kt_codes_count(px->envelope->dimensions[v].codes);
            first += row % size * px->variables[v].stride;
            row /= size;
        }
    }
    return first;
}

/* "Rows that only contain 0 are excluded from the file" (SCB, Data in the PX file). */
static kt_status fill_rows(px_walk *walk, const uint8_t *taken, kt_error *err)
{
    const kt_px_cell zero = {.start = "0", .length = 1, .line = walk->line};
    for (size_t i = 0; i < walk->rows * walk->width; i++) {
        const size_t row = i / walk->width;
        if (taken[row] != 0) {
            continue;
        }
        const size_t place = first_of_row(walk->px, row) + walk->offset[i % walk->width];
        KT_TRY(hand_out(walk, place, &zero, err));
    }
    return KT_OK;
}

static kt_status walk_keyed(px_walk *walk, kt_error *err)
{
    uint8_t *taken = kt_arena_array(walk->px->reply.arena, uint8_t, walk->rows);
    kt_px_cell cell;
    while (next_cell(walk, &cell)) {
        size_t first = 0;
        size_t row = 0;
        const size_t line = cell.line;
        KT_TRY(read_keys(walk, &cell, &first, &row, err));
        if (taken[row] != 0) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: a second row with these keys",
                           walk->px->reply.name, line);
        }
        taken[row] = 1;
        KT_TRY(read_row(walk, first, err));
    }
    return fill_rows(walk, taken, err);
}

/* Cell number n of a row, from its first one: the variables that its keys do not name, in their
 * order. */
static size_t offset_of(const kt_px *px, size_t n)
{
    size_t offset = 0;
    for (size_t v = px->envelope->dimension_count; v-- > 0;) {
        if (px->variables[v].keys == NULL) {
            const size_t size = kt_codes_count(px->envelope->dimensions[v].codes);
            offset += n % size * px->variables[v].stride;
            n /= size;
        }
    }
    return offset;
}

kt_status kt_px_walk(const kt_px *px, kt_px_take take, void *context, kt_error *err)
{
    KT_AUTO(text) kt_text words = {0};
    px_walk walk = {.px = px,
                    .words = &words,
                    .at = px->data,
                    .line = px->data_line,
                    .width = 1,
                    .rows = 1,
                    .take = take,
                    .context = context};
    bool keyed = false;
    for (size_t v = 0; v < px->envelope->dimension_count; v++) {
        keyed = keyed || px->variables[v].keys != NULL;
    }
    for (size_t v = 0; v < px->envelope->dimension_count; v++) {
        const kt_px_variable *variable = &px->variables[v];
        const bool is_row = keyed ? variable->keys != NULL : variable->in_stub;
        *(is_row ? &walk.rows : &walk.width) *= kt_codes_count(px->envelope->dimensions[v].codes);
    }
    if (!keyed) {
        return walk_plain(&walk, err);
    }
    walk.offset = kt_arena_array(px->reply.arena, size_t, walk.width);
    for (size_t i = 0; i < walk.width; i++) {
        walk.offset[i] = offset_of(px, i);
    }
    return walk_keyed(&walk, err);
}

const char *kt_px_symbol(const kt_px *px, const kt_px_cell *cell, kt_arena *arena)
{
    static const char *const keys[] = {"DATASYMBOL1", "DATASYMBOL2", "DATASYMBOL3",  "DATASYMBOL4",
                                       "DATASYMBOL5", "DATASYMBOL6", "DATASYMBOLSUM"};
    const char *mark = kt_arena_copy_n(arena, cell->start, cell->length);
    const size_t dots = strspn(mark, ".");
    const char *key = NULL;
    if (strcmp(mark, "-") == 0) {
        key = "DATASYMBOLNIL";
    } else if (dots > 0 && dots == cell->length && dots <= sizeof keys / sizeof keys[0]) {
        key = keys[dots - 1];
    }
    const char *words = key == NULL ? NULL : kt_px_value(px, key, NULL, "");
    return words == NULL || words[0] == '\0' ? mark : words;
}
