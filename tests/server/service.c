/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dialect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

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

const kt_dialect *kt_dialect_of(const kt_service *service)
{
    static const kt_dialect *const dialects[KT_TEST_SERVICES] = {
        [KT_TEST_STATFIN] = &kt_dialect_pxweb,     [KT_TEST_SCB] = &kt_dialect_pxweb2,
        [KT_TEST_LATVIA] = &kt_dialect_pxweb2,     [KT_TEST_SSB] = &kt_dialect_ssb,
        [KT_TEST_EUROSTAT] = &kt_dialect_eurostat, [KT_TEST_FILES] = &kt_dialect_files,
    };
    return dialects[service->options.service];
}

const char *kt_server_base(kt_server *server)
{
    return kt_dialect_of(kt_server_service(server))->base;
}

kt_served_table *kt_service_table(const kt_service *service, const char *id)
{
    for (size_t i = 0; i < service->table_count; i++) {
        if (strcasecmp(service->tables[i]->id, id) == 0) {
            return service->tables[i];
        }
    }
    return NULL;
}

const char *kt_exchange_argument(const kt_exchange *exchange, const char *name)
{
    for (size_t i = 0; i < exchange->argument_count; i++) {
        if (strcasecmp(exchange->arguments[i].name, name) == 0) {
            return exchange->arguments[i].value;
        }
    }
    return NULL;
}

FILE *kt_answer_open(kt_answer *answer)
{
    kt_answer_free(answer);
    return open_memstream(&answer->body, &answer->length);
}

void kt_answer_close(kt_answer *answer, int status, FILE *out)
{
    fclose(out);
    answer->status = status;
    answer->content_type = KT_JSON_TYPE;
}

static void answer_route(const kt_service *service, const kt_exchange *exchange,
                         const kt_route *route, kt_answer *answer)
{
    const kt_dialect *dialect = kt_dialect_of(service);
    if (route->readable && route->selection.cells > service->options.max_cells) {
        dialect->too_large(service, route->selection.cells, answer);
    } else {
        dialect->answer(service, exchange, route, answer);
    }
}

static bool rule_matches(const kt_fault_rule *rule, const kt_route *r)
{
    const bool call = rule->call == KT_CALL_ANY || rule->call == r->call;
    const bool table =
        rule->table == NULL || (r->table != NULL && strcmp(rule->table, r->table->id) == 0);
    return call && table;
}

/* The first rule whose turn it is for this call, or NULL. */
static const kt_fault_rule *find_rule(kt_service *service, const kt_route *r)
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
    call->address = keep(service, exchange->address);
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

static void answer_in_limits(kt_service *service, const kt_exchange *exchange, const kt_route *r,
                             kt_server_call *seen, kt_answer *out)
{
    const kt_fault_rule *rule = find_rule(service, r);
    if (rule != NULL) {
        seen->fault = rule->fault;
    }
    if (rule != NULL && rule->fault == KT_FAULT_REPUBLISH && r->table != NULL) {
        r->table->updated += KT_SERVED_DAY_S;
        r->view->updated = r->table->updated;
    }
    answer_route(service, exchange, r, out);
    if (rule != NULL) {
        const kt_fault_scene scene = {.service = service,
                                      .exchange = exchange,
                                      .table = r->view,
                                      .selection = r->readable ? &r->selection : NULL};
        kt_fault_apply(rule, &scene, out);
    }
}

/* What is left of the window, as a service tells it that does not say so elsewhere. */
static void tell_limit(const kt_service *service, kt_answer *out)
{
    const kt_server_options *o = &service->options;
    if (o->service == KT_TEST_SSB) {
        const size_t used = service->window_count;
        out->limit.calls = o->max_calls;
        out->limit.left = used < o->max_calls ? o->max_calls - used : 0;
        out->limit.window_s = o->window_s;
    }
}

static void answer_under_base(kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                              kt_answer *out)
{
    const kt_dialect *dialect = kt_dialect_of(service);
    kt_route route = {.call = KT_CALL_OTHER};
    dialect->find(service, exchange, arena, &route);
    kt_server_call seen = {.call = route.call,
                           .table = route.table == NULL ? NULL : route.table->id,
                           .cells = route.readable ? route.selection.cells : 0};
    const size_t above = calls_above_limit(service);
    if (above > 0) {
        seen.refused = true;
        dialect->refuse(service, above, out);
        snprintf(out->retry_after, sizeof out->retry_after, "%d", service->options.window_s);
    } else {
        answer_in_limits(service, exchange, &route, &seen, out);
    }
    tell_limit(service, out);
    const bool answered = out->manner != KT_MANNER_RESET && out->manner != KT_MANNER_SILENT;
    seen.status = answered ? out->status : 0;
    record(service, exchange, &seen);
    write_log(service->options.log, &seen);
}

void kt_service_answer(kt_service *service, const kt_exchange *exchange, kt_answer *out)
{
    *out = (kt_answer){.manner = KT_MANNER_WHOLE};
    const char *base = kt_dialect_of(service)->base;
    if (strncasecmp(exchange->path, base, strlen(base)) != 0) {
        kt_answer_set(out, 404, "text/html", "<html><body>Not found</body></html>");
        return;
    }
    pthread_mutex_lock(&service->lock);
    kt_arena *arena = kt_arena_open("a call", 0);
    answer_under_base(service, exchange, arena, out);
    kt_arena_free(arena);
    pthread_mutex_unlock(&service->lock);
}
