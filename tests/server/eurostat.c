/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/dialect.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/*
 * Eurostat's statistics API. Filters repeat and take codes in letters of any case; a code that the
 * data set does not have selects nothing and is no error. There is no call for metadata alone. What
 * would be too large is refused before filters are looked at.
 */

#define BASE "/eurostat/api/dissemination/statistics/1.0/data/"

static const kt_complaint no_table = {
    404, 100, "ERR_NOT_FOUND_4: The requested resource is not available.", NULL};
static const kt_complaint no_syntax = {400, 140, "The query is invalid.", NULL};
static const kt_complaint no_sense = {400, 150,
                                      "The request is syntactically correct but fails a semantic "
                                      "validation.",
                                      NULL};

/* What narrows the time down. */
typedef struct stretch {
    const char *since, *until;
    size_t last; /* so many of the newest; 0: no such limit */
} stretch;

static bool is_one_of(const char *name, const char *const *names)
{
    while (*names != NULL && strcasecmp(*names, name) != 0) {
        names++;
    }
    return *names != NULL;
}

static size_t find_variable(const kt_served_table *table, const char *name)
{
    size_t i = 0;
    while (i < table->variable_count && strcasecmp(table->variables[i].code, name) != 0) {
        i++;
    }
    return i;
}

static const kt_complaint *read_stretch(const kt_exchange *exchange, stretch *out)
{
    const char *last = kt_exchange_argument(exchange, "lastTimePeriod");
    char *end = NULL;
    *out = (stretch){.since = kt_exchange_argument(exchange, "sinceTimePeriod"),
                     .until = kt_exchange_argument(exchange, "untilTimePeriod")};
    if (last != NULL) {
        out->last = strtoul(last, &end, 10);
        if (out->last == 0 || *end != '\0') {
            return &no_syntax;
        }
    }
    return NULL;
}

static bool is_level(const char *code, const char *level)
{
    static const struct {
        const char *name;
        size_t length;
    } levels[] = {{"country", 2}, {"nuts1", 3}, {"nuts2", 4}, {"nuts3", 5}};
    const bool aggregate = strncmp(code, "EU", 2) == 0 || strncmp(code, "EA", 2) == 0;
    if (strcasecmp(level, "aggregate") == 0) {
        return aggregate;
    }
    for (size_t i = 0; i < 4; i++) {
        if (strcasecmp(level, levels[i].name) == 0) {
            return !aggregate && strlen(code) == levels[i].length;
        }
    }
    return false;
}

/* Whether the filters let the value through: those of its variable, if there are any. */
static bool passes(const kt_exchange *exchange, const kt_served_variable *v, const char *value)
{
    bool filtered = false;
    for (size_t i = 0; i < exchange->argument_count; i++) {
        const kt_argument *a = &exchange->arguments[i];
        const bool level = strcasecmp(v->code, "geo") == 0 && strcasecmp(a->name, "geoLevel") == 0;
        if (strcasecmp(a->name, v->code) != 0 && !level) {
            continue;
        }
        filtered = true;
        if (level ? is_level(value, a->value) : strcasecmp(a->value, value) == 0) {
            return true;
        }
    }
    return !filtered;
}

static bool in_stretch(const stretch *of, const char *period)
{
    return (of->since == NULL || strcmp(period, of->since) >= 0) &&
           (of->until == NULL || strcmp(period, of->until) <= 0);
}

static void select_variable(const kt_exchange *exchange, const stretch *of, size_t variable,
                            kt_arena *arena, kt_route *out)
{
    const kt_served_table *table = out->table;
    const kt_served_variable *v = &table->variables[variable];
    const size_t first = v->is_time ? table->kept_first : 0;
    const size_t count = v->is_time ? table->kept_count : v->count;
    size_t *positions = kt_arena_array(arena, size_t, count + 1);
    size_t taken = 0;
    for (size_t i = first; i < first + count; i++) {
        if (passes(exchange, v, v->values[i]) && (!v->is_time || in_stretch(of, v->values[i]))) {
            positions[taken++] = i;
        }
    }
    const size_t dropped = v->is_time && of->last > 0 && taken > of->last ? taken - of->last : 0;
    out->selection.positions[variable] = positions + dropped;
    out->selection.counts[variable] = taken - dropped;
    out->selection.cells *= taken - dropped;
}

/* Names that are none of the data set's dimensions. */
static bool names_are_known(const kt_exchange *exchange, const kt_served_table *table)
{
    static const char *const words[] = {
        "format", "lang", "sinceTimePeriod", "untilTimePeriod", "lastTimePeriod", "geoLevel", NULL};
    for (size_t i = 0; i < exchange->argument_count; i++) {
        const char *name = exchange->arguments[i].name;
        if (!is_one_of(name, words) && find_variable(table, name) == table->variable_count) {
            return false;
        }
    }
    return true;
}

static void find(const kt_service *service, const kt_exchange *exchange, kt_arena *arena,
                 kt_route *out)
{
    const char *format = kt_exchange_argument(exchange, "format");
    stretch of;
    out->table = kt_service_table(service, exchange->path + strlen(BASE));
    out->view = out->table;
    if (out->table == NULL) {
        out->complaint = &no_table;
        return;
    }
    out->complaint = format != NULL && strcasecmp(format, "JSON") != 0
                         ? &no_syntax
                         : read_stretch(exchange, &of);
    if (out->complaint != NULL) {
        return;
    }
    out->selection = (kt_selection){.cells = 1, .form = KT_FORM_EUROSTAT};
    for (size_t i = 0; i < out->table->variable_count; i++) {
        select_variable(exchange, &of, i, arena, out);
    }
    out->readable = true;
    out->call = out->selection.cells == 1 ? KT_CALL_PROBE : KT_CALL_DATA;
    out->complaint = names_are_known(exchange, out->table) ? NULL : &no_sense;
}

static void answer(const kt_service *service, const kt_exchange *exchange, const kt_route *route,
                   kt_answer *out)
{
    (void)service;
    (void)exchange;
    FILE *body = kt_answer_open(out);
    if (route->complaint == NULL) {
        kt_served_data(route->view, &route->selection, body);
        kt_answer_close(out, 200, body);
        return;
    }
    fprintf(body, "{\"error\":[{\"status\":%d,\"id\":%d,\"label\":\"%s\"}]}",
            route->complaint->status, route->complaint->id, route->complaint->title);
    kt_answer_close(out, route->complaint->status, body);
}

static void refuse(const kt_service *service, size_t above, kt_answer *out)
{
    (void)service;
    (void)above;
    kt_answer_set(out, 429, "text/html", "<html><body>Too many requests</body></html>");
}

#define TOO_BIG                                                                         \
    "EXTRACTION_TOO_BIG: The requested extraction is too big, estimated %zu rows, max " \
    "authorised is %zu, please change your filters to reduce the extraction size"

/* The statistics API says it in JSON; the user guide shows the XML of the SDMX one. */
static void too_large(const kt_service *service, size_t cells, kt_answer *out)
{
    const size_t limit = service->options.max_cells;
    FILE *body = kt_answer_open(out);
    if (cells > 0) {
        fprintf(body, "{\"error\":[{\"status\":413,\"id\":413,\"label\":\"" TOO_BIG "\"}]}", cells,
                limit);
        kt_answer_close(out, 413, body);
        return;
    }
    fprintf(body,
            "<S:Fault xmlns:S=\"http://schemas.xmlsoap.org/soap/envelope/\"><faultcode>413"
            "</faultcode><faultstring>" TOO_BIG "</faultstring></S:Fault>",
            (size_t)420709314, limit);
    kt_answer_close(out, 413, body);
    out->content_type = "application/xml";
}

const kt_dialect kt_dialect_eurostat = {
    .base = BASE,
    .find = find,
    .answer = answer,
    .refuse = refuse,
    .too_large = too_large,
};
