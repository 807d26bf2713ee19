/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "publish/lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "core/cleanup.h"
#include "core/text.h"

#define BLOCK_SIZE   ((size_t)1 << 20)
#define LINE_LIMIT   ((size_t)16 << 20)
#define COLUMN_LIMIT 64

const kt_line_dialect kt_canonical_lines = {.separator = ','};
const kt_line_dialect kt_finnish_lines = {.separator = ';', .carriage_return = true, .mark = true};

typedef struct line_reader {
    const char *path;
    kt_line_dialect dialect;
    const kt_schema *schema;
    const kt_table_events *events;
    size_t row; /* the line that is being split; the header is 1 */
    size_t count;
    const char *cells[COLUMN_LIMIT];
    size_t lengths[COLUMN_LIMIT];
} line_reader;

static kt_status fail_at(const line_reader *reader, const char *expected, kt_error *err)
{
    const bool named = reader->row > 1 && reader->count < reader->schema->column_count;
    return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu%s%s: %s", reader->path, reader->row,
                   named ? ", column " : "",
                   named ? reader->schema->columns[reader->count].name : "", expected);
}

/* Unquotes in place what begins behind a quote. at moves behind the closing quote. */
static bool unquote(char **at, const char *end, size_t *length)
{
    char *to = *at;
    const char *const start = *at;
    for (char *from = *at; from < end; from++) {
        if (*from == '"' && (from + 1 == end || from[1] != '"')) {
            *at = from + 1;
            *length = (size_t)(to - start);
            return true;
        }
        from += *from == '"' ? 1 : 0;
        *to++ = *from;
    }
    return false;
}

static kt_status take_quoted(line_reader *reader, char **at, const char *end, kt_error *err)
{
    char *cell = ++*at;
    size_t length = 0;
    if (!unquote(at, end, &length)) {
        return fail_at(reader, "the line ends inside a quoted cell", err);
    }
    if (*at < end && **at != reader->dialect.separator) {
        return fail_at(reader, "a quote that does not end its cell", err);
    }
    reader->cells[reader->count] = cell;
    reader->lengths[reader->count] = length;
    return KT_OK;
}

#define EACH_BYTE UINT64_C(0x0101010101010101)
#define TOP_BITS  UINT64_C(0x8080808080808080)

static uint64_t zero_bytes(uint64_t word)
{
    return (word - EACH_BYTE) & ~word & TOP_BITS;
}

/* The first separator or quote, or the end: eight bytes at a time as long as they hold neither. */
static char *find_mark(char *at, const char *end, char separator)
{
    for (uint64_t word; end - at >= (ptrdiff_t)sizeof word; at += sizeof word) {
        memcpy(&word, at, sizeof word);
        if ((zero_bytes(word ^ (EACH_BYTE * (unsigned char)separator)) |
             zero_bytes(word ^ (EACH_BYTE * '"'))) != 0) {
            break;
        }
    }
    while (at < end && *at != separator && *at != '"') {
        at++;
    }
    return at;
}

static kt_status take_plain(line_reader *reader, char **at, const char *end, kt_error *err)
{
    char *cell = *at;
    *at = find_mark(cell, end, reader->dialect.separator);
    if (*at < end && **at == '"') {
        return fail_at(reader, "a quote inside a cell that is not quoted", err);
    }
    reader->cells[reader->count] = cell;
    reader->lengths[reader->count] = (size_t)(*at - cell);
    return KT_OK;
}

static bool has_enough(const line_reader *reader)
{
    return reader->row > 1 && reader->events->columns > 0 &&
           reader->count == reader->events->columns;
}

/* line is terminated at end, in place of its line feed. */
static kt_status split_line(line_reader *reader, char *line, char *end, kt_error *err)
{
    reader->count = 0;
    for (char *at = line; at <= end && !has_enough(reader); at++) {
        if (reader->count == reader->schema->column_count) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: more than %zu columns", reader->path,
                           reader->row, reader->schema->column_count);
        }
        KT_TRY(at < end && *at == '"' ? take_quoted(reader, &at, end, err)
                                      : take_plain(reader, &at, end, err));
        reader->count++;
    }
    if (reader->count != reader->schema->column_count && !has_enough(reader)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: %zu columns, expected %zu", reader->path,
                       reader->row, reader->count, reader->schema->column_count);
    }
    for (size_t i = 0; i < reader->count; i++) {
        char *cell = line + (reader->cells[i] - line);
        cell[reader->lengths[i]] = '\0';
    }
    return KT_OK;
}

static kt_status check_header(const line_reader *reader, kt_error *err)
{
    for (size_t i = 0; i < reader->count; i++) {
        const char *expected = reader->schema->columns[i].name;
        if (!kt_text_same(reader->cells[i], expected)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: row 1, column %zu: \"%.64s\", expected %s",
                           reader->path, i + 1, reader->cells[i], expected);
        }
    }
    return KT_OK;
}

static kt_status take_line(line_reader *reader, char *line, char *end, kt_error *err)
{
    reader->row++;
    const bool returned = end > line && end[-1] == '\r';
    if (returned != reader->dialect.carriage_return) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: expected %s at the line's end",
                       reader->path, reader->row,
                       reader->dialect.carriage_return ? "CR LF" : "LF alone");
    }
    end -= returned ? 1 : 0;
    if (memchr(line, '\0', (size_t)(end - line)) != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: row %zu: a NUL byte", reader->path, reader->row);
    }
    KT_TRY(split_line(reader, line, end, err));
    if (reader->row == 1) {
        return check_header(reader, err);
    }
    return reader->events->row(reader->events->context, reader->row, reader->cells, reader->lengths,
                               err);
}

/* Takes every whole line of the text; what remains moves to its beginning. */
static kt_status take_lines(line_reader *reader, kt_text *text, kt_error *err)
{
    char *at = text->bytes;
    char *const end = text->bytes + text->length;
    for (char *feed = NULL; (feed = memchr(at, '\n', (size_t)(end - at))) != NULL; at = feed + 1) {
        KT_TRY(take_line(reader, at, feed, err));
    }
    text->length = (size_t)(end - at);
    memmove(text->bytes, at, text->length);
    return text->length <= LINE_LIMIT ? KT_OK : fail_at(reader, "a line of over 16 MiB", err);
}

static kt_status skip_mark(const line_reader *reader, kt_text *text, kt_error *err)
{
    static const char mark[] = "\xef\xbb\xbf";
    const bool marked = text->length >= 3 && memcmp(text->bytes, mark, 3) == 0;
    if (marked != reader->dialect.mark) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected %s byte order mark", reader->path,
                       reader->dialect.mark ? "a" : "no");
    }
    if (marked) {
        text->length -= 3;
        memmove(text->bytes, text->bytes + 3, text->length);
    }
    return KT_OK;
}

static kt_status read_block(int fd, const char *path, kt_text *text, size_t *got, kt_error *err)
{
    char block[16384];
    *got = 0;
    while (*got < BLOCK_SIZE) {
        const ssize_t count = read(fd, block, sizeof block);
        if (count < 0 && errno != EINTR) {
            return kt_fail_errno(err, path, "cannot read");
        }
        if (count == 0) {
            break;
        }
        if (count > 0 && !kt_text_add(text, block, (size_t)count)) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: a line that is too long", path);
        }
        *got += count > 0 ? (size_t)count : 0;
    }
    return KT_OK;
}

kt_status kt_lines_read(const char *path, kt_line_dialect dialect, const kt_schema *schema,
                        const kt_table_events *events, kt_error *err)
{
    KT_AUTO(fd) const int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return kt_fail_errno(err, path, "cannot open");
    }
    line_reader reader = {.path = path, .dialect = dialect, .schema = schema, .events = events};
    KT_AUTO(text) kt_text text = {0};
    size_t got = 0;
    const kt_row_mark from = events->from;
    if (from.rows > 0 && lseek(fd, (off_t)from.bytes, SEEK_SET) < 0) {
        return kt_fail_errno(err, path, "cannot read");
    }
    reader.row = from.rows > 0 ? from.rows + 1 : 0;
    KT_TRY(read_block(fd, path, &text, &got, err));
    KT_TRY(from.rows > 0 ? KT_OK : skip_mark(&reader, &text, err));
    while (got > 0) {
        KT_TRY(take_lines(&reader, &text, err));
        KT_TRY(read_block(fd, path, &text, &got, err));
    }
    if (text.length > 0) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: the last line has no end", path);
    }
    return reader.row > 0 ? KT_OK : kt_fail(err, KT_ERR_FORMAT, "%s: no header", path);
}

kt_status kt_table_read(const char *path, const kt_schema *schema, const kt_table_events *events,
                        kt_error *err)
{
    return kt_lines_read(path, kt_canonical_lines, schema, events, err);
}
