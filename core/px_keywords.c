/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/px.h"

#include <string.h>
#include <strings.h>

#include "core/charset.h"
#include "core/text.h"
#include "px_parts.h"

#define KEY_LIMIT    64
#define HEAD_BYTES   65536 /* in which a file says its character set */
#define VALUES_LIMIT ((size_t)1 << 20)
#define NAMES_LIMIT  16 /* in the brackets of a keyword; the format has three */

/* The keywords that we read; of the first ones a second entry is a fault. */
static const char *const known_keys[] = {
    "STUB",         "HEADING",       "VALUES",        "CODES",         "VARIABLECODE",
    "CONTVARIABLE", "TIMEVAL",       "KEYS",          "LANGUAGE",      "LANGUAGES",
    "ELIMINATION",  "MAP",           "VARIABLE-TYPE", "UNITS",         "MATRIX",
    "TABLEID",      "TITLE",         "DESCRIPTION",   "CONTENTS",      "SOURCE",
    "LAST-UPDATED", "CREATION-DATE", "DATASYMBOL1",   "DATASYMBOL2",   "DATASYMBOL3",
    "DATASYMBOL4",  "DATASYMBOL5",   "DATASYMBOL6",   "DATASYMBOLNIL", "DATASYMBOLSUM"};
#define SINGLE_KEYS 10

static size_t rank_of(const char *key)
{
    size_t i = 0;
    while (i < sizeof known_keys / sizeof known_keys[0] && strcmp(known_keys[i], key) != 0) {
        i++;
    }
    return i;
}

/* Where the reading stands. */
typedef struct px_cursor {
    kt_px *px;
    const char *at, *end;
    size_t line;
} px_cursor;

static kt_status wrong(const px_cursor *here, const char *key, const char *expected, kt_error *err)
{
    return kt_fail(err, KT_ERR_FORMAT, "%s: line %zu: %s%s%s", here->px->reply.name, here->line,
                   key, key[0] == '\0' ? "" : ": ", expected);
}

static bool is_blank(char letter)
{
    return letter == ' ' || letter == '\t' || letter == '\r' || letter == '\n';
}

static void skip_blanks(px_cursor *here)
{
    while (here->at < here->end && is_blank(*here->at)) {
        here->line += *here->at == '\n';
        here->at++;
    }
}

static bool take(px_cursor *here, char letter)
{
    skip_blanks(here);
    if (here->at == here->end || *here->at != letter) {
        return false;
    }
    here->at++;
    return true;
}

static bool is_key_letter(char letter)
{
    return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z') ||
           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_';
}

static char capital(char letter)
{
    if (letter >= 'a' && letter <= 'z') {
        return (char)(letter & ~0x20);
    }
    return letter;
}

static bool take_key(px_cursor *here, char key[KEY_LIMIT])
{
    size_t length = 0;
    skip_blanks(here);
    while (here->at < here->end && is_key_letter(*here->at) && length + 1 < KEY_LIMIT) {
        key[length++] = capital(*here->at++);
    }
    key[length] = '\0';
    return length > 0;
}

/*
 * A text between quotes. Long ones are cut into several that follow one another, and what is cut
 * inside its quotes has line ends that are none of its letters.
 */
static bool take_text(px_cursor *here, const char **out)
{
    const char *const start = here->at;
    char *made = NULL;
    size_t length = 0;
    if (here->at == here->end || *here->at != '"') {
        return false;
    }
    while (take(here, '"')) {
        while (here->at < here->end && *here->at != '"') {
            here->line += *here->at++ == '\n';
        }
        if (here->at++ == here->end) {
            here->at = here->end;
            return false;
        }
    }
    made = kt_arena_take(here->px->reply.arena, (size_t)(here->at - start) + 1, 1);
    bool inside = false;
    for (const char *at = start; at < here->at; at++) {
        inside = *at == '"' ? !inside : inside;
        if (inside && *at != '"' && *at != '\n' && *at != '\r') {
            made[length++] = *at;
        }
    }
    *out = made;
    return true;
}

/* YES, 12 or TLIST(A1,"1994"-"1996"): up to the comma or semicolon that is in no brackets. */
static bool take_word(px_cursor *here, const char **out)
{
    const char *const start = here->at;
    const char *last = start;
    int depth = 0;
    bool quoted = false;
    while (here->at < here->end) {
        const char letter = *here->at;
        if (!quoted && depth == 0 && (letter == ',' || letter == ';')) {
            break;
        }
        quoted = letter == '"' ? !quoted : quoted;
        depth += !quoted && letter == '(';
        depth -= !quoted && letter == ')' && depth > 0;
        here->line += letter == '\n';
        here->at++;
        last = is_blank(letter) ? last : here->at;
    }
    *out = kt_arena_copy_n(here->px->reply.arena, start, (size_t)(last - start));
    return last > start;
}

static kt_status keep_value(const px_cursor *here, kt_px_entry *entry, size_t *room,
                            const char *value, kt_error *err)
{
    if (entry->count == VALUES_LIMIT) {
        return wrong(here, entry->key, "more values than a million", err);
    }
    entry->values = kt_arena_grow(here->px->reply.arena, entry->values, entry->count, room,
                                  sizeof *entry->values);
    entry->values[entry->count++] = value;
    return KT_OK;
}

/* The values up to the semicolon. */
static kt_status take_values(px_cursor *here, kt_px_entry *entry, kt_error *err)
{
    const bool is_time = strcmp(entry->key, "TIMEVAL") == 0;     /* has ranges between its texts */
    const bool is_tree = strcmp(entry->key, "HIERARCHIES") == 0; /* "Europe":"Finland" */
    size_t room = 0;
    do {
        const char *value = NULL;
        skip_blanks(here);
        const bool is_text = here->at < here->end && *here->at == '"' && !is_time;
        if (!(is_text ? take_text(here, &value) : take_word(here, &value))) {
            return wrong(here, entry->key,
                         is_text ? "a quote that is left open" : "expected a value", err);
        }
        KT_TRY(keep_value(here, entry, &room, value, err));
    } while (take(here, ',') || (is_tree && take(here, ':')));
    entry->raw_end = here->at;
    return take(here, ';') ? KT_OK
                           : wrong(here, entry->key, "expected ',' or ';' after a value", err);
}

/* "[sv]" behind a keyword; NULL if there is none. */
static kt_status take_language(px_cursor *here, const char *key, const char **out, kt_error *err)
{
    *out = NULL;
    if (!take(here, '[')) {
        return KT_OK;
    }
    const char *const start = here->at;
    while (here->at < here->end && is_key_letter(*here->at)) {
        here->at++;
    }
    *out = kt_arena_copy_n(here->px->reply.arena, start, (size_t)(here->at - start));
    return here->at > start && take(here, ']')
               ? KT_OK
               : wrong(here, key, "expected a language and ']'", err);
}

/* ("Alue","SSS") behind it, joined; "" if there are none. */
static kt_status take_subkeys(px_cursor *here, const char *key, const char **out, kt_error *err)
{
    kt_arena *arena = here->px->reply.arena;
    size_t count = 0;
    *out = "";
    if (!take(here, '(')) {
        return KT_OK;
    }
    do {
        const char *subkey = NULL;
        if (count++ == NAMES_LIMIT) {
            return wrong(here, key, "more than 16 names in the brackets", err);
        }
        skip_blanks(here);
        if (!take_text(here, &subkey)) {
            return wrong(here, key, "expected a name between quotes in the brackets", err);
        }
        *out = **out == '\0' ? subkey : kt_arena_print(arena, "%s\n%s", *out, subkey);
    } while (take(here, ','));
    return take(here, ')') ? KT_OK : wrong(here, key, "expected ')' after the names", err);
}

static char *index_key(const kt_px *px, const char *key, const char *language, const char *subkeys)
{
    return kt_arena_print(px->reply.arena, "%s\n%s\n%s", key, language == NULL ? "" : language,
                          subkeys);
}

/* Keeps the entry if it is one that we read; of those that shape the table each once. */
static kt_status keep_entry(const px_cursor *here, const kt_px_entry *entry, const char *language,
                            kt_error *err)
{
    kt_px *px = here->px;
    const size_t rank = rank_of(entry->key);
    if (rank == sizeof known_keys / sizeof known_keys[0]) {
        return KT_OK;
    }
    if (kt_codes_add(px->index, index_key(px, entry->key, language, entry->subkeys), NULL) ==
        KT_NO_CODE) {
        return rank >= SINGLE_KEYS
                   ? KT_OK
                   : wrong(here, entry->key,
                           kt_arena_print(px->reply.arena, "a second one%s%s",
                                          entry->subkeys[0] == '\0' ? "" : " of ", entry->subkeys),
                           err);
    }
    px->entries = kt_arena_grow(px->reply.arena, px->entries, px->count, &px->room, sizeof *entry);
    px->entries[px->count++] = *entry;
    return KT_OK;
}

/* DATA is the last keyword, so that the file's last letter ends it; DOS marks the end once more. */
static kt_status take_data(px_cursor *here, kt_error *err)
{
    kt_px *px = here->px;
    const char *end = here->end;
    while (end > here->at && (is_blank(end[-1]) || end[-1] == '\x1a')) {
        end--;
    }
    if (end == here->at || end[-1] != ';') {
        return wrong(here, "DATA", "the file ends in the middle, expected ';' behind the cells",
                     err);
    }
    px->data = here->at;
    px->data_end = end - 1;
    px->data_line = here->line;
    here->at = here->end;
    return KT_OK;
}

static kt_status take_entry(px_cursor *here, kt_error *err)
{
    char key[KEY_LIMIT];
    const char *language = NULL;
    kt_px_entry entry = {.line = here->line};
    if (!take_key(here, key)) {
        return wrong(here, "", "expected a keyword", err);
    }
    entry.line = here->line;
    KT_TRY(take_language(here, key, &language, err));
    KT_TRY(take_subkeys(here, key, &entry.subkeys, err));
    if (!take(here, '=')) {
        return wrong(here, key, "expected '=' behind a keyword", err);
    }
    if (strcmp(key, "DATA") == 0) {
        return take_data(here, err);
    }
    entry.key = kt_arena_copy(here->px->reply.arena, key);
    entry.raw = here->at;
    KT_TRY(take_values(here, &entry, err));
    return keep_entry(here, &entry, language, err);
}

static kt_status take_entries(kt_px *px, kt_error *err)
{
    px_cursor here = {
        .px = px, .at = px->reply.bytes, .end = px->reply.bytes + px->reply.length, .line = 1};
    for (skip_blanks(&here); here.at < here.end; skip_blanks(&here)) {
        KT_TRY(take_entry(&here, err));
    }
    if (px->data == NULL) {
        return wrong(&here, "DATA", "the file has none, expected it as the last keyword", err);
    }
    return KT_OK;
}

/* The value of a keyword that begins a line, before the character set is known. */
static const char *early_value(const kt_document *document, const char *key, kt_arena *arena)
{
    const size_t length = strlen(key);
    const char *const end =
        document->bytes + (document->length < HEAD_BYTES ? document->length : HEAD_BYTES);
    bool fresh = true;
    for (const char *at = document->bytes; at + length < end; at++) {
        if (fresh && strncasecmp(at, key, length) == 0 && !is_key_letter(at[length])) {
            const char *open = memchr(at, '"', (size_t)(end - at));
            const char *close =
                open == NULL ? NULL : memchr(open + 1, '"', (size_t)(end - open - 1));
            return close == NULL ? NULL
                                 : kt_arena_copy_n(arena, open + 1, (size_t)(close - open - 1));
        }
        fresh = *at == '\n' || *at == ';' || (fresh && (is_blank(*at) || (*at & 0x80) != 0));
    }
    return NULL;
}

/*
 * CODEPAGE names it; without one CHARSET="ANSI" means the code page of Windows, and a file that has
 * neither was written for DOS.
 */
static const char *charset_of(const kt_document *document, kt_arena *arena)
{
    const char *page = early_value(document, "CODEPAGE", arena);
    const char *set = early_value(document, "CHARSET", arena);
    if (page != NULL) {
        return page;
    }
    return set != NULL ? set : "oem";
}

static kt_status open_text(const kt_document *document, kt_arena *arena, kt_reply *out,
                           kt_error *err)
{
    const kt_charset_text text = {document->bytes, document->length, charset_of(document, arena),
                                  document->name};
    char *bytes = NULL;
    *out = kt_reply_of(document, arena);
    KT_TRY(kt_charset_decode(text, arena, &bytes, &out->length, err));
    out->bytes = bytes;
    return KT_OK;
}

const kt_px_entry *kt_px_find(const kt_px *px, const char *key, const char *language,
                              const char *subkey)
{
    size_t at = kt_codes_find(px->index, index_key(px, key, language, subkey));
    if (at == KT_NO_CODE && language == NULL && px->own != NULL) {
        at = kt_codes_find(px->index, index_key(px, key, px->own, subkey));
    }
    return at == KT_NO_CODE ? NULL : &px->entries[at];
}

const char *kt_px_value(const kt_px *px, const char *key, const char *language, const char *subkey)
{
    const kt_px_entry *entry = kt_px_find(px, key, language, subkey);
    return entry == NULL ? NULL : entry->values[0];
}

/* A file may name a language and say nothing in it. */
static bool has_names(const kt_px *px, const char *language)
{
    return kt_px_find(px, "STUB", language, "") != NULL ||
           kt_px_find(px, "HEADING", language, "") != NULL;
}

/* The language of the source if the file has it beside its own. */
static const char *choose_language(const kt_px *px, const kt_source *source)
{
    const kt_px_entry *all = kt_px_find(px, "LANGUAGES", NULL, "");
    const char *wanted = source == NULL ? NULL : source->language;
    for (size_t i = 0; wanted != NULL && all != NULL && i < all->count; i++) {
        if (strcasecmp(all->values[i], wanted) == 0 && !kt_text_same(all->values[i], px->own) &&
            has_names(px, all->values[i])) {
            return all->values[i];
        }
    }
    return NULL;
}

kt_status kt_px_open(const kt_document *document, kt_arena *arena, kt_px **out, kt_error *err)
{
    const kt_reply raw = kt_reply_of(document, arena);
    kt_px *px = kt_arena_new(arena, kt_px);
    KT_TRY(kt_reply_expect(&raw, KT_BODY_PX, err));
    KT_TRY(open_text(document, arena, &px->reply, err));
    px->index = kt_codes_new(arena);
    KT_TRY(take_entries(px, err));
    px->own = kt_px_value(px, "LANGUAGE", NULL, "");
    px->language = choose_language(px, document->source);
    *out = px;
    return KT_OK;
}
