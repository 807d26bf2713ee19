/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "limits.h"
#include "url.h"

/*
 * PxWebApi 2, as Statistics Sweden, Statistics Norway and Latvia run it (PxTools/PxApiSpecs). A
 * table goes by its id: base_url/tables/<id>, with its metadata and its figures below. Codes are
 * named one by one, as in version 1; only the probe asks for top(1), the newest period.
 *
 * A short question is a GET, whose address a person can open; a longer one, and one with letters
 * that mean something in the address, is a POST of the same selection.
 */

/* Web servers before the service give 404 above about 2,100 characters. */
#define ADDRESS_MOST 2000

/* What services that tell their limit in headers alone have as their window. */
#define WINDOW_USUAL_S 60.0

static kt_request get(const char *url)
{
    return (kt_request){.method = "GET", .url = url};
}

static kt_request limits_request(const kt_source *source, kt_arena *arena)
{
    return get(kt_url_join(source->base_url, "config", arena));
}

/* The whole number after "name:" at the start of a header line, in letters of any case; else 0. */
static double header_number(const char *headers, const char *name)
{
    const size_t length = strlen(name);
    for (const char *line = headers; line != NULL && *line != '\0';) {
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            const double number = strtod(line + length + 1, NULL);
            return number >= 1.0 && number <= 1e9 ? floor(number) : 0.0;
        }
        line = strchr(line, '\n');
        line = line == NULL ? NULL : line + 1;
    }
    return 0.0;
}

/* Statistics Norway leaves its limit of calls out of the configuration; each reply's headers say
 * it, and how many seconds are left of the window. */
static void read_headers(const char *headers, kt_service_limits *out)
{
    const double left_s = header_number(headers, "x-ratelimit-reset");
    out->calls = (size_t)header_number(headers, "x-ratelimit-limit");
    out->window_s = left_s > WINDOW_USUAL_S && left_s <= KT_WINDOW_MAX_S ? left_s : WINDOW_USUAL_S;
}

static kt_status read_limits(const kt_answer *answer, kt_service_limits *out, kt_error *err)
{
    static const kt_limit_names names = {.cells = "maxDataCells",
                                         .calls = "maxCallsPerTimeWindow",
                                         .window_s = "timeWindow",
                                         .calls_may_lack = true};
    kt_service_limits limits = {0};
    KT_TRY(kt_limits_read(answer->body, &names, &limits, err));
    if (limits.calls == 0) {
        read_headers(answer->headers, &limits);
    }
    *out = limits;
    return KT_OK;
}

/* "base/tables/TAB1/data?lang=sv", ready for further arguments; the mark before them in *mark. */
static void put_address(kt_text *url, const kt_source *source, const char *path, char *mark)
{
    kt_text_print(url, "%s/", source->base_url);
    kt_url_put(url, path);
    *mark = '?';
    if (source->language != NULL) {
        kt_text_put(url, "?lang=");
        kt_url_put(url, source->language);
        *mark = '&';
    }
}

static char *address_of(const kt_source *source, const char *folder, const char *id,
                        const char *end, kt_arena *arena)
{
    KT_AUTO(text) kt_text url = {0};
    char mark = '?';
    put_address(&url, source, kt_arena_print(arena, "%s/%s%s", folder, id, end), &mark);
    return kt_arena_copy(arena, url.bytes);
}

static kt_request metadata_request(const kt_target *target, kt_arena *arena)
{
    return get(address_of(target->source, "tables", target->path, "/metadata", arena));
}

static kt_status read_metadata(kt_body body, kt_arena *arena, kt_envelope **out, kt_error *err)
{
    const kt_document document = {.bytes = body.bytes, .length = body.length, .name = body.name};
    return kt_envelope_pxweb2_metadata(&document, arena, out, err);
}

static kt_request about_request(const kt_target *target, kt_arena *arena)
{
    return get(address_of(target->source, "tables", target->path, "", arena));
}

/* "discontinued" may be absent or null: then the table is one like others. */
static kt_status read_about(kt_body body, bool *discontinued, kt_error *err)
{
    json_error_t at = {0};
    json_auto_t *about = json_loadb(body.bytes, body.length, JSON_REJECT_DUPLICATES, &at);
    if (!json_is_string(json_object_get(about, "id"))) {
        return kt_fail(err, KT_ERR_FORMAT, "%s: expected what the service tells of a table%s%s",
                       body.name, about == NULL ? ": " : "", at.text);
    }
    *discontinued = json_is_true(json_object_get(about, "discontinued"));
    return KT_OK;
}

static kt_request code_list_request(const kt_source *source, const char *id, kt_arena *arena)
{
    return get(address_of(source, "codelists", id, "", arena));
}

static kt_status read_code_list(kt_body body, kt_arena *arena, kt_codes **out, kt_error *err)
{
    const kt_document document = {.bytes = body.bytes, .length = body.length, .name = body.name};
    return kt_pxweb2_codelist(&document, arena, out, err);
}

/* What is asked of one variable: some of its codes, or an expression. */
typedef struct choice {
    const kt_wanted_variable *variable;
    const char *const *values;
    size_t count;
} choice;

typedef struct question {
    const kt_target *target;
    choice choices[KT_WANTED_VARIABLES];
    size_t count;
} question;

static const char *list_of(const choice *c)
{
    return c->variable->spec == NULL ? NULL : c->variable->spec->code_list;
}

/* In an address commas part values, and these letters belong to expressions. */
static bool is_plain(const char *value)
{
    return strpbrk(value, ",[]()*?") == NULL;
}

static bool choice_fits_address(const choice *c)
{
    size_t plain = 0;
    while (plain < c->count && (c->variable->is_time || is_plain(c->values[plain]))) {
        plain++;
    }
    return plain == c->count;
}

static bool fits_address(const question *asked)
{
    size_t v = 0;
    while (v < asked->count && choice_fits_address(&asked->choices[v])) {
        v++;
    }
    return v == asked->count;
}

static void put_choice(kt_text *url, const choice *c)
{
    kt_text_put(url, "&valueCodes%5B");
    kt_url_put(url, c->variable->name);
    kt_text_put(url, "%5D=");
    for (size_t i = 0; i < c->count; i++) {
        kt_text_put(url, i > 0 ? "," : "");
        kt_url_put(url, c->values[i]);
    }
    if (list_of(c) != NULL) {
        kt_text_put(url, "&codelist%5B");
        kt_url_put(url, c->variable->name);
        kt_text_put(url, "%5D=");
        kt_url_put(url, list_of(c));
    }
}

static json_t *body_of(const choice *c)
{
    json_t *values = json_array();
    for (size_t i = 0; i < c->count; i++) {
        (void)json_array_append_new(values, json_string(c->values[i]));
    }
    json_t *item = json_pack("{s:s,s:o}", "variableCode", c->variable->name, "valueCodes", values);
    if (list_of(c) != NULL) {
        (void)json_object_set_new(item, "codelist", json_string(list_of(c)));
    }
    return item;
}

static kt_request post(const question *asked, const char *url, kt_arena *arena)
{
    json_t *selection = json_array();
    for (size_t v = 0; v < asked->count; v++) {
        (void)json_array_append_new(selection, body_of(&asked->choices[v]));
    }
    json_auto_t *body = json_pack("{s:o}", "selection", selection);
    KT_AUTO(free) char *words = json_dumps(body, JSON_COMPACT);
    return (kt_request){.method = "POST",
                        .url = kt_arena_copy(arena, url),
                        .body = kt_arena_copy(arena, words == NULL ? "" : words)};
}

static kt_request request_of(const question *asked, kt_arena *arena)
{
    const kt_source *source = asked->target->source;
    KT_AUTO(text) kt_text url = {0};
    char mark = '?';
    put_address(&url, source, kt_arena_print(arena, "tables/%s/data", asked->target->path), &mark);
    kt_text_print(&url, "%coutputFormat=", mark);
    kt_url_put(&url, source->format);
    char *address = kt_arena_copy(arena, url.bytes);
    for (size_t v = 0; v < asked->count && url.length < ADDRESS_MOST; v++) {
        put_choice(&url, &asked->choices[v]);
    }
    return url.length < ADDRESS_MOST && fits_address(asked) ? get(kt_arena_copy(arena, url.bytes))
                                                            : post(asked, address, arena);
}

static kt_request data_request(const kt_target *target, const kt_wanted *wanted,
                               const kt_part *part, kt_arena *arena)
{
    question asked = {.target = target, .count = wanted->variable_count};
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        asked.choices[v] = (choice){variable, variable->codes + part->start[v], part->count[v]};
    }
    return request_of(&asked, arena);
}

/* "top" counts from the newest period of the time variable. */
static kt_request probe_request(const kt_target *target, const kt_wanted *wanted, kt_arena *arena)
{
    static const char *const newest[] = {"top(1)"};
    question asked = {.target = target, .count = wanted->variable_count};
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        asked.choices[v] = (choice){variable, variable->is_time ? newest : variable->codes, 1};
    }
    return request_of(&asked, arena);
}

/* Too many cells are a bad request here, of which only the words tell it from any other. */
static kt_meaning meaning(const kt_answer *answer)
{
    if (answer->status != 400) {
        return KT_MEANS_ITS_STATUS;
    }
    json_auto_t *problem = json_loadb(answer->body.bytes, answer->body.length, 0, NULL);
    const char *title = json_string_value(json_object_get(problem, "title"));
    return title != NULL && strcasecmp(title, "Too many cells selected") == 0 ? KT_MEANS_TOO_LARGE
                                                                              : KT_MEANS_ITS_STATUS;
}

/* A value that names no code but tells how to choose some: "top(1)" of a probe. */
static bool is_expression(const char *value)
{
    return kt_text_starts(value, "top(");
}

/* The values that the body names for the variable, or NULL. */
static const json_t *named_values(const json_t *selection, const char *variable)
{
    for (size_t i = 0; i < json_array_size(selection); i++) {
        const json_t *item = json_array_get(selection, i);
        if (kt_text_same(json_string_value(json_object_get(item, "variableCode")), variable)) {
            return json_object_get(item, "valueCodes");
        }
    }
    return NULL;
}

static bool asked_in_body(const char *body, const char *variable, kt_codes *codes)
{
    json_auto_t *root = json_loads(body, 0, NULL);
    const json_t *values = named_values(json_object_get(root, "selection"), variable);
    bool named = false;
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *value = json_string_value(json_array_get(values, i));
        if (value != NULL && !is_expression(value)) {
            (void)kt_codes_intern(codes, value);
            named = true;
        }
    }
    return named;
}

static bool asked_in_address(const char *url, const char *variable, kt_codes *codes)
{
    KT_AUTO(text) kt_text argument = {0};
    KT_AUTO(text) kt_text value = {0};
    kt_text_put(&argument, "&valueCodes%5B");
    kt_url_put(&argument, variable);
    kt_text_put(&argument, "%5D=");
    const char *at = strstr(url, argument.bytes);
    bool named = false;
    for (at = at == NULL ? "" : at + argument.length; *at != '\0' && *at != '&';) {
        const size_t length = strcspn(at, ",&");
        kt_text_clear(&value);
        kt_url_take(&value, at, at + length);
        if (!is_expression(value.bytes)) {
            (void)kt_codes_intern(codes, value.bytes);
            named = true;
        }
        at += length + (at[length] == ',' ? 1 : 0);
    }
    return named;
}

static bool asked(const kt_receipt *receipt, const char *variable, kt_codes *codes)
{
    return receipt->request != NULL ? asked_in_body(receipt->request, variable, codes)
                                    : asked_in_address(receipt->url, variable, codes);
}

const kt_protocol kt_protocol_pxweb2 = {
    .id = "pxweb2",
    .polite = {.cells = 10000, .calls = 10, .window_s = 60.0},
    .limits = limits_request,
    .read_limits = read_limits,
    .metadata = metadata_request,
    .read_metadata = read_metadata,
    .code_list = code_list_request,
    .read_code_list = read_code_list,
    .about = about_request,
    .read_about = read_about,
    .data = data_request,
    .probe = probe_request,
    .meaning = meaning,
    .asked = asked,
    .sends_codes = true,
};
