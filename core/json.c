/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/json.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/file.h"
#include "core/number.h"
#include "core/text.h"

#define FILE_LIMIT ((size_t)16 << 20)

static const char *type_name(const json_t *value)
{
    switch (json_typeof(value)) {
    case JSON_OBJECT:
        return "an object";
    case JSON_ARRAY:
        return "an array";
    case JSON_STRING:
        return "a text";
    case JSON_INTEGER:
    case JSON_REAL:
        return "a number";
    case JSON_TRUE:
    case JSON_FALSE:
        return "true or false";
    case JSON_NULL:
        break;
    }
    return "null";
}

void kt_json_load(const char *path, kt_arena *arena, kt_problems *problems, json_t **document,
                  kt_json *out)
{
    *document = NULL;
    *out = (kt_json){
        .file = kt_arena_copy(arena, path), .path = "", .arena = arena, .problems = problems};
    char *bytes = NULL;
    size_t length = 0;
    kt_error error = {0};
    if (kt_file_read(path, FILE_LIMIT, arena, &bytes, &length, &error) != KT_OK) {
        kt_problems_add_line(problems, error.message);
        return;
    }
    json_error_t at;
    *document = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &at);
    if (*document == NULL) {
        kt_problems_add(problems, path, "", "line %d, column %d: %s", at.line, at.column, at.text);
        return;
    }
    out->value = *document;
    if (!json_is_object(*document)) {
        kt_json_wrong(*out, "expected an object, found %s", type_name(*document));
        out->value = NULL;
    }
}

static kt_json place_at(kt_json parent, const json_t *value, const char *path)
{
    kt_json place = parent;
    place.value = value;
    place.path = path;
    return place;
}

kt_json kt_json_member(kt_json object, const char *key)
{
    const char *dot = object.path[0] == '\0' ? "" : ".";
    return place_at(object, json_object_get(object.value, key),
                    kt_arena_print(object.arena, "%s%s%s", object.path, dot, key));
}

kt_json kt_json_element(kt_json array, size_t index)
{
    return place_at(array, json_array_get(array.value, index),
                    kt_arena_print(array.arena, "%s[%zu]", array.path, index));
}

bool kt_json_absent(kt_json place)
{
    return place.value == NULL;
}

void kt_json_wrong(kt_json place, const char *format, ...)
{
    char words[768];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    kt_problems_add(place.problems, place.file, place.path, "%s", words);
}

/* True if a value of that kind is here; else a problem, unless it is absent and may be. */
static bool expect(kt_json place, bool fits, const char *wanted)
{
    if (place.value == NULL) {
        kt_json_wrong(place, "missing, expected %s", wanted);
    } else if (!fits) {
        kt_json_wrong(place, "expected %s, found %s", wanted, type_name(place.value));
    }
    return place.value != NULL && fits;
}

bool kt_json_object(kt_json place)
{
    return expect(place, json_is_object(place.value), "an object");
}

size_t kt_json_count(kt_json array)
{
    return expect(array, json_is_array(array.value), "an array") ? json_array_size(array.value) : 0;
}

/* Tabs and line ends separate; what else nobody sees would stand in a table or turn a page's line
 * around. */
static bool is_seen(const char *text)
{
    const char *at = kt_text_unseen(text);
    while (at != NULL && (*at == '\t' || *at == '\n')) {
        at = kt_text_unseen(at + 1);
    }
    return at == NULL;
}

const char *kt_json_text(kt_json place)
{
    if (!expect(place, json_is_string(place.value), "a text")) {
        return NULL;
    }
    if (strlen(json_string_value(place.value)) != json_string_length(place.value)) {
        kt_json_wrong(place, "a text may not hold \\u0000");
        return NULL;
    }
    if (!is_seen(json_string_value(place.value))) {
        kt_json_wrong(place, "a text may hold neither control characters nor marks of direction");
        return NULL;
    }
    return kt_arena_copy(place.arena, json_string_value(place.value));
}

double kt_json_number(kt_json place, double least, double most)
{
    if (!expect(place, json_is_number(place.value), "a number")) {
        return NAN;
    }
    const double number = json_number_value(place.value);
    if (!(number >= least) || !(number <= most)) {
        char found[KT_NUMBER_SIZE];
        char low[KT_NUMBER_SIZE];
        char high[KT_NUMBER_SIZE];
        kt_number_write(number, found);
        kt_number_write(least, low);
        kt_number_write(most, high);
        kt_json_wrong(place, "expected a number from %s to %s, found %s", low, high, found);
        return NAN;
    }
    return number;
}

long kt_json_whole(kt_json place, long least, long most)
{
    const double number = kt_json_number(place, (double)least, (double)most);
    if (isnan(number)) {
        return least;
    }
    if (number != floor(number)) {
        kt_json_wrong(place, "expected a whole number, found %g", number);
        return least;
    }
    return (long)number;
}

bool kt_json_bool(kt_json place)
{
    return expect(place, json_is_boolean(place.value), "true or false") &&
           json_is_true(place.value);
}

const char *kt_json_text_or(kt_json place, const char *fallback)
{
    return place.value == NULL || json_is_null(place.value) ? fallback : kt_json_text(place);
}

double kt_json_number_or(kt_json place, double least, double most, double fallback)
{
    return place.value == NULL ? fallback : kt_json_number(place, least, most);
}

long kt_json_whole_or(kt_json place, long least, long most, long fallback)
{
    return place.value == NULL ? fallback : kt_json_whole(place, least, most);
}

bool kt_json_bool_or(kt_json place, bool fallback)
{
    return place.value == NULL ? fallback : kt_json_bool(place);
}

size_t kt_json_texts(kt_json place, const char ***out)
{
    *out = NULL;
    const size_t count = place.value == NULL ? 0 : kt_json_count(place);
    if (count == 0) {
        return 0;
    }
    const char **texts = kt_arena_array(place.arena, const char *, count);
    size_t good = 0;
    for (size_t i = 0; i < count; i++) {
        const char *text = kt_json_text(kt_json_element(place, i));
        if (text != NULL) {
            texts[good++] = text;
        }
    }
    *out = texts;
    return good;
}

static bool is_known(const char *key, const char *const *keys)
{
    for (; *keys != NULL; keys++) {
        if (strcmp(key, *keys) == 0) {
            return true;
        }
    }
    return false;
}

static const char *nearest(const char *key, const char *const *keys)
{
    const char *best = NULL;
    size_t best_distance = 3;
    for (; *keys != NULL; keys++) {
        const size_t distance = kt_text_distance(key, *keys, 2);
        if (distance < best_distance) {
            best = *keys;
            best_distance = distance;
        }
    }
    return best;
}

static void tell_unknown(kt_json place, const char *meant)
{
    if (meant == NULL) {
        kt_json_wrong(place, "unknown key");
    } else {
        kt_json_wrong(place, "unknown key; did you mean %s?", meant);
    }
}

void kt_json_only(kt_json object, const char *const *keys)
{
    /* Iterating does not change the object; jansson's iterator only lacks a const version. */
    union {
        const json_t *borrowed;
        json_t *object;
    } document = {.borrowed = object.value};
    const char *key = NULL;
    json_t *value = NULL;
    json_object_foreach(document.object, key, value)
    {
        if (!is_known(key, keys) && strcmp(key, "$schema") != 0 && strcmp(key, "comment") != 0) {
            tell_unknown(kt_json_member(object, key), nearest(key, keys));
        }
    }
}

bool kt_json_load_list(const char *path, const char *key, kt_arena *arena, kt_problems *problems,
                       json_t **document, kt_json *list)
{
    kt_json root;
    kt_json_load(path, arena, problems, document, &root);
    if (root.value == NULL) {
        return false;
    }
    kt_json_only(root, (const char *const[]){key, NULL});
    *list = kt_json_member(root, key);
    return true;
}

static void put_escaped(kt_text *out, unsigned char letter)
{
    if (letter == '"' || letter == '\\') {
        kt_text_print(out, "\\%c", letter);
    } else if (letter == '\n') {
        kt_text_put(out, "\\n");
    } else if (letter < 0x20 || letter == 0x7f) {
        kt_text_print(out, "\\u%04x", letter);
    } else {
        kt_text_put_char(out, (char)letter);
    }
}

static void put_valid(kt_text *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        put_escaped(out, (unsigned char)bytes[i]);
    }
}

void kt_json_put_text(kt_text *out, const char *text)
{
    kt_text_put_char(out, '"');
    size_t left = strlen(text);
    size_t bad = 0;
    while (!kt_utf8_valid(text, left, &bad)) {
        put_valid(out, text, bad);
        kt_text_put(out, "\xef\xbf\xbd");
        text += bad + 1;
        left -= bad + 1;
    }
    put_valid(out, text, left);
    kt_text_put_char(out, '"');
}

void kt_json_put_member(kt_text *out, const char *name, const char *text)
{
    kt_text_print(out, "\"%s\":", name);
    if (text == NULL) {
        kt_text_put(out, "null");
    } else {
        kt_json_put_text(out, text);
    }
}

kt_status kt_json_dump(json_t *owned, size_t flags, const char *name, kt_text *out, kt_error *err)
{
    json_auto_t *document = owned;
    KT_AUTO(free) char *text = document == NULL ? NULL : json_dumps(document, flags);
    if (text == NULL) {
        return kt_fail(err, KT_ERR_DATA, "%s: a text of it is not UTF-8, or there is no memory",
                       name);
    }
    kt_text_put(out, text);
    return KT_OK;
}
