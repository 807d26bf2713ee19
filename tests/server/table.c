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
    for (size_t i = 0; i < table->variable_count; i++) {
        table->cells *= table->variables[i].count;
        if (table->variables[i].is_time) {
            table->time = i;
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
