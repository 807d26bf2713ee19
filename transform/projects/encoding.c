/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "encoding.h"

#include <string.h>

#include "core/charset.h"
#include "core/text.h"
#include "wrong_letters.h"

static unsigned char byte_at(const kt_list_text *text, size_t at)
{
    return (unsigned char)text->file->bytes[at];
}

/* The sign that parts most fields of a row. */
static char separator_of(const kt_list_text *text, size_t from, size_t to)
{
    char best = text->separators[0];
    size_t most = 0;
    for (const char *sign = text->separators; *sign != '\0'; sign++) {
        size_t count = 0;
        for (size_t i = from; i < to; i++) {
            count += text->file->bytes[i] == *sign;
        }
        if (count > most) {
            best = *sign;
            most = count;
        }
    }
    return best;
}

/* Fields before the byte and its own, as a spreadsheet counts them: what stands in quotes parts
 * none. */
static size_t column_of(const kt_list_text *text, size_t from, size_t at)
{
    const char *bytes = text->file->bytes;
    const char *end = memchr(bytes + at, '\n', text->file->length - at);
    const char separator =
        separator_of(text, from, end == NULL ? text->file->length : (size_t)(end - bytes));
    size_t column = 1;
    bool quoted = false;
    for (size_t i = from; i < at; i++) {
        quoted = bytes[i] == '"' ? !quoted : quoted;
        column += !quoted && bytes[i] == separator;
    }
    return column;
}

/* "NAME: row 3, column 7 (byte 45 of the row)" */
static const char *place_of(const kt_list_text *text, size_t at, kt_arena *arena)
{
    size_t row = 1, from = 0;
    for (size_t i = 0; i < at; i++) {
        if (text->file->bytes[i] == '\n') {
            row++;
            from = i + 1;
        }
    }
    return kt_arena_print(arena, "%s: row %zu, column %zu (byte %zu of the row)", text->file->name,
                          row, column_of(text, from, at), at - from + 1);
}

/* "utf-8, windows-1252 or iso-8859-1" */
static const char *expected(const kt_list_text *text, kt_arena *arena)
{
    const char *all = text->encodings[0];
    for (size_t i = 1; i < text->encoding_count; i++) {
        all = kt_arena_print(arena, "%s%s%s", all, i + 1 < text->encoding_count ? ", " : " or ",
                             text->encodings[i]);
    }
    return all;
}

static kt_status refuse(const kt_list_text *text, size_t at, const char *why, kt_arena *arena,
                        kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: the byte 0x%02x %s, expected %s",
                   place_of(text, at, arena), (unsigned)byte_at(text, at), why,
                   expected(text, arena));
}

/* Letters of UTF-8 before a byte that is none: the file is no other set's, it is damaged. */
static bool has_letters_before(const kt_list_text *text, size_t bad)
{
    size_t at = 0;
    while (at < bad && byte_at(text, at) < 0x80) {
        at++;
    }
    return at < bad;
}

/* ISO 8859 has no letters there, so that any byte would pass for one. */
static size_t find_control(const kt_list_text *text)
{
    size_t at = 0;
    while (at < text->file->length && (byte_at(text, at) < 0x80 || byte_at(text, at) > 0x9f)) {
        at++;
    }
    return at;
}

static bool is_iso(const char *encoding)
{
    return strncmp(encoding, "iso", 3) == 0 || strncmp(encoding, "ISO", 3) == 0;
}

/* Where the first byte stands that is no letter of the encoding, one byte a letter. */
static size_t first_unknown(const kt_list_text *text, const char *encoding, kt_arena *arena)
{
    bool tried[256] = {false}, known[256] = {false};
    size_t at = 0;
    for (bool good = true; good && at < text->file->length; at += good) {
        const unsigned char byte = byte_at(text, at);
        const kt_charset_text one = {text->file->bytes + at, 1, encoding, text->file->name};
        char *letter = NULL;
        size_t length = 0;
        kt_error why = {0};
        if (byte >= 0x80 && !tried[byte]) {
            tried[byte] = true;
            known[byte] = kt_charset_decode(one, arena, &letter, &length, &why) == KT_OK;
        }
        good = byte < 0x80 || known[byte];
    }
    return at;
}

/* By the first encoding that can; else *bad is as far as any of them came. */
static bool decode_any(const kt_list_text *text, kt_arena *arena, const char **out, size_t *length,
                       size_t *bad)
{
    const kt_project_file *file = text->file;
    const size_t control = find_control(text);
    for (size_t i = 0; i < text->encoding_count; i++) {
        const kt_charset_text all = {file->bytes, file->length, text->encodings[i], file->name};
        const bool has_controls = is_iso(text->encodings[i]) && control < file->length;
        char *bytes = NULL;
        kt_error why = {0};
        if (!has_controls && kt_charset_decode(all, arena, &bytes, length, &why) == KT_OK) {
            *out = bytes;
            return true;
        }
        const size_t at = has_controls ? control : first_unknown(text, text->encodings[i], arena);
        *bad = at > *bad ? at : *bad;
    }
    return false;
}

/* Where the byte of the decoded text stands in the file: as far, or one byte a letter. */
static size_t byte_of_file(const char *bytes, size_t at, bool is_utf8, size_t mark)
{
    size_t letters = 0;
    for (size_t i = 0; i < at; i++) {
        letters += ((unsigned char)bytes[i] & 0xc0U) != 0x80U;
    }
    return is_utf8 ? at + mark : letters;
}

/* Each byte is a letter of some set; whether it was of this one, only words tell. */
static kt_status check_letters(const kt_list_text *text, const char *bytes, size_t length,
                               kt_arena *arena, kt_error *err)
{
    const size_t mark = kt_utf8_mark(text->file->bytes, text->file->length);
    const bool is_utf8 = text->file->length == length + mark;
    wrong_letters letters = {0};
    wrong_word first = {0};
    if (!wrong_letters_add(&letters, bytes, length, &first) || !wrong_letters_spoil(&letters)) {
        return KT_OK;
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: %s, expected %s",
                   place_of(text, byte_of_file(bytes, first.at, is_utf8, mark), arena),
                   wrong_letters_words(&letters, bytes, length, &first, arena),
                   expected(text, arena));
}

static kt_status decode(const kt_list_text *text, kt_arena *arena, const char **out, size_t *length,
                        kt_error *err)
{
    const kt_project_file *file = text->file;
    const char *nul = memchr(file->bytes, '\0', file->length);
    const size_t mark = kt_utf8_mark(file->bytes, file->length);
    size_t bad = 0;
    if (nul != NULL) {
        return refuse(text, (size_t)(nul - file->bytes), "is no letter", arena, err);
    }
    if (kt_utf8_valid(file->bytes + mark, file->length - mark, &bad)) {
        *out = kt_arena_copy_n(arena, file->bytes + mark, file->length - mark);
        *length = file->length - mark;
        return KT_OK;
    }
    bad += mark;
    if (has_letters_before(text, bad)) {
        return refuse(text, bad, "is no UTF-8, and what stands before it is", arena, err);
    }
    return decode_any(text, arena, out, length, &bad)
               ? KT_OK
               : refuse(text, bad, "is no letter of such a text", arena, err);
}

kt_status kt_list_decode(const kt_list_text *text, kt_arena *arena, const char **out,
                         size_t *length, kt_error *err)
{
    const char *bytes = "";
    size_t count = 0;
    KT_TRY(decode(text, arena, &bytes, &count, err));
    KT_TRY(check_letters(text, bytes, count, arena, err));
    *out = bytes;
    *length = count;
    return KT_OK;
}

char kt_list_separator(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    const size_t line = end == NULL ? length : (size_t)(end - bytes);
    return memchr(bytes, ';', line) != NULL ? ';' : ',';
}
