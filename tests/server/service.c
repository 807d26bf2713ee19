/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/service.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* Calls beyond the limit after which the service no longer takes the trouble to answer in JSON. */
#define HAMMERING 5

#define BASE "/pxweb/api/v1"

/* What a call is about. */
typedef struct route {
    kt_call call;
    kt_served_table *table; /* NULL for none */
    const char *list;       /* a subject whose tables are listed, "" for the data bases, or NULL */
    bool readable;          /* a query that can be read */
    kt_selection selection;
} route;

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

void kt_answer_free(kt_answer *answer)
{
    free(answer->body);
    answer->body = NULL;
}

void kt_answer_set(kt_answer *answer, int status, const char *content_type, const char *body)
{
    free(answer->body);
    answer->status = status;
    answer->content_type = content_type;
    answer->length = strlen(body);
    answer->body = strdup(body);
}

/* The call counts whether or not it is refused. How many it is above the limit. */
static size_t calls_above_limit(kt_service *service)
{
    const double now = now_s();
    size_t old = 0;
    while (old < service->window_count &&
           now - service->window[old] > (double)service->options.window_s) {
        old++;
    }
    if (old > 0) {
        service->window_count -= old;
        memmove(service->window, service->window + old, service->window_count * sizeof(double));
    }
    if (service->window_count == service->window_room) {
        service->window_room = service->window_room * 2 + 64;
        service->window = realloc(service->window, service->window_room * sizeof(double));
    }
    service->window[service->window_count++] = now;
    const size_t limit = service->options.max_calls;
    return service->window_count > limit ? service->window_count - limit : 0;
}

static void refuse(const kt_service *service, size_t above, kt_answer *answer)
{
    if (above > HAMMERING) {
        kt_answer_set(answer, 429, "text/html", "<html><body>Too many requests</body></html>");
    } else {
        kt_answer_set(answer, 429, "application/json; charset=utf-8",
                      "{\"error\":\"429 - Too many requests in too short timeframe. Please try "
                      "again later.\"}");
    }
    snprintf(answer->retry_after, sizeof answer->retry_after, "%d", service->options.window_s);
}

static bool has_name(const kt_served_table *table, const char *name)
{
    const size_t length = strlen(table->id);
    return strncmp(name, table->id, length) == 0 && strcmp(name + length, ".px") == 0;
}

/* rest is what follows the data base: "/tyonv/12r5.px", "/12r5.px", "/tyonv", "". */
static void route_rest(const kt_service *service, const char *rest, route *out)
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
static void route_path(const kt_service *service, const char *path, route *out)
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

static route find_route(const kt_service *service, const kt_exchange *exchange, kt_arena *arena)
{
    route r = {.call = KT_CALL_OTHER};
    if (exchange->config) {
        r.call = KT_CALL_CONFIG;
        return r;
    }
    route_path(service, exchange->path, &r);
    if (r.table == NULL) {
        return r;
    }
    r.call = KT_CALL_METADATA;
    if (strcmp(exchange->method, "POST") == 0) {
        r.readable = kt_selection_read(r.table, exchange->body, arena, &r.selection);
        r.call = !r.readable              ? KT_CALL_OTHER
                 : r.selection.cells == 1 ? KT_CALL_PROBE
                                          : KT_CALL_DATA;
    }
    return r;
}

static void answer_config(const kt_service *service, FILE *out)
{
    const kt_server_options *o = &service->options;
    fprintf(out,
            "{\"maxValues\":%zu,\"maxCells\":%zu,\"maxCalls\":%zu,\"timeWindow\":%d,"
            "\"CORS\":true}",
            o->max_cells, o->max_cells, o->max_calls, o->window_s);
}

static void answer_list(const kt_service *service, const char *subject, FILE *out)
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

static void write_body(const kt_service *service, const route *r, kt_answer *answer)
{
    FILE *out = open_memstream(&answer->body, &answer->length);
    if (r->call == KT_CALL_CONFIG) {
        answer_config(service, out);
    } else if (r->list != NULL) {
        answer_list(service, r->list, out);
    } else if (r->call == KT_CALL_METADATA) {
        kt_served_metadata(r->table, out);
    } else {
        kt_served_data(r->table, &r->selection, out);
    }
    fclose(out);
    answer->status = 200;
    answer->content_type = "application/json; charset=utf-8";
}

static void answer_route(const kt_service *service, const route *r, kt_answer *answer)
{
    const bool known = r->call != KT_CALL_OTHER || r->list != NULL;
    if (!known) {
        kt_answer_set(answer, 400, "text/plain", "Bad Request");
    } else if (r->readable && r->selection.cells > service->options.max_cells) {
        kt_answer_set(answer, 403, "text/html",
                      "<!DOCTYPE html><html><head><title>403 Forbidden</title></head><body>"
                      "<h1>Access denied</h1></body></html>");
    } else {
        write_body(service, r, answer);
    }
}

static bool rule_matches(const kt_fault_rule *rule, const route *r)
{
    const bool call = rule->call == KT_CALL_ANY || rule->call == r->call;
    const bool table =
        rule->table == NULL || (r->table != NULL && strcmp(rule->table, r->table->id) == 0);
    return call && table;
}

/* The first rule whose turn it is for this call, or NULL. */
static const kt_fault_rule *find_rule(kt_service *service, const route *r)
{
    const kt_fault_rule *found = NULL;
    for (size_t i = 0; i < service->rule_count && found == NULL; i++) {
        const kt_fault_rule *rule = &service->rules[i].rule;
        if (rule_matches(rule, r)) {
            const size_t seen = service->rules[i].seen++;
            const bool over = rule->times > 0 && seen >= rule->after + rule->times;
            found = seen >= rule->after && !over ? rule : NULL;
        }
    }
    return found;
}

static const char *keep(kt_service *service, const char *text)
{
    return text == NULL ? NULL : kt_arena_copy(service->arena, text);
}

static void record(kt_service *service, const kt_exchange *exchange, const kt_server_call *seen)
{
    if (service->call_count == service->call_room) {
        service->call_room = service->call_room * 2 + 64;
        service->calls = realloc(service->calls, service->call_room * sizeof *service->calls);
    }
    kt_server_call *call = &service->calls[service->call_count++];
    *call = *seen;
    call->method = keep(service, exchange->method);
    call->path = keep(service, exchange->path);
    call->body = keep(service, exchange->body);
    call->user_agent = keep(service, exchange->user_agent);
    call->accept_encoding = keep(service, exchange->accept_encoding);
}

static void write_log(FILE *log, const kt_server_call *seen)
{
    if (log != NULL) {
        fprintf(log, "%s %s %d %zu %s\n", kt_call_name(seen->call),
                seen->table == NULL ? "-" : seen->table, seen->status, seen->cells,
                seen->refused ? "refused" : kt_fault_name(seen->fault));
        (void)fflush(log);
    }
}

static void answer_in_limits(kt_service *service, const kt_exchange *exchange, const route *r,
                             kt_server_call *seen, kt_answer *out)
{
    const kt_fault_rule *rule = find_rule(service, r);
    if (rule != NULL) {
        seen->fault = rule->fault;
    }
    if (rule != NULL && rule->fault == KT_FAULT_REPUBLISH && r->table != NULL) {
        r->table->updated += KT_SERVED_DAY_S;
    }
    answer_route(service, r, out);
    if (rule != NULL) {
        const kt_fault_scene scene = {.service = service,
                                      .exchange = exchange,
                                      .table = r->table,
                                      .selection = r->readable ? &r->selection : NULL};
        kt_fault_apply(rule, &scene, out);
    }
}

void kt_service_answer(kt_service *service, const kt_exchange *exchange, kt_answer *out)
{
    *out = (kt_answer){.manner = KT_MANNER_WHOLE};
    if (strncasecmp(exchange->path, BASE, strlen(BASE)) != 0) {
        kt_answer_set(out, 404, "text/html", "<html><body>Not found</body></html>");
        return;
    }
    pthread_mutex_lock(&service->lock);
    kt_arena *arena = kt_arena_open("a call", 0);
    const route r = find_route(service, exchange, arena);
    kt_server_call seen = {.call = r.call,
                           .table = r.table == NULL ? NULL : r.table->id,
                           .cells = r.readable ? r.selection.cells : 0};
    const size_t above = calls_above_limit(service);
    if (above > 0) {
        seen.refused = true;
        refuse(service, above, out);
    } else {
        answer_in_limits(service, exchange, &r, &seen, out);
    }
    const bool answered = out->manner != KT_MANNER_RESET && out->manner != KT_MANNER_SILENT;
    seen.status = answered ? out->status : 0;
    record(service, exchange, &seen);
    write_log(service->options.log, &seen);
    kt_arena_free(arena);
    pthread_mutex_unlock(&service->lock);
}
