/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/csv.h"

#include <csv.h>
#include <errno.h>
#include <stdint.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/codes.h"

#define ROW_LIMIT  ((size_t)16 << 20)
#define PIECE_SIZE ((size_t)64 << 10)

/* A row is gathered from libcsv's fields in one buffer; pointers are made when it is complete. */
typedef struct csv_reader {
    const char *name;
    const kt_csv_events *events;
    kt_arena *arena;
    kt_text bytes;       /* the fields of this row, each terminated */
    size_t *lengths;     /* room for KT_CSV_COLUMN_LIMIT of them */
    const char **fields; /* the same */
    size_t row;          /* the number of the row being read */
    size_t line;         /* where it begins */
    size_t breaks;       /* line breaks inside its fields so far */
    bool loose;
    size_t count;              /* its fields so far */
    const char *const *header; /* the names of the columns, for messages; NULL before the header */
    size_t columns;
    size_t blank_row; /* the first of the empty lines just passed; 0 for none */
    kt_status status; /* what was met: libcsv's callbacks cannot fail themselves */
    kt_error *err;
} csv_reader;

static inline void kt_auto_parser(struct csv_parser *parser)
{
    csv_free(parser);
}

static inline void kt_auto_reader(csv_reader *reader)
{
    kt_text_free(&reader->bytes);
    kt_arena_free(reader->arena);
}

static kt_status fail_at(const csv_reader *reader, size_t column, const char *words)
{
    const bool named = reader->header != NULL && column < reader->columns;
    const char *name = named ? reader->header[column] : "";
    return kt_fail(reader->err, KT_ERR_FORMAT, "%s: row %zu, column %zu%s%.64s%s: %s", reader->name,
                   reader->row, column + 1, name[0] == '\0' ? "" : " (", name,
                   name[0] == '\0' ? "" : ")", words);
}

static kt_status check_field(const csv_reader *reader, const char *bytes, size_t length)
{
    size_t bad = 0;
    if (length > KT_CSV_FIELD_LIMIT) {
        return fail_at(reader, reader->count, "a field of more than 1 MiB (a quote left open?)");
    }
    if (!kt_utf8_valid(bytes, length, &bad)) {
        return fail_at(reader, reader->count, "not UTF-8");
    }
    if (memchr(bytes, '\0', length) != NULL) {
        return fail_at(reader, reader->count, "a NUL byte");
    }
    if (reader->count == KT_CSV_COLUMN_LIMIT) {
        return fail_at(reader, reader->count, "more columns than the limit of 1024");
    }
    return KT_OK;
}

static size_t count_breaks(const char *bytes, size_t length)
{
    size_t breaks = 0;
    for (size_t i = 0; i < length; i++) {
        breaks += bytes[i] == '\n';
    }
    return breaks;
}

static kt_status keep_field(csv_reader *reader, const char *field, size_t length)
{
    if (reader->blank_row != 0 && !reader->loose) {
        return kt_fail(reader->err, KT_ERR_FORMAT, "%s: row %zu: an empty line between rows",
                       reader->name, reader->blank_row);
    }
    KT_TRY(check_field(reader, field, length));
    if (!kt_text_add(&reader->bytes, field, length) || !kt_text_add(&reader->bytes, "", 1)) {
        return fail_at(reader, reader->count, "a row of more than 16 MiB");
    }
    reader->lengths[reader->count++] = length;
    reader->breaks += count_breaks(field, length);
    return KT_OK;
}

static void take_field(void *bytes, size_t length, void *context)
{
    csv_reader *reader = context;
    if (reader->status == KT_OK) {
        reader->status = keep_field(reader, bytes == NULL ? "" : bytes, length);
    }
}

static kt_csv_row complete_row(csv_reader *reader)
{
    const char *at = reader->bytes.bytes;
    for (size_t i = 0; i < reader->count; i++) {
        reader->fields[i] = at;
        at += reader->lengths[i] + 1;
    }
    return (kt_csv_row){.number = reader->row,
                        .line = reader->line,
                        .field_count = reader->count,
                        .fields = reader->fields,
                        .lengths = reader->lengths};
}

static kt_status keep_header(csv_reader *reader, const kt_csv_row *row)
{
    if (reader->loose) {
        static const char *const unnamed[1];
        reader->header = unnamed;
        return KT_OK;
    }
    kt_codes *seen = kt_codes_new(reader->arena);
    const char **header = kt_arena_array(reader->arena, const char *, row->field_count);
    for (size_t i = 0; i < row->field_count; i++) {
        header[i] = kt_arena_copy(reader->arena, row->fields[i]);
        if (strpbrk(header[i], "\r\n") != NULL) {
            return fail_at(reader, i, "a line break in the name of a column");
        }
        /* Columns are found by name; a program that writes row numbers leaves its name empty. */
        if (header[i][0] != '\0' && kt_codes_add(seen, header[i], NULL) == KT_NO_CODE) {
            return kt_fail(reader->err, KT_ERR_FORMAT, "%s: row %zu, column %zu: a second %.64s",
                           reader->name, reader->row, i + 1, header[i]);
        }
    }
    reader->header = header;
    reader->columns = row->field_count;
    return KT_OK;
}

static kt_status hand_out(csv_reader *reader)
{
    const kt_csv_row row = complete_row(reader);
    if (reader->header == NULL) {
        KT_TRY(keep_header(reader, &row));
        return reader->events->header(reader->events->context, &row, reader->err);
    }
    if (row.field_count != reader->columns && !reader->loose) {
        return kt_fail(reader->err, KT_ERR_FORMAT,
                       "%s: row %zu: %zu columns, expected %zu as in the header", reader->name,
                       row.number, row.field_count, reader->columns);
    }
    return reader->events->row(reader->events->context, &row, reader->err);
}

static void end_row(int end, void *context)
{
    (void)end;
    csv_reader *reader = context;
    if (reader->status != KT_OK) {
        return;
    }
    if (reader->count > 0) {
        reader->status = hand_out(reader);
    } else if (reader->blank_row == 0) {
        reader->blank_row = reader->row; /* fine at the end of the file, and only there */
    }
    kt_text_clear(&reader->bytes);
    reader->line += 1 + reader->breaks;
    reader->breaks = 0;
    reader->count = 0;
    reader->row++;
}

/*
 * Blanks belong to a field. A carriage return is libcsv's "space", which it drops around fields,
 * and only a line feed ends a row: so both line ends read alike, and an empty line is still seen.
 */
static int is_space(unsigned char letter)
{
    return letter == '\r';
}

static int is_end(unsigned char letter)
{
    return letter == '\n';
}

static kt_status parse(csv_reader *reader, struct csv_parser *parser, const char *bytes,
                       size_t length)
{
    const size_t parsed = csv_parse(parser, bytes, length, take_field, end_row, reader);
    if (reader->status != KT_OK) {
        return reader->status;
    }
    if (parsed != length) {
        return fail_at(reader, reader->count,
                       csv_error(parser) == CSV_EPARSE ? "a quote where none may stand (RFC 4180)"
                                                       : csv_strerror(csv_error(parser)));
    }
    if (csv_get_buffer_size(parser) > KT_CSV_FIELD_LIMIT + PIECE_SIZE) {
        return fail_at(reader, reader->count, "a field of more than 1 MiB (a quote left open?)");
    }
    return KT_OK;
}

static kt_status finish(csv_reader *reader, struct csv_parser *parser)
{
    const int unfinished = csv_fini(parser, take_field, end_row, reader);
    KT_TRY(reader->status);
    if (unfinished != 0) {
        return fail_at(reader, reader->count, "the file ends inside a quoted field");
    }
    if (reader->header == NULL) {
        return kt_fail(reader->err, KT_ERR_FORMAT, "%s: empty, expected a line with column names",
                       reader->name);
    }
    return KT_OK;
}

static kt_status read_pieces(FILE *file, csv_reader *reader, struct csv_parser *parser)
{
    KT_AUTO(free) char *piece = malloc(PIECE_SIZE);
    if (piece == NULL) {
        return kt_fail(reader->err, KT_ERR_IO, "%s: no memory left", reader->name);
    }
    size_t got = 0;
    bool first = true;
    while ((got = fread(piece, 1, PIECE_SIZE, file)) > 0) {
        const size_t mark = first && got >= 3 && memcmp(piece, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
        KT_TRY(parse(reader, parser, piece + mark, got - mark));
        first = false;
    }
    if (ferror(file) != 0) {
        return kt_fail_errno(reader->err, reader->name, "cannot read");
    }
    return finish(reader, parser);
}

kt_status kt_csv_read(FILE *file, const char *name, kt_csv_dialect dialect,
                      const kt_csv_events *events, kt_error *err)
{
    KT_AUTO(reader)
    csv_reader reader = {.name = name,
                         .events = events,
                         .arena = kt_arena_open(name, 0),
                         .bytes = {.limit = ROW_LIMIT},
                         .row = 1 + dialect.rows_before,
                         .line = 1 + dialect.rows_before,
                         .loose = dialect.loose,
                         .err = err};
    reader.lengths = kt_arena_array(reader.arena, size_t, KT_CSV_COLUMN_LIMIT);
    reader.fields = kt_arena_array(reader.arena, const char *, KT_CSV_COLUMN_LIMIT);
    KT_AUTO(parser) struct csv_parser parser;
    if (csv_init(&parser, CSV_STRICT | CSV_STRICT_FINI | CSV_REPALL_NL) != 0) {
        return kt_fail(err, KT_ERR_BUG, "%s: the CSV parser does not start", name);
    }
    csv_set_blk_size(&parser, 4096);
    csv_set_delim(&parser, (unsigned char)(dialect.separator == '\0' ? ',' : dialect.separator));
    csv_set_space_func(&parser, is_space);
    csv_set_term_func(&parser, is_end);
    return read_pieces(file, &reader, &parser);
}

/* The lines above the names of the columns are for people. */
static kt_status skip_lines(const char **bytes, size_t *length, const char *name, size_t lines,
                            kt_error *err)
{
    for (size_t i = 0; i < lines; i++) {
        const char *end = memchr(*bytes, '\n', *length);
        if (end == NULL) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: %zu lines, expected %zu before the columns",
                           name, i + (*length > 0), lines);
        }
        *length -= (size_t)(end + 1 - *bytes);
        *bytes = end + 1;
    }
    return KT_OK;
}

kt_status kt_csv_read_bytes(const char *bytes, size_t length, const char *name,
                            kt_csv_dialect dialect, const kt_csv_events *events, kt_error *err)
{
    KT_TRY(skip_lines(&bytes, &length, name, dialect.rows_before, err));
    if (length == 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: empty, expected a line with column names", name);
    }
    char *const readable = (char *)(uintptr_t)bytes; /* only read */
    KT_AUTO(file) FILE *file = fmemopen(readable, length, "rb");
    if (file == NULL) {
        return kt_fail_errno(err, name, "cannot read");
    }
    return kt_csv_read(file, name, dialect, events, err);
}
