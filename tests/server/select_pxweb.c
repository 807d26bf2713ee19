/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/table.h"

#include <fnmatch.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>

/* One variable, of which a query picks values. */
typedef struct choice {
    const kt_served_variable *variable;
    size_t first, count; /* the values that are served now */
    bool *picked;        /* one for each value of the variable */
} choice;

static size_t find_in(const choice *c, const char *value)
{
    const size_t position = kt_served_value_find(c->variable, value);
    const bool served = position >= c->first && position < c->first + c->count;
    return served ? position : c->variable->count;
}

static bool pick_items(choice *c, const json_t *values)
{
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *value = json_string_value(json_array_get(values, i));
        const size_t position = value == NULL ? c->variable->count : find_in(c, value);
        if (position == c->variable->count) {
            return false;
        }
        c->picked[position] = true;
    }
    return true;
}

static bool pick_patterns(choice *c, const json_t *values)
{
    for (size_t i = 0; i < json_array_size(values); i++) {
        const char *pattern = json_string_value(json_array_get(values, i));
        if (pattern == NULL) {
            return false;
        }
        for (size_t n = c->first; n < c->first + c->count; n++) {
            c->picked[n] = c->picked[n] || fnmatch(pattern, c->variable->values[n], 0) == 0;
        }
    }
    return true;
}

/* The newest values of the time variable, the first ones of any other. */
static bool pick_top(choice *c, const json_t *values)
{
    const char *text = json_string_value(json_array_get(values, 0));
    const long wanted = text == NULL ? 0 : strtol(text, NULL, 10);
    if (wanted < 1) {
        return false;
    }
    const size_t n = (size_t)wanted < c->count ? (size_t)wanted : c->count;
    const size_t from = c->first + (c->variable->is_time ? c->count - n : 0);
    for (size_t i = from; i < from + n; i++) {
        c->picked[i] = true;
    }
    return true;
}

static bool pick(choice *c, const json_t *selection)
{
    const char *filter = json_string_value(json_object_get(selection, "filter"));
    const json_t *values = json_object_get(selection, "values");
    if (filter == NULL || !json_is_array(values)) {
        return false;
    }
    if (strcmp(filter, "item") == 0) {
        return pick_items(c, values);
    }
    if (strcmp(filter, "all") == 0) {
        return pick_patterns(c, values);
    }
    return strcmp(filter, "top") == 0 && pick_top(c, values);
}

/* A variable that the query does not name: its total, or all it has. */
static void pick_unnamed(choice *c, bool *gone)
{
    *gone = c->variable->total != NULL;
    if (*gone) {
        c->picked[kt_served_value_find(c->variable, c->variable->total)] = true;
        return;
    }
    for (size_t i = c->first; i < c->first + c->count; i++) {
        c->picked[i] = true;
    }
}

static const json_t *named(const json_t *query, const char *code)
{
    for (size_t i = 0; i < json_array_size(query); i++) {
        const json_t *item = json_array_get(query, i);
        const char *name = json_string_value(json_object_get(item, "code"));
        if (name != NULL && strcmp(name, code) == 0) {
            return json_object_get(item, "selection");
        }
    }
    return NULL;
}

static bool names_only_known(const kt_served_table *table, const json_t *query)
{
    for (size_t i = 0; i < json_array_size(query); i++) {
        const char *name = json_string_value(json_object_get(json_array_get(query, i), "code"));
        size_t n = 0;
        while (n < table->variable_count &&
               (name == NULL || strcmp(table->variables[n].code, name) != 0)) {
            n++;
        }
        if (n == table->variable_count) {
            return false;
        }
    }
    return true;
}

static bool select_variable(const kt_served_table *table, size_t variable, const json_t *query,
                            kt_arena *arena, kt_selection *out)
{
    const kt_served_variable *v = &table->variables[variable];
    choice c = {.variable = v, .first = 0, .count = v->count};
    if (v->is_time) {
        c.first = table->kept_first;
        c.count = table->kept_count;
    }
    c.picked = kt_arena_array(arena, bool, v->count);
    const json_t *selection = named(query, v->code);
    if (selection == NULL) {
        pick_unnamed(&c, &out->gone[variable]);
    } else if (!pick(&c, selection)) {
        return false;
    }
    out->positions[variable] = kt_arena_array(arena, size_t, v->count);
    for (size_t i = 0; i < v->count; i++) {
        if (c.picked[i]) {
            out->positions[variable][out->counts[variable]++] = i;
        }
    }
    out->cells *= out->counts[variable];
    return out->counts[variable] > 0;
}

static bool read_format(const json_t *root, kt_selection *out)
{
    const char *format =
        json_string_value(json_object_get(json_object_get(root, "response"), "format"));
    const bool pxjson = format != NULL && strcmp(format, "json") == 0;
    out->form = pxjson ? KT_FORM_PXJSON : KT_FORM_JSONSTAT;
    return format == NULL || pxjson || strcmp(format, "json-stat2") == 0;
}

bool kt_selection_read(const kt_served_table *table, const char *query, kt_arena *arena,
                       kt_selection *out)
{
    json_auto_t *root = json_loads(query, JSON_REJECT_DUPLICATES, NULL);
    const json_t *items = json_object_get(root, "query");
    *out = (kt_selection){.cells = 1};
    if (!json_is_object(root) || !read_format(root, out) || !names_only_known(table, items)) {
        return false;
    }
    for (size_t i = 0; i < table->variable_count; i++) {
        if (!select_variable(table, i, items, arena, out)) {
            return false;
        }
    }
    return true;
}
