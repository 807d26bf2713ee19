/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/envelope.h"

#include <string.h>

#include "core/text.h"
#include "envelope_parts.h"

#define EXCERPT_SIZE    81
#define MOST_DIMENSIONS 64

/* Ends a message's excerpt on a whole letter; what is no UTF-8 becomes '?'. */
static char *make_printable(char *words, size_t length)
{
    while (length > 0 && words[length - 1] == ' ') {
        length--;
    }
    words[length] = '\0';
    size_t bad = 0;
    while (!kt_utf8_valid(words, length, &bad)) {
        if (length - bad < 4 && length + 4 >= EXCERPT_SIZE) {
            length = bad;
            words[length] = '\0';
        } else {
            words[bad] = '?';
        }
    }
    return words;
}

/*
 * The first words of a body for a message: tags of a page left out, blanks and line ends run
 * together.
 */
static char *excerpt(const kt_reply *reply, char out[EXCERPT_SIZE])
{
    size_t used = 0;
    bool in_tag = false;
    for (size_t i = 0; i < reply->length && used + 1 < EXCERPT_SIZE; i++) {
        const char letter = reply->bytes[i];
        if (letter == '<' || letter == '>') {
            in_tag = letter == '<';
        }
        const bool control = (unsigned char)letter <= ' ' || letter == 0x7f;
        const bool blank = in_tag || letter == '>' || control;
        if (!blank) {
            out[used++] = letter;
        } else if (used > 0 && out[used - 1] != ' ') {
            out[used++] = ' ';
        }
    }
    return make_printable(out, used);
}

static const char *const kind_names[] = {
    [KT_BODY_EMPTY] = "an empty body",
    [KT_BODY_OBJECT] = "a JSON object",
    [KT_BODY_ARRAY] = "a JSON array",
    [KT_BODY_PAGE] = "a web page",
    [KT_BODY_XML] = "XML",
    [KT_BODY_PX] = "a PX file",
    [KT_BODY_AGGREGATION] = "an aggregation file (.agg), which holds codes and no data",
    [KT_BODY_VALUE_SET] = "a value set file (.vs), which holds codes and no data",
    [KT_BODY_PACKED] = "a packed file",
    [KT_BODY_CSV] = "a CSV",
    [KT_BODY_TEXT] = "plain text",
};

/* A text; or one of Eurostat's errors and warnings: an object with a label, or a list of them. */
static kt_status read_fault(const kt_reply *reply, kt_jsonspan fault, const char **out,
                            kt_error *err)
{
    json_auto_t *value = NULL;
    if (fault.start == NULL || *fault.start == '"') {
        return kt_reply_text(reply, fault, "error", out, err);
    }
    KT_TRY(kt_reply_parse(reply, fault, "error", &value, err));
    const json_t *first = json_is_array(value) ? json_array_get(value, 0) : value;
    *out = kt_text_member(first, "label", reply->arena);
    return KT_OK;
}

/* What the service says, if the object is one of its errors; NULL if it is not. */
static kt_status read_complaint(const kt_reply *reply, const char **out, kt_error *err)
{
    static const char *const keys[] = {"error", "detail", "title", "warning", NULL};
    kt_jsonspan values[4];
    KT_TRY(kt_jsonscan_members(reply->bytes, reply->length, reply->name, keys, values, err));
    *out = NULL;
    for (size_t i = 0; i < 4 && *out == NULL; i++) {
        KT_TRY(read_fault(reply, values[i], out, err));
    }
    return KT_OK;
}

kt_status kt_reply_expect(const kt_reply *reply, kt_body_kind expected, kt_error *err)
{
    char words[EXCERPT_SIZE];
    const char *complaint = NULL;
    const kt_body_kind kind = kt_body_kind_of(reply->bytes, reply->length);
    if (kind == expected ||
        (expected == KT_BODY_CSV && kt_body_may_be_csv(reply->bytes, reply->length))) {
        return KT_OK;
    }
    if (kind == KT_BODY_OBJECT && read_complaint(reply, &complaint, NULL) == KT_OK &&
        complaint != NULL) {
        const kt_reply said = {.bytes = complaint, .length = strlen(complaint)};
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected %s, but the service says \"%s\"",
                       reply->name, kind_names[expected], excerpt(&said, words));
    }
    if (kind == KT_BODY_PACKED) { /* of whose bytes nobody can read any */
        return kt_fail(err, KT_ERR_FORMAT, "%s: not %s but %s, expected it unpacked", reply->name,
                       kind_names[expected], kind_names[kind]);
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: not %s but %s: \"%s\"", reply->name,
                   kind_names[expected], kind_names[kind], excerpt(reply, words));
}

kt_status kt_reply_members(const kt_reply *reply, const char *const *keys, kt_jsonspan *values,
                           kt_error *err)
{
    char words[EXCERPT_SIZE];
    kt_error why = {0};
    KT_TRY(kt_reply_expect(reply, KT_BODY_OBJECT, err));
    const kt_status status =
        kt_jsonscan_members(reply->bytes, reply->length, reply->name, keys, values, &why);
    if (status != KT_OK) {
        return kt_fail(err, status, "%s; it begins \"%s\"", why.message, excerpt(reply, words));
    }
    return KT_OK;
}

/* What else services send, told by two of its keys; NULL for anything else. */
static const char *what_it_is(const kt_reply *reply)
{
    static const struct {
        const char *keys[3];
        const char *what;
    } others[] = {
        {{"query", "response", NULL}, "a query and not its answer"},
        {{"queryObj", "tableIdForQuery", NULL}, "a saved query and not its answer"},
        {{"title", "variables", NULL}, "PxWeb's metadata, which have no figures"},
        {{"maxCells", "maxCalls", NULL}, "what a service lets one caller do"},
        {{"apiVersion", "maxDataCells", NULL}, "what a service lets one caller do"},
        {{"tables", "page", NULL}, "a list of tables"},
        {{"id", "variableNames", NULL}, "what a service says of a table"},
        {{"id", "values", NULL}, "a code list"},
        {{"columns", "data", NULL}, "PX-JSON"},
        {{"class", "dimension", NULL}, "JSON-stat"},
    };
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        kt_jsonspan values[2];
        if (kt_jsonscan_members(reply->bytes, reply->length, reply->name, others[i].keys, values,
                                NULL) == KT_OK &&
            values[0].start != NULL && values[1].start != NULL) {
            return others[i].what;
        }
    }
    return NULL;
}

kt_status kt_reply_refuse(const kt_reply *reply, const char *expected, kt_error *err)
{
    const char *words = NULL;
    char short_words[EXCERPT_SIZE];
    const char *what = what_it_is(reply);
    if (what != NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s, found %s; it begins \"%s\"", reply->name,
                       expected, what, excerpt(reply, short_words));
    }
    KT_TRY(read_complaint(reply, &words, err));
    if (words != NULL) {
        const kt_reply said = {.bytes = words, .length = strlen(words)};
        return kt_fail(err, KT_ERR_FORMAT, "%s: %s, but the service says \"%s\"", reply->name,
                       expected, excerpt(&said, short_words));
    }
    return kt_fail(err, KT_ERR_FORMAT, "%s: %s; it begins \"%s\"", reply->name, expected,
                   excerpt(reply, short_words));
}

kt_status kt_reply_parse(const kt_reply *reply, kt_jsonspan span, const char *what, json_t **out,
                         kt_error *err)
{
    if (span.start == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: no \"%s\"", reply->name, what);
    }
    json_error_t at;
    json_t *value = json_loadb(span.start, kt_jsonspan_length(span),
                               JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &at);
    if (value == NULL) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"%s\": %s", reply->name, what, at.text);
    }
    *out = value;
    return KT_OK;
}

kt_status kt_reply_text(const kt_reply *reply, kt_jsonspan span, const char *what, const char **out,
                        kt_error *err)
{
    if (span.start == NULL || *span.start == 'n') {
        *out = NULL;
        return KT_OK;
    }
    json_auto_t *value = NULL;
    KT_TRY(kt_reply_parse(reply, span, what, &value, err));
    if (!json_is_string(value)) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: \"%s\": expected a text", reply->name, what);
    }
    *out = kt_arena_copy(reply->arena, json_string_value(value));
    return KT_OK;
}

kt_status kt_reply_dimensions(const kt_reply *reply, size_t count, kt_error *err)
{
    return count <= MOST_DIMENSIONS
               ? KT_OK
               : kt_fail(err, KT_ERR_FORMAT, "%s: %zu dimensions, expected at most %d", reply->name,
                         count, MOST_DIMENSIONS);
}

kt_status kt_envelope_count(const kt_reply *reply, kt_envelope *envelope, size_t limit,
                            kt_error *err)
{
    size_t cells = 1;
    for (size_t i = 0; i < envelope->dimension_count; i++) {
        const size_t size = kt_codes_count(envelope->dimensions[i].codes);
        if (size > 0 && cells > limit / size) {
            return kt_fail(err, KT_ERR_FORMAT, "%s: more cells than the limit of %zu", reply->name,
                           limit);
        }
        cells *= size;
    }
    envelope->cells = cells;
    return KT_OK;
}

const char *kt_text_member(const json_t *object, const char *key, kt_arena *arena)
{
    const json_t *member = json_object_get(object, key);
    return json_is_string(member) ? kt_arena_copy(arena, json_string_value(member)) : NULL;
}

kt_status kt_envelope_list(const kt_document *document, kt_arena *arena, kt_envelope **out,
                           kt_error *err)
{
    const kt_reply reply = {.bytes = document->bytes,
                            .length = document->length,
                            .name = document->name,
                            .arena = arena};
    *out = kt_arena_new(arena, kt_envelope);
    return kt_body_kind_of(reply.bytes, reply.length) == KT_BODY_PACKED
               ? KT_OK
               : kt_reply_expect(&reply, KT_BODY_CSV, err);
}

kt_envelope_reader kt_envelope_reader_find(const char *format)
{
    static const struct {
        const char *format;
        kt_envelope_reader read;
    } readers[] = {
        {"json-stat2", kt_envelope_jsonstat},
        {"json", kt_envelope_pxjson},
        {"px", kt_envelope_px},
        {"csv", kt_envelope_csv},
        {KT_LIST_FORMAT, kt_envelope_list},
    };
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++) {
        if (strcmp(readers[i].format, format) == 0) {
            return readers[i].read;
        }
    }
    return NULL;
}
