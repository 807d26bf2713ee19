/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "complaint.h"

#include <jansson.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"

#define EXCERPT    80    /* of a plain body */
#define MOST_WORDS 200   /* of an error that a service worded */
#define MOST_BYTES 65536 /* of a body that may hold such an error */

/* The start of the text on one line, cut between letters. */
static const char *in_one_line(const char *words, size_t length, kt_arena *arena)
{
    size_t end = length < MOST_WORDS ? length : MOST_WORDS;
    while (end < length && end > 0 && ((unsigned char)words[end] & 0xC0) == 0x80) {
        end--;
    }
    char *line = kt_arena_copy_n(arena, words, end);
    kt_text_flatten(line);
    return line;
}

/* "Bad Request"; nothing of a page for people. */
static const char *plain_words(const kt_body *body, kt_arena *arena)
{
    const size_t length = strcspn(body->bytes, "\r\n");
    const bool is_short = length <= EXCERPT && body->bytes[0] != '<';
    return is_short && kt_utf8_valid(body->bytes, length, NULL)
               ? in_one_line(body->bytes, length, arena)
               : "";
}

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text == NULL ? "" : text;
}

/* "Too many cells selected: ..." of PxWeb 2: a problem has a title and perhaps a detail. */
static const char *problem_words(const json_t *root, kt_arena *arena)
{
    const char *title = text_of(root, "title");
    const char *detail = text_of(root, "detail");
    const bool both = title[0] != '\0' && detail[0] != '\0' && strcmp(title, detail) != 0;
    return both               ? kt_arena_print(arena, "%s: %s", title, detail)
           : title[0] != '\0' ? title
                              : detail;
}

/* Eurostat: {"error":[{"status":400,"id":150,"label":"..."}]}, or one such object by itself. */
static const char *labelled_words(const json_t *fault, kt_arena *arena)
{
    const json_t *one = json_is_array(fault) ? json_array_get(fault, 0) : fault;
    const json_t *id = json_object_get(one, "id");
    const char *label = text_of(one, "label");
    return json_is_integer(id)
               ? kt_arena_print(arena, "%lld: %s", (long long)json_integer_value(id), label)
               : label;
}

static const char *json_words(const kt_body *body, kt_arena *arena)
{
    json_auto_t *root = json_loadb(body->bytes, body->length, 0, NULL);
    const json_t *fault = json_object_get(root, "error");
    fault = fault == NULL ? json_object_get(root, "warning") : fault;
    const char *words = json_is_string(fault) ? json_string_value(fault)
                        : fault != NULL       ? labelled_words(fault, arena)
                                              : problem_words(root, arena);
    return in_one_line(words, strlen(words), arena);
}

/* <faultstring>EXTRACTION_TOO_BIG: ...</faultstring> */
static const char *xml_words(const kt_body *body, kt_arena *arena)
{
    static const char mark[] = "<faultstring>";
    const char *start = strstr(body->bytes, mark);
    if (start == NULL) {
        return "";
    }
    start += strlen(mark);
    const size_t length = strcspn(start, "<");
    return kt_utf8_valid(start, length, NULL) ? in_one_line(start, length, arena) : "";
}

const char *kt_complaint(const kt_answer *answer, kt_arena *arena)
{
    const kt_body *body = &answer->body;
    const bool may_tell = body->length > 0 && body->length <= MOST_BYTES;
    const char *words = may_tell && body->bytes[0] == '{'   ? json_words(body, arena)
                        : may_tell && body->bytes[0] == '<' ? xml_words(body, arena)
                                                            : "";
    return words[0] == '\0' ? plain_words(body, arena) : words;
}
