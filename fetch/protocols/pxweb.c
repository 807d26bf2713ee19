/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "protocol.h"

#include <jansson.h>
#include <string.h>

#include "core/cleanup.h"
#include "core/text.h"
#include "limits.h"
#include "url.h"

/*
 * PxWeb API v1, as Statistics Finland and other statistics offices of Europe run it. The limits
 * stand under ?config of the language, one level above the database; a table's metadata and figures
 * are one address. Codes are always named one by one: "all" and "agg" mean different things in
 * different installations.
 */

static kt_request limits_request(const kt_source *source, kt_arena *arena)
{
    const char *base_url = source->base_url;
    const char *host = strstr(base_url, "://");
    const char *slash = strrchr(base_url, '/');
    const bool has_path = host != NULL && slash > host + 2;
    const size_t length = has_path ? (size_t)(slash - base_url) : strlen(base_url);
    return (kt_request){.method = "GET",
                        .url = kt_arena_print(arena, "%.*s/?config", (int)length, base_url)};
}

static kt_status read_limits(const kt_answer *answer, kt_service_limits *out, kt_error *err)
{
    static const kt_limit_names names = {.cells = "maxCells",
                                         .cells_too = "maxValues",
                                         .calls = "maxCalls",
                                         .window_s = "timeWindow"};
    return kt_limits_read(answer->body, &names, out, err);
}

static char *table_url(const kt_target *target, kt_arena *arena)
{
    return kt_url_join(target->source->base_url, target->path, arena);
}

static kt_request metadata_request(const kt_target *target, kt_arena *arena)
{
    return (kt_request){.method = "GET", .url = table_url(target, arena)};
}

static kt_status read_metadata(kt_body body, kt_arena *arena, kt_envelope **out, kt_error *err)
{
    const kt_document document = {.bytes = body.bytes, .length = body.length, .name = body.name};
    return kt_envelope_pxweb_metadata(&document, arena, out, err);
}

/* Adds {"code":variable,"selection":{"filter":filter,"values":values}}. */
static void add_selection(json_t *query, const char *variable, const char *filter, json_t *values)
{
    (void)json_array_append_new(query, json_pack("{s:s,s:{s:s,s:o}}", "code", variable, "selection",
                                                 "filter", filter, "values", values));
}

static kt_request finish_query(const kt_target *target, json_t *query, kt_arena *arena)
{
    json_auto_t *body =
        json_pack("{s:o,s:{s:s}}", "query", query, "response", "format", target->source->format);
    KT_AUTO(free) char *words = json_dumps(body, JSON_COMPACT);
    return (kt_request){.method = "POST",
                        .url = table_url(target, arena),
                        .body = kt_arena_copy(arena, words == NULL ? "" : words)};
}

static kt_request data_request(const kt_target *target, const kt_wanted *wanted,
                               const kt_part *part, kt_arena *arena)
{
    json_t *query = json_array();
    for (size_t v = 0; v < wanted->variable_count; v++) {
        json_t *values = json_array();
        for (size_t i = 0; i < part->count[v]; i++) {
            const char *code = wanted->variables[v].codes[part->start[v] + i];
            (void)json_array_append_new(values, json_string(code));
        }
        add_selection(query, wanted->variables[v].name, "item", values);
    }
    return finish_query(target, query, arena);
}

/* "top" counts from the newest period of the time variable. */
static kt_request probe_request(const kt_target *target, const kt_wanted *wanted, kt_arena *arena)
{
    json_t *query = json_array();
    for (size_t v = 0; v < wanted->variable_count; v++) {
        const kt_wanted_variable *variable = &wanted->variables[v];
        const char *value = variable->is_time ? "1" : variable->codes[0];
        add_selection(query, variable->name, variable->is_time ? "top" : "item",
                      json_pack("[s]", value));
    }
    return finish_query(target, query, arena);
}

/* The values that the query names one by one for the variable, or NULL. */
static const json_t *named_values(const json_t *query, const char *variable)
{
    for (size_t i = 0; i < json_array_size(query); i++) {
        const json_t *item = json_array_get(query, i);
        const json_t *selection = json_object_get(item, "selection");
        if (kt_text_same(json_string_value(json_object_get(item, "code")), variable) &&
            kt_text_same(json_string_value(json_object_get(selection, "filter")), "item")) {
            return json_object_get(selection, "values");
        }
    }
    return NULL;
}

static bool asked(const kt_receipt *receipt, const char *variable, kt_codes *codes)
{
    json_auto_t *root = json_loads(receipt->request == NULL ? "" : receipt->request, 0, NULL);
    const json_t *values = named_values(json_object_get(root, "query"), variable);
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *value = json_string_value(json_array_get(values, i));
        (void)kt_codes_intern(codes, value == NULL ? "" : value);
    }
    return values != NULL;
}

const kt_protocol kt_protocol_pxweb = {
    .id = "pxweb",
    .polite = {.cells = 100000, .calls = 10, .window_s = 60.0},
    .limits = limits_request,
    .read_limits = read_limits,
    .metadata = metadata_request,
    .read_metadata = read_metadata,
    .data = data_request,
    .probe = probe_request,
    .asked = asked,
    .sends_codes = true,
};
