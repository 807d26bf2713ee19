/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dialect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "server/put.h"
#include "server/select_pxweb2.h"
#include "server/write_pxweb2.h"

/* PxWebApi 2, as Statistics Sweden, Statistics Norway and Latvia run it. */

#define BASE     "/api/v2"
#define SSB_BASE "/api/pxwebapi/v2"

/* A longer address never reaches the program: the web server before it says 404. */
#define ADDRESS_LIMIT 2100
#define HOST_LENGTH   strlen("http://127.0.0.1:65535")

static const kt_complaint no_table = {404, 0, "Non-existent table", NULL};
static const kt_complaint no_codelist = {404, 0, "Non-existent codelist", NULL};
static const kt_complaint no_page = {404, 0, "Non-existent page", "Non-existent page"};
static const kt_complaint no_format = {400, 0, "Unsupported output format",
                                       "Unsupported output format"};
static const kt_complaint no_body = {400, 0, "One or more validation errors occurred.", NULL};
static const kt_complaint no_address = {404, 0, NULL, NULL};

static void answer_complaint(const kt_complaint *complaint, kt_answer *out)
{
    if (complaint->title == NULL) {
        kt_answer_set(out, complaint->status, "text/html",
                      "<!DOCTYPE html><html><head><title>404</title></head><body>"
                      "<h1>404 - File or directory not found.</h1></body></html>");
        return;
    }
    FILE *body = kt_answer_open(out);
    fprintf(body, "{\"type\":\"Parameter error\",\"title\":\"%s\",\"status\":%d", complaint->title,
            complaint->status);
    if (complaint->detail != NULL) {
        fprintf(body, ",\"detail\":\"%s\"", complaint->detail);
    }
    fputc('}', body);
    kt_answer_close(out, complaint->status, body);
    out->content_type = "application/problem+json; charset=utf-8";
}

static bool read_form(const kt_service *service, const kt_exchange *exchange, kt_form *out)
{
    const bool latvia = service->options.service == KT_TEST_LATVIA;
    const char *named = kt_exchange_argument(exchange, "outputFormat");
    const char *format = named != NULL ? named : latvia ? "px" : "json-stat2";
    *out = strcasecmp(format, "px") == 0 ? KT_FORM_PX : KT_FORM_JSONSTAT_2;
    return *out == KT_FORM_PX || strcasecmp(format, "json-stat2") == 0;
}

static void find_data(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                      kt_route *out)
{
    const bool post = strcmp(exchange->method, "POST") == 0;
    kt_asking asking;
    kt_form form = KT_FORM_JSONSTAT_2;
    const bool read = post ? kt_asking_of_body(exchange->body, arena, &asking)
                           : kt_asking_of_address(exchange, arena, &asking);
    if (!read) {
        out->complaint = &no_body;
        return;
    }
    if (!read_form(service, exchange, &form)) {
        out->complaint = &no_format;
        return;
    }
    out->complaint = kt_select_pxweb2(&asking, arena, out);
    out->selection.form = form;
    if (out->complaint == NULL) {
        out->readable = true;
        out->call = out->selection.cells == 1 ? KT_CALL_PROBE : KT_CALL_DATA;
    }
}

/* Everything of the table, as its metadata tell it. */
static void find_metadata(kt_arena *arena, kt_route *out)
{
    out->call = KT_CALL_METADATA;
    out->view = out->table;
    out->selection = (kt_selection){.form = KT_FORM_METADATA_2};
    for (size_t i = 0; i < out->table->variable_count; i++) {
        const kt_served_variable *v = &out->table->variables[i];
        const size_t first = v->is_time ? out->table->kept_first : 0;
        const size_t count = v->is_time ? out->table->kept_count : v->count;
        out->selection.positions[i] = kt_arena_array(arena, size_t, count);
        out->selection.counts[i] = count;
        for (size_t n = 0; n < count; n++) {
            out->selection.positions[i][n] = first + n;
        }
    }
}

/* rest is what follows "/tables/": "TAB1", "TAB1/metadata", "TAB1/data". */
static void find_table(const kt_service *service, const kt_exchange *exchange, const char *rest,
                       kt_arena *arena, kt_route *out)
{
    const size_t length = strcspn(rest, "/");
    out->table = kt_service_table(service, kt_arena_print(arena, "%.*s", (int)length, rest));
    out->view = out->table;
    out->complaint = out->table == NULL ? &no_table : NULL;
    if (out->table == NULL) {
        return;
    }
    if (rest[length] == '\0') {
        out->call = KT_CALL_ABOUT;
    } else if (strcasecmp(rest + length, "/metadata") == 0) {
        find_metadata(arena, out);
    } else if (strcasecmp(rest + length, "/data") == 0) {
        find_data(service, exchange, arena, out);
    } else {
        out->complaint = &no_address;
    }
}

static const kt_served_codelist *codelist_of(const kt_served_variable *variable, const char *id)
{
    for (size_t i = 0; i < variable->codelist_count; i++) {
        if (strcasecmp(variable->codelists[i].id, id) == 0) {
            return &variable->codelists[i];
        }
    }
    return NULL;
}

static const kt_served_codelist *codelist_in(const kt_served_table *table, const char *id)
{
    const kt_served_codelist *found = NULL;
    for (size_t v = 0; v < table->variable_count && found == NULL; v++) {
        found = codelist_of(&table->variables[v], id);
    }
    return found;
}

static void find_codelist(const kt_service *service, const char *id, kt_route *out)
{
    out->call = KT_CALL_CODELIST;
    for (size_t t = 0; t < service->table_count && out->codes == NULL; t++) {
        out->codes = codelist_in(service->tables[t], id);
    }
    out->complaint = out->codes == NULL ? &no_codelist : NULL;
}

static void find_under(const kt_service *service, const kt_exchange *exchange, const char *rest,
                       kt_arena *arena, kt_route *out)
{
    static const char tables[] = "/tables/";
    static const char codelists[] = "/codelists/";
    out->complaint = &no_address;
    if (HOST_LENGTH + strlen(exchange->address) > ADDRESS_LIMIT) {
        return;
    }
    if (strcasecmp(rest, "/config") == 0) {
        out->complaint = NULL;
        out->call = KT_CALL_CONFIG;
    } else if (strncasecmp(rest, tables, strlen(tables)) == 0 && rest[strlen(tables)] != '\0') {
        find_table(service, exchange, rest + strlen(tables), arena, out);
    } else if (strncasecmp(rest, codelists, strlen(codelists)) == 0) {
        find_codelist(service, rest + strlen(codelists), out);
    } else if (strcasecmp(rest, "/tables") == 0 || strcasecmp(rest, tables) == 0) {
        out->complaint = NULL;
        out->list = "";
    }
}

static void find(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                 kt_route *out)
{
    find_under(service, exchange, exchange->path + strlen(BASE), arena, out);
}

static void find_ssb(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                     kt_route *out)
{
    find_under(service, exchange, exchange->path + strlen(SSB_BASE), arena, out);
}

static void put_config(const kt_service *service, FILE *out)
{
    const kt_server_options *o = &service->options;
    const bool latvia = o->service == KT_TEST_LATVIA;
    fputs("{\"apiVersion\":\"2.2.0\",\"appVersion\":\"1.0.0\",\"languages\":[{\"id\":\"en\","
          "\"label\":\"English\"}],\"defaultLanguage\":\"en\",",
          out);
    fprintf(out, "\"maxDataCells\":%zu,", o->max_cells);
    if (o->service != KT_TEST_SSB) {
        fprintf(out, "\"maxCallsPerTimeWindow\":%zu,\"timeWindow\":%d,", o->max_calls, o->window_s);
    }
    fprintf(out,
            "\"license\":\"https://creativecommons.org/publicdomain/zero/1.0/\","
            "\"sourceReferences\":[],\"defaultDataFormat\":\"%s\",\"dataFormats\":[\"json-stat2\","
            "\"px\"],\"features\":[]}",
            latvia ? "px" : "json-stat2");
}

static void answer(const kt_service *service, const kt_exchange *exchange, const kt_route *route,
                   kt_answer *out)
{
    if (route->complaint != NULL) {
        answer_complaint(route->complaint, out);
        return;
    }
    FILE *body = kt_answer_open(out);
    bool there = true;
    if (route->call == KT_CALL_CONFIG) {
        put_config(service, body);
    } else if (route->list != NULL) {
        there = kt_write_tables(service, exchange, body);
    } else if (route->call == KT_CALL_ABOUT) {
        kt_write_about(route->table, "en", body);
    } else if (route->call == KT_CALL_CODELIST) {
        kt_write_codelist(route->codes, body);
    } else {
        kt_served_data(route->view, &route->selection, body);
    }
    kt_answer_close(out, 200, body);
    if (!there) {
        answer_complaint(&no_page, out);
    }
}

static void refuse(const kt_service *service, size_t above, kt_answer *out)
{
    (void)service;
    (void)above;
    static const kt_complaint too_many = {429, 0, "Too many requests", NULL};
    answer_complaint(&too_many, out);
}

static void too_large(const kt_service *service, size_t cells, kt_answer *out)
{
    (void)service;
    (void)cells;
    static const kt_complaint complaint = {400, 0, "Too many cells selected",
                                           "Too many cells selected"};
    answer_complaint(&complaint, out);
}

const kt_dialect kt_dialect_pxweb2 = {
    .base = BASE,
    .find = find,
    .answer = answer,
    .refuse = refuse,
    .too_large = too_large,
};

const kt_dialect kt_dialect_ssb = {
    .base = SSB_BASE,
    .find = find_ssb,
    .answer = answer,
    .refuse = refuse,
    .too_large = too_large,
};
