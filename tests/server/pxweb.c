/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dialect.h"

#include <string.h>

/* PxWeb v1 as Statistics Finland runs it since June 2026. */

/* Calls beyond the limit after which the service no longer takes the trouble to answer in JSON. */
#define HAMMERING 5

#define BASE "/pxweb/api/v1"

static bool has_name(const kt_served_table *table, const char *name)
{
    const size_t length = strlen(table->id);
    return strncmp(name, table->id, length) == 0 && strcmp(name + length, ".px") == 0;
}

/* rest is what follows the data base: "/tyonv/12r5.px", "/12r5.px", "/tyonv", "". */
static void route_rest(const kt_service *service, const char *rest, kt_route *out)
{
    const char *name = strrchr(rest, '/');
    for (size_t i = 0; name != NULL && i < service->table_count; i++) {
        kt_served_table *table = service->tables[i];
        const size_t folder = (size_t)(name - rest);
        const size_t subject = strlen(table->subject);
        const bool inside = folder == 0 || (folder == subject + 1 &&
                                            strncmp(rest + 1, table->subject, subject) == 0);
        if (inside && has_name(table, name + 1)) {
            out->table = table;
            return;
        }
        if (strcmp(rest + 1, table->subject) == 0) {
            out->list = table->subject;
        }
    }
}

/* Behind BASE come a language and the data base. */
static void route_path(const kt_service *service, const char *path, kt_route *out)
{
    const char *language = path + strlen(BASE);
    const char *base = language[0] == '/' ? strchr(language + 1, '/') : NULL;
    if (base == NULL || base[1] == '\0') {
        out->list = "";
        return;
    }
    static const char name[] = "/StatFin";
    if (strncmp(base, name, strlen(name)) == 0) {
        route_rest(service, base + strlen(name), out);
    }
}

static void find(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                 kt_route *out)
{
    if (kt_exchange_argument(exchange, "config") != NULL) {
        out->call = KT_CALL_CONFIG;
        return;
    }
    route_path(service, exchange->path, out);
    if (out->table == NULL) {
        return;
    }
    out->view = out->table;
    out->call = KT_CALL_METADATA;
    if (strcmp(exchange->method, "POST") == 0) {
        out->readable = kt_selection_read(out->table, exchange->body, arena, &out->selection);
        out->call = !out->readable              ? KT_CALL_OTHER
                    : out->selection.cells == 1 ? KT_CALL_PROBE
                                                : KT_CALL_DATA;
    }
}

static void put_config(const kt_service *service, FILE *out)
{
    const kt_server_options *o = &service->options;
    fprintf(out,
            "{\"maxValues\":%zu,\"maxCells\":%zu,\"maxCalls\":%zu,\"timeWindow\":%d,"
            "\"CORS\":true}",
            o->max_cells, o->max_cells, o->max_calls, o->window_s);
}

static void put_list(const kt_service *service, const char *subject, FILE *out)
{
    if (subject[0] == '\0') {
        fputs("[{\"dbid\":\"StatFin\",\"text\":\"StatFin\"}]", out);
        return;
    }
    const char *comma = "[";
    for (size_t i = 0; i < service->table_count; i++) {
        const kt_served_table *table = service->tables[i];
        if (strcmp(table->subject, subject) == 0) {
            fprintf(out, "%s{\"id\":\"%s.px\",\"type\":\"t\",\"text\":\"%s\"}", comma, table->id,
                    table->title);
            comma = ",";
        }
    }
    fputc(']', out);
}

static void answer(const kt_service *service, const kt_exchange *exchange, const kt_route *route,
                   kt_answer *out)
{
    (void)exchange;
    if (route->call == KT_CALL_OTHER && route->list == NULL) {
        kt_answer_set(out, 400, "text/plain", "Bad Request");
        return;
    }
    FILE *body = kt_answer_open(out);
    if (route->call == KT_CALL_CONFIG) {
        put_config(service, body);
    } else if (route->list != NULL) {
        put_list(service, route->list, body);
    } else if (route->call == KT_CALL_METADATA) {
        kt_served_metadata(route->table, body);
    } else {
        kt_served_data(route->table, &route->selection, body);
    }
    kt_answer_close(out, 200, body);
}

static void refuse(const kt_service *service, size_t above, kt_answer *out)
{
    (void)service;
    if (above > HAMMERING) {
        kt_answer_set(out, 429, "text/html", "<html><body>Too many requests</body></html>");
        return;
    }
    kt_answer_set(out, 429, KT_JSON_TYPE,
                  "{\"error\":\"429 - Too many requests in too short timeframe. Please try again "
                  "later.\"}");
}

static void too_large(const kt_service *service, size_t cells, kt_answer *out)
{
    (void)service;
    (void)cells;
    kt_answer_set(out, 403, "text/html",
                  "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body>"
                  "<h1>Access denied</h1></body></html>");
}

const kt_dialect kt_dialect_pxweb = {
    .base = BASE,
    .find = find,
    .answer = answer,
    .refuse = refuse,
    .too_large = too_large,
};
