/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/table.h"

#include <string.h>

const char *kt_symbol_text(uint8_t symbol)
{
    static const char *const texts[KT_SYMBOLS] = {"", "...", "-", "."};
    return texts[symbol];
}

void kt_served_table_complete(kt_served_table *table, kt_arena *arena)
{
    table->cells = 1;
    table->contents = table->variable_count - 1;
    for (size_t i = 0; i < table->variable_count; i++) {
        table->cells *= table->variables[i].count;
        if (table->variables[i].is_time) {
            table->time = i;
        }
        if (table->variables[i].is_contents) {
            table->contents = i;
        }
    }
    table->kept_first = 0;
    table->kept_count = table->variables[table->time].count;
    table->values = kt_arena_array(arena, double, table->cells);
    table->symbols = kt_arena_array(arena, uint8_t, table->cells);
}

size_t kt_served_table_at(const kt_served_table *table, const size_t at[KT_SERVED_VARIABLES])
{
    size_t index = 0;
    for (size_t i = 0; i < table->variable_count; i++) {
        index = index * table->variables[i].count + at[i];
    }
    return index;
}

size_t kt_served_value_find(const kt_served_variable *variable, const char *value)
{
    size_t position = 0;
    while (position < variable->count && strcmp(variable->values[position], value) != 0) {
        position++;
    }
    return position;
}

/* A sum has a figure only if all its parts do; "-" is a zero. */
static void add_cell(kt_served_table *to, size_t cell, const kt_served_table *from, size_t part)
{
    const uint8_t symbol = from->symbols[part];
    if (symbol == KT_SYMBOL_NONE || symbol == KT_SYMBOL_NIL) {
        to->values[cell] += symbol == KT_SYMBOL_NIL ? 0 : from->values[part];
    } else {
        to->symbols[cell] = symbol;
    }
}

static void place_of(const kt_served_table *table, size_t cell, size_t at[KT_SERVED_VARIABLES])
{
    for (size_t i = table->variable_count; i-- > 0;) {
        at[i] = cell % table->variables[i].count;
        cell /= table->variables[i].count;
    }
}

kt_served_table *kt_served_view(const kt_served_table *table, size_t variable,
                                const kt_served_codelist *list, kt_arena *arena)
{
    kt_served_table *view = kt_arena_new(arena, kt_served_table);
    *view = *table;
    kt_served_variable *v = &view->variables[variable];
    v->values = list->values;
    v->labels = list->labels;
    v->count = list->count;
    v->total = v->total != NULL && kt_served_value_find(v, v->total) < v->count ? v->total : NULL;
    kt_served_table_complete(view, arena);
    view->kept_first = table->kept_first;
    view->kept_count = table->kept_count;
    view->flags = NULL;
    for (size_t cell = 0; cell < view->cells; cell++) {
        size_t at[KT_SERVED_VARIABLES] = {0};
        place_of(view, cell, at);
        const char *const *member = list->members[at[variable]];
        for (; *member != NULL; member++) {
            at[variable] = kt_served_value_find(&table->variables[variable], *member);
            add_cell(view, cell, table, kt_served_table_at(table, at));
        }
    }
    return view;
}

void kt_served_table_cut(kt_served_table *table, const char *first, const char *last)
{
    const kt_served_variable *time = &table->variables[table->time];
    size_t from = 0;
    size_t end = time->count;
    while (first != NULL && from < time->count && strcmp(time->values[from], first) < 0) {
        from++;
    }
    while (last != NULL && end > from && strcmp(time->values[end - 1], last) > 0) {
        end--;
    }
    table->kept_first = from;
    table->kept_count = end - from;
}
