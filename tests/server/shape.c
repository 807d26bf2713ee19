/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server/shape.h"

#include <string.h>

static const char *region_code(kt_arena *arena, size_t i)
{
    if (i == 0) {
        return "SSS";
    }
    return i < 20 ? kt_arena_print(arena, "MK%02zu", i) : kt_arena_print(arena, "KU%03zu", i - 19);
}

static const char *occupation_code(kt_arena *arena, size_t i)
{
    return i == 0 ? "SSS" : kt_arena_print(arena, "%04zu", 1000 + i);
}

static void add_regions(kt_served_table *table, const kt_test_shape *shape, kt_arena *arena)
{
    const char **values = kt_arena_array(arena, const char *, shape->regions);
    for (size_t i = 0; i < shape->regions; i++) {
        values[i] = region_code(arena, i);
    }
    table->variables[table->variable_count++] = (kt_served_variable){
        .code = "Alue", .text = "Alue", .values = values, .count = shape->regions, .total = "SSS"};
}

static void add_occupations(kt_served_table *table, const kt_test_shape *shape, kt_arena *arena)
{
    const char **values = kt_arena_array(arena, const char *, shape->occupations);
    for (size_t i = 0; i < shape->occupations; i++) {
        values[i] = occupation_code(arena, i);
    }
    table->variables[table->variable_count++] = (kt_served_variable){.code = "Ammattiryhmä",
                                                                     .text = "Ammattiryhmä",
                                                                     .values = values,
                                                                     .count = shape->occupations,
                                                                     .total = "SSS"};
}

static void add_periods(kt_served_table *table, const kt_test_shape *shape, kt_arena *arena)
{
    const char **values = kt_arena_array(arena, const char *, shape->periods);
    for (size_t i = 0; i < shape->periods; i++) {
        values[i] =
            kt_arena_print(arena, "%04dM%02zu", shape->first_year + (int)(i / 12), i % 12 + 1);
    }
    table->variables[table->variable_count++] = (kt_served_variable){.code = KT_SERVED_TIME,
                                                                     .text = "Kuukausi",
                                                                     .values = values,
                                                                     .count = shape->periods,
                                                                     .is_time = true};
}

static void add_contents(kt_served_table *table, const kt_test_shape *shape)
{
    static const char *const codes[] = {"TYOTTOMATLOPUSSA", "AVPAIKATLOPUSSA", "TYOVOIMATK"};
    static const char *const texts[] = {"Työttömät työnhakijat", "Avoimet työpaikat", "Työvoima"};
    table->variables[table->variable_count++] =
        (kt_served_variable){.code = KT_SERVED_CONTENTS,
                             .text = "Tiedot",
                             .values = codes,
                             .labels = texts,
                             .count = shape->occupations > 0 ? 2 : 3};
}

/* FNV-1a of each code, added up, so that the order of the variables does not matter. */
double kt_test_figure(const char *const *codes, size_t count)
{
    uint64_t sum = 0;
    for (size_t i = 0; i < count; i++) {
        uint64_t hash = 14695981039346656037U;
        for (const char *c = codes[i]; *c != '\0'; c++) {
            hash = (hash ^ (unsigned char)*c) * 1099511628211U;
        }
        sum += hash >> 8;
    }
    return (double)(sum % 100000);
}

static void fill(kt_served_table *table, size_t protect_every)
{
    for (size_t cell = 0; cell < table->cells; cell++) {
        const char *codes[KT_SERVED_VARIABLES];
        size_t rest = cell;
        for (size_t i = table->variable_count; i-- > 0;) {
            const kt_served_variable *v = &table->variables[i];
            codes[i] = v->values[rest % v->count];
            rest /= v->count;
        }
        table->values[cell] = kt_test_figure(codes, table->variable_count);
        if (protect_every > 0 && cell % protect_every == protect_every - 1) {
            table->symbols[cell] = KT_SYMBOL_PROTECTED;
        }
    }
}

kt_served_table *kt_test_table(const kt_test_shape *shape, kt_arena *arena)
{
    kt_served_table *table = kt_arena_new(arena, kt_served_table);
    table->id = kt_arena_copy(arena, shape->id);
    table->subject = "tyonv";
    table->title = kt_arena_print(arena, "Table %s for tests", shape->id);
    table->source = "nobody";
    table->updated = 1700546400; /* 2023-11-21T06:00:00Z */
    add_regions(table, shape, arena);
    if (shape->occupations > 0) {
        add_occupations(table, shape, arena);
    }
    add_periods(table, shape, arena);
    add_contents(table, shape);
    kt_served_table_complete(table, arena);
    fill(table, shape->protect_every);
    return table;
}
